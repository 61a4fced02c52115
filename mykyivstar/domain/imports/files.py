"""Which files are meant, what kind each is, and in which order they are imported."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mykyivstar.domain.imports import openstreetmap
from mykyivstar.domain.imports.kinds import KINDS
from mykyivstar.domain.imports.kinds.stores import STORES
from mykyivstar.domain.imports.problems import BadFile

_SUFFIXES: Final = {".csv", ".txt", ".tsv", openstreetmap.SUFFIX}
# usage.csv, usage-2026-11.csv, lines_kyiv.csv.
_NAME: Final = re.compile(rf"({'|'.join(sorted(KINDS, key=len, reverse=True))})([-_. ].*)?")


@dataclass(frozen=True, slots=True)
class File:
    """A file to import."""

    path: Path
    kind: str


def find(paths: Iterable[Path], kind: str = "") -> Sequence[File]:
    """The files meant by these paths, folders opened, in the order of import: what is referred to comes first.

    A file says its kind by the beginning of its name unless `kind` does. In a folder, files of other names are
    passed over. Raises BadFile.
    """
    if kind and kind not in KINDS:
        raise BadFile(f"there is no kind '{kind}'; known are {', '.join(KINDS)}")
    found = [file for path in paths for file in _of(path, kind)]
    order = list(KINDS)
    return sorted(dict.fromkeys(found), key=lambda file: (order.index(file.kind), file.path.name))


def _of(path: Path, kind: str) -> Iterator[File]:
    if path.is_dir():
        names = [name for name in sorted(path.iterdir()) if name.suffix.casefold() in _SUFFIXES and name.is_file()]
        known = [File(name, its) for name in names if (its := _kind_of(name)) and kind in {"", its}]
        if not known:
            raise BadFile(f"{path}: no file here is named after a kind ({', '.join(KINDS)})")
        yield from known
    elif not path.is_file():
        # A file is read twice: what it holds tells whether it was imported before.
        reason = "is no plain file; save it as one first" if path.exists() else "there is no such file"
        raise BadFile(f"{path}: {reason}")
    elif its := kind or _kind_of(path):
        if path.suffix.casefold() == openstreetmap.SUFFIX and its != STORES.name:
            raise BadFile(f"{path.name}: only stores are read from GeoJSON")
        yield File(path, its)
    else:
        raise BadFile(f"{path.name} does not say its kind; give --kind, or name it after one of {', '.join(KINDS)}")


def _kind_of(path: Path) -> str:
    match = _NAME.fullmatch(path.stem.casefold())
    return match[1] if match else ""
