"""Columns find their cells by name, by mapping or in the mapping itself."""

import pytest

from mykyivstar.domain.imports import cells
from mykyivstar.domain.imports.columns import Column, Plan
from mykyivstar.domain.imports.mapping import Mapping
from mykyivstar.domain.imports.problems import BadFile
from mykyivstar.domain.lines.models import Billing
from mykyivstar.kit.money import Money

COLUMNS = (
    Column("ref", cells.code(), required=True),
    Column("payment", cells.one_of(Billing), blank=Billing.PREPAID, repeats=True),
    Column("fee", cells.money(), blank=Money.ZERO, repeats=True),
)


def plan(header: str, **mapping) -> Plan:
    return Plan.of(COLUMNS, Mapping.model_validate(mapping), header.split(";"))


def test_without_a_mapping_the_header_names_our_columns_in_any_order_and_case():
    values, wrong = plan("Fee;REF").read(["12,50", " a1 "])
    assert (values, wrong) == ({"ref": "a1", "fee": Money(1250)}, [])


def test_columns_that_are_not_there_are_not_among_the_values_and_empty_cells_mean_the_usual():
    values, _ = plan("ref;payment").read(["a1", ""])
    assert values == {"ref": "a1", "payment": Billing.PREPAID}


def test_every_wrong_cell_of_a_row_is_named():
    _, wrong = plan("ref;payment;fee").read(["", "cash", "lots"])
    assert wrong == [
        ("ref", "is empty"),
        ("payment", "'cash' is none of prepaid, contract"),
        ("fee", "'lots' is not a number"),
    ]


def test_columns_of_rejected_rows_are_passed_over():
    values, wrong = plan("ref;reject_line;reject_column;reject_reason").read(
        ["a1", "7", "fee", "'lots' is not a number"]
    )
    assert (values, wrong) == ({"ref": "a1"}, [])


def test_a_misspelt_column_and_a_missing_one_spoil_the_file():
    with pytest.raises(BadFile, match="no such column: fees; known are ref, payment, fee"):
        plan("ref;fees")
    with pytest.raises(BadFile, match="lacks the column ref; its header is fee"):
        plan("fee")
    with pytest.raises(BadFile, match="has more than one column 'ref'"):
        plan("ref;ref")


def test_a_mapping_renames_joins_and_fixes():
    mapped = plan(
        "Вузол;№;Плата",
        columns={"ref": {"from": ["Вузол", "№"], "join": "-"}, "fee": "Плата", "payment": {"fixed": "contract"}},
    )
    values, wrong = mapped.read(["A7", " 4001 ", "3,00"])
    assert (values, wrong) == ({"ref": "A7-4001", "fee": Money(300), "payment": Billing.CONTRACT}, [])


def test_a_mapping_may_leave_columns_of_theirs_alone_but_not_name_what_is_not_there():
    assert plan("id;noise", columns={"ref": "id"}).read(["a", "b"])[0] == {"ref": "a"}
    with pytest.raises(BadFile, match="lacks the column 'number'"):
        plan("id;noise", columns={"ref": "number"})
    with pytest.raises(BadFile, match="no such column: reference"):
        plan("id", columns={"reference": "id"})


def test_words_are_translated_and_the_rest_may_mean_one_thing():
    payment = {"from": "type", "values": {"Передоплата": "prepaid"}, "other": "contract", "blank": "prepaid"}
    mapped = plan("id;type", columns={"ref": "id", "payment": payment})
    meant = {word: mapped.read(["a", word])[0]["payment"].value for word in ("передоплата", "рахунок", "")}
    assert meant == {"передоплата": "prepaid", "рахунок": "contract", "": "prepaid"}


def test_numbers_are_written_as_the_column_or_the_file_says():
    columns = {"ref": "id", "fee": {"from": "fee", "multiply": "0.01", "round": True}}
    assert plan("id;fee", decimal=",", columns=columns).read(["a", "1,234"])[0]["fee"] == Money(1)
    columns["fee"]["decimal"] = "."
    assert plan("id;fee", decimal=",", columns=columns).read(["a", "1,234"])[0]["fee"] == Money(1234)


def test_a_fixed_value_that_is_wrong_spoils_the_file():
    with pytest.raises(BadFile, match="the mapping's fixed payment 'cash' is none of"):
        plan("id", columns={"ref": "id", "payment": {"fixed": "cash"}})
