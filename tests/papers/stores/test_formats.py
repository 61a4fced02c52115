"""Files of stores, read back by libraries that nobody here wrote."""

import csv
import io
from datetime import UTC, datetime

import pypdf
import pytest
from fastkml import KML, Placemark
from fastkml.utils import find_all
from geojson_pydantic import FeatureCollection

from mykyivstar.domain.stores.register import Place, Register, Wish
from mykyivstar.papers.stores import formats, words
from mykyivstar.papers.stores.list_page import list_page
from mykyivstar.papers.stores.pdf import stores_pdf
from tests.factories.stores import register, store

NOON = datetime(2026, 11, 23, 10, tzinfo=UTC)
SITE = "https://my.example.ua"
EVIL = {"uk": '=HYPERLINK("x")<b>&', "en": "Evil", "ru": "Злой"}


@pytest.fixture
def two() -> Register:
    return register(store("kyiv-01"), store("kyiv-02", name=EVIL, latitude=50.5, note={"uk": "Є генератор."}))


@pytest.fixture
def places(two: Register) -> list[Place]:
    return sorted(two.places, key=lambda place: place.code)


def test_geojson_is_geojson(places: list[Place]) -> None:
    read = FeatureCollection.model_validate_json(formats.geojson(places, "uk", SITE))
    first, second = read.features
    assert (first.geometry.coordinates.longitude, first.geometry.coordinates.latitude) == (30.5234, 50.4501)
    assert first.properties["name"] == "Магазин kyiv-01"
    assert first.properties["name:en"] == "Store kyiv-01"
    assert first.properties["website"] == "https://my.example.ua/stores/kyiv-01"
    assert second.properties["name"] == EVIL["uk"]
    assert "note" not in first.properties


def test_kml_is_kml(places: list[Place]) -> None:
    read = KML.from_string(formats.kml(places, "en", SITE).decode())
    marks = list(find_all(read, of_type=Placemark))
    assert [mark.name for mark in marks] == ["Store kyiv-01", "Evil"]
    assert marks[0].geometry.coords == ((30.5234, 50.4501),)
    assert "Connecting" in marks[0].description


def test_the_sheet_has_every_store_and_no_formula(places: list[Place]) -> None:
    raw = formats.sheet(places, "uk")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    assert [row["Код"] for row in rows] == ["kyiv-01", "kyiv-02"]
    assert rows[0]["Широта"] == "50.4501"
    assert not rows[1]["Назва"].startswith("=")


async def test_the_paper_has_the_list_and_a_picture(two: Register) -> None:
    found = two.find(Wish(), NOON).found
    paper = pypdf.PdfReader(io.BytesIO(await stores_pdf(found, "uk", NOON)))
    text = paper.pages[0].extract_text()
    assert "Магазини та центри обслуговування" in text
    assert "вул. Хрещатик, 1" in text
    assert "Пн–Пт 09:00–19:00; Сб–Нд зачинено" in " ".join(text.split())
    assert paper.metadata.title == "Магазини та центри обслуговування"


async def test_a_paper_of_nothing_says_so() -> None:
    paper = pypdf.PdfReader(io.BytesIO(await stores_pdf([], "en", NOON)))
    assert "Nothing fits" in paper.pages[0].extract_text()


def test_the_plain_list_shows_texts_as_texts(two: Register) -> None:
    page = list_page(two.find(Wish(), NOON), Wish(text='"><script>'), two.services, "uk", NOON)
    assert "<b>" not in page
    assert "<script" not in page
    assert "Відчинено до 19:00" in page
    assert 'href="/api/stores/stores.pdf?' in page


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ("24/7", "Open round the clock"),
        ("Mo-Fr 09:00-19:00", "Open until 19:00"),
        ("Tu 10:00-12:00", "Closed, opens 24 November 2026, 10:00"),
        ("off", "Closed now"),
        ("", "Hours are not known"),
    ],
)
def test_whether_it_is_open_is_said_in_words(hours: str, said: str) -> None:
    [found] = register(store("a", opening_hours=hours)).find(Wish(), NOON).found
    assert words.standing(found.standing, NOON, "en") == said
