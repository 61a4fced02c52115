"""The demo's tariffs, services, offers and news, from its data files."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from mykyivstar.demo import files
from mykyivstar.domain.catalogue.models import (
    Announcement,
    AnnouncementKind,
    FeePeriod,
    Service,
    ServiceKind,
    Tariff,
    TariffKind,
)
from mykyivstar.domain.lines.models import Brand, OwnerKind
from mykyivstar.domain.usage.models import AllowanceKind
from mykyivstar.kit.clock import kyiv_midnight
from mykyivstar.kit.money import Money

SECONDS_PER_MINUTE = 60
BYTES_PER_MEGABYTE = 1024**2
BYTES_PER_GIGABYTE = 1024**3


def tariffs() -> list[Tariff]:
    """New rows of every tariff."""
    return [
        Tariff(
            code=row["code"],
            kind=TariffKind(row["kind"]),
            brand=Brand(row.get("brand", Brand.KYIVSTAR)),
            name=row["name"],
            description=row["description"],
            fee=Money(row["fee"]),
            fee_period=FeePeriod(row["fee_period"]),
            package=_package(row.get("package", {})),
            prices=row.get("prices", {}),
            is_open=row.get("is_open", True),
            excludes_bonuses=row.get("excludes_bonuses", False),
            only_for=OwnerKind(row["only_for"]) if "only_for" in row else None,
            position=position,
        )
        for position, row in enumerate([*files.table("tariffs")["tariff"], *files.table("tariffs_more")["tariff"]])
    ]


def services() -> list[Service]:
    """New rows of every service. A package's part that lives for days, not for a fee period, says `days`."""
    return [
        Service(
            code=row["code"],
            name=row["name"],
            description=row["description"],
            fee=Money(row["fee"]),
            fee_period=FeePeriod(row["fee_period"]),
            package=_package(row.get("package", {})),
            for_internet=row.get("for_internet", False),
            kind=ServiceKind(row.get("kind", ServiceKind.OPTION)),
            excludes=row.get("excludes", []),
            needs=row.get("needs", []),
            position=position,
        )
        for position, row in enumerate([*files.table("services")["service"], *files.table("services_more")["service"]])
    ]


@cache
def tariff(code: str) -> Tariff:
    """The tariff of this code as the demo knows it; not to be stored."""
    return next(tariff for tariff in tariffs() if tariff.code == code)


@cache
def service(code: str) -> Service:
    """The service of this code as the demo knows it; not to be stored."""
    return next(service for service in services() if service.code == code)


def announcements(today: date) -> list[Announcement]:
    """New rows of the offers and news, running on this day."""
    return [
        Announcement(
            code=row["code"],
            kind=AnnouncementKind(row["kind"]),
            title=row["title"],
            body=row["body"],
            audience=row["audience"],
            starts_at=kyiv_midnight(today - timedelta(days=row["days_ago"])),
            ends_at=kyiv_midnight(today + timedelta(days=row["days_left"])),
            position=position,
        )
        for position, row in enumerate(files.table("announcements")["announcement"])
    ]


def _package(people_say: Mapping[str, Any]) -> list[dict[str, Any]]:
    """{"minutes_ukraine": 300, "data": 15, "days": 28} in the catalogue's units: seconds, bytes, pieces."""
    days = {"days": people_say["days"]} if "days" in people_say else {}
    return [
        {"kind": kind.value, **_amount(kind, people_say[kind.value]), **days}
        for kind in AllowanceKind
        if kind.value in people_say
    ]


def _amount(kind: AllowanceKind, said: float | str) -> dict[str, Any]:
    if said == "unlimited":
        return {"amount": 0, "is_unlimited": True}
    assert not isinstance(said, str)
    unit = SECONDS_PER_MINUTE if kind.is_minutes else BYTES_PER_GIGABYTE if kind.is_data else 1
    return {"amount": int(said * unit)}
