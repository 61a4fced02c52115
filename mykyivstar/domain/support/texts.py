"""What is kept of a text that somebody typed: as it was meant, without what only tricks the eye or a database."""

import re
import unicodedata

from mykyivstar.domain.support.errors import MessageEmpty, MessageTooLong

MESSAGE_MOST = 4000
# Embeddings, overrides and isolates can make a text read as another one; marks of direction and real letters stay.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_KEPT_CONTROLS = {"\n", "\t", "\u200d", "\u200c", "\u200e", "\u200f"}
_CLIENT_KEY = re.compile(r"[A-Za-z0-9_-]{8,40}")


def cleaned(text: str) -> str:
    """Without control characters and bidi overrides, line ends unified, outer white space gone."""
    plain = _BIDI_CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (sign for sign in plain if sign in _KEPT_CONTROLS or unicodedata.category(sign) not in {"Cc", "Cs", "Co"})
    return "".join(kept).strip()


def message_text(text: str, *, most: int = MESSAGE_MOST) -> str:
    """A message as it is kept. Raises MessageEmpty, MessageTooLong."""
    said = cleaned(text)
    if not any(unicodedata.category(sign)[0] not in "ZC" for sign in said):
        raise MessageEmpty
    if len(said) > most:
        raise MessageTooLong(most=most)
    return said


def is_client_key(key: str) -> bool:
    """Whether a browser of ours could have made this key of a message."""
    return _CLIENT_KEY.fullmatch(key) is not None
