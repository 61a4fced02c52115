"""The endpoints: each is one call of the domain. Who calls is settled before, by the gate."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date
from typing import Annotated, Any, Literal

from fastapi import Depends, FastAPI, Path, Query
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mykyivstar import logs, terms, wiring
from mykyivstar.api.partners.answers import Refused, answer, on_refusal, unavailable
from mykyivstar.api.partners.bodies import (
    CheckAnswer,
    CheckBody,
    Day,
    FailureAnswer,
    PartnerRef,
    PaymentAnswer,
    PaymentBody,
    RegisterAnswer,
    RegisterPayment,
    TotalAnswer,
)
from mykyivstar.api.partners.caller import Caller
from mykyivstar.api.partners.published import describe_api
from mykyivstar.domain.partners import payments
from mykyivstar.domain.partners.payments import Order
from mykyivstar.domain.partners.registers import Register, RegisterLine, Total, register
from mykyivstar.domain.partners.views import PartnerPaymentView, masked
from mykyivstar.kit.errors import CustomerError
from mykyivstar.kit.money import Money

#: What a database says that is not there, is full or is in somebody's way.
DATABASE_DOWN = (OperationalError, InterfaceError, PoolTimeoutError, OSError)

_FIELDS = {"id", "account", "amount", "at", "day", "format"}
_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"description": "Not what this endpoint takes."},
    401: {"description": "Not signed rightly, too early or late, or sent before."},
    403: {"description": "The partner is closed."},
    404: {"description": "There is no such thing."},
    408: {"description": "The body did not come in time."},
    409: {"description": "It does not fit what is there already."},
    413: {"description": "More than 16 kB."},
    415: {"description": "Not JSON."},
    422: {"description": "Understood, and refused."},
    429: {"description": "Too many requests in this minute."},
    503: {"description": "Not just now; Retry-After says when."},
}
_CSV: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "JSON, or CSV with semicolons in UTF-8 whose last line holds the totals.",
        "content": {"text/csv": {"schema": {"type": "string"}}},
    }
}


def _caller(request: Request) -> Caller:
    caller: Caller = request.state.caller
    return caller


async def _bodiless(request: Request) -> None:
    if await request.body():
        raise RequestValidationError([{"loc": ("body",), "msg": "This request has no body", "type": "bodiless"}])


Called = Annotated[Caller, Depends(_caller)]
Ref = Annotated[PartnerRef, Path(alias="id")]


async def check(called: Called, body: CheckBody) -> CheckAnswer:
    """Whether an account takes money: ask before the payer pays."""
    limits = terms.payment_limits()
    amount = None if body.amount is None else Money(body.amount)
    async with wiring.reading() as session:
        seen = await payments.check(session, called.partner, body.account, amount=amount, limits=limits, at=called.at)
    return CheckAnswer(
        takes_money=seen.refusal is None,
        reason=seen.refusal.code.rpartition(".")[2] if seen.refusal else None,
        account=masked(seen.target.key.kind, seen.target.number) if seen.target else None,
        kind=seen.target.key.kind if seen.target else None,
        least=seen.least.kopiykas,
        most=seen.most.kopiykas,
    )


async def pay(called: Called, body: PaymentBody) -> PaymentAnswer:
    """Credit a payment, once for its id: sent again it is answered and not credited again."""
    order = Order(body.id, body.account, Money(body.amount), body.at)
    limits = terms.payment_limits()
    async with wiring.unit_of_work() as session:
        return _payment(await payments.pay(session, called.partner_id, order, limits=limits, at=called.at))


async def status(called: Called, ref: Ref) -> PaymentAnswer:
    """What became of a payment. Not found means that nothing was credited under this id."""
    async with wiring.reading() as session:
        return _payment(await payments.find(session, called.partner_id, ref))


async def cancel(called: Called, ref: Ref) -> PaymentAnswer:
    """Take a payment back on its own day, as long as the money is still there."""
    async with wiring.unit_of_work() as session:
        return _payment(await payments.cancel(session, called.partner_id, ref, at=called.at))


async def day_register(
    called: Called, day: Day, written: Annotated[Literal["json", "csv"], Query(alias="format")] = "json"
) -> Response:
    """Every payment that was credited on this day, with what they come to, for reconciliation."""
    async with wiring.reading() as session:
        found = await register(session, called.partner, date.fromisoformat(day), at=called.at)
    if written == "json":
        return Response(_register(found).model_dump_json(), media_type="application/json")
    headers = {"Content-Disposition": f'attachment; filename="{called.partner.code}-{day}.csv"'}
    return Response(as_csv(found), media_type="text/csv", headers=headers)


def application() -> FastAPI:
    """The sub-application; without pages of documentation, which would load scripts from elsewhere."""
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses={k: _of_failure(v) for k, v in _REFUSALS.items()},
    )
    app.post("/check", operation_id="check")(check)
    app.post("/payments", operation_id="pay")(pay)
    bodiless = [Depends(_bodiless)]
    app.get("/payments/{id}", operation_id="status", dependencies=bodiless)(status)
    app.post("/payments/{id}/cancel", operation_id="cancel", dependencies=bodiless)(cancel)
    app.get(
        "/registers/{day}",
        operation_id="register",
        response_model=RegisterAnswer,
        responses=_CSV,
        dependencies=bodiless,
    )(day_register)
    app.openapi = lambda: describe_api(app)  # type: ignore[method-assign]
    app.add_exception_handler(CustomerError, on_refusal)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)
    for error in DATABASE_DOWN:
        app.add_exception_handler(error, on_database_down)
    return app


async def on_database_down(request: Request, error: Exception) -> JSONResponse:
    """Nothing was done, or nobody knows: the same request again is safe either way."""
    logs.report(error, "a partner's request met no database", request_id=request.state.request_id)
    return answer(request.scope, unavailable())


def as_csv(found: Register) -> str:
    """A line for each payment, then one that begins with #total: counts and sums of credited, cancelled and kept."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(["id", "payment", "account", "amount", "status", "credited_at", "cancelled_at"])
    writer.writerows(_cells(line) for line in found.lines)
    totals = (found.credited, found.cancelled, found.kept)
    writer.writerow(["#total", *(figure for total in totals for figure in (total.count, total.sum.kopiykas))])
    return text.getvalue()


