"""A mapping file is read strictly: a slip of the pen must not change what a million rows mean."""

from fractions import Fraction

import pytest

from mykyivstar.domain.imports.mapping import Mapping, read_mapping
from mykyivstar.domain.imports.problems import BadFile

TOML = """
kind = "usage"
skip = 1
[columns]
msisdn = "A"
quantity = { from = "MB", multiply = 0.1 }
"""
JSON = '{"kind": "usage", "skip": 1, "columns": {"msisdn": "A", "quantity": {"from": "MB", "multiply": 0.1}}}'


@pytest.mark.parametrize(("name", "text"), [("m.toml", TOML), ("m.json", JSON)])
def test_toml_and_json_say_the_same(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    mapping = read_mapping(path)
    assert (mapping.kind, mapping.skip) == ("usage", 1)
    assert mapping.columns["msisdn"].source == ["A"]
    assert mapping.columns["quantity"].multiply == Fraction(1, 10)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("kind = ", "neither TOML nor JSON"),
        ('knd = "usage"', "knd: Extra inputs"),
        ('zone = "Europe/Lutsk"', "no time zone 'Europe/Lutsk'"),
        ('[columns.cost]\nfrom = "x"\nfixed = "1"', "give either `from` or `fixed`"),
        ("[columns.cost]\nround = true", "give either `from` or `fixed`"),
        ('[columns.cost]\nfrom = "x"\nmultiply = "a lot"', "write a number"),
        ('[columns.cost]\nfrom = "x"\nmultiply = "1/0"', "write a number"),
        ('[columns.cost]\nfrom = "x"\ndecimal = "·"', "columns.cost.decimal"),
        ('[columns.at]\nfrom = "x"\nformat = "dd.mm.yyyy"', "'dd.mm.yyyy' is no format"),
        ("columns = 5", "columns"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, reason):
    path = tmp_path / "m.toml"
    path.write_text(text)
    with pytest.raises(BadFile, match=reason):
        read_mapping(path)


def test_a_mapping_that_is_not_there_or_not_text(tmp_path):
    with pytest.raises(BadFile, match="cannot be read"):
        read_mapping(tmp_path / "missing.toml")
    path = tmp_path / "m.toml"
    path.write_bytes("# Вузол".encode("cp1251"))
    with pytest.raises(BadFile, match="not UTF-8"):
        read_mapping(path)


def test_numbers_and_booleans_are_words_in_a_csv_file():
    column = {"from": "x", "values": {"Y": True, "N": 0}, "blank": 5}
    mapped = Mapping.model_validate({"columns": {"is_open": column}}).columns["is_open"]
    assert (mapped.values, mapped.blank) == ({"Y": "true", "N": "0"}, "5")
