"""What the pages of home internet show, as plain values: kopiykas, ISO moments and days, texts by language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One regular fee, and when it is taken next."""

    name: dict[str, str]
    fee: int
    at: str
    is_tariff: bool


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """One stretch of the history; `since` is "" when it was so before anything was written down."""

    state: str
    cause: str
    since: str
    until: str
    balance: int | None


@dataclass(frozen=True, slots=True)
class SuspensionRow:
    """A suspension that lasts or is to come."""

    id: int
    first_day: str
    last_day: str
    price: int
    is_running: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A tariff change that waits for its day."""

    id: int
    name: dict[str, str]
    fee: int
    from_day: str


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One of several accounts to choose from."""

    key: str
    nickname: str
    number: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account as its page shows it. None is "not known"."""

    key: str
    kind: str
    nickname: str
    number: str
    address: str
    state: str
    suspended_until: str
    # Of a suspension: its last day.
    suspended_last: str
    is_own: bool
    sees_usage: bool
    balance: int | None
    bonus: int | None
    threshold: int
    room: int | None
    # What must be paid in, and by when; `pay_by` is "" when it is now.
    to_pay: int | None
    pay_by: str
    # What is taken then.
    charge: int | None
    charge_at: str
    # Of the sum to pay, what is first taken of fees that fell due while it was off.
    rest: int
    month_cost: int | None
    tariff: dict[str, str] | None
    tariff_about: dict[str, str] | None
    tariff_fee: int | None
    fees: list[FeeRow]
    change: ChangeRow | None
    suspensions: list[SuspensionRow]
    history: list[PeriodRow]
    # The grace week (N2), where it is offered.
    grace: int | None
    grace_until: str


@dataclass(frozen=True, slots=True)
class BonusRow:
    """Whole bonuses of a month, as they would be and with its suspended days."""

    month: str
    without: int
    suspended: int


@dataclass(frozen=True, slots=True)
class HolidayView:
    """A suspension that is being checked."""

    first_day: str
    last_day: str
    days: int
    resumes_on: str
    price: int
    balance_after: int | None
    comes_back: int
    then_due: int
    bonuses: list[BonusRow]


@dataclass(frozen=True, slots=True)
class HolidayTerms:
    """What can be chosen, said before anything is typed."""

    price: int
    least: int
    most: int
    year_most: int
    earliest: str
    latest: str


@dataclass(frozen=True, slots=True)
class TariffRow:
    """A tariff that can be ordered; `is_mine` for the one that the account has."""

    code: str
    name: dict[str, str]
    about: dict[str, str]
    fee: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class TariffCheck:
    """A change that is being checked."""

    code: str
    name: dict[str, str]
    fee: int
    old_name: dict[str, str] | None
    old_fee: int | None
    from_day: str
    missing: int
    at_once: bool


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service beside what the account has: `until` when it is disconnected and works to the end of what is paid.

    `refusal` says what is in the way of connecting, or of disconnecting what is connected; empty: nothing.
    """

    code: str
    name: dict[str, str]
    about: dict[str, str]
    fee: int
    period: str
    is_tv: bool
    is_connected: bool
    until: str
    refusal: dict[str, str]
    can_undo: bool


@dataclass(frozen=True, slots=True)
class ServiceCheck:
    """A connection (`kind` "connect") or disconnection that is being checked."""

    kind: str
    code: str
    name: dict[str, str]
    fee: int
    period: str
    now: int
    first_day: str
    # Up to this day the first part pays; "" where no fee comes back.
    last_day: str
    next_day: str
    days: int
    of_days: int
    next_before: int
    next_after: int
    balance_after: int | None
