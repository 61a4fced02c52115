"""What WayForPay writes in its answers, and what it means in our words."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import AcquirerUnavailable, Card, Decline, InvoiceState, Report

OK = 1100
DUPLICATE_ORDER = 1112
ORDER_NOT_FOUND = 1127
AWAITING_PAYMENT = 1151
# The bank did not get as far as to do anything: these may be different the next time.
PASSING = {1122, 1129, 1131, 1132}

# Refunded in part stays "Approved"; a refund that waits for money has moved nothing yet.
_STATES = {
    "inprocessing": InvoiceState.PROCESSING,
    "pending": InvoiceState.PROCESSING,
    "waitingauthcomplete": InvoiceState.PROCESSING,
    "approved": InvoiceState.SUCCESS,
    "refundinprocessing": InvoiceState.SUCCESS,
    "refunded": InvoiceState.REVERSED,
    "voided": InvoiceState.REVERSED,
    "declined": InvoiceState.FAILURE,
    "expired": InvoiceState.EXPIRED,
    "created": InvoiceState.CREATED,
}
_DECLINE_OF: Mapping[int, Decline] = {
    1102: Decline.WRONG_CARD,
    1103: Decline.CARD_EXPIRED,
    1104: Decline.NOT_ENOUGH_MONEY,
    1105: Decline.WRONG_CARD,
    1106: Decline.CARD_LIMIT,
    1108: Decline.WRONG_CODE,
    1114: Decline.SUSPECTED_FRAUD,
    1125: Decline.GIVEN_UP,
    1135: Decline.CARD_LIMIT,
    1146: Decline.INTERNET_NOT_ALLOWED,
}


def _nothing(given: object) -> object:
    """The bank writes "" where it has nothing."""
    return None if given == "" else given


Mask = Annotated[str, Field(max_length=24)]
Token = Annotated[str, Field(max_length=200)]
Address = Annotated[str, Field(pattern=r"^https?://", max_length=500)]
Amount = Annotated[Decimal | None, BeforeValidator(_nothing)]
Moment = Annotated[int | None, BeforeValidator(_nothing)]


class WireAnswer(BaseModel):
    """Any answer of the API: they are alike, and each leaves out what it has no use for."""

    model_config = ConfigDict(alias_generator=to_camel, frozen=True, extra="ignore")

    reason_code: int
    reason: str | None = None
    order_reference: str | None = None
    transaction_status: str | None = None
    amount: Amount = None
    currency: str | None = None
    created_date: Moment = None
    processing_date: Moment = None
    card_pan: Annotated[Mask | None, BeforeValidator(_nothing)] = None
    card_type: str | None = None
    rec_token: Annotated[Token | None, BeforeValidator(_nothing)] = None
    refund_amount: Amount = None
    auth_code: str | None = None
    invoice_url: Annotated[Address | None, BeforeValidator(_nothing)] = None

    @model_validator(mode="before")
    @classmethod
    def put_the_code_in_its_place(cls, given: Any) -> Any:
        """Some answers bear the code as the reason and the reason as the code."""
        if not isinstance(given, dict):
            return given
        code, reason = str(given.get("reasonCode", "")), str(given.get("reason", ""))
        return {**given, "reasonCode": reason, "reason": code} if reason.isdigit() and not code.isdigit() else given


def read_answer(content: bytes) -> WireAnswer:
    """The answer in this JSON. Raises AcquirerUnavailable when it is anything else."""
    try:
        return WireAnswer.model_validate(json.loads(content, parse_float=Decimal))
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, fault["loc"])) for fault in error.errors())
        raise AcquirerUnavailable(f"not an answer of WayForPay: {fields}") from None
    except (ValueError, InvalidOperation):
        raise AcquirerUnavailable("not an answer of WayForPay") from None


def report_of(answer: WireAnswer, *, amount_by_default: Money | None, at: datetime) -> Report:
    """The order in our words; `at` for an answer that names no time. Raises AcquirerUnavailable for nonsense."""
    state = _state(answer)
    if not answer.order_reference:
        raise AcquirerUnavailable("an answer about no order")
    if answer.currency not in {None, "", "UAH"}:
        raise AcquirerUnavailable(f"order {answer.order_reference} is in {answer.currency}")
    amount = money_of(answer.amount) if answer.amount is not None else amount_by_default
    if amount is None:
        raise AcquirerUnavailable(f"order {answer.order_reference} has no amount")
    refunded = money_of(answer.refund_amount) if answer.refund_amount else Money.ZERO
    if state is InvoiceState.REVERSED and not refunded:
        refunded = amount
    moment = answer.processing_date or answer.created_date
    return Report(
        invoice_id=answer.order_reference,
        reference=answer.order_reference,
        state=InvoiceState.REVERSED if refunded and state is InvoiceState.SUCCESS else state,
        amount=amount,
        changed_at=_moment(moment) if moment else at,
        decline=_DECLINE_OF.get(answer.reason_code, Decline.OTHER) if state is InvoiceState.FAILURE else None,
        refunded=refunded,
        card=_card(answer),
        bank_reference=(answer.auth_code or "")[:64],
    )


def money_of(amount: Decimal) -> Money:
    """Whole kopiykas. Raises AcquirerUnavailable for anything finer, negative, or not a number."""
    kopiykas = amount * 100 if amount.is_finite() else Decimal(-1)
    if kopiykas < 0 or kopiykas != int(kopiykas):
        raise AcquirerUnavailable(f"not an amount: {amount}")
    return Money(int(kopiykas))


def decimal_of(money: Money) -> Decimal:
    """Hryvnias with two decimals, as they are signed: 150.50."""
    return Decimal(money.kopiykas).scaleb(-2)


def _state(answer: WireAnswer) -> InvoiceState:
    if answer.transaction_status:
        state = _STATES.get(answer.transaction_status.lower())
        if state is None:
            raise AcquirerUnavailable(f"an unknown state: {answer.transaction_status[:40]}")
        return state
    if answer.reason_code == AWAITING_PAYMENT:
        return InvoiceState.CREATED
    raise AcquirerUnavailable(f"an answer without a state: {answer.reason_code}")


def _card(answer: WireAnswer) -> Card | None:
    if not answer.card_pan:
        return None
    return Card(mask=answer.card_pan, brand=(answer.card_type or "").lower()[:20], token=answer.rec_token or "")


def _moment(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        raise AcquirerUnavailable("not a time") from None


def fields_of(body: bytes) -> dict[str, Any] | None:
    """The object in a notice, for its signature; None when it is none."""
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
