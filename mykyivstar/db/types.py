"""Column types that keep our value types whole on SQLite and PostgreSQL."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Integer, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn

# SQLite gives a rowid alias, and so fast keys, only to INTEGER.
BigId = BigInteger().with_variant(Integer, "sqlite")


class MoneyType(TypeDecorator[Money]):
    """Money as whole kopiykas."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Money | None, dialect: Dialect) -> int | None:
        return None if value is None else value.kopiykas

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Money | None]:
        """Without the generic steps around it: a dashboard is made of such values."""
        return lambda value: None if value is None else Money(int(value))


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in UTC; a naive one is our bug and refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a naive datetime cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Without the generic steps around it, as for money. SQLite has text, PostgreSQL's driver gives moments."""
        if dialect.name == "sqlite":
            return lambda value: None if value is None else datetime.fromisoformat(value).replace(tzinfo=UTC)
        return lambda value: None if value is None else value.astimezone(UTC)


class DayType(TypeDecorator[date]):
    """A Kyiv calendar day as its ordinal number, so that both databases can count days by subtracting."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        return None if value is None else value.toordinal()

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromordinal(value)


class MsisdnType(TypeDecorator[Msisdn]):
    """A phone number as its twelve digits."""

    impl = String(12)
    cache_ok = True

    def process_bind_param(self, value: Msisdn | str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Msisdn | None:
        return None if value is None else Msisdn(value)


class EnumType(TypeDecorator[StrEnum]):
    """A StrEnum as its value: readable in the database, and a new member needs no migration."""

    impl = String(32)
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        self.enum = enum
        # Calling an enum for its member takes five times as long, and dashboards are made of such columns.
        self._members: Mapping[str, StrEnum] = {member.value: member for member in enum}
        super().__init__()

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else self.enum(value).value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], StrEnum | None]:
        """Without the generic steps around it, as for money."""
        return lambda value: None if value is None else self._members.get(value) or self.enum(value)


def id_field() -> Any:
    """The whole-number primary key that every table has."""
    return Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))


def money_field(**options: Any) -> Any:
    """A Money column."""
    return Field(sa_type=MoneyType, **options)


def moment_field(**options: Any) -> Any:
    """An aware UTC moment column; give `default=None` when there may be none."""
    return Field(sa_type=UtcDateTime, **options)


def day_field(**options: Any) -> Any:
    """A calendar day column; give `default=None` when there may be none."""
    return Field(sa_type=DayType, **options)


def msisdn_field(**options: Any) -> Any:
    """A phone number column."""
    return Field(sa_type=MsisdnType, **options)


def enum_field(enum: type[StrEnum], **options: Any) -> Any:
    """A StrEnum column."""
    return Field(sa_type=EnumType(enum), **options)
