"""What the form for one and the form for several have in common: the card, the receipt's address, the form's key."""

from collections.abc import Sequence

import reflex as rx

from mykyivstar import wiring
from mykyivstar.domain.payments.saved_cards import own_card, saved_cards
from mykyivstar.guard import actor
from mykyivstar.kit.email import parse_email
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.form_keys import new_form_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.payments.addresses import Wanted, Wish, card_id
from mykyivstar.state.payments.rows import CardRow, card_rows


class PaysByCard(AtAddress, Refusals, rx.State, mixin=True):
    """Mixin. What was typed stays until the order of this form is under way."""

    ready: bool = False
    # Rises with every form that begins anew: the fields take their first values from the state then.
    opened: int = 0
    cards: list[CardRow] = []
    # A saved card's id, "" for one that the bank asks for.
    card: str = ""
    remember: bool = False
    email: str = ""
    # The address's wish that the form was filled in with.
    _asked: str = ""
    _key: str = ""
    _last: Wanted | None = None

    async def _open_with(self, asked: str) -> bool:
        """Whether to begin anew: nothing is under way here, or the address wants something else than before."""
        self._take_address()
        is_new = not self._key or bool(asked and asked != self._asked)
        self._asked = asked
        if is_new:
            self._key, self._last, self.opened = new_form_key(), None, self.opened + 1
            self.remember, self.email = False, ""
            cards = await self._own_cards()
            self.card = cards[0].id if cards else ""
        return is_new

    async def _own_cards(self) -> list[CardRow]:
        async with wiring.reading() as session:
            return card_rows(await saved_cards(session, actor()))

    async def _order(self, wishes: Sequence[Wish]) -> Wanted:
        """These wishes with what the form says of the means. Raises NotAnEmail, NotFound for a stranger's card."""
        self.email = parse_email(self.email) if self.email else ""
        if self.card:
            async with wiring.reading() as session:
                await own_card(session, actor().profile_id, card_id(self.card))
        wanted = Wanted(self._key or new_form_key(), wishes, self.card, self.remember and not self.card)
        # The same form with other content is another order: the first one may have been begun already.
        if self._last is not None and not wanted.is_the_same_as(self._last):
            wanted = Wanted(new_form_key(), wanted.wishes, wanted.card, wanted.remember)
        self._key, self._last = wanted.key, wanted
        return wanted

    def _finish(self, key: str) -> None:
        """The order of this key is under way: if it is this form's, the next one is empty, and nothing is drawn
        of this one any more.
        """
        if key and key == self._key:
            self._key = self.shown_for = ""
