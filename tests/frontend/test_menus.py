"""Menus lead somewhere."""

import pytest

from mykyivstar import pages
from mykyivstar.pages.layout import pages as all_pages
from mykyivstar.pages.layout.entries import BOTTOM_BAR, CUSTOMER_MENU, PUBLIC_MENU

ROUTES = sorted({entry.route for entry in (*BOTTOM_BAR, *PUBLIC_MENU, *(e for group in CUSTOMER_MENU for e in group))})


@pytest.mark.parametrize("route", ROUTES)
def test_every_entry_leads_to_a_page(route: str) -> None:
    pages.import_all()
    assert route in {page.route for page in all_pages()}


def test_the_bar_of_a_phone_leaves_room_for_the_raised_middle() -> None:
    assert len(BOTTOM_BAR) % 2 == 0
