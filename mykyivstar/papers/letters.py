"""Letters with papers in them."""

from mykyivstar.domain.notifications.mail_delivery import Content
from mykyivstar.domain.papers.receipt import Receipt
from mykyivstar.i18n import tr
from mykyivstar.papers import words
from mykyivstar.papers.markup import Html, tag
from mykyivstar.papers.pdf import receipt_pdf
from mykyivstar.papers.press import Press
from mykyivstar.ports.mail import Attachment

_BODY = "font:16px/1.5 sans-serif;color:#10233d;max-width:36em;margin:0 auto;padding:16px"
_CELL = "padding:4px 16px 4px 0;text-align:left;vertical-align:top"


async def receipt_letter(receipt: Receipt, press: Press, lang: str) -> Content:
    """The receipt in words, as a table, and as a PDF with the seal."""
    code = press.code(receipt)
    pdf = Attachment(words.file_name(receipt, lang), "application/pdf", await receipt_pdf(receipt, press, lang))
    return Content(
        subject=f"{words.title(receipt, lang)}: {words.amount(receipt, lang).value}",
        text=_text(receipt, code, press, lang),
        html=_html(receipt, code, press, lang),
        attachments=[pdf],
    )


def _text(receipt: Receipt, code: str, press: Press, lang: str) -> str:
    facts = [f"{row.label}: {row.value}" for row in (*words.rows(receipt, lang), words.amount(receipt, lang))]
    parts = [words.title(receipt, lang), "\n".join(facts), words.standing(receipt, lang)]
    parts += [f"{_proof(lang)}\n{code}\n{press.address(code)}", _warning(lang)]
    return "\n\n".join(parts) + "\n"


def _html(receipt: Receipt, code: str, press: Press, lang: str) -> str:
    facts = (*words.rows(receipt, lang), words.amount(receipt, lang))
    rows = [_row(row) for row in facts]
    address = press.address(code)
    body = tag(
        "body",
        tag("h1", words.title(receipt, lang), style="font-size:20px"),
        tag("table", *rows, style="border-collapse:collapse"),
        tag("p", tag("strong", words.standing(receipt, lang))),
        tag("p", _proof(lang), tag("br"), tag("a", code, href=address)),
        tag("p", _warning(lang), style="color:#55657a"),
        style=_BODY,
    )
    head = tag("head", tag("meta", charset="utf-8"), tag("title", words.title(receipt, lang)))
    return "<!doctype html>" + tag("html", head, body, lang=lang)


def _row(row: words.Row) -> Html:
    return tag("tr", tag("th", row.label, scope="row", style=_CELL), tag("td", row.value, style=_CELL))


def _proof(lang: str) -> str:
    return tr(lang, "The PDF is attached. Anybody can prove it genuine by this code:")


def _warning(lang: str) -> str:
    return tr(lang, "We never ask for card numbers or codes by e-mail. Nobody reads answers to this letter.")
