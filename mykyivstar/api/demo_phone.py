"""`GET /demo/phone/messages?to=380671000001`: what the embedded SMS gateway put on a phone, newest first."""

from datetime import UTC

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mykyivstar import wiring
from mykyivstar.domain.notifications import phones
from mykyivstar.i18n import describe
from mykyivstar.kit.msisdn import Msisdn, NotANumber
from mykyivstar.settings import settings

# Codes live here: no copy of them belongs into anybody's cache.
_PRIVATE = {"Cache-Control": "no-store"}


async def messages(request: Request) -> Response:
    """The last 50 messages of a number, written in any usual way; none when nothing was sent there."""
    if settings().sms_gateway != "embedded":
        return JSONResponse({"error": "There is no embedded SMS gateway here."}, status_code=404)
    try:
        number = Msisdn.parse(request.query_params.get("to", ""))
    except NotANumber as refusal:
        return JSONResponse({"error": describe(refusal, "en")}, status_code=400)
    async with wiring.reading() as session:
        arrived = await phones.inbox(session, number)
    rows = [
        {"to": message.to.digits, "text": message.text, "sent_at": message.received_at.astimezone(UTC).isoformat()}
        for message in arrived
    ]
    return JSONResponse(rows, headers=_PRIVATE)


routes = [Route("/demo/phone/messages", messages)]
