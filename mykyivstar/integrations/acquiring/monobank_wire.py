"""What monobank writes in its answers and notices, and what it means in our words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal, TypeVar

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, ValidationError
from pydantic.alias_generators import to_camel

from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import AcquirerUnavailable, Card, Decline, InvoiceState, Report

HRYVNIA = 980

_STATES = {
    "created": InvoiceState.CREATED,
    "processing": InvoiceState.PROCESSING,
    "hold": InvoiceState.PROCESSING,
    "success": InvoiceState.SUCCESS,
    "failure": InvoiceState.FAILURE,
    "reversed": InvoiceState.REVERSED,
    "expired": InvoiceState.EXPIRED,
}

# The bank's list "Errors while paying", as far as the payer can do something about them.
_DECLINES: Mapping[Decline, str] = {
    Decline.CARD_EXPIRED: "51",
    Decline.CARD_LIMIT: "50 58 60 83",
    Decline.INTERNET_NOT_ALLOWED: "56 61 63",
    Decline.NOT_ENOUGH_MONEY: "59",
    Decline.WRONG_CODE: "62 84 1034 1035 1045 1054 1421 1422 1425 1429 1458 8004",
    Decline.WRONG_CARD: "52 80 81 1014 1080 1200 1419",
    Decline.SUSPECTED_FRAUD: "1406 1407",
    Decline.GIVEN_UP: "8002",
}
_DECLINE_OF = {code: decline for decline, codes in _DECLINES.items() for code in codes.split()}


class Wire(BaseModel):
    """Anything the bank writes: camelCase there, snake_case here, and more fields than we know."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True, extra="ignore")


Answer = TypeVar("Answer", bound=Wire)


class WireCancel(Wire):
    """One refund of an invoice."""

    status: Literal["processing", "success", "failure"]
    amount: StrictInt | None = None
    ext_ref: str | None = None


class WirePayment(Wire):
    """The card that was used."""

    masked_pan: str = Field(max_length=24)
    payment_system: str | None = None
    rrn: str | None = None


class WireWallet(Wire):
    """What became of keeping the card."""

    card_token: str = Field(max_length=200)
    status: str


class WireInvoice(Wire):
    """An invoice: the answer to a status query and, word for word the same, the body of a notice."""

    invoice_id: str = Field(min_length=1, max_length=64)
    status: Literal["created", "processing", "hold", "success", "failure", "reversed", "expired"]
    amount: StrictInt = Field(ge=0)
    ccy: StrictInt
    reference: str | None = None
    err_code: str | None = None
    created_date: AwareDatetime | None = None
    modified_date: AwareDatetime | None = None
    cancel_list: Annotated[list[WireCancel], BeforeValidator(lambda given: given or [])] = Field(default_factory=list)
    payment_info: WirePayment | None = None
    wallet_data: WireWallet | None = None


class WireCreated(Wire):
    """The answer to a new invoice."""

    invoice_id: str = Field(min_length=1, max_length=64)
    page_url: str = Field(pattern=r"^https?://", max_length=500)


class WireCharged(Wire):
    """The answer to a charge of a kept card."""

    invoice_id: str = Field(min_length=1, max_length=64)


class WireCancelled(Wire):
    """The answer to a refund."""

    status: Literal["processing", "success", "failure"]


class WireStatementItem(Wire):
    """One line of the statement."""

    invoice_id: str
    reference: str | None = None


class WireStatement(Wire):
    """The statement of some time."""

    list: list[WireStatementItem]


class WireKey(Wire):
    """The key that notices are signed with: base64 of a PEM."""

    key: str


class WireError(Wire):
    """Why a request was refused."""

    err_code: str = ""
    err_text: str = ""


def decline_of(code: str | None) -> Decline:
    """Why a card was refused, by the bank's code; OTHER for what only the bank understands."""
    return _DECLINE_OF.get(code or "", Decline.OTHER)


def read(model: type[Answer], content: bytes) -> Answer:
    """The answer in this JSON. Raises AcquirerUnavailable when it is anything else."""
    try:
        return model.model_validate_json(content)
    except ValidationError as error:
        raise AcquirerUnavailable(f"not a {model.__name__}: {_where(error)}") from None


def report_of(wire: WireInvoice, *, changed_by_default: datetime | None = None) -> Report:
    """The invoice in our words.

    One in another currency, without our reference, or without a time of change (unless a default is given) says
    nothing that we could rely on. Raises AcquirerUnavailable.
    """
    changed_at = wire.modified_date or wire.created_date or changed_by_default
    if wire.ccy != HRYVNIA:
        raise AcquirerUnavailable(f"invoice {wire.invoice_id} is in currency {wire.ccy}")
    if not wire.reference or changed_at is None:
        raise AcquirerUnavailable(f"invoice {wire.invoice_id} has no reference or no time")
    refunded = _refunded(wire)
    state = _STATES[wire.status]
    return Report(
        invoice_id=wire.invoice_id,
        reference=wire.reference,
        # Money that went back in part leaves the bank's state at "success".
        state=InvoiceState.REVERSED if refunded and state is InvoiceState.SUCCESS else state,
        amount=Money(wire.amount),
        changed_at=changed_at,
        decline=decline_of(wire.err_code) if state is InvoiceState.FAILURE else None,
        refunded=refunded,
        card=_card(wire),
        bank_reference=(wire.payment_info.rrn or "")[:64] if wire.payment_info else "",
    )


def is_refunded_by(wire: WireInvoice, key: str) -> bool:
    """Whether this invoice has the refund of this key already, done or under way."""
    return any(cancel.ext_ref == key and cancel.status != "failure" for cancel in wire.cancel_list)


def _refunded(wire: WireInvoice) -> Money:
    given_back = sum(cancel.amount or wire.amount for cancel in wire.cancel_list if cancel.status == "success")
    if wire.status == "reversed" and not given_back:
        return Money(wire.amount)
    return Money(given_back)


def _card(wire: WireInvoice) -> Card | None:
    if wire.payment_info is None:
        return None
    kept = wire.wallet_data
    return Card(
        mask=wire.payment_info.masked_pan,
        brand=wire.payment_info.payment_system or "",
        token=kept.card_token if kept and kept.status == "created" else "",
    )


def _where(error: ValidationError) -> str:
    """Which fields are wrong, without what they hold."""
    return ", ".join(".".join(map(str, fault["loc"])) or fault["type"] for fault in error.errors())
