"""A receipt to print."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.papers.receipt import Receipt, ReceiptShare
from mykyivstar.domain.papers.seal import Seal
from mykyivstar.domain.payments.models import PaymentState, Source
from mykyivstar.kit.money import Money
from mykyivstar.papers.press import Press

AT = datetime(2012, 5, 3, 16, 47, 33, tzinfo=UTC)
PRESS = Press(Seal(b"a secret of this installation"), "https://my.example.ua")


def receipt(**fields: Any) -> Receipt:
    """A credited top-up of home internet by card, unless said otherwise."""
    internet = ReceiptShare(HoldingKey(HoldingKind.INTERNET, 1), "4477622", Money.uah(1070))
    line = ReceiptShare(HoldingKey(HoldingKind.LINE, 1), "380671000001", Money.uah(30, 50))
    sample = Receipt(
        payment_id=14247838,
        payment_code="code",
        number="20120503194733",
        at=AT,
        source=Source.CARD,
        amount=Money.uah(1100, 50),
        shares=[internet, line],
        state=PaymentState.CREDITED,
        state_at=AT,
        card_mask="444403******1902",
        acquirer="monobank",
        bank_reference="MONO-1",
    )
    return replace(sample, **fields)


@pytest.fixture
def press() -> Press:
    return PRESS
