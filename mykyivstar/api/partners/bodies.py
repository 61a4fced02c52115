"""What partners send and get, strictly: no other fields, no numbers as text, no text as numbers."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.domain.partners.views import Status

_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def _moment(sent: Any) -> datetime:
    if not isinstance(sent, str) or not _MOMENT.fullmatch(sent):
        raise ValueError("a moment is written like 2026-11-22T12:00:00+02:00 or 2026-11-22T10:00:00Z")
    return datetime.fromisoformat(sent)


def _day(sent: str) -> str:
    date.fromisoformat(sent)
    return sent


PartnerRef = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$",
        max_length=64,
        description="The partner's own id of a payment: up to 64 letters, digits and . _ : - with a letter or digit "
        "first. Large and small letters differ.",
        examples=["T-000184"],
    ),
]
Account = Annotated[
    str,
    Field(
        pattern=r"^[0-9+(][0-9()+ ./-]{5,30}$",
        max_length=31,
        description="A mobile number or a home internet account in any usual writing, ASCII only.",
        examples=["0671000001"],
    ),
]
Amount = Annotated[int, Field(ge=1, le=100_000_000, description="Whole kopiykas: 5000 is 50.00 UAH.", examples=[5_000])]
Moment = Annotated[datetime, BeforeValidator(_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
Day = Annotated[
    str,
    Field(pattern=_DAY, json_schema_extra={"format": "date"}, description="A day in Kyiv."),
    AfterValidator(_day),
]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class CheckBody(_Strict):
    """An account to look at, and perhaps how much is to be paid."""

    account: Account
    amount: Amount | None = None


class CheckAnswer(BaseModel):
    """Whether such a payment would be taken now."""

    takes_money: bool
    reason: str | None = Field(description="Why not: unknown_account, amount_out_of_range, day_limit_reached.")
    account: str | None = Field(description="The account as it is known, masked.", examples=["38067*****01"])
    kind: HoldingKind | None
    least: int = Field(description="Kopiykas that one payment brings at least.")
    most: int = Field(description="Kopiykas that one payment brings at most.")


class PaymentBody(_Strict):
    """A payment to credit."""

    id: PartnerRef
    account: Account
    amount: Amount
    at: Moment | None = Field(default=None, description="When the payer paid, if that is known. Not when it is sent.")


class PaymentAnswer(BaseModel):
    """A payment as it is now."""

    id: PartnerRef
    payment: int = Field(description="The payment id on the subscriber's receipt.")
    status: Status
    account: str = Field(description="Masked.", examples=["38067*****01"])
    kind: HoldingKind
    amount: int
    at: datetime | None
    credited_at: datetime
    cancelled_at: datetime | None


class TotalAnswer(BaseModel):
    """How many payments, and kopiykas in all."""

    count: int
    sum: int


class RegisterPayment(BaseModel):
    """One payment of a register."""

    id: str
    payment: int
    account: str
    amount: int
    status: Status
    credited_at: datetime
    cancelled_at: datetime | None


class RegisterAnswer(BaseModel):
    """All payments that were credited on a Kyiv day, in the order in which they were."""

    day: date
    final: bool = Field(description="Whether it will never change again: from five past midnight in Kyiv.")
    credited: TotalAnswer
    cancelled: TotalAnswer
    kept: TotalAnswer = Field(description="All less cancelled: what the partner owes for the day.")
    payments: list[RegisterPayment]


class FailureAnswer(BaseModel):
    """Why a request was refused. `code` is for programs and stays; `message` is for people and may change."""

    code: str
    message: str
    request_id: str
