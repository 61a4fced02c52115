"""The people at the demo's desk, and prepared answers for them."""

import json
from collections.abc import Mapping
from datetime import datetime
from importlib import resources

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.demo.cast import PASSWORD
from mykyivstar.domain.identity.passwords import hash_password
from mykyivstar.domain.staff import management
from mykyivstar.domain.staff.models import StaffMember, StaffRole
from mykyivstar.domain.support.models import CannedAnswer, Specialism
from mykyivstar.kit.msisdn import Msisdn

#: Answers by itself; nobody can sign in as it.
CONSULTANT = "demo-consultant"
_ALL = tuple(each.value for each in Specialism)
_PEOPLE = (
    ("consultant1", "Соломія", StaffRole.CONSULTANT, "380678000001", _ALL),
    ("consultant2", "Богдан", StaffRole.CONSULTANT, "380678000002", ("internet",)),
    ("lead1", "Марта", StaffRole.LEAD, "380678000003", _ALL),
    ("admin", "Остап", StaffRole.ADMINISTRATOR, "380678000004", _ALL),
)


async def passwords(session: AsyncSession) -> dict[str, str]:
    """What is kept of the demo's password, for those who are not there yet; slow on purpose."""
    there = set(await session.exec(select(StaffMember.login)))
    return {login: await hash_password(PASSWORD) for login, *_ in _PEOPLE if login not in there}


async def add_staff(session: AsyncSession, hashes: Mapping[str, str], at: datetime) -> None:
    """Whoever is not there yet; what somebody changed meanwhile stays."""
    for login, name, role, phone, skills in _PEOPLE:
        if login in hashes:
            about = {"phone": Msisdn(phone), "password_hash": hashes[login], "skills": skills, "at": at}
            await management.add(session, login=login, name=name, role=role, **about)  # type: ignore[arg-type]
    if (await session.exec(select(StaffMember).where(StaffMember.login == CONSULTANT))).first() is not None:
        return
    member = await management.add(
        session,
        login=CONSULTANT,
        name="Мавка",
        role=StaffRole.CONSULTANT,
        phone=None,
        password_hash=None,
        skills=_ALL,
        at=at,
        capacity=1000,
    )
    member.is_available = True
    text = resources.files("mykyivstar.demo").joinpath("data/prepared_answers.json").read_text("utf-8")
    for position, each in enumerate(json.loads(text)):
        kind = Specialism(each["specialism"]) if each["specialism"] else None
        session.add(CannedAnswer(title=each["title"], texts=each["texts"], specialism=kind, position=position))
