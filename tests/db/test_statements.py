"""Values that go to the driver as they are, are as SQLAlchemy would have written them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite import dialect as sqlite

from mykyivstar.db.database import Database
from mykyivstar.db.statements import _written_for_sqlite, driver_moment
from mykyivstar.db.types import UtcDateTime

zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
# Limits are naive by Hypothesis's wish, and a year from the ends of the calendar, which no offset may cross.
LIMITS = (datetime(2, 1, 1), datetime(9998, 1, 1))  # noqa: DTZ001
moments = st.datetimes(*LIMITS, timezones=zones | st.just(UTC))


@given(moments)
def test_a_moment_is_written_for_sqlite_as_sqlalchemy_writes_it(moment: datetime):
    usual = UtcDateTime().dialect_impl(sqlite()).bind_processor(sqlite())
    assert _written_for_sqlite(moment) == usual(moment)


async def test_a_naive_moment_is_refused(database: Database):
    async with database.reading() as session:
        convert = await driver_moment(session)
    with pytest.raises(TypeError, match="naive"):
        convert(datetime(2026, 11, 22, 10))  # noqa: DTZ001
