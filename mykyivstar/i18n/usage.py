"""Which sentences the code uses, found by reading it: t(), tn(), tr(), trn() and `sentence = "…"`."""

import ast
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PACKAGE_ROOT = Path(__file__).parent.parent

#: Function name → position of the sentence among its arguments.
_TEXTS = {"t": 0, "tr": 1}
_PLURALS = {"tn": 0, "trn": 1}
_BROWSER = {"t", "tn"}
_TELLING = (ast.Call, ast.Assign, ast.AnnAssign, ast.keyword)


@dataclass(slots=True)
class Usage:
    """Sentences by where they are shown; every one with the places that use it."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    plurals: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    in_browser: set[str] = field(default_factory=set)
    unreadable: list[str] = field(default_factory=list)


@cache
def used_sentences(root: Path = PACKAGE_ROOT) -> Usage:
    """Read every module under `root`, once; a call whose sentence is not a literal is `unreadable`, a mistake."""
    usage = Usage()
    for path in sorted(root.rglob("*.py")):
        if "i18n" in path.relative_to(root).parts:
            continue
        name_of_module = path.relative_to(root)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, _TELLING):
                _note(usage, node, f"{name_of_module}:{getattr(node, 'lineno', 0)}")
    return usage


def _note(usage: Usage, node: ast.AST, place: str) -> None:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in _TEXTS:
            _note_text(usage, name, node, place)
        case ast.Call(func=ast.Name(id=name)) if name in _PLURALS:
            _note_plural(usage, name, node, place)
        case (
            ast.Assign(targets=[ast.Name(id="sentence")], value=value)
            | ast.AnnAssign(target=ast.Name(id="sentence"), value=ast.expr() as value)
            | ast.keyword(arg="sentence", value=value)
        ):
            if (msgid := _literal(value)) is not None:
                usage.texts.setdefault(msgid, []).append(place)


def _note_text(usage: Usage, name: str, call: ast.Call, place: str) -> None:
    position = _TEXTS[name]
    msgid = _literal(call.args[position]) if len(call.args) > position else None
    if msgid is None:
        usage.unreadable.append(place)
        return
    usage.texts.setdefault(msgid, []).append(place)
    if name in _BROWSER:
        usage.in_browser.add(msgid)


def _note_plural(usage: Usage, name: str, call: ast.Call, place: str) -> None:
    position = _PLURALS[name]
    pair = [_literal(argument) for argument in call.args[position : position + 2]]
    if len(pair) < 2 or pair[0] is None or pair[1] is None:
        usage.unreadable.append(place)
        return
    usage.plurals.setdefault((pair[0], pair[1]), []).append(place)
    if name in _BROWSER:
        usage.in_browser.add(pair[0])


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
