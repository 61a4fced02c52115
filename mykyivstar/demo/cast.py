"""Who is in the demo: people, their lines and accounts, and how they live."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from mykyivstar.demo import files
from mykyivstar.domain.lines.models import Billing, Brand, Colour, OwnerKind

PASSWORD = "Kobzar-1840"


@dataclass(frozen=True, slots=True)
class Habit:
    """What a line does on a usual day, on average."""

    calls: float
    answers: float
    # Shares of the calls made.
    off_net: float
    abroad: float
    # A typical call.
    seconds: int
    messages: float
    data_mb: float
    sessions: float
    # Of a usual day, on Saturdays and Sundays.
    weekend: float = 0.9
    # The hour of night from which nothing happens until six.
    asleep_from: int = 24
    # Spends a week of August abroad.
    travels: bool = False


@dataclass(frozen=True, slots=True)
class Special:
    """One record that must be there, counted from the day of the build."""

    days_ago: int
    time: str
    category: str
    quantity: int
    party: str
    # Kopiykas.
    cost: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """A service that was connected so many days before the build."""

    code: str
    days_ago: int


@dataclass(frozen=True, slots=True)
class LinePart:
    """A line: what it is, how it pays and what it does. Money in kopiykas."""

    number: str
    habit: Habit
    tariff: str
    nickname: str = ""
    colour: Colour = Colour.BLUE
    brand: Brand = Brand.KYIVSTAR
    payment: Billing = Billing.PREPAID
    # How much history, or the exact day on which it began.
    months: int = 0
    activated_days_ago: int = 0
    first_top_up: int = 0
    # Four-weekly tariffs; monthly ones charge on the first.
    next_charge_in: int = 0
    # Prepaid: what it shows on the day of the build, and how its person tops up.
    balance: int = 0
    ceiling: int = 0
    sums: Sequence[int] = ()
    # Contract: the day of the month on which last month's debt is paid.
    pays_on: int = 0
    near: Sequence[str] = ()
    services: Sequence[Wish] = ()
    special: Sequence[Special] = ()


@dataclass(frozen=True, slots=True)
class Transfer:
    """Internet bonuses moved to a line every month on this day, by turns so many."""

    number: str
    day: int
    amounts: Sequence[int]


@dataclass(frozen=True, slots=True)
class AccountPart:
    """A home internet account. Money in kopiykas."""

    number: str
    address: str
    phone: str
    tariff: str
    nickname: str
    colour: Colour
    months: int
    balance: int
    threshold: int
    ceiling: int
    sums: Sequence[int]
    off_for_debt: bool = False
    services: Sequence[Wish] = ()
    bonuses_to: Sequence[Transfer] = ()
    # One more transfer, shortly before the build.
    bonuses_lately: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A person with a profile, and what it holds in the order in which it is shown."""

    key: str
    name: str
    email: str
    joined_days_ago: int
    owner_ref: str
    owner_name: str
    owner_kind: OwnerKind
    lines: Sequence[LinePart]
    accounts: Sequence[AccountPart]

    @property
    def is_person(self) -> bool:
        return self.owner_kind is OwnerKind.INDIVIDUAL

    @property
    def login(self) -> str:
        return self.lines[0].number

    @property
    def numbers(self) -> Sequence[str]:
        """Of lines first, then of internet accounts: the order in which they are shown."""
        return [*(line.number for line in self.lines), *(account.number for account in self.accounts)]


@cache
def cast() -> Sequence[Part]:
    """Everybody, always in this order."""
    return [*(_person(row) for row in files.table("people")["person"]), _coordinator()]


def lines() -> Sequence[LinePart]:
    """Every line of the demo."""
    return [line for part in cast() for line in part.lines]


def accounts() -> Sequence[AccountPart]:
    """Every home internet account of the demo."""
    return [account for part in cast() for account in part.accounts]


def _person(row: dict[str, Any]) -> Part:
    return Part(
        key=row["key"],
        name=row["name"],
        email=row["email"],
        joined_days_ago=row["joined_days_ago"],
        owner_ref=f"demo-{row['key']}",
        owner_name=row["name"],
        owner_kind=OwnerKind.INDIVIDUAL,
        lines=[_line(line) for line in row["line"]],
        accounts=[_account(account) for account in row.get("account", ())],
    )


def _coordinator() -> Part:
    """The firm's coordinator, whose profile holds all its lines, her own first (L1)."""
    firm = files.table("company")
    row, company = firm["person"][0], firm["company"]
    return Part(
        key=row["key"],
        name=row["name"],
        email=row["email"],
        joined_days_ago=row["joined_days_ago"],
        owner_ref=company["ref"],
        owner_name=company["name"],
        owner_kind=OwnerKind.LEGAL,
        lines=[
            _line(
                {
                    **firm["line"],
                    "number": employee["number"],
                    "nickname": employee["nickname"],
                    "tariff": employee["tariff"],
                    "habit": _busy(firm["habit"], float(employee["activity"])),
                }
            )
            for employee in files.rows("employees")
        ],
        accounts=[],
    )


def _busy(habit: dict[str, float], activity: float) -> dict[str, float]:
    """The firm's usual habit, more or less of it."""
    return {key: habit[key] * activity if key in {"calls", "answers", "data_mb"} else habit[key] for key in habit}


def _line(row: dict[str, Any]) -> LinePart:
    return LinePart(
        **row
        | {
            "habit": Habit(**row["habit"]),
            "colour": Colour(row["colour"]),
            "brand": Brand(row.get("brand", Brand.KYIVSTAR)),
            "payment": Billing(row.get("payment", Billing.PREPAID)),
            "services": [Wish(**wish) for wish in row.get("services", ())],
            "special": [Special(**special) for special in row.get("special", ())],
        }
    )


def _account(row: dict[str, Any]) -> AccountPart:
    return AccountPart(
        **row
        | {
            "colour": Colour(row["colour"]),
            "services": [Wish(**wish) for wish in row.get("services", ())],
            "bonuses_to": [Transfer(**transfer) for transfer in row.get("bonuses_to", ())],
        }
    )
