"""What shops ask of the demo bank: monobank's protocol, as far as our client speaks it."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, ValidationError
from pydantic.alias_generators import to_camel
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from mykyivstar.integrations.acquiring.embedded.bank import DemoBank, Impossible
from mykyivstar.integrations.acquiring.embedded.notices import Signer
from mykyivstar.integrations.acquiring.embedded.records import NewInvoice
from mykyivstar.integrations.acquiring.embedded.statement import HRYVNIA, statement_line, status_of
from mykyivstar.kit.clock import Clock

_BODY_MAX = 64 * 1024
_AMOUNT_MAX = 100_000_000
DAY_S = 24 * 60 * 60

Answer = Callable[[Request], Awaitable[Response]]


class _Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, extra="ignore")


class _PaymentInfo(_Wire):
    reference: str = Field(default="", max_length=280)
    destination: str = Field(default="", max_length=280)


class _SaveCard(_Wire):
    save_card: StrictBool
    wallet_id: str = Field(default="", max_length=120)


class _Create(_Wire):
    amount: StrictInt = Field(gt=0, le=_AMOUNT_MAX)
    ccy: StrictInt = HRYVNIA
    merchant_paym_info: _PaymentInfo = Field(default_factory=_PaymentInfo)
    redirect_url: str = Field(default="", max_length=2000)
    web_hook_url: str = Field(default="", max_length=2000)
    validity: StrictInt = Field(default=DAY_S, ge=1, le=31 * DAY_S)
    save_card_data: _SaveCard | None = None


class _Charge(_Create):
    card_token: str = Field(min_length=1, max_length=200)


class _Cancel(_Wire):
    invoice_id: str
    ext_ref: str = Field(default="", max_length=200)
    amount: StrictInt | None = None


class _Named(_Wire):
    invoice_id: str


class MerchantApi:
    """The routes under /api/merchant, for the bearer of the token."""

    def __init__(self, bank: DemoBank, signer: Signer, clock: Clock, *, token: Callable[[], str], address: str) -> None:
        """`address` is where payers find the bank: https://my.example.ua/acquirer."""
        self._bank = bank
        self._signer = signer
        self._clock = clock
        self._token = token
        self._address = address.rstrip("/")

    def routes(self) -> list[Route]:
        """Every question that a shop may ask."""
        table: list[tuple[str, str, Answer]] = [
            ("POST", "/invoice/create", self._create),
            ("GET", "/invoice/status", self._status),
            ("POST", "/invoice/cancel", self._cancel),
            ("POST", "/invoice/remove", self._remove),
            ("POST", "/wallet/payment", self._charge),
            ("DELETE", "/wallet/card", self._forget),
            ("GET", "/statement", self._statement),
            ("GET", "/pubkey", self._pubkey),
        ]
        return [
            Route("/api/merchant" + path, self._guarded(answer), methods=[method]) for method, path, answer in table
        ]

    def _guarded(self, answer: Answer) -> Answer:
        async def guarded(request: Request) -> Response:
            if await asyncio.to_thread(self._bank.unreachable_until, self._clock.now()):
                return PlainTextResponse("The demo bank is out of order for a minute.", status_code=503)
            given = request.headers.get("x-token", "").encode()
            if not hmac.compare_digest(given, self._token().encode()):
                return _error(403, "FORBIDDEN", "forbidden")
            try:
                return await answer(request)
            except ValidationError as error:
                return _error(400, "BAD_REQUEST", f"invalid {'.'.join(map(str, error.errors()[0]['loc']))!r}")
            except Impossible as reason:
                return _error(400, "BAD_REQUEST", str(reason))

        return guarded

    async def _create(self, request: Request) -> Response:
        given = _Create.model_validate_json(await _body(request))
        invoice = await asyncio.to_thread(self._bank.make, _new(given), self._clock.now())
        return JSONResponse({"invoiceId": invoice.id, "pageUrl": f"{self._address}/pay/{invoice.id}"})

    async def _status(self, request: Request) -> Response:
        found = await asyncio.to_thread(
            self._bank.look_up, request.query_params.get("invoiceId", ""), self._clock.now()
        )
        return _json(status_of(*found)) if found else _error(404, "NOT_FOUND", "invalid 'invoiceId'")

    async def _cancel(self, request: Request) -> Response:
        given = _Cancel.model_validate_json(await _body(request))
        if await asyncio.to_thread(self._bank.look_up, given.invoice_id, self._clock.now()) is None:
            return _error(404, "NOT_FOUND", "invalid 'invoiceId'")
        refund = await asyncio.to_thread(
            self._bank.refund, given.invoice_id, given.amount, given.ext_ref, self._clock.now()
        )
        return _json({"status": "success", "createdDate": refund.at, "modifiedDate": refund.at})

    async def _remove(self, request: Request) -> Response:
        given = _Named.model_validate_json(await _body(request))
        await asyncio.to_thread(self._bank.withdraw, given.invoice_id, self._clock.now())
        return _json({})

    async def _charge(self, request: Request) -> Response:
        given = _Charge.model_validate_json(await _body(request))
        invoice = await asyncio.to_thread(self._bank.charge, _new(given), given.card_token, self._clock.now())
        told = status_of(invoice, ())
        names = ("invoiceId", "status", "failureReason", "amount", "ccy", "createdDate", "modifiedDate")
        return _json({name: told[name] for name in names if name in told})

    async def _forget(self, request: Request) -> Response:
        await asyncio.to_thread(self._bank.forget, request.query_params.get("cardToken", ""))
        return _json({})

    async def _statement(self, request: Request) -> Response:
        now = self._clock.now()
        try:
            since = _moment(request.query_params["from"])
            until = _moment(request.query_params["to"]) if "to" in request.query_params else now + timedelta(days=1)
        except (KeyError, ValueError, OverflowError):
            return _error(400, "BAD_REQUEST", "invalid 'from'")
        lines = await asyncio.to_thread(self._bank.statement, since, until)
        return _json({"list": [statement_line(invoice, refunds) for invoice, refunds in lines]})

    async def _pubkey(self, request: Request) -> Response:
        return _json({"key": await asyncio.to_thread(self._signer.public_key)})


def _new(given: _Create) -> NewInvoice:
    if given.ccy != HRYVNIA:
        raise Impossible("invalid 'ccy'")
    if given.redirect_url and not given.redirect_url.startswith(("https://", "http://")):
        raise Impossible("invalid 'redirectUrl'")
    saves = given.save_card_data
    return NewInvoice(
        reference=given.merchant_paym_info.reference,
        amount=given.amount,
        purpose=given.merchant_paym_info.destination,
        return_url=given.redirect_url,
        notice_url=given.web_hook_url,
        valid_for=timedelta(seconds=given.validity),
        wallet=saves.wallet_id if saves and saves.save_card else "",
    )


async def _body(request: Request) -> bytes:
    body = await request.body()
    if len(body) > _BODY_MAX:
        raise Impossible("too long")
    return body


def _moment(text: str) -> datetime:
    return datetime.fromtimestamp(int(text), UTC)


def _json(told: dict[str, Any]) -> Response:
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")


def _error(status: int, code: str, text: str) -> Response:
    return JSONResponse({"errCode": code, "errText": text}, status_code=status)
