"""People of a test's own, so that what it changes is nobody else's."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity import secret_question
from mykyivstar.domain.identity.models import AuthSession, Profile
from mykyivstar.domain.identity.passwords import hash_password
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.models import Holding, Line
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e.site import PASSWORD, Site

QUESTION, ANSWER = "Як звали вашого першого вчителя?", "Марія Іванівна"
_numbers = count(1)
# Hashes are slow on purpose; one for all who have the same password is made once.
_hashed: dict[str, Any] = {}


@dataclass(frozen=True)
class Person:
    """Somebody with a line, a profile whose login is its number, and the demo's password."""

    number: str

    @property
    def typed(self) -> str:
        return f"0{self.number[3:]}"


def make_person(site: Site, *, question: bool = False, **profile: Any) -> Person:
    """A new subscriber who has registered."""
    number = f"38067900{next(_numbers):04}"

    async def make(database: Database) -> None:
        at, hashed = datetime.now(UTC), await _once("password", lambda: hash_password(PASSWORD))
        prepared = await _once("answer", lambda: secret_question.prepare(QUESTION, ANSWER)) if question else None
        async with database.unit_of_work() as session:
            made = Profile(login=number, login_key=number, name="Ганна", password_hash=hashed, created_at=at, **profile)
            if prepared:
                secret_question.put(made, prepared)
            line = Line(msisdn=Msisdn(number))
            session.add_all([made, line])
            await session.flush()
            session.add(Holding(profile_id=made.id, line_id=line.id, proved_at=at))

    site.behind_its_back(make)
    return Person(number)


def make_account(site: Site) -> tuple[str, str]:
    """A new home internet customer without a profile: account number and contract phone."""
    ordinal = next(_numbers)
    number, contract_phone = f"000990{ordinal:04}", f"38067901{ordinal:04}"

    async def make(database: Database) -> None:
        async with database.unit_of_work() as session:
            session.add(
                InternetAccount(number=number, contract_phone=Msisdn(contract_phone), address="Київ, вул. Садова, 1")
            )

    site.behind_its_back(make)
    return number, contract_phone


def let_proofs_grow_old(site: Site, person: Person) -> None:
    """As if the person had signed in long ago (the guard remembers what it read for two seconds)."""

    async def forget(database: Database) -> None:
        async with database.unit_of_work() as session:
            profile = (await session.exec(select(Profile).where(Profile.login_key == person.number))).one()
            await session.execute(
                update(AuthSession).where(col(AuthSession.profile_id) == profile.id).values(proved_at=None)
            )

    site.behind_its_back(forget)


async def _once(name: str, make: Callable[[], Awaitable[Any]]) -> Any:
    if name not in _hashed:
        _hashed[name] = await make()
    return _hashed[name]


SignIn = Callable[[str], None]
