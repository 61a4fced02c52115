"""The page that says whether a paper is genuine: plain HTML, so that it works on anything that shows a page (O6)."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from mykyivstar.domain.papers.account import ReportPaper
from mykyivstar.domain.papers.details import DetailsPaper
from mykyivstar.domain.papers.receipt import Receipt
from mykyivstar.domain.papers.seal import Doubt, grouped
from mykyivstar.domain.papers.verification import Comparison, Genuine, Paper
from mykyivstar.domain.payments.models import PaymentState
from mykyivstar.i18n import tr
from mykyivstar.papers import words
from mykyivstar.papers.markup import Html, tag
from mykyivstar.papers.plain_page import plain_page
from mykyivstar.papers.reports import said

PATH = "/verify"


@dataclass(frozen=True, slots=True)
class Asked:
    """What came with the address: the code, and what stands on the paper in hand."""

    code: str = ""
    number: str = ""
    amount: str = ""


def asking(lang: str) -> str:
    """The page before anything was asked."""
    return _page(lang, tr(lang, "Is this paper genuine?"), PATH, _code_form(lang, ""), _about(lang))


def found(lang: str, asked: Asked, genuine: Genuine, comparison: Comparison) -> str:
    """A code of ours: what the genuine paper says, and whether the one in hand says the same."""
    here = f"{PATH}/{grouped(genuine.code)}"
    return _page(
        lang,
        tr(lang, "Changed paper") if comparison.is_changed else tr(lang, "Genuine paper"),
        here,
        _verdict(lang, genuine, comparison),
        _says(lang, genuine, comparison),
        _compare_form(lang, here, asked),
        tag("p", tag("a", tr(lang, "Check another paper"), href=PATH)),
        asked=replace(asked, code=""),
    )


def not_genuine(lang: str, asked: Asked, doubt: Doubt) -> str:
    """A code that is not ours."""
    headline = tr(lang, "Not genuine")
    box = _box("bad", headline, _why(doubt, lang))
    return _page(lang, headline, PATH, box, _code_form(lang, asked.code), _about(lang), asked=asked)


def too_often(lang: str, sentence: str) -> str:
    """Too many tries from one address."""
    headline = tr(lang, "Too many tries")
    return _page(lang, headline, PATH, _box("doubtful", headline, sentence))


def _why(doubt: Doubt, lang: str) -> str:
    match doubt:
        case Doubt.MALFORMED:
            return tr(lang, "This is no code of our papers: it has 20 letters and digits in five groups.")
        case Doubt.MISTYPED:
            return tr(
                lang,
                "There is no such code. Compare it with the paper sign by sign: one mistake is enough. If they are the "
                "same, the paper was changed or is a forgery.",
            )
        case Doubt.FORGED:
            return tr(lang, "We never made a paper with this code. Whoever gave it to you may be a fraud.")


def _verdict(lang: str, genuine: Genuine, comparison: Comparison) -> Html:
    if comparison.is_changed:
        sentence = tr(
            lang, "The code is ours, but the paper says something else than the genuine one. Do not trust it."
        )
        return _box("bad", tr(lang, "Not genuine: the paper was changed"), sentence)
    paper = genuine.paper
    if not isinstance(paper, Receipt):
        return _box("good", tr(lang, "Genuine"), _made(paper, lang))
    standing = words.standing(paper, lang)
    match paper.state:
        case PaymentState.CREDITED:
            return _box("good", tr(lang, "Genuine"), standing)
        case PaymentState.PROCESSING:
            return _box("doubtful", tr(lang, "Genuine, the money is on its way"), standing)
        case PaymentState.REFUNDED:
            return _box("bad", tr(lang, "Genuine, but the money was returned since"), standing)
        case _:
            return _box("bad", tr(lang, "Genuine, but nothing was paid"), standing)


def _made(paper: ReportPaper, lang: str) -> str:
    if isinstance(paper, DetailsPaper):
        return tr(lang, "We made these call details, and they say what stands below.")
    return tr(lang, "We made this paper, and it says what stands below.")


def _says(lang: str, genuine: Genuine, comparison: Comparison) -> Html:
    number, amount, others = _facts(genuine.paper, lang)
    facts = [(number, comparison.number), (amount, comparison.amount), *((row, None) for row in others)]
    rows = [_fact(lang, row, same) for row, same in facts]
    return tag(
        "section",
        tag("h2", tr(lang, "The genuine paper says")),
        tag("dl", *rows),
        tag("p", tr(lang, "Numbers are shown in part, so that the paper betrays nobody."), class_="quiet"),
    )


def _facts(paper: Paper, lang: str) -> tuple[words.Row, words.Row, Sequence[words.Row]]:
    """Its number, its sum, and the rest."""
    if not isinstance(paper, Receipt):
        return said.number(paper, lang), said.amount(paper, lang), said.rows(paper, lang)
    number = words.Row(tr(lang, "Receipt number"), paper.number)
    return number, words.amount(paper, lang), words.rows(paper, lang)


def _fact(lang: str, row: words.Row, same: bool | None) -> Html:  # noqa: FBT001 -- as `Comparison` has it
    mark = ""
    if same is not None:
        said = tr(lang, "the same on your paper") if same else tr(lang, "another on your paper")
        mark = tag("span", said, class_="mark good" if same else "mark bad")
    return tag("div", tag("dt", row.label), tag("dd", row.value, mark))


def _compare_form(lang: str, here: str, asked: Asked) -> Html:
    return tag(
        "section",
        tag("h2", tr(lang, "Compare with the paper in your hand")),
        tag(
            "form",
            _field(
                "number", tr(lang, "Receipt number on the paper"), asked.number, inputmode="numeric", maxlength="30"
            ),
            _field("amount", tr(lang, "Amount on the paper"), asked.amount, inputmode="decimal", maxlength="20"),
            tag("button", tr(lang, "Compare"), type="submit"),
            action=here,
            method="get",
        ),
    )


def _code_form(lang: str, typed: str) -> Html:
    hint = tag("p", tr(lang, "20 letters and digits beside the QR, in five groups."), class_="quiet", id="code-hint")
    control = _field(
        "code",
        tr(lang, "Code on the paper"),
        typed,
        autocomplete="off",
        autocapitalize="characters",
        spellcheck="false",
        maxlength="60",
        aria_describedby="code-hint",
    )
    return tag("form", control, hint, tag("button", tr(lang, "Check"), type="submit"), action=PATH, method="get")


def _field(name: str, label: str, value: str, **attributes: str) -> Html:
    shown = tag("input", id=name, name=name, value=value, type="text", **attributes)
    return tag("p", tag("label", label, for_=name), shown, class_="field")


def _about(lang: str) -> Html:
    return tag(
        "p",
        tr(
            lang,
            "Every receipt of My Kyivstar carries such a code. This page says what the genuine paper says: compare it "
            "with yours.",
        ),
        class_="quiet",
    )


def _box(tone: str, headline: str, sentence: str) -> Html:
    return tag("div", tag("h2", headline), tag("p", sentence), class_=f"verdict {tone}", role="status")


def _page(lang: str, title: str, here: str, *content: str, asked: Asked | None = None) -> str:
    return plain_page(
        lang,
        title,
        tag("h1", tr(lang, "Is this paper genuine?")),
        *content,
        here=here,
        kept={name: value for name, value in asdict(asked or Asked()).items() if value},
        foot=tr(lang, "Doubts about a paper? 466 from a Kyivstar number, 0 800 300 466 from any phone."),
    )
