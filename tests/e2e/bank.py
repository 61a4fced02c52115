"""Paying on the demo bank's pages, as a person with a test card does. The cards stand in docs/acquiring.md."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.site import Site

VISA = "4242 4242 4242 4242"
MASTERCARD = "5555 5555 5555 4444"
PAYS_ONCE = "4000 0000 0000 0341"
EXPIRED = "4000 0000 0000 0069"
LIMIT = "4000 0000 0000 6975"
INTERNET_OFF = "4000 0000 0000 0101"
NO_MONEY = "4000 0000 0000 9995"
UNKNOWN_CARD = "4000 0000 0000 0127"
FRAUD = "4100 0000 0000 0019"
SLOW = "4000 0000 0000 3063"
SILENT = "4000 0000 0000 5126"
TWICE = "4000 0000 0000 0077"
UNREACHABLE = "4000 0000 0000 0259"
#: Cards that are refused before their owner is asked for a code.
REFUSED_AT_ONCE = {EXPIRED, LIMIT, INTERNET_OFF, NO_MONEY, UNKNOWN_CARD, FRAUD}

_AT_THE_BANK = re.compile(r"/acquirer/pay/[\w-]+")
_TRIES = 3


def type_card(page: Page, card: str = VISA, *, expiry: str = "12/30", cvv: str = "123") -> None:
    """Fill the bank's form in and send it; the page must be on its way there or there already."""
    page.wait_for_url(_AT_THE_BANK)
    page.locator("#number").fill(card)
    page.locator("#expiry").fill(expiry)
    page.locator("#cvv").fill(cvv)
    page.locator("#holder").fill("OLENA PETRENKO")
    _send(page)


def bank_sms(page: Page) -> str:
    """The code that the bank “sent”."""
    return page.get_by_test_id("bank-sms-code").inner_text()


def pay_at_bank(page: Page, card: str = VISA, code: str | None = None) -> None:
    """Pay and come back to the shop. Another `code` than the right one is typed until the bank has enough of it."""
    type_card(page, card)
    if card not in REFUSED_AT_ONCE:
        expect(page.locator("#code")).to_be_visible()
        for _ in range(1 if code is None else _TRIES):
            page.locator("#code").fill(code or bank_sms(page))
            _send(page)
    page.wait_for_url(lambda address: _AT_THE_BANK.search(address) is None)


def let_slow_payments_end(site: Site) -> None:
    """As if the twenty seconds of a slow card had passed at the bank."""
    folder = Path(site.serving.installation.environment["DATA_DIR"])
    with closing(sqlite3.connect(folder / "acquirer.db", timeout=5)) as connection, connection:
        connection.execute("UPDATE invoice SET settles_at = changed_at WHERE settles_at <> ''")


def give_up_at_bank(page: Page) -> None:
    """Press “Cancel and go back to the shop”."""
    page.wait_for_url(_AT_THE_BANK)
    page.locator("form[action*='/cancel'] button").click()
    page.wait_for_url(lambda address: _AT_THE_BANK.search(address) is None)


def bank_field(page: Page, name: str) -> Locator:
    """A field of the bank's form: number, expiry, cvv, holder, code."""
    return page.locator(f"#{name}")


def _send(page: Page) -> None:
    page.locator("form:not([action*='/cancel']) button.primary").click()
