"""A fee that is late: what it comes to today, and when it comes again (docs/billing.md)."""

import dataclasses
from collections.abc import Sequence
from datetime import datetime

from mykyivstar.domain.billing.terms import Holds, Price, term
from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.forecast.plan import Fee, StepKind
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.kit.clock import kyiv_date

_KINDS = {StepKind.TARIFF: OperationKind.TARIFF_FEE, StepKind.SERVICE: OperationKind.SERVICE_FEE}
_HOLDS = {HoldingKind.LINE: Holds.LINE, HoldingKind.INTERNET: Holds.INTERNET}


def coming(fee: Fee, of: HoldingKind, at: datetime) -> Sequence[Fee]:
    """The fee as the charging run would take it from today on: as it is, or what is late once and the rest afterwards.

    Of a line the late fee is whole and its rhythm begins anew; of home internet it is for the days that are left.
    """
    today = kyiv_date(at)
    if fee.amount is None or kyiv_date(fee.first) >= today:
        return [fee]
    price = Price(0, _KINDS[fee.kind], fee.code, fee.amount, fee.period)
    late = term(price, fee.first, fee.charge_day, day=today, holds=_HOLDS[of])
    once = dataclasses.replace(fee, amount=late.amount, period=FeePeriod.ONCE)
    if late.next_at is None:
        return [once]
    return [once, dataclasses.replace(fee, first=late.next_at, charge_day=late.charge_day)]
