"""Stores out of an OpenStreetMap extract."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from mykyivstar.domain.imports.files import File, find
from mykyivstar.domain.imports.problems import BadFile
from mykyivstar.domain.stores.models import Store, StoreKind
from mykyivstar.domain.stores.queries import register
from mykyivstar.papers.stores.formats import geojson
from tests.domain.imports.conftest import Office, counts
from tests.factories.stores import store

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "osm" / "stores.geojson"


async def imports(office: Office, *features: Any, name: str = "stores.geojson") -> tuple[int, int, int, int]:
    content = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return counts(await office.imports_bytes("stores", content, name))


def point(*coordinates: float, **tags: Any) -> dict[str, Any]:
    tags = {"name": "Київстар", "addr:city": "Київ", "addr:street": "Прикладна"} | tags
    return {
        "type": "Feature",
        "id": "node/1",
        "geometry": {"type": "Point", "coordinates": coordinates},
        "properties": tags,
    }


async def test_the_example_becomes_a_store_and_again_changes_nothing(office: Office) -> None:
    assert counts((await office.imports_files(*find([EXAMPLE]))).files[0]) == (1, 0, 0, 0)
    async with office.database.reading() as session:
        found = (await session.exec(select(Store))).one()
    assert (found.code, found.kind) == ("osm-node-900000001", StoreKind.STORE)
    assert (found.latitude, found.longitude) == (49.2331, 28.4682)
    assert (found.name, found.city) == ({"uk": "Київстар", "en": "Kyivstar"}, {"uk": "Вінниця"})
    assert found.address == {"uk": "вул. Прикладна 12"}
    assert counts((await office.imports_files(*find([EXAMPLE]))).files[0]) == (0, 0, 1, 0)


async def test_what_we_export_can_be_imported(office: Office) -> None:
    async with office.database.unit_of_work() as session:
        session.add(store("kyiv-01", kind=StoreKind.SERVICE_CENTRE, note={"uk": "Є укриття."}))
    async with office.database.reading() as session:
        before = await register(session, office.clock.now())
    exported = json.loads(geojson(before.places, "uk", "https://my.example.ua"))
    assert await imports(office, *exported["features"]) == (0, 0, 1, 0)


@pytest.mark.parametrize(
    ("feature", "reason"),
    [
        (point(200.0, 50.0), "1: longitude: '200.0' is no coordinate: beyond 180 degrees"),
        (point(50.0, 30.0), "1: latitude: 30.0, 50.0: latitude and longitude are interchanged"),
        (point(30.5, 50.4, opening_hours="щодня"), "1: opening_hours: the opening hours 'щодня' cannot be read"),
        ({"type": "Feature", "geometry": {"type": "Polygon", "coordinates": []}}, "1: is not a point"),
        ("a text", "1: is not a point"),
        (point(30.5, 50.4) | {"id": None}, "1: code: is empty"),
    ],
)
async def test_features_that_are_no_stores_are_rejected_with_their_reason(
    office: Office, feature: Any, reason: str
) -> None:
    assert await imports(office, feature) == (0, 0, 0, 1)
    assert office.problems[0].startswith(reason)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"features": 1}', b"\xff\xfe"])
async def test_files_that_are_no_geojson_are_refused_as_a_whole(office: Office, content: bytes) -> None:
    assert (await office.imports_bytes("stores", content, "stores.geojson")).unusable


def test_only_stores_are_read_from_geojson(tmp_path: Path) -> None:
    path = tmp_path / "lines.geojson"
    path.write_text("{}")
    with pytest.raises(BadFile, match="only stores"):
        find([path])
    assert find([EXAMPLE]) == [File(EXAMPLE, "stores")]
