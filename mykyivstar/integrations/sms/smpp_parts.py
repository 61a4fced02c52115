"""Cutting a text into the parts that phones put together again.

The library's own cutting counts signs where phones count septets: a part with many "€" or "[" came out too long.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from aiosmpplib import GSM7BitCodec

PARTS_MAX = 255
_GSM_ONE, _GSM_OF_SEVERAL = 160, 153
_UCS2_ONE, _UCS2_OF_SEVERAL = 140, 134
# User data header: five bytes follow; they say "part of a whole": reference, how many parts, which one.
_HEADER = bytes((5, 0, 3))


class TooLong(ValueError):
    """The text does not fit the 255 parts that a message can have."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The bytes of each part, header included when there are several."""

    payloads: tuple[bytes, ...]
    is_ucs2: bool


def cut(text: str, reference: int) -> Parts:
    """The fewest parts; in the basic SMS alphabet when it has all the signs. `reference` (0-255) names the whole."""
    is_ucs2 = not GSM7BitCodec.is_gsm_text(text)
    signs = [sign.encode("utf-16-be") if is_ucs2 else _gsm(sign) for sign in text]
    whole = b"".join(signs)
    if len(whole) <= (_UCS2_ONE if is_ucs2 else _GSM_ONE):
        return Parts((whole,), is_ucs2)
    bodies = list(_filled(signs, _UCS2_OF_SEVERAL if is_ucs2 else _GSM_OF_SEVERAL))
    if len(bodies) > PARTS_MAX:
        raise TooLong
    head = _HEADER + bytes((reference, len(bodies)))
    return Parts(tuple(head + bytes((index,)) + body for index, body in enumerate(bodies, start=1)), is_ucs2)


def _filled(signs: list[bytes], size: int) -> Iterator[bytes]:
    """Parts of at most so many bytes; what is one sign stays in one part."""
    body = b""
    for sign in signs:
        if len(body) + len(sign) > size:
            yield body
            body = b""
        body += sign
    yield body


def _gsm(sign: str) -> bytes:
    """One byte for a septet, two for a sign of the extension table."""
    return bytes(GSM7BitCodec.get_codec_info().encode(sign)[0])
