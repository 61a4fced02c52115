"""A double click that meets one and the same button, however soon the first click has changed what stands there."""

from playwright.sync_api import Locator, expect

_TWICE = """async (button) => {
    button.click();
    await new Promise((next) => setTimeout(next));
    button.click();
}"""


def click_twice(button: Locator) -> None:
    """As somebody does who always double-clicks.

    The driver's own second click goes to a place on the screen: on a busy machine another page, or a telephone link
    that has moved there, stands in it by then.
    """
    expect(button).to_be_visible()
    expect(button).to_be_enabled()
    button.evaluate(_TWICE)
