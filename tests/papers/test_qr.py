"""QR codes, drawn and read back."""

import pytest
import typst

from mykyivstar.papers.qr import QUIET_ZONE, TooMuchForQr, qr_matrix, qr_svg
from tests.domain.payments.test_bank_transfer import EXAMPLE, transfer
from tests.papers.pictures import read_qr


def drawn(svg: str, *, ppi: int = 144) -> bytes:
    """The picture of this SVG, 300 points wide, as a browser would draw it."""
    page = b"#set page(width: 300pt, height: 300pt, margin: 0pt)\n"
    page += b'#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    return typst.compile(page, format="png", ppi=ppi, sys_inputs={"svg": svg})


@pytest.mark.parametrize("text", ["https://my.example.ua/verify/R22F-LTWY-HN5S-3B6B-MYLQ", "a", "1" * 300, "їжак"])
def test_what_is_drawn_is_read(text: str) -> None:
    assert read_qr(drawn(qr_svg(text))).decode() == text


@pytest.mark.parametrize("is_strong", [True, False])
def test_the_banks_qr_is_read_with_the_hryvnia_in_its_middle(is_strong: bool) -> None:
    for order in (EXAMPLE, transfer(), transfer(purpose="т" * 200)):
        address = order.address()
        svg = qr_svg(address, strong=is_strong, hryvnia=True)
        assert "<circle" in svg
        assert read_qr(drawn(svg)).decode() == address


def test_the_official_example_is_as_large_as_its_rules_allow() -> None:
    assert len(qr_matrix(EXAMPLE.address(), strong=True)) == 17 + 4 * 19
    assert len(qr_matrix(EXAMPLE.address())) == 17 + 4 * 15


def test_the_quiet_zone_is_four_modules_wide() -> None:
    size = len(qr_matrix("a")) + 2 * QUIET_ZONE
    assert f'viewBox="0 0 {size} {size}"' in qr_svg("a")


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(TooMuchForQr):
        qr_svg("a" * 3000)
    with pytest.raises(TooMuchForQr):
        qr_svg(EXAMPLE.address(), strong=True, version_most=17)
