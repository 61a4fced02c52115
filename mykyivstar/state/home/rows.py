"""What the dashboard shows, as plain values: kopiykas, ISO moments, texts by language. None is "not known"."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hero:
    """The line or account in hand, and its one big number."""

    key: str
    kind: str
    nickname: str
    number: str
    colour: str
    tariff: dict[str, str] | None
    balance: int | None
    bonus: int | None
    month_cost: int | None
    # What a contract line owes; None for all that pay beforehand, and when nothing is owed.
    to_pay: int | None
    is_blocked: bool
    sees_usage: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class ChargeView:
    """What is taken next; `missing` is 0 when the balance covers it."""

    at: str
    amount: int | None
    missing: int | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class GaugeView:
    """What is left of the packages of one kind: bytes of data, whole minutes, or pieces."""

    kind: str
    unit: str
    left: int
    granted: int
    is_unlimited: bool
    tone: str
    expires_at: str
    has_parts: bool


@dataclass(frozen=True, slots=True)
class ValidityView:
    """How long the number lives: of `total` days of this phase so many are left; what a payment adds."""

    phase: str
    until: str
    days: int | None
    total: int
    payment: int
    prolonged_by: int


@dataclass(frozen=True, slots=True)
class AlertView:
    """One thing to know; which of the values are there depends on its kind."""

    kind: str
    weight: str
    amount: int | None
    until: str
    allowance: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class InternetView:
    """A home internet account in a card: balance, next payment, threshold."""

    key: str
    nickname: str
    number: str
    address: str
    tariff: dict[str, str] | None
    state: str
    suspended_until: str
    balance: int | None
    threshold: int
    room: int | None
    next_payment: int | None
    pay_by: str
    # What needs doing; the one in hand shows its own above.
    alerts: list[AlertView]


@dataclass(frozen=True, slots=True)
class NoticeView:
    """An offer or a piece of news."""

    code: str
    title: dict[str, str]
    body: dict[str, str]


@dataclass(frozen=True, slots=True)
class Tile:
    """One of all, at a glance (B2): `weight` is that of its weightiest alert, "" when all is well."""

    key: str
    kind: str
    nickname: str
    number: str
    colour: str
    balance: int | None
    charge_at: str
    weight: str
