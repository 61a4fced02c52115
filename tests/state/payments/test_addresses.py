"""Orders in addresses, and which addresses the app believes."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.money import Money
from mykyivstar.state.form_keys import new_form_key
from mykyivstar.state.live import refreshers
from mykyivstar.state.paths import safe_path
from mykyivstar.state.payments.addresses import Wanted, Wish, card_id, of_top_up, typed
from mykyivstar.state.payments.followed import FollowedState
from mykyivstar.state.payments.history import HistoryState
from mykyivstar.state.shell import ShellState
from tests.state.payments.conftest import PayersTab

WHOM = st.from_regex(r"\A(?:(?:line|internet):[1-9][0-9]{0,5}|[0-9]{7,12})\Z")
WISHES = st.lists(st.builds(Wish, WHOM, st.integers(1, 10**8).map(Money)), min_size=1, max_size=20)


@given(wishes=WISHES, card=st.sampled_from(["", "7"]), remember=st.booleans())
def test_an_order_comes_out_of_its_address_as_it_went_in(wishes: list[Wish], card: str, remember: bool):
    wanted = Wanted(new_form_key(), wishes, card, remember)
    query = {name: values[0] for name, values in parse_qs(urlsplit(wanted.address).query).items()}
    read = Wanted.read(query["form"], query["for"], query.get("card", ""), remember="remember" in query)
    assert read == wanted


@given(kopiykas=st.integers(1, 10**8))
def test_an_amount_is_read_as_it_is_written(kopiykas: int):
    assert Money.parse(typed(Money(kopiykas))) == Money(kopiykas)


def test_one_wish_fills_the_form_for_one_and_several_the_form_for_several():
    wishes = [Wish("line:1", Money(1050)), Wish("line:2", Money(700))]
    assert of_top_up(wishes[:1]) == "/top-up?to=line:1&amount=10%2C50"
    assert of_top_up(wishes) == "/wallet?for=line:1-1050_line:2-700"


@pytest.mark.parametrize("card", ["", "0", "-1", "x", "1" * 19, "١"])
def test_what_is_no_cards_id_is_refused(card: str):
    with pytest.raises(Malformed):
        card_id(card)


def test_whoever_signs_in_comes_back_to_the_order():
    address = Wanted(new_form_key(), [Wish("line:1", Money(1))]).address
    assert safe_path(address, otherwise="/home") == address
    assert safe_path("//evil.example", otherwise="/home") == "/home"
    assert safe_path("https://evil.example", otherwise="/home") == "/home"


def test_a_page_with_a_variable_address_follows_the_data():
    assert FollowedState.refresh in refreshers("/payments/abc-123")
    assert refreshers("/payments") == (HistoryState.refresh,)
    assert refreshers("/payments/abc/def") == ()


async def test_a_page_for_everybody_knows_whether_somebody_is_signed_in(olena: PayersTab):
    await olena.run(ShellState, "look_who")
    shell = await olena.see(ShellState)
    assert (shell.is_nobody, shell.ready, len(shell.lines)) == (False, True, 3)
    nobody = PayersTab(None)
    await nobody.run(ShellState, "look_who")
    shell = await nobody.see(ShellState)
    assert (shell.is_nobody, shell.ready, list(shell.lines)) == (True, False, [])
