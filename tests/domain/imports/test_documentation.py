"""docs/import.md tells of every kind and column, and its examples are real."""

import re
from pathlib import Path

import pytest

from mykyivstar.domain.imports.kinds import KINDS
from mykyivstar.domain.imports.mapping import Mapping, read_mapping

DOCUMENT = (Path(__file__).parents[3] / "docs" / "import.md").read_text(encoding="utf-8")


def section(kind: str) -> str:
    return DOCUMENT.partition(f"\n### {kind}\n")[2].partition("\n##")[0]


@pytest.mark.parametrize("kind", KINDS)
def test_every_column_is_documented_and_no_other(kind):
    cells = re.findall(r"(?m)^\| ([^|]+) \|", section(kind))[1:]
    documented = {name.strip("* ") for cell in cells for name in cell.split(",")} - {"---"}
    assert documented == {column.name for column in KINDS[kind].columns}


@pytest.mark.parametrize("kind", KINDS)
def test_required_columns_are_bold_and_no_others(kind):
    first_cells = "\n".join(re.findall(r"(?m)^\| ([^|]+) \|", section(kind)))
    bold = set(re.findall(r"\*\*(\w+)\*\*", first_cells))
    assert bold == {column.name for column in KINDS[kind].columns if column.required}


def test_the_order_is_the_real_one():
    (order,) = re.findall(r"(?m)^tariffs → .*$", DOCUMENT)
    assert order.split(" → ") == list(KINDS)


def test_the_mapping_shown_is_read(tmp_path):
    shown = DOCUMENT.partition("columns it does not name are not read.\n")[2].partition("\n- `format`")[0]
    path = tmp_path / "shown.toml"
    path.write_text(re.sub(r"(?m)^    ", "", shown), encoding="utf-8")
    mapping = read_mapping(path)
    assert isinstance(mapping, Mapping)
    assert set(mapping.columns) <= {column.name for column in KINDS["usage"].columns}


def test_every_setting_of_a_mapping_is_documented():
    part = DOCUMENT.partition("## Files of another make")[2]
    names = set(Mapping.model_fields) | {
        "from",
        "join",
        "fixed",
        "values",
        "other",
        "blank",
        "format",
        "multiply",
        "round",
    }
    assert {name for name in names if not re.search(rf"\b{name}\b", part)} == set()
