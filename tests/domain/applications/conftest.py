"""Olena and Taras, who file; Solomiia and Bohdan, who check; Marta, who leads the shift."""

from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.applications import checking, data, documents, filing, queries
from mykyivstar.domain.applications.models import Application, ApplicationFile, ApplicationKind
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.staff.actor import StaffActor
from mykyivstar.domain.support.files import examined
from mykyivstar.kit.clock import FixedClock
from tests.domain.support.conftest import Hall, key
from tests.domain.support.test_files import PNG

NAME = {"full_name": "Коваленко Олена Іванівна"}


class Bureau(Hall):
    """Where applications are filed and checked. The clock stands at noon of 22 November 2026."""

    def fresh(self, who: Actor) -> Actor:
        """The same, who has just proved who they are."""
        return Actor(who.profile_id, who.session_id, proved_at=self.clock.now())

    async def writes(
        self,
        typed: dict[str, str] | None = None,
        kind: ApplicationKind = ApplicationKind.NAME,
        *,
        who: Actor | None = None,
        form: str = "",
        words: str = "",
    ) -> Application:
        async with self.database.unit_of_work() as session:
            return await filing.write(
                session,
                who or self.olena,
                key=form or key(),
                kind=kind,
                typed=typed or NAME,
                words=words,
                language=Language.UK,
                at=self.clock.now(),
            )

    async def attaches(self, application: Application, *, who: Actor | None = None) -> ApplicationFile:
        async with self.database.unit_of_work() as session:
            file = await documents.attach(
                session,
                who or self.olena,
                application.code,
                client_key=key(),
                sent=examined(PNG, "паспорт.png"),
                at=self.clock.now(),
            )
        assert file is not None
        return file

    async def sends(self, application: Application, *, who: Actor | None = None, **shown: str) -> Application:
        async with self.database.unit_of_work() as session:
            return await filing.send(
                session,
                self.fresh(who or self.olena),
                key=application.key,
                shown=shown or application.new,
                at=self.clock.now(),
            )

    async def files(self, typed: dict[str, str] | None = None, **about: Any) -> Application:
        """Written, with a document, and sent."""
        application = await self.writes(typed, **about)
        await self.attaches(application, who=about.get("who"))
        return await self.sends(application, who=about.get("who"))

    async def does(self, verb: Any, who: StaffActor | Actor, application: Application, **about: Any) -> Application:
        """One of the verbs of `checking` or `filing`, in a transaction of its own."""
        async with self.database.unit_of_work() as session:
            found: Application = await verb(session, who, application.code, at=self.clock.now(), **about)
            return found

    async def in_check(self, by: StaffActor | None = None, **about: Any) -> Application:
        return await self.does(checking.take, by or self.solomiia, await self.files(**about))

    async def known(self, who: Actor | None = None) -> dict[str, str]:
        async with self.database.reading() as session:
            return await data.known(session, (who or self.olena).profile_id)

    async def states(self, application: Application) -> list[str]:
        """Its history."""
        async with self.database.reading() as session:
            return [each.step.state.value for each in await queries.history(session, application)]


@pytest.fixture
async def bureau(database: Database, clock: FixedClock) -> Bureau:
    bureau = Bureau(database, clock)
    await bureau.open()
    return bureau
