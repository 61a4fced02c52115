"""Amounts and quantities that can be read, seen and heard."""

import json

import reflex as rx

from mykyivstar.components import badge, gauge, meter, money_text, table


class FigureState(rx.State):
    balance: int | None = None
    left: int = 0


def rendered(component: rx.Component) -> str:
    return json.dumps(component.render(), default=str, ensure_ascii=False).replace("\\", "")


def test_an_unknown_amount_is_a_skeleton_and_never_a_zero() -> None:
    html = rendered(money_text(FigureState.balance))
    assert "skeleton-amount" in html
    assert "isNotNullOrUndefined" in html


def test_a_gauge_is_a_meter_that_is_read_aloud() -> None:
    html = rendered(gauge("Internet", value=FigureState.left, total=10, text="4 GB"))
    assert '"role":"meter"' in html or 'role:"meter"' in html
    assert '"aria-valuetext":"4 GB"' in html
    assert '"aria-label":"Internet"' in html


def test_a_share_of_nothing_is_no_error() -> None:
    assert "|| 1" in rendered(meter("Roaming", value=0, total=0, text="0"))


def test_a_state_is_a_word_and_not_a_colour_alone() -> None:
    assert "Blocked" in rendered(badge("Blocked", tone="danger"))


def test_the_first_cell_of_a_row_is_its_header() -> None:
    html = rendered(table("Calls", ["When", "Cost"], [("today", "1")], numeric=(1,)))
    assert 'scope:"row"' in html
    assert 'scope:"col"' in html
    assert html.count('className:"num"') == 2
