"""The package's own source, parsed: what the rules of this folder look at."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
PACKAGE = PROJECT / "mykyivstar"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of the package."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def name(self) -> str:
        """Its path inside the package: "domain/identity/codes.py"."""
        return self.path.relative_to(PACKAGE).as_posix()

    @property
    def layer(self) -> str:
        """The package or module directly under mykyivstar it belongs to."""
        return self.name.split("/")[0].removesuffix(".py")

    @property
    def is_revision(self) -> bool:
        """Whether it is a migration: written by Alembic, and frozen once released."""
        return self.name.startswith("db/migrations/versions/")

    def functions(self) -> Iterator[Function]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node

    def imports(self) -> Iterator[str]:
        """Every module of ours that it imports, wherever in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "mykyivstar")
            elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "mykyivstar":
                assert node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def outside_imports(self) -> Iterator[str]:
        """The top-level names of everything else that it imports."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module.split(".")[0]


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package."""
    return tuple(_parsed(path) for path in sorted(PACKAGE.rglob("*.py")))


@cache
def files_of_tests() -> tuple[Path, ...]:
    """Every file of the tests."""
    return tuple(sorted((PROJECT / "tests").rglob("*.py")))


def _parsed(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path, text, ast.parse(text))
