"""Which offers and news somebody is shown."""

from datetime import timedelta
from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.catalogue.models import Announcement, AnnouncementKind
from mykyivstar.domain.lines.models import Billing, Brand
from mykyivstar.domain.overview.announcements import SHOWN_MAX, Notice, Reader, fitting, running
from mykyivstar.kit.clock import FixedClock

STUDENT = Reader(Brand.DJUICE, Billing.PREPAID, has_internet=False)
OFFER, NEWS = AnnouncementKind.OFFER, AnnouncementKind.NEWS


def notice(code: str = "one", kind: AnnouncementKind = OFFER, **audience: Any) -> Notice:
    return Notice(code, kind, {"en": code}, {}, audience)


@pytest.mark.parametrize(
    ("audience", "fits"),
    [
        ({}, True),
        ({"brand": "djuice"}, True),
        ({"brand": "kyivstar"}, False),
        ({"brand": "djuice", "payment": "prepaid"}, True),
        ({"brand": "djuice", "payment": "contract"}, False),
        ({"has_internet": False}, True),
        ({"has_internet": True}, False),
        ({"shoe_size": 43}, False),
    ],
)
def test_everything_an_audience_asks_for_has_to_be_so(audience: dict[str, Any], fits: bool):
    assert STUDENT.fits(audience) is fits


def test_offers_and_news_are_told_apart_and_bounded():
    many = [notice(f"offer {n}") for n in range(9)] + [notice("news", NEWS), notice("other", brand="kyivstar")]
    assert [each.code for each in fitting(many, STUDENT, OFFER)] == [f"offer {n}" for n in range(SHOWN_MAX)]
    assert [each.code for each in fitting(many, STUDENT, NEWS)] == ["news"]


async def test_only_what_runs_now_is_announced_in_its_own_order(database: Database, clock: FixedClock):
    now, hour = clock.now(), timedelta(hours=1)
    async with database.unit_of_work() as session:
        for code, starts, ends, position in [
            ("second", now, None, 2),
            ("first", now - hour, now + hour, 1),
            ("over", now - hour, now, 0),
            ("to come", now + hour, None, 0),
        ]:
            session.add(
                Announcement(
                    code=code, kind=NEWS, title={"uk": code}, starts_at=starts, ends_at=ends, position=position
                )
            )
    async with database.reading() as session:
        found = await running(session, now)
    assert [each.code for each in found] == ["first", "second"]
    assert found[0] == Notice("first", NEWS, {"uk": "first"}, {}, {})
