"""Papers over HTTP: the receipt as PDF for whoever paid, and the page that proves any paper to anybody."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from mykyivstar import wiring
from mykyivstar.domain.identity import limits, living_sessions, sessions
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.errors import TooManyTries
from mykyivstar.domain.papers.receipt import payers_receipt
from mykyivstar.domain.papers.seal import Doubt
from mykyivstar.domain.papers.verification import compare, verify
from mykyivstar.guard import cookies
from mykyivstar.guard.address import client_address
from mykyivstar.i18n import DEFAULT_LANGUAGE, LANGUAGES, describe, known_language
from mykyivstar.kit.errors import NotFound
from mykyivstar.kit.secret import token_hash
from mykyivstar.papers import verify_page
from mykyivstar.papers.pdf import receipt_pdf

# Nobody's cache is the place for what somebody paid, and what a paper says of its payment changes.
_PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_LONGEST = 100


async def receipt(request: Request) -> Response:
    """`GET /api/payments/{code}/receipt.pdf?lang=uk`: for the payer alone; to others there is nothing here."""
    lang = language_of(request)
    try:
        actor, visitor = await who_asks(request)
        async with wiring.reading() as session:
            paper = await payers_receipt(session, request.path_params["code"], actor=actor, visitor=visitor)
    except NotFound as refusal:
        return JSONResponse({"error": describe(refusal, lang)}, status_code=404, headers=_PRIVATE)
    headers = {**_PRIVATE, "Content-Disposition": f'attachment; filename="receipt-{paper.number}.pdf"'}
    return Response(await receipt_pdf(paper, wiring.press(), lang), media_type="application/pdf", headers=headers)


async def verify_(request: Request) -> Response:
    """`GET /verify`, `/verify/{code}`, `/verify?code=…`: is the paper with this code genuine?

    `number` and `amount`, when given, are what stands on the paper in hand.
    """
    lang = language_of(request)
    given = {name: request.query_params.get(name, "").strip()[:_LONGEST] for name in ("code", "number", "amount")}
    asked = verify_page.Asked(**{**given, "code": request.path_params.get("code", "")[:_LONGEST] or given["code"]})
    if not asked.code:
        return _shown(request, verify_page.asking(lang), lang)
    try:
        await _count(request)
    except TooManyTries as refusal:
        return _shown(request, verify_page.too_often(lang, describe(refusal, lang)), lang, status=429)
    async with wiring.reading() as session:
        verdict = await verify(session, asked.code, wiring.press().seal)
    if isinstance(verdict, Doubt):
        return _shown(request, verify_page.not_genuine(lang, asked, verdict), lang, status=404)
    comparison = compare(verdict.paper, number=asked.number, amount=asked.amount)
    return _shown(request, verify_page.found(lang, asked, verdict, comparison), lang)


def _shown(request: Request, page: str, lang: str, *, status: int = 200) -> Response:
    response = HTMLResponse(page, status_code=status, headers={**_PRIVATE, "Referrer-Policy": "no-referrer"})
    if request.query_params.get("lang") == lang:
        # The switch of a page without scripts: the cookie that every other page reads, and scripts may too.
        response.set_cookie("lang", lang, max_age=cookies.YEAR_S, path="/", samesite="lax")
    return response


def language_of(request: Request) -> str:
    """What the address says, else the browser's choice on our pages, else what it prefers by its settings."""
    for wish in (request.query_params.get("lang"), request.cookies.get("lang")):
        if wish in LANGUAGES:
            return known_language(wish)
    wanted = [part.partition(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(",")]
    return next((each for each in wanted if each in LANGUAGES), DEFAULT_LANGUAGE)


async def who_asks(request: Request) -> tuple[Actor | None, str]:
    """The signed-in person of this request, and the hash of the browser's visitor cookie."""
    header = request.headers.get("cookie", "")
    visitor, token = cookies.read(header, cookies.VISITOR), cookies.read(header, cookies.SESSION)
    async with wiring.reading() as session:
        auth = await living_sessions.by_token(session, token, wiring.clock().now()) if token else None
    return sessions.actor_of(auth) if auth else None, token_hash(visitor) if visitor else ""


async def _count(request: Request) -> None:
    """One more look from this address. Raises TooManyTries: codes are not to be guessed."""
    tries = (limits.Rule.PAPERS_FOR_ADDRESS, client_address(request.scope))
    async with wiring.unit_of_work() as session:
        wait = await limits.hit(session, wiring.clock().now(), tries)
    limits.refuse_if_over(wait)


routes = [
    Route("/api/payments/{code}/receipt.pdf", receipt),
    Route(verify_page.PATH, verify_),
    Route(verify_page.PATH + "/{code}", verify_),
]
