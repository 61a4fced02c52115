"""The demo's data files, as they lie beside the code."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any


@cache
def rows(name: str) -> Sequence[Mapping[str, str]]:
    """The rows of `data/<name>.csv`."""
    return list(csv.DictReader(_text(f"{name}.csv").splitlines()))


@cache
def table(name: str) -> Mapping[str, Any]:
    """The content of `data/<name>.toml`."""
    return tomllib.loads(_text(f"{name}.toml"))


def _text(name: str) -> str:
    return resources.files(__package__).joinpath("data", name).read_text("utf-8")
