"""What we write about ourselves: one line an event, as text or JSON, with every phone number masked.

Modules log through `logging.getLogger(__name__)`; facts about the event go into `extra={…}`. A failure that a person
sees gets an incident id, which is shown to them and stands in the log, so that support can find it.
"""

import logging
import re
import sys
from typing import Any, Literal, TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from mykyivstar.kit.secret import CODE_ALPHABET, new_code

# Any usual way of writing a Ukrainian number. A ten-digit personal account that begins with 0 is masked as well.
_NUMBER = re.compile(r"(?<!\d)(?:\+?3?8[\s()-]*)?\(?0([\s()-]*\d){9}(?!\d)")
_INCIDENT_LENGTH = 8
_HANDLER = "mykyivstar"

log = logging.getLogger(__name__)


def configure(form: Literal["text", "json"], *, stream: TextIO | None = None) -> None:
    """Make every logger of this process write to the stream, standard error by default; may be called again."""
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), sort_keys=False)
    )
    handler = logging.StreamHandler(stream)
    handler.name = _HANDLER
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            # Masked last, so that the text of an exception is masked too.
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, masked, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [other for other in root.handlers if other.name != _HANDLER] + [handler]
    root.setLevel(logging.INFO)
    for chatty in ("alembic", "httpx", "engineio", "socketio", "aiosmpplib"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # The server's requests are logged by ours, without the query: a socket's address carries a token in it.
    logging.getLogger("granian.access").disabled = True
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def mask(text: str) -> str:
    """The text with the middle of every phone number replaced: 380671234567 becomes 38067*****67."""
    return _NUMBER.sub(_masked_number, text)


def masked(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """A structlog processor: masks phone numbers in every value of the event, however deep."""
    return {key: _masked_value(value) for key, value in event.items()}


def report(error: BaseException, what: str, **facts: Any) -> str:
    """Log a failure that somebody sees; the incident id to show them, for example "7KQM-X2PA"."""
    code = new_code(CODE_ALPHABET, _INCIDENT_LENGTH)
    incident = f"{code[:4]}-{code[4:]}"
    log.error(what, exc_info=error, extra={"incident": incident, **facts})
    return incident


def _masked_number(found: re.Match[str]) -> str:
    digits = "".join(filter(str.isdigit, found[0]))
    national = digits[-10:]
    return f"38{national[:3]}*****{national[-2:]}"


def _masked_value(value: Any) -> Any:
    match value:
        case str():
            return mask(value)
        case dict():
            return {_masked_value(key): _masked_value(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_masked_value(item) for item in value]
        case bool() | None | float():
            return value
        case int():
            return value if mask(str(value)) == str(value) else mask(str(value))
        case _:
            return mask(str(value))
