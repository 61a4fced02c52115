"""The letter with a receipt in it."""

from io import BytesIO

import pypdf
import pytest

from mykyivstar.domain.payments.models import Source
from mykyivstar.papers.letters import receipt_letter
from mykyivstar.papers.press import Press
from tests.papers.conftest import PRESS, receipt

CODE = PRESS.code(receipt())


@pytest.mark.parametrize(
    ("lang", "subject", "file", "sentence"),
    [
        ("uk", "Квитанція № 20120503194733: 1 100,50 ₴", "Квитанція-20120503194733.pdf", "Кошти зараховано"),
        ("en", "Receipt № 20120503194733: 1,100.50 ₴", "Receipt-20120503194733.pdf", "The money was credited"),
        ("ru", "Квитанция № 20120503194733: 1 100,50 ₴", "Квитанция-20120503194733.pdf", "Деньги зачислены"),
    ],
)
async def test_it_says_in_words_what_the_attached_paper_says(
    press: Press, lang: str, subject: str, file: str, sentence: str
) -> None:
    letter = await receipt_letter(receipt(), press, lang)
    assert letter.subject.replace("\xa0", " ") == subject
    for said in (letter.text, letter.html):
        for fact in ("20120503194733", "14247838", "4477622", "444403******1902", CODE, f"/verify/{CODE}", sentence):
            assert fact in said
    [attached] = letter.attachments
    assert (attached.name, attached.media_type) == (file, "application/pdf")
    assert CODE in pypdf.PdfReader(BytesIO(attached.content)).pages[0].extract_text()


async def test_what_somebody_typed_stays_text_in_html(press: Press) -> None:
    letter = await receipt_letter(receipt(source=Source.PARTNER, partner='<img src=x onerror="alert(1)">'), press, "uk")
    assert "<img" not in letter.html
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in letter.html
