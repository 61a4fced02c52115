"""Some three hundred stores and service centres with believable addresses and hours."""

from collections.abc import Mapping, Sequence
from random import Random

from mykyivstar.demo import files
from mykyivstar.demo.chance import chance
from mykyivstar.demo.cities import City, cities
from mykyivstar.domain.stores.models import Store, StoreKind
from mykyivstar.kit.text import search_key

Words = Mapping[str, str]

PHONE = "0 800 300 466"
LANGUAGES = ("uk", "en", "ru")
SEARCH_KEY_MAX = 400

# What can be done there, by codes that the store page translates.
ALWAYS = ("connect", "top_up", "sim_replacement", "tariff_change")
CENTRE_ONLY = ("documents", "ownership", "corporate", "coordinator_rights", "identity_check")
SOMETIMES = {"esim": 0.8, "home_internet": 0.6, "devices": 0.5, "repair": 0.15, "charging": 0.5, "accessible": 0.45}

_NAMES = {
    StoreKind.STORE: {"uk": "Магазин", "en": "Store", "ru": "Магазин"},
    StoreKind.SERVICE_CENTRE: {"uk": "Центр обслуговування", "en": "Service centre", "ru": "Центр обслуживания"},
}


def stores(seed: int) -> list[Store]:
    """Every store of the demo, the same for the same seed; codes are stable."""
    return [store for city in cities() for store in _stores_of(city, seed)]


def _stores_of(city: City, seed: int) -> list[Store]:
    rng = chance(seed, "stores", city.code)
    found: dict[str, Store] = {}
    for index in range(city.stores):
        store = _store(city, index, rng)
        while store.name["uk"] in found:
            store = _store(city, index, rng)
        found[store.name["uk"]] = store
    return list(found.values())


def _store(city: City, index: int, rng: Random) -> Store:
    # Every city with more than one place has a service centre, the largest have several.
    kind = StoreKind.SERVICE_CENTRE if city.stores > 1 and index % 8 == 0 else StoreKind.STORE
    spot = city.districts[index % len(city.districts)] if city.districts else city.spot
    latitude, longitude = spot.nearby(rng, city.radius_km)
    street = rng.choice(files.rows("streets"))
    house = rng.randint(1, int(street["houses"]))
    mall = (
        rng.choice(files.rows("malls")) if kind is StoreKind.STORE and not city.zone and rng.random() < 0.35 else None
    )
    # The first places of a district carry its name, the later ones their street's.
    place = mall or (spot.name if index < len(city.districts) else street)
    store = Store(
        code=f"demo-{city.code}-{index + 1:02d}",
        kind=kind,
        name={lang: f"{_NAMES[kind][lang]}, {place[lang]}" for lang in LANGUAGES},
        city=dict(city.name),
        address={lang: _address(street[lang], house, mall, lang) for lang in LANGUAGES},
        latitude=latitude,
        longitude=longitude,
        opening_hours=_hours(city, kind, mall, rng),
        services=_services(kind, rng) if city.zone != "occupied" else [],
        phone=PHONE,
        note=_note(city, mall, rng),
    )
    texts = [part[lang] for lang in LANGUAGES for part in (store.city, store.name, store.address)]
    store.search_key = search_key(" ".join(texts))[:SEARCH_KEY_MAX]
    return store


def _address(street: str, house: int, mall: Words | None, language: str) -> str:
    line = f"{house} {street}" if language == "en" else f"{street}, {house}"
    return f"{line}, {mall[language]}" if mall else line


def _hours(city: City, kind: StoreKind, mall: Words | None, rng: Random) -> str:
    place = city.zone or ("centre" if kind is StoreKind.SERVICE_CENTRE else "mall" if mall else "street")
    fitting = [row for row in files.rows("hours") if row["place"] == place]
    return rng.choices([row["hours"] for row in fitting], [int(row["weight"]) for row in fitting])[0]


def _services(kind: StoreKind, rng: Random) -> list[str]:
    extra = [code for code, share in SOMETIMES.items() if rng.random() < share]
    return [*ALWAYS, *(CENTRE_ONLY if kind is StoreKind.SERVICE_CENTRE else ()), *extra]


def _note(city: City, mall: Words | None, rng: Random) -> dict[str, str]:
    notes = files.table("notes")
    if city.zone:
        return dict(notes[city.zone])
    about_power = rng.choices(["generator", "no_power", ""], [5, 2, 5])[0]
    about_alarms = rng.choices(["shelter" if mall else "alarm", ""], [3, 2])[0]
    chosen: Sequence[str] = [code for code in (about_power, about_alarms) if code]
    if not chosen and rng.random() < 0.4:
        chosen = ["ramp"]
    return {lang: " ".join(notes[code][lang] for code in chosen) for lang in LANGUAGES} if chosen else {}