def _cells(line: RegisterLine) -> Iterable[object]:
    moments = [moment.isoformat() if moment else "" for moment in (line.credited_at, line.cancelled_at)]
    return [line.ref, line.payment_id, line.account, line.amount.kopiykas, line.status.value, *moments]


def _payment(view: PartnerPaymentView) -> PaymentAnswer:
    row = view.row
    return PaymentAnswer(
        id=row.ref,
        payment=view.payment_id,
        status=view.status,
        account=masked(row.kind, row.account),
        kind=row.kind,
        amount=row.amount.kopiykas,
        at=row.paid_at and row.paid_at.astimezone(UTC),
        credited_at=row.credited_at,
        cancelled_at=row.cancelled_at,
    )


def _register(found: Register) -> RegisterAnswer:
    return RegisterAnswer(
        day=found.day,
        final=found.is_final,
        credited=_total(found.credited),
        cancelled=_total(found.cancelled),
        kept=_total(found.kept),
        payments=[
            RegisterPayment(
                id=line.ref,
                payment=line.payment_id,
                account=line.account,
                amount=line.amount.kopiykas,
                status=line.status,
                credited_at=line.credited_at,
                cancelled_at=line.cancelled_at,
            )
            for line in found.lines
        ],
    )


def _total(total: Total) -> TotalAnswer:
    return TotalAnswer(count=total.count, sum=total.sum.kopiykas)


def _of_failure(about: dict[str, Any]) -> dict[str, Any]:
    return {"model": FailureAnswer, **about}


async def _on_invalid(request: Request, error: Exception) -> JSONResponse:
    """The first thing that is wrong; never what was sent, which may be anything."""
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    named = [part for part in first["loc"] if part in _FIELDS]
    return answer(request.scope, Refused(400, "invalid_request", f"{named[0] if named else 'body'}: {first['msg']}"))


async def _on_http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    codes = {404: "no_such_address", 405: "method_not_allowed"}
    code = codes.get(error.status_code, "invalid_request")
    return answer(request.scope, Refused(error.status_code, code, str(error.detail), error.headers))
