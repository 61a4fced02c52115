"""The last touch on a build."""

from pathlib import Path

import pytest

from mykyivstar.frontend.finish import STYLES_BYTES_MAX, UnfinishedBuild, finish

PAGE = (
    '<head><link as="style" href="/assets/all-1.css" rel="preload"/>'
    '<link rel="modulepreload" href="/assets/a.js"/>'
    '<link rel="preload" href="/fonts/onest-latin.woff2" as="font"/>'
    '<link href="/assets/all-1.css" rel="stylesheet" type="text/css"/></head>'
)
STYLES = '@font-face{src:url("/fonts/onest-latin.woff2")}'
BANNER = "var b=()=>{e.append(`A new version of this app is available.`);let t=x(`button`);t.textContent=`Reload`}"
ENVIRONMENT = "var e={PING:`http://localhost:8000/ping`,EVENT:`ws://localhost:8000/_event`,TRANSPORT:`websocket`};"


@pytest.fixture
def build(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "fonts").mkdir()
    (tmp_path / "help").mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "help" / "index.html").write_text(PAGE)
    (tmp_path / "assets" / "all-1.css").write_text(STYLES)
    (tmp_path / "assets" / "reflex-env-1.js").write_text(ENVIRONMENT)
    (tmp_path / "assets" / "frame-1.js").write_text(BANNER)
    (tmp_path / "fonts" / "onest-latin.woff2").write_bytes(b"a font")
    return tmp_path


def test_the_browser_talks_to_the_host_that_the_page_came_from(build: Path) -> None:
    finish(build)
    chunk = (build / "assets" / "reflex-env-1.js").read_text()
    assert "localhost" not in chunk
    assert "EVENT:`${location.origin.replace(/^http/,'ws')}/_event`" in chunk
    assert "PING:`${location.origin.replace(/^http/,'http')}/ping`" in chunk
    assert "TRANSPORT:`websocket`" in chunk


def test_a_page_older_than_the_server_says_so_in_its_language(build: Path) -> None:
    finish(build)
    script = (build / "assets" / "frame-1.js").read_text()
    assert "Доступна нова версія" in script
    assert "Доступна новая версия" in script
    assert script.count("[document.documentElement.lang]") == 2
    assert "`Reload`" not in script


def test_a_framework_that_says_it_differently_is_noticed(build: Path) -> None:
    (build / "assets" / "frame-1.js").write_text("e.append(`Please reload`)")
    with pytest.raises(UnfinishedBuild, match="new version"):
        finish(build)


def test_styles_stand_in_every_page_and_are_not_fetched_again(build: Path) -> None:
    finish(build)
    for page in build.rglob("*.html"):
        html = page.read_text()
        assert "<style>@font-face" in html
        assert '<link disabled="" href="/assets/all-1.css" rel="stylesheet"' in html
        assert '<link media="not all" as="style"' in html


def test_scripts_wait_for_what_is_seen(build: Path) -> None:
    finish(build)
    assert '<link fetchpriority="low" rel="modulepreload"' in (build / "index.html").read_text()


def test_fonts_are_named_by_their_content_everywhere(build: Path) -> None:
    finish(build)
    (font,) = (build / "assets").glob("onest-latin-*.woff2")
    assert font.read_bytes() == b"a font"
    for path in (build / "index.html", build / "help" / "index.html", build / "assets" / "all-1.css"):
        assert f"/assets/{font.name}" in path.read_text()
        assert "/fonts/" not in path.read_text()


def test_a_stylesheet_that_has_grown_too_big_stops_the_build(build: Path) -> None:
    (build / "assets" / "all-1.css").write_text("a" * (STYLES_BYTES_MAX + 1))
    with pytest.raises(UnfinishedBuild, match="Radix"):
        finish(build)


def test_a_build_without_the_expected_chunk_is_refused(build: Path) -> None:
    (build / "assets" / "reflex-env-1.js").rename(build / "assets" / "other.js")
    with pytest.raises(UnfinishedBuild, match="reflex-env"):
        finish(build)
