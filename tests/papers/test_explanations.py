"""Every rule by which anything is posted has words (O1)."""

import ast
from pathlib import Path

import pytest

import mykyivstar
from mykyivstar.domain.ledger.models import OperationKind
from mykyivstar.domain.usage.models import AllowanceKind, UsageCategory
from mykyivstar.domain.usage.rating import Bucket, Meter
from mykyivstar.i18n import LANGUAGES
from mykyivstar.papers.explanation_facts import kind_words
from mykyivstar.papers.explanations import codes_of, explained, has_words
from mykyivstar.papers.words import Row
from tests.papers.conftest import AT

_ROOT = Path(mykyivstar.__file__).parent
# What of a rule that is only known when it is posted; the rest of it is.
_SOME = "X"
# The type of a column of that name.
_NO_RULES = {"text"}
# Rules that come from rating: `test_rules_of_rating_have_words` asks rating for them.
_OF_RATING = {"used['rule']", "rated.rule", "used.rule", "record.rule", "old['rule']"}
NAMES = {"LOVE": {"uk": "Лав", "en": "Love", "ru": "Лав"}}


def _posted_rules() -> dict[str, str]:
    """Rules that the code writes into explanations, with the place; read from its source."""
    found: dict[str, str] = {}
    for path in sorted(_ROOT.rglob("*.py")):
        if path.relative_to(_ROOT).parts[0] not in {"domain", "demo", "jobs"}:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Dict):
                for key, value in zip(node.keys, node.values, strict=True):
                    if isinstance(key, ast.Constant) and key.value == "rule":
                        for rule in set(_said(value, tree)) - _NO_RULES:
                            found.setdefault(rule, f"{path.relative_to(_ROOT)}:{value.lineno}")
    return found


def _said(value: ast.expr, tree: ast.AST) -> list[str]:
    match value:
        case ast.Constant(value=str(rule)):
            return [rule]
        case ast.JoinedStr(values=parts):
            return ["".join(str(part.value) if isinstance(part, ast.Constant) else _SOME for part in parts)]
        case ast.IfExp(body=one, orelse=other):
            return [*_said(one, tree), *_said(other, tree)]
        case ast.Name(id=name):
            return [rule for each in _assigned(name, tree) for rule in _said(each, tree)] or [f"({name})"]
        case _:
            written = ast.unparse(value)
            return [] if written in _OF_RATING or "rule" in written.split(".")[-1].lower() else [f"({written})"]


def _assigned(name: str, tree: ast.AST) -> list[ast.expr]:
    found: list[ast.expr] = []
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if name in {each.name for each in names}:
                path = _ROOT.parent / f"{module.replace('.', '/')}.py"
                found += _assigned(name, ast.parse(path.read_text(encoding="utf-8")))
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                found.append(value)
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                found.append(value)
    return found


def test_every_rule_in_the_code_has_words() -> None:
    rules = _posted_rules()
    assert {"tariff/X", "service/X", "payment.X", "promise.price", "balance_correction", "report.failed"} <= set(rules)
    assert {rule: place for rule, place in rules.items() if not has_words(rule)} == {}


@pytest.mark.parametrize("category", UsageCategory)
def test_rules_of_rating_have_words(category: UsageCategory) -> None:
    package = [
        Bucket(kind, "LOVE", 10, 10, is_unlimited=False, expires_at=AT.replace(year=2013)) for kind in AllowanceKind
    ]
    meter = Meter("LOVE", {}, package)
    assert all(has_words(meter.rate(category, quantity, AT).rule) for quantity in (5, 10**9))


@pytest.mark.parametrize("kind", OperationKind)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_rule_is_told_by_its_kind(kind: OperationKind, lang: str) -> None:
    words = explained(kind, {"rule": "of somebody else"}, lang)
    assert not has_words("of somebody else")
    assert kind_words(kind, lang) in words.title


def test_a_fee_is_told_with_its_days_and_taxes() -> None:
    why = {"rule": "tariff/LOVE", "period": "2026-11-03/2026-11-30", "net": 10000, "vat": 2000, "duty": 750}
    words = explained(OperationKind.TARIFF_FEE, why, "en", NAMES)
    assert codes_of(why) == {"LOVE"}
    assert words.title == "Tariff fee: Love"
    assert words.facts == [
        Row("For the days", "03.11.2026 – 30.11.2026"),
        Row("Without taxes", "100.00\u00a0₴"),
        Row("VAT", "20.00\u00a0₴"),
        Row("Pension fund duty", "7.50\u00a0₴"),
    ]


def test_usage_is_told_by_what_was_used_and_how_much() -> None:
    why = {"rule": "price LOVE/call_off_net", "category": "call_off_net", "quantity": 90, "record": "r"}
    words = explained(OperationKind.USAGE, why, "uk", NAMES)
    assert codes_of(why) == {"LOVE"}
    assert words.title == "Дзвінки на інших операторів"
    assert "«Лав»" in words.why
    assert words.facts == [Row("Скільки", "1\u00a0хв 30\u00a0с")]


def test_a_refund_says_what_is_taken_back() -> None:
    words = explained(OperationKind.REFUND, {"rule": "payment.card", "payment_id": 7}, "en")
    assert words.title == "Taken back: Top-up by bank card"


def test_each_side_of_a_transfer_is_told_the_other() -> None:
    given = explained(OperationKind.TRANSFER, {"rule": "payment.balance", "to": ["380671000001"]}, "en")
    got = explained(OperationKind.TRANSFER, {"rule": "payment.balance", "from": "38067•••••01"}, "en")
    assert "67 100 00 01" in given.why.replace("\u00a0", " ")
    assert "•••••01" in got.why.replace("\u00a0", "")


def test_an_imported_rule_that_nobody_knows_breaks_nothing() -> None:
    why = {"rule": "x", "category": "data", "quantity": 1024**2, "period": "nonsense/of", "net": 1}
    assert explained(None, why, "ru").facts[0].value == "1\u00a0МБ"
