"""Tariffs, services and announcements, each text in up to three languages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.db.database import changed
from mykyivstar.domain.catalogue.models import (
    Announcement,
    AnnouncementKind,
    FeePeriod,
    Service,
    ServiceKind,
    Tariff,
    TariffKind,
)
from mykyivstar.domain.imports import cells
from mykyivstar.domain.imports.columns import Column
from mykyivstar.domain.imports.kind import Kind, Occasion, Outcome, Row, Store, Values
from mykyivstar.domain.imports.problems import BadValue
from mykyivstar.domain.imports.registers import Merged, upsert
from mykyivstar.domain.lines.models import Billing, Brand, OwnerKind
from mykyivstar.domain.usage.models import AllowanceKind, UsageCategory

LANGUAGES: Final = ("uk", "en", "ru")
_PACKAGE: Final = "package_"
_PRICE: Final = "price_"
_AUDIENCE: Final = "audience_"
# What a change of the catalogue is announced as: everybody may be shown it.
_CATALOGUE: Final = Subject(Topic.CATALOGUE, 0)


def texts(name: str, max_length: int, *, required: bool = False) -> tuple[Column, ...]:
    """A column for each language; Ukrainian is the one that must be there."""
    return tuple(
        Column(f"{name}_{language}", cells.text(max_length), required=required and language == "uk", blank="")
        for language in LANGUAGES
    )


def with_texts(values: Values, *names: str) -> dict[str, Any]:
    """The values with the columns of each language together in one."""
    gathered = dict(values)
    for name in names:
        given = Merged()
        for language in LANGUAGES:
            if f"{name}_{language}" in gathered:
                given[language] = gathered.pop(f"{name}_{language}")
        if given:
            gathered[name] = given
    return gathered


def _package_part(writing: cells.Writing) -> cells.Read:
    amount = cells.quantity(writing)

    def read(cell: str) -> dict[str, Any]:
        if cell.casefold() in {"unlimited", "безліміт", "безлимит", "∞"}:
            return {"amount": 0, "is_unlimited": True}
        return {"amount": amount(cell)}

    return read


def _price(writing: cells.Writing) -> cells.Read:
    price = cells.money()(writing)
    return lambda cell: price(cell).kopiykas


_PACKAGES = tuple(Column(_PACKAGE + kind.value, _package_part) for kind in AllowanceKind)
_PRICES = tuple(Column(_PRICE + category.value, _price) for category in UsageCategory)


def _with_package(values: dict[str, Any]) -> dict[str, Any]:
    """The columns of the package as the list that the catalogue keeps; a file with none of them leaves it alone."""
    days = values.pop("package_days", None)
    lasting = {} if days is None else {"days": days}
    parts = {kind: values.pop(_PACKAGE + kind.value) for kind in AllowanceKind if _PACKAGE + kind.value in values}
    if parts:
        values["package"] = [
            {"kind": kind.value, **part, **lasting} for kind, part in parts.items() if part is not None
        ]
    return values


def _with_part(values: dict[str, Any], prefix: str, target: str) -> dict[str, Any]:
    part = Merged({name.removeprefix(prefix): values.pop(name) for name in list(values) if name.startswith(prefix)})
    if part:
        values[target] = part
    return values


def _tariff(values: Values) -> Mapping[str, Any]:
    return _with_part(_with_package(with_texts(values, "name", "description")), _PRICE, "prices")


def _service(values: Values) -> Mapping[str, Any]:
    return _with_package(with_texts(values, "name", "description"))


def _announcement(values: Values) -> Mapping[str, Any]:
    return _with_part(with_texts(values, "title", "body"), _AUDIENCE, "audience")


def _storing(model: type[SQLModel], shaped: Any) -> Store:
    async def store(session: AsyncSession, rows: Sequence[Row], _occasion: Occasion) -> Outcome:
        done = await upsert(session, model, [shaped(row.values) for row in rows], key=["code"])
        if done.created or done.updated:
            changed(session, _CATALOGUE)
        return Outcome(len(done.created), len(done.updated), done.unchanged)

    return store


def _check_announcement(values: Values, _at: datetime) -> Iterable[tuple[str, str]]:
    if values.get("ends_at") is not None and values["ends_at"] <= values["starts_at"]:
        yield "ends_at", "is not after starts_at"


def _days(writing: cells.Writing) -> cells.Read:
    number = cells.whole_number(writing)

    def read(cell: str) -> int:
        days = int(number(cell))
        if days == 0:
            raise BadValue("a package lasts a day at least")
        return days

    return read


def _code(values: Values) -> str:
    return str(values["code"])


TARIFFS = Kind(
    name="tariffs",
    columns=(
        Column("code", cells.code(), required=True),
        Column("kind", cells.one_of(TariffKind), required=True),
        Column("brand", cells.one_of(Brand), blank=Brand.KYIVSTAR),
        *texts("name", 200, required=True),
        *texts("description", 4_000),
        Column("fee", cells.money(), required=True),
        Column("fee_period", cells.one_of(FeePeriod), blank=FeePeriod.MONTH),
        *_PACKAGES,
        *_PRICES,
        Column("is_open", cells.boolean, blank=True),
        Column("excludes_bonuses", cells.boolean, blank=False),
        Column("only_for", cells.one_of(OwnerKind), blank=None),
        Column("position", cells.whole_number, blank=0),
    ),
    store=_storing(Tariff, _tariff),
    identity=_code,
)

SERVICES = Kind(
    name="services",
    columns=(
        Column("code", cells.code(), required=True),
        *texts("name", 200, required=True),
        *texts("description", 4_000),
        Column("fee", cells.money(), required=True),
        Column("fee_period", cells.one_of(FeePeriod), blank=FeePeriod.MONTH),
        *_PACKAGES,
        Column("package_days", _days),
        Column("for_internet", cells.boolean, blank=False),
        Column("kind", cells.one_of(ServiceKind), blank=ServiceKind.OPTION),
        Column("is_open", cells.boolean, blank=True),
        Column("excludes", cells.codes(), blank=[]),
        Column("needs", cells.codes(), blank=[]),
        Column("position", cells.whole_number, blank=0),
    ),
    store=_storing(Service, _service),
    identity=_code,
)

ANNOUNCEMENTS = Kind(
    name="announcements",
    columns=(
        Column("code", cells.code(), required=True),
        Column("kind", cells.one_of(AnnouncementKind), required=True),
        *texts("title", 200, required=True),
        *texts("body", 4_000),
        Column("audience_brand", cells.one_of(Brand)),
        Column("audience_payment", cells.one_of(Billing)),
        Column("audience_has_internet", cells.boolean),
        Column("starts_at", cells.moment, required=True),
        Column("ends_at", cells.moment),
        Column("position", cells.whole_number, blank=0),
    ),
    store=_storing(Announcement, _announcement),
    check=_check_announcement,
    identity=_code,
)
