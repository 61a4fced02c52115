"""Whether everybody can use a page, as axe-core judges it."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

# Halfway from one colour to another there is no contrast to judge, and a colour that has come to rest may set what
# inherits it moving. A page that is not drawn has no frames, and one that never rests is judged as it is. A document
# keeps axe until it is left.
_AT_REST = """async () => {
    for (let left = 50, moving = document.getAnimations(); left && moving.length; left--) {
        moving.forEach((each) => each.cancel());
        await new Promise((next) => { requestAnimationFrame(next); setTimeout(next, 100); });
        moving = document.getAnimations();
    }
    return "axe" in window;
}"""
_JUDGE = """async () => {
    const { violations } = await axe.run({ resultTypes: ["violations"] });
    return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)].join("\\n"));
}"""


def violations(page: Page) -> list[str]:
    """The rules that the page breaks, each with the elements that break it; a page for everybody has none."""
    if not page.evaluate(_AT_REST):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(_JUDGE)
    return found


def dress(page: Page, *, width: int, scheme: str) -> None:
    """Show the page that is open on a screen of this width, light or dark."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    expect(page.locator("html")).to_have_class(scheme)


def fits_everybody(page: Page) -> None:
    """Fails unless a phone in the dark and a desk by day show the page to everybody, and none of it beside them."""
    for width, scheme in ((390, "dark"), (1280, "light")):
        dress(page, width=width, scheme=scheme)
        assert violations(page) == []
        assert width_of(page) <= width


def width_of(page: Page) -> int:
    """How wide all that the page shows is: more than the screen where it scrolls sideways."""
    found: int = page.evaluate("document.documentElement.scrollWidth")
    return found
