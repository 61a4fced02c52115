"""Offers that fit a subscriber, and news (C3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.db.statements import table_of
from mykyivstar.domain.catalogue.models import Announcement, AnnouncementKind
from mykyivstar.domain.lines.models import Billing, Brand

RUNNING_MAX = 100
SHOWN_MAX = 4


@dataclass(frozen=True, slots=True)
class Notice:
    """One offer or piece of news, its texts by language, and whom it fits."""

    code: str
    kind: AnnouncementKind
    title: Mapping[str, str]
    body: Mapping[str, str]
    audience: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who is looking, as far as an audience can ask."""

    brand: Brand | None
    payment: Billing | None
    has_internet: bool

    def fits(self, audience: Mapping[str, Any]) -> bool:
        """Whether everything the audience asks for is so; what we cannot judge fits nobody."""
        known: dict[str, Any] = {"brand": self.brand, "payment": self.payment, "has_internet": self.has_internet}
        return all(key in known and known[key] == wanted for key, wanted in audience.items())


_table = table_of(Announcement).c
_running = (
    select(_table.code, _table.kind, _table.title, _table.body, _table.audience)
    .where(_table.starts_at <= bindparam("at"), or_(_table.ends_at.is_(None), _table.ends_at > bindparam("at")))
    .order_by(_table.position, _table.id)
    .limit(RUNNING_MAX)
)


async def running(session: AsyncSession, at: datetime) -> Sequence[Notice]:
    """Everything that is announced at this moment, in its own order; the same for everybody."""
    rows = await (await session.connection()).execute(_running, {"at": at})
    return [Notice(*row) for row in rows]


def fitting(notices: Iterable[Notice], reader: Reader, kind: AnnouncementKind) -> Sequence[Notice]:
    """The first few of this kind that fit whoever is looking."""
    return [notice for notice in notices if notice.kind is kind and reader.fits(notice.audience)][:SHOWN_MAX]
