"""`POST /api/ussd`: the operator's USSD gateway asks what a phone is to show (I5, O7); see docs/ussd.md."""

import logging

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mykyivstar import terms, wiring
from mykyivstar.api.ussd_words import ussd_text
from mykyivstar.domain.identity import limits
from mykyivstar.domain.identity.errors import TooManyTries
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.ussd import dialogue, reading, sessions
from mykyivstar.domain.ussd.screens import Screen, ScreenName
from mykyivstar.domain.ussd.sessions import Claim, Request, Turn
from mykyivstar.domain.ussd.signing import is_signed
from mykyivstar.domain.ussd.talk import Means, Talk
from mykyivstar.kit.msisdn import Msisdn

TIMESTAMP = "x-ussd-timestamp"
SIGNATURE = "x-ussd-signature"
_BODY_MAX = 4_000
_PRIVATE = {"Cache-Control": "no-store"}

log = logging.getLogger(__name__)


class Body(BaseModel):
    """What the gateway sends."""

    model_config = ConfigDict(strict=True, extra="forbid")

    session: str = Field(pattern=r"^[A-Za-z0-9._:-]{1,64}$")
    step: int = Field(ge=1, le=1000)
    msisdn: str = Field(pattern=r"^380[0-9]{9}$")
    text: str = Field(default="", max_length=182)
    # The phone has hung up; nothing is answered.
    is_end: bool = Field(default=False, alias="end")


async def endpoint(request: HttpRequest) -> Response:
    """Answer one request of the gateway, once however often it comes."""
    if not (key := wiring.ussd_key()):
        return _error(404, "USSD is switched off here.")
    content = await _content(request)
    if content is None:
        return _error(413, "The body is too long.")
    at = wiring.clock().now()
    timestamp, given = request.headers.get(TIMESTAMP, ""), request.headers.get(SIGNATURE, "")
    if not is_signed(key, timestamp, content, given, at=at):
        log.warning("a request to the USSD menu is not signed")
        return _error(401, "The request is not signed with our key, or its time is not ours.")
    try:
        body = Body.model_validate_json(content)
    except ValidationError as unfit:
        return _error(400, f"{'.'.join(map(str, unfit.errors()[0]['loc'])) or 'body'}: {unfit.errors()[0]['msg']}")
    return await _answer(body)


async def _answer(body: Body) -> Response:
    at, asked = wiring.clock().now(), Request(body.session, body.step, Msisdn(body.msisdn), body.text)
    if body.is_end:
        async with wiring.unit_of_work() as session:
            await sessions.hang_up(session, asked.session, asked.msisdn)
        return JSONResponse({"text": "", "action": "end"}, headers=_PRIVATE)
    async with wiring.unit_of_work() as session:
        claimed = await sessions.claim(session, asked, terms=terms.ussd_terms(), at=at)
        owner = await reading.owner_of(session, asked.msisdn)
    if claimed is None or claimed.turn is Turn.WRONG:
        return _error(409, "This is not the next step of a dialogue that is known.")
    if claimed.turn is Turn.BUSY:
        return _error(503, "This step is being answered. Ask again.", {"Retry-After": "1"})
    if claimed.turn is Turn.REPEAT:
        return _said(claimed.row.text, is_over=claimed.row.is_over)
    if claimed.turn is Turn.OVER:
        return _said(ussd_text(Screen(ScreenName.TIME_OVER), owner.language), is_over=True)
    talk = Talk(_means(), owner, asked.msisdn, _key(claimed, asked), claimed.place, claimed.typed, asked.text, at)
    screen = await _screen(talk, asked)
    text = ussd_text(screen, owner.language)
    line_id = owner.line.id if owner.line is not None else None
    async with wiring.unit_of_work() as session:
        kept = await sessions.keep(session, claimed, asked, screen, text, line_id=line_id, at=at)
    log.info("a USSD screen", extra={"screen": screen.name.value, "step": asked.step})
    return _said(kept, is_over=screen.place is None)


async def _screen(talk: Talk, asked: Request) -> Screen:
    if asked.step > terms.ussd_terms().steps_most:
        return Screen(ScreenName.TIME_OVER)
    if asked.step > 1:
        return await dialogue.answered(talk)
    async with wiring.unit_of_work() as session:
        wait = await limits.hit(session, talk.at, (Rule.USSD_DIALS_OF_NUMBER, talk.msisdn.digits))
    if wait:
        return Screen(ScreenName.REFUSED, refusal=TooManyTries(minutes=wait))
    return await dialogue.dialled(talk)


def _means() -> Means:
    return Means(wiring.unit_of_work, wiring.secret_key(), terms.payment_limits(), terms.promise_terms())


def _key(claimed: Claim, asked: Request) -> str:
    """What this very step starts is started once, whoever answers it."""
    return f"ussd-{claimed.row.id}-{asked.step}"


async def _content(request: HttpRequest) -> bytes | None:
    """The raw body, over which the signature goes; None for one that no gateway sends."""
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > _BODY_MAX:
            return None
    return content


def _said(text: str, *, is_over: bool) -> Response:
    return JSONResponse({"text": text, "action": "end" if is_over else "continue"}, headers=_PRIVATE)


def _error(status: int, words: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"error": words}, status_code=status, headers={**_PRIVATE, **(headers or {})})


routes = [Route("/api/ussd", endpoint, methods=["POST"])]
