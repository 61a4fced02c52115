"""Stores for tests."""

from typing import Any

from mykyivstar.domain.stores.models import Store, StoreKind
from mykyivstar.domain.stores.register import Place, Register, ordered
from mykyivstar.kit.text import search_key


def store(code: str = "kyiv-01", **fields: Any) -> Store:
    """A store on Khreshchatyk, weekdays only, unless told otherwise."""
    given: dict[str, Any] = {
        "kind": StoreKind.STORE,
        "name": {"uk": f"Магазин {code}", "en": f"Store {code}", "ru": f"Магазин {code}"},
        "city": {"uk": "Київ", "en": "Kyiv", "ru": "Киев"},
        "address": {"uk": "вул. Хрещатик, 1", "en": "1 Khreshchatyk St", "ru": "ул. Крещатик, 1"},
        "latitude": 50.4501,
        "longitude": 30.5234,
        "opening_hours": "Mo-Fr 09:00-19:00",
        "services": ["connect"],
        "phone": "0 800 300 466",
    } | fields
    texts = [text for part in ("city", "name", "address") for text in given[part].values()]
    return Store(code=code, search_key=search_key(" ".join(texts)), **given)


def register(*stores: Store) -> Register:
    """A register of these; those without an id get one."""
    for number, each in enumerate(stores, 1):
        each.id = each.id or number
    return Register(ordered([Place.of(each) for each in stores]))
