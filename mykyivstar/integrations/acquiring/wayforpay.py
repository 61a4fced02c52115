"""Card acquiring by WayForPay (https://wiki.wayforpay.com), through the `wayforpay` package.

The package builds, signs and sends; the answers are read here, because it raises for every refused card and drops what
the answer said of it.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx
import msgspec
from wayforpay import (
    AsyncClient,
    ChargeRequest,
    CheckStatusRequest,
    CreateInvoiceRequest,
    Credentials,
    Currency,
    MerchantTransactionSecureType,
    RefundRequest,
    RemoveInvoiceRequest,
    ResponseError,
    SignatureError,
    ack_dict,
    verify_callback,
)

from mykyivstar.integrations.acquiring.calls import WITHIN_S, tls
from mykyivstar.integrations.acquiring.wayforpay_wire import (
    AWAITING_PAYMENT,
    DUPLICATE_ORDER,
    OK,
    ORDER_NOT_FOUND,
    PASSING,
    WireAnswer,
    decimal_of,
    fields_of,
    read_answer,
    report_of,
)
from mykyivstar.kit.clock import Clock
from mykyivstar.kit.money import Money
from mykyivstar.ports.acquiring import (
    AcquirerRefused,
    AcquirerUnavailable,
    ForgedNotice,
    Invoice,
    InvoiceState,
    Order,
    Report,
)

_LANGUAGES = {"uk": "UA", "en": "EN", "ru": "RU"}
_PASSING_STATUSES = {408, 425, 429}

Send = Callable[[AsyncClient], Awaitable[object]]


class WayForPayAcquirer:
    """Invoices, charges by token and refunds of one merchant. An invoice's id is our own reference.

    Three things that this bank does not have: a way back for the browser from an invoice's page, a key that makes a
    refund safe to repeat (so there is one refund an order), and deleting a token.
    """

    def __init__(
        self,
        *,
        account: str,
        secret: str,
        domain: str,
        url: str,
        clock: Clock,
        within_s: float = WITHIN_S,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """`account`, `secret` and `domain` are the merchant's; `transport` stands in for the network."""
        self._credentials = Credentials(account, secret, merchant_domain_name=domain)
        self._url = url
        self._clock = clock
        self._within_s = within_s
        self._transport = transport

    @property
    def name(self) -> str:
        """What invoices of this acquirer are marked with."""
        return "wayforpay"

    async def create(self, order: Order) -> Invoice:
        """A new invoice. The page does not lead back to us; whoever paid finds the payment by its own address."""
        request = CreateInvoiceRequest(
            **self._order(order),
            language=_LANGUAGES.get(order.language, "UA"),
            order_timeout=int(order.valid_for.total_seconds()),
        )
        answer = await self._ask(lambda client: client.create_invoice(request))
        if answer.reason_code == DUPLICATE_ORDER:
            raise AcquirerUnavailable(f"order {order.reference} was made before, and its page is not told again")
        self._must_be_ok(answer, "CREATE_INVOICE")
        if not answer.invoice_url:
            raise AcquirerUnavailable("an invoice without a page")
        return Invoice(id=order.reference, page_url=answer.invoice_url)

    async def charge(self, order: Order, token: str) -> Report:
        """Charge a kept card; the bank itself refuses a second order of the same reference."""
        request = ChargeRequest(
            **self._order(order),
            rec_token=token,
            merchant_transaction_secure_type=MerchantTransactionSecureType.NON_THREE_DS,
        )
        answer = await self._ask(lambda client: client.charge(request))
        if answer.reason_code == DUPLICATE_ORDER:
            return await self.status(order.reference)
        if not answer.transaction_status:
            self._must_be_ok(answer, "CHARGE")
        report = report_of(answer, amount_by_default=None, at=self._clock.now())
        if report.reference != order.reference or report.amount != order.amount:
            raise AcquirerUnavailable(f"order {order.reference}: the answer is about another")
        return report

    async def status(self, invoice_id: str) -> Report:
        """Where the order stands by the bank's books."""
        return (await self._standing(invoice_id))[0]

    async def find(self, reference: str) -> Report | None:
        """The order of this reference: the bank keeps orders under our own name."""
        try:
            return await self.status(reference)
        except AcquirerRefused:
            return None

    async def refund(self, invoice_id: str, *, amount: Money, key: str) -> Report:
        """Give back once an order: this bank does not tell a repeated request from a second refund."""
        before, is_under_way = await self._standing(invoice_id)
        if amount > Money.ZERO and (is_under_way or before.refunded == amount):
            return before
        if before.state is not InvoiceState.SUCCESS:
            raise AcquirerRefused(f"order {invoice_id} is {before.state}: nothing to give back, or given already")
        if not Money.ZERO < amount <= before.amount:
            raise AcquirerRefused(f"order {invoice_id}: more than was paid")
        request = RefundRequest(
            order_reference=invoice_id, amount=decimal_of(amount), currency=Currency.UAH, comment=key
        )
        self._must_be_ok(await self._ask(lambda client: client.refund(request)), "REFUND")
        return await self.status(invoice_id)

    async def withdraw(self, invoice_id: str) -> None:
        """Make an unpaid invoice void."""
        request = RemoveInvoiceRequest(order_reference=invoice_id)
        self._must_be_ok(await self._ask(lambda client: client.remove_invoice(request)), "REMOVE_INVOICE")

    async def forget(self, token: str) -> None:
        """Nothing to do: the bank has no way to delete a token, and without us nobody can use it."""

    async def read_notice(self, headers: Mapping[str, str], body: bytes) -> Report:
        """A signed notice is a reason to ask: its signature covers neither its time nor the token nor refunds."""
        fields = fields_of(body)
        if fields is None or not isinstance(fields.get("orderReference"), str):
            raise ForgedNotice("not a notice")
        try:
            verify_callback(body, self._credentials.context())
        except (SignatureError, msgspec.MsgspecError, ValueError):
            raise ForgedNotice("the bank did not sign this") from None
        try:
            return await self.status(fields["orderReference"])
        except AcquirerRefused as refusal:
            raise AcquirerUnavailable(f"told of an order and then not knowing it: {refusal}") from None

    def answer_to_notice(self, report: Report) -> bytes:
        """That we have taken it, signed; without it the notice comes again for days."""
        now = int(self._clock.now().timestamp())
        return json.dumps(ack_dict(self._credentials.context(), report.reference, timestamp=now)).encode()

    def _order(self, order: Order) -> dict[str, Any]:
        amount = decimal_of(order.amount)
        return {
            "order_reference": order.reference,
            "order_date": int(self._clock.now().timestamp()),
            "amount": amount,
            "currency": Currency.UAH,
            "service_url": order.notice_url,
            "product_name": [order.purpose],
            "product_price": [amount],
            "product_count": [1],
        }

    async def _standing(self, reference: str) -> tuple[Report, bool]:
        """Where the order stands, and whether a refund of it is under way."""
        request = CheckStatusRequest(order_reference=reference)
        try:
            answer = await self._ask(lambda client: client.check_status(request))
        except AcquirerRefused as refusal:
            # This bank answers 200 whatever it knows of the order.
            raise AcquirerUnavailable(str(refusal)) from None
        if answer.reason_code == ORDER_NOT_FOUND:
            raise AcquirerRefused(f"order {reference} is not known")
        is_unpaid = answer.reason_code == AWAITING_PAYMENT
        if is_unpaid and not answer.order_reference:
            answer = answer.model_copy(update={"order_reference": reference})
        # An unpaid order may be told without its amount, and nothing depends on it then.
        report = report_of(answer, amount_by_default=Money.ZERO if is_unpaid else None, at=self._clock.now())
        if report.invoice_id != reference:
            raise AcquirerUnavailable(f"asked for order {reference}, answered for another")
        return report, (answer.transaction_status or "").lower() == "refundinprocessing"

    async def _ask(self, send: Send) -> WireAnswer:
        """Send by the package, and read the answer ourselves."""
        heard: list[httpx.Response] = []

        async def hear(response: httpx.Response) -> None:
            await response.aread()
            heard.append(response)

        try:
            async with (
                asyncio.timeout(self._within_s),
                AsyncClient(
                    self._credentials,
                    api_url=self._url,
                    timeout=self._within_s,
                    event_hooks={"response": [hear]},
                    transport=self._transport,
                    verify=tls(),
                ) as client,
            ):
                await send(client)
        except (ResponseError, httpx.HTTPStatusError, msgspec.MsgspecError):
            # It answered something; what, is read below.
            if not heard:
                raise AcquirerUnavailable("the request could not be sent") from None
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError) as error:
            raise AcquirerUnavailable(f"WayForPay: {type(error).__name__}") from None
        return _heard(heard[-1])

    def _must_be_ok(self, answer: WireAnswer, what: str) -> None:
        if answer.reason_code in PASSING:
            raise AcquirerUnavailable(f"{what}: {answer.reason_code} {answer.reason}")
        if answer.reason_code != OK:
            raise AcquirerRefused(f"{what}: {answer.reason_code} {answer.reason}")


def _heard(response: httpx.Response) -> WireAnswer:
    if response.status_code == httpx.codes.OK:
        return read_answer(response.content)
    if 400 <= response.status_code < 500 and response.status_code not in _PASSING_STATUSES:
        raise AcquirerRefused(f"WayForPay: {response.status_code}")
    raise AcquirerUnavailable(f"WayForPay: {response.status_code}")
