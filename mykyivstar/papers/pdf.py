"""Papers as PDF, set by typst: tagged for screen readers, with fonts of our own, the same bytes for the same paper."""

import asyncio
import json
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from mykyivstar.domain.papers.receipt import Receipt
from mykyivstar.i18n import tr
from mykyivstar.papers import words
from mykyivstar.papers.press import Press
from mykyivstar.papers.qr import qr_svg

_TEMPLATES = Path(__file__).parent / "templates"
# PDF/UA: every part has its role, every picture its text.
_STANDARD: list[Literal["ua-1"]] = ["ua-1"]


async def receipt_pdf(receipt: Receipt, press: Press, lang: str) -> bytes:
    """The receipt on one page: A5, or A4 when it is split over many numbers. Work of milliseconds, in a thread."""
    return await asyncio.to_thread(set_paper, "receipt.typ", _data(receipt, press, lang))


def _data(receipt: Receipt, press: Press, lang: str) -> str:
    said = {
        "lang": lang,
        "title": words.title(receipt, lang),
        "issuer": tr(lang, "Kyivstar"),
        "service": tr(lang, "My Kyivstar"),
        "rows": [{"label": row.label, "value": row.value} for row in words.rows(receipt, lang)],
        "amount": {"label": words.amount(receipt, lang).label, "value": words.amount(receipt, lang).value},
        "standing": words.standing(receipt, lang),
        "proof": proof_of(press.code(receipt), press, lang),
        "foot": tr(lang, "Questions about this payment: 466 from a Kyivstar number, 0 800 300 466 from any phone."),
    }
    return json.dumps(said, ensure_ascii=False)


def proof_of(code: str, press: Press, lang: str) -> dict[str, str]:
    """What a template prints to have the paper of this code proved."""
    address = press.address(code)
    return {
        "qr": qr_svg(address),
        "about": tr(lang, "QR code of the page that proves this paper"),
        "words": tr(lang, "Is this paper genuine? Scan the QR, or open the address and type the code:"),
        "code": code,
        "address": address,
        "shown": press.page,
    }


def set_paper(template: str, data: str, *, is_tagged: bool = True) -> bytes:
    """Set a template, in the thread that calls. Tags make a PDF accessible, and a long one heavy.

    Data goes in as a value, never as source: what somebody typed is not read as typst.
    """
    return typst.compile(
        _TEMPLATES / template,
        root=_TEMPLATES,
        format="pdf",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=[*_STANDARD] if is_tagged else [],
        pdf_tags=is_tagged,
    )


@cache
def _fonts() -> typst.Fonts:
    """Onest, and what comes with typst for signs that it lacks."""
    return typst.Fonts(include_system_fonts=False, font_paths=[_TEMPLATES / "fonts"])
