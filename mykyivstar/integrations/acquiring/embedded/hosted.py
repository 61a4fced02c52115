"""The demo bank's pages for payers: card, code, and back to the shop. Plain HTML, no scripts."""

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from mykyivstar.integrations.acquiring.embedded import views
from mykyivstar.integrations.acquiring.embedded.bank import DemoBank
from mykyivstar.integrations.acquiring.embedded.card_form import Typed, read_card
from mykyivstar.integrations.acquiring.embedded.cards import card_ending
from mykyivstar.integrations.acquiring.embedded.layout import LANGUAGES, Translate, document
from mykyivstar.integrations.acquiring.embedded.records import Invoice, Status
from mykyivstar.integrations.acquiring.embedded.styles import STYLES
from mykyivstar.kit.clock import Clock

_BODY_MAX = 4096
_SEE_OTHER = 303
# The shop keeps the language of its visitor under this name; both are served from one address.
_LANGUAGE_COOKIE = "lang"


class Hosted:
    """The routes for browsers."""

    def __init__(self, bank: DemoBank, clock: Clock, tr: Translate, *, base: str) -> None:
        """`base` is the path that the bank is mounted at: "/acquirer"."""
        self._bank = bank
        self._clock = clock
        self._tr = tr
        self._base = base.rstrip("/")

    def routes(self) -> list[Route]:
        """Every page."""
        return [
            Route("/", self._front),
            Route("/bank.css", self._styles),
            Route("/outage", self._outage, methods=["POST"]),
            Route("/pay/{invoice_id}", self._look, methods=["GET"]),
            Route("/pay/{invoice_id}", self._card, methods=["POST"]),
            Route("/pay/{invoice_id}/code", self._code, methods=["POST"]),
            Route("/pay/{invoice_id}/cancel", self._give_up, methods=["POST"]),
            Route("/{path:path}", self._nothing),
        ]

    async def _look(self, request: Request) -> Response:
        found = await asyncio.to_thread(self._bank.look_up, request.path_params["invoice_id"], self._clock.now())
        return self._page_of(request, found[0] if found else None)

    async def _card(self, request: Request) -> Response:
        now = self._clock.now()
        found = await asyncio.to_thread(self._bank.look_up, request.path_params["invoice_id"], now)
        if found is None or found[0].status is not Status.CREATED:
            return self._page_of(request, found[0] if found else None)
        typed = read_card(await _form(request), now)
        if typed.card is None:
            return self._page_of(request, found[0], typed=typed)
        return self._onward(request, await asyncio.to_thread(self._bank.take_card, found[0].id, typed.card, now))

    async def _code(self, request: Request) -> Response:
        code = "".join((await _form(request)).get("code", "").split())
        invoice_id = request.path_params["invoice_id"]
        invoice = await asyncio.to_thread(self._bank.take_code, invoice_id, code, self._clock.now())
        if invoice and invoice.status is Status.CONFIRMING:
            return self._page_of(request, invoice, is_wrong=True)
        return self._onward(request, invoice)

    async def _give_up(self, request: Request) -> Response:
        invoice_id = request.path_params["invoice_id"]
        return self._onward(request, await asyncio.to_thread(self._bank.give_up, invoice_id, self._clock.now()))

    async def _front(self, request: Request) -> Response:
        tr, lang = self._tr, _language(request)
        is_out = await asyncio.to_thread(self._bank.unreachable_until, self._clock.now()) is not None
        body = views.front_page(tr, lang, base=self._base, is_out=is_out)
        return self._answer(request, tr(lang, "A bank to try payments with"), body)

    async def _outage(self, request: Request) -> Response:
        lasting = (await _form(request)).get("lasting") == "1"
        await asyncio.to_thread(self._bank.be_unreachable, self._clock.now(), lasting=lasting)
        return RedirectResponse(f"{self._base}/?lang={_language(request)}", status_code=_SEE_OTHER)

    async def _styles(self, request: Request) -> Response:
        return Response(STYLES, media_type="text/css", headers={"Cache-Control": "private, max-age=300"})

    async def _nothing(self, request: Request) -> Response:
        return self._page_of(request, None)

    def _onward(self, request: Request, invoice: Invoice | None) -> Response:
        """After something was done: to the code, or back to the shop."""
        if invoice is None or (invoice.status is not Status.CONFIRMING and not invoice.return_url):
            return self._page_of(request, invoice)
        if invoice.status is Status.CONFIRMING:
            return RedirectResponse(f"{self._base}/pay/{invoice.id}?lang={_language(request)}", status_code=_SEE_OTHER)
        return RedirectResponse(invoice.return_url, status_code=_SEE_OTHER, headers=_policy(invoice))

    def _page_of(
        self, request: Request, invoice: Invoice | None, *, typed: Typed | None = None, is_wrong: bool = False
    ) -> Response:
        tr, lang = self._tr, _language(request)
        if invoice is None:
            body = views.unknown_page(tr, lang)
            return self._answer(request, tr(lang, "There is no such invoice"), body, status=404)
        here = f"{self._base}/pay/{invoice.id}"
        if invoice.status is Status.CREATED:
            filled = card_ending(request.query_params.get("card", ""))
            body = views.card_page(tr, lang, invoice, here=here, typed=typed, filled=filled)
            title = tr(lang, "Payment by card")
        elif invoice.status is Status.CONFIRMING:
            body = views.code_page(tr, lang, invoice, here=here, is_wrong=is_wrong)
            title = tr(lang, "Confirm the payment")
        else:
            body, title = views.over_page(tr, lang, invoice), tr(lang, "Payment by card")
        return self._answer(request, title, body, here=here, invoice=invoice, status=422 if typed or is_wrong else 200)

    def _answer(
        self,
        request: Request,
        title: str,
        body: str,
        *,
        here: str = "",
        invoice: Invoice | None = None,
        status: int = 200,
    ) -> Response:
        lang = _language(request)
        whole = document(self._tr, lang, title=title, body=body, base=self._base, here=here or f"{self._base}/")
        return HTMLResponse(whole, status_code=status, headers=_policy(invoice))


def _policy(invoice: Invoice | None) -> dict[str, str]:
    """Nothing but our own stylesheet; forms may lead to the shop, nobody may frame or keep the page."""
    shop = urlsplit(invoice.return_url) if invoice else urlsplit("")
    targets = f"'self' {shop.scheme}://{shop.netloc}" if shop.netloc else "'self'"
    return {
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; "
        f"form-action {targets}; base-uri 'none'; frame-ancestors 'none'",
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
    }


def _language(request: Request) -> str:
    wishes = [request.query_params.get("lang", ""), request.cookies.get(_LANGUAGE_COOKIE, "")]
    wishes += [
        part.split(";")[0].split("-")[0].strip() for part in request.headers.get("accept-language", "").split(",")
    ]
    return next((wish for wish in wishes if wish in LANGUAGES), "uk")


async def _form(request: Request) -> Mapping[str, str]:
    """The fields of a form. Read by hand: nothing of it may end in a temporary file or an error report."""
    body = await request.body()
    if len(body) > _BODY_MAX:
        return {}
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20))
