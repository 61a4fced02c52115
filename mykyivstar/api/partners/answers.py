"""Refusals as JSON of one shape, with the status that fits."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Scope

from mykyivstar.domain.partners import errors
from mykyivstar.i18n import describe
from mykyivstar.kit.errors import CustomerError

RETRY_AFTER_S = 5

_STATUSES: Mapping[type[CustomerError], int] = {
    errors.PartnerClosed: 403,
    errors.NonceUsed: 401,
    errors.TooManyRequests: 429,
    errors.PaymentUnknown: 404,
    errors.NoRegister: 404,
    errors.UnknownAccount: 422,
    errors.AmountRefused: 422,
    errors.UnlikelyMoment: 422,
    errors.DayLimitReached: 409,
    errors.IdUsed: 409,
    errors.CancelTooLate: 409,
    errors.MoneySpent: 409,
    errors.NotCredited: 409,
}


class Refused(Exception):
    """A request that is refused before the domain hears of it."""

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.code, self.message, self.headers = status, code, message, headers
        super().__init__(code)


def refused(error: CustomerError) -> Refused:
    """The same refusal as an answer."""
    code = error.code.rpartition(".")[2]
    headers = {}
    if isinstance(error, errors.TooManyRequests):
        headers = {"Retry-After": str(error.params["seconds"])}
    return Refused(_STATUSES.get(type(error), 422), code, describe(error, "en"), headers)


def unavailable() -> Refused:
    """What cannot be done just now."""
    message = "We cannot do this just now. Send the same request again, newly signed."
    return Refused(503, "unavailable", message, {"Retry-After": str(RETRY_AFTER_S)})


def answer(scope: Scope, why: Refused) -> JSONResponse:
    """The answer, and a note of its code for the audit."""
    state = scope.setdefault("state", {})
    state["outcome"] = why.code
    content = {"code": why.code, "message": why.message, "request_id": state.get("request_id", "")}
    headers = dict(why.headers or {})
    if why.status == 401:
        headers["WWW-Authenticate"] = "X-Partner-Signature"
    return JSONResponse(content, status_code=why.status, headers=headers)


async def on_refusal(request: Request, error: Exception) -> JSONResponse:
    """The framework's handler of domain refusals."""
    assert isinstance(error, CustomerError)
    return answer(request.scope, refused(error))
