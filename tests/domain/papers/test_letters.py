"""When a receipt goes out by e-mail."""

from datetime import timedelta

import pytest
from sqlmodel import select

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.models import MailMessage
from mykyivstar.domain.papers.letters import send_receipt
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.kit.email import NotAnEmail, parse_email
from mykyivstar.kit.errors import NotFound
from tests.domain.papers.conftest import Desk


async def letters(desk: Desk) -> list[MailMessage]:
    async with desk.database.reading() as session:
        return list((await session.exec(select(MailMessage).order_by(MailMessage.id))).all())  # type: ignore[arg-type]


async def ask(desk: Desk, payment: Payment, to: str = "andrii@example.com") -> None:
    async with desk.database.unit_of_work() as session:
        await send_receipt(session, payment, to=to, language=Language.EN, at=desk.clock.now())


async def test_the_address_left_at_payment_gets_one_letter_when_credited_and_one_when_returned(desk: Desk) -> None:
    payer = Payer(profile_id=desk.olena.profile_id, email="olena@example.com", language=Language.RU)
    paid = await desk.pay(PaymentState.CONFIRMING, PaymentState.PROCESSING, payer=payer)
    assert await letters(desk) == []
    await desk.pay(PaymentState.CREDITED, PaymentState.REFUNDED, payer=payer, key="form-2")
    sent = await letters(desk)
    assert [message.key.rpartition(":")[2] for message in sent] == ["credited", "refunded"]
    assert {(message.to, message.language) for message in sent} == {("olena@example.com", Language.RU)}
    assert {message.params["payment_id"] for message in sent if message.params} == {(paid.id or 0) + 1}


async def test_nobody_who_left_no_address_gets_a_letter(desk: Desk) -> None:
    await desk.pay(PaymentState.CREDITED)
    assert await letters(desk) == []


async def test_asked_for_twice_in_a_minute_it_is_one_letter_and_later_another(desk: Desk) -> None:
    paid = await desk.pay(PaymentState.CREDITED)
    await ask(desk, paid)
    await ask(desk, paid)
    await ask(desk, paid, "olena@example.com")
    assert [message.to for message in await letters(desk)] == ["andrii@example.com", "olena@example.com"]
    desk.clock.moment += timedelta(minutes=1)
    await ask(desk, paid)
    assert len(await letters(desk)) == 3


async def test_a_payment_without_a_receipt_sends_none(desk: Desk) -> None:
    paid = await desk.pay(PaymentState.CONFIRMING)
    with pytest.raises(NotFound):
        await ask(desk, paid)
    assert await letters(desk) == []


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Olena.K+my@Example.COM ", "Olena.K+my@example.com"),
        ("o@пошта.укр", "o@xn--80a1acn3a.xn--j1amh"),
        ("a_b-c@mail.example.co.uk", "a_b-c@mail.example.co.uk"),
    ],
)
def test_addresses_are_taken_as_people_type_them(typed: str, address: str) -> None:
    assert parse_email(typed) == address


@pytest.mark.parametrize(
    "typed",
    ["", "olena", "@example.com", "olena@", "olena@localhost", "a b@example.com", "a@b@example.com", "a..b@example.com",
     ".a@example.com", "a@example..com", "a@-example.com", "a@example.com\nBcc: x@example.com", "Олена@example.com",
     "a@[127.0.0.1]", f"{'a' * 65}@example.com", f"a@{'b' * 250}.com",
     '"x"@example.com', "a@example.com, b@example.com"],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(NotAnEmail):
        parse_email(typed)
