"""The letter that brings a report."""

from mykyivstar.domain.notifications.mail_delivery import Content
from mykyivstar.domain.papers.account import ReportPaper
from mykyivstar.i18n import tr
from mykyivstar.papers.markup import tag
from mykyivstar.papers.press import Press
from mykyivstar.papers.reports import said as words
from mykyivstar.ports.mail import Attachment

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
# Mail servers refuse more.
ATTACHED_MOST = 10_000_000


def report_letter(paper: ReportPaper, files: dict[str, bytes], press: Press, lang: str) -> Content:
    """The facts in words and the files with them; files that are gone or too large are said to be on the site."""
    facts = [words.number(paper, lang), *words.rows(paper, lang), words.amount(paper, lang)]
    attached = [Attachment(words.file_name(paper, ending, lang), TYPES[ending], data) for ending, data in files.items()]
    is_there = (
        tr(lang, "The files are attached.") if attached else tr(lang, "The files are in My Kyivstar, under Reports.")
    )
    code = press.code(paper)
    proof = tr(lang, "Anybody can prove the paper genuine by this code:")
    warning = tr(lang, "We never ask for card numbers or codes by e-mail. Nobody reads answers to this letter.")
    title = f"{words.title(paper, lang)}: {words.period(paper, lang)}"
    said = [title, "\n".join(f"{row.label}: {row.value}" for row in facts), is_there]
    text = "\n\n".join([*said, f"{proof}\n{code}\n{press.address(code)}", warning]) + "\n"
    cell = "padding:4px 16px 4px 0;text-align:left;vertical-align:top"
    rows = [tag("tr", tag("th", row.label, scope="row", style=cell), tag("td", row.value, style=cell)) for row in facts]
    body = tag(
        "body",
        tag("h1", title, style="font-size:20px"),
        tag("table", *rows, style="border-collapse:collapse"),
        tag("p", is_there),
        tag("p", proof, tag("br"), tag("a", code, href=press.address(code))),
        tag("p", warning, style="color:#55657a"),
        style="font:16px/1.5 sans-serif;color:#10233d;max-width:36em;margin:0 auto;padding:16px",
    )
    head = tag("head", tag("meta", charset="utf-8"), tag("title", title))
    return Content(title, text, "<!doctype html>" + tag("html", head, body, lang=lang), attached)
