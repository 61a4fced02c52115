"""Payments: a test says only what matters to it."""

from datetime import timedelta
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.models import Line
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.models import Payment, Source
from mykyivstar.domain.payments.opening import Payer, Share, open_payment
from mykyivstar.kit.money import Money
from tests.factories.people import LONG_AGO


def share(thing: Line | InternetAccount, amount: Money) -> Share:
    """What this line or account is to get."""
    kind = HoldingKind.LINE if isinstance(thing, Line) else HoldingKind.INTERNET
    return Share(HoldingKey(kind, thing.id or 0), amount)


async def make_payment(session: AsyncSession, *shares: Share, key: str = "form-1", **fields: Any) -> Payment:
    """An order that has just been written down: by card, by nobody in particular, unless said otherwise."""
    at = fields.pop("at", LONG_AGO)
    fields = {"source": Source.CARD, "payer": Payer(), "limits": PaymentLimits()} | fields
    opened = await open_payment(session, key=key, shares=shares, at=at, expires_at=at + timedelta(minutes=30), **fields)
    return opened.payment
