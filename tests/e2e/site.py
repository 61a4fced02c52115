"""The site under test: one server with the demo world for all browser tests, and a look behind its back."""

import asyncio
import re
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any, TypeVar

import httpx
from sqlalchemy import delete
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity import sessions
from mykyivstar.domain.identity.models import Profile, RateCount, SignInMethod
from mykyivstar.kit.secret import new_token
from tests.fixtures.servers import wait_until
from tests.serving.running import Serving

T = TypeVar("T")
OLENA = "380671000001"
ANDRII = "380682000001"
IRYNA = "380973000001"
MAKSYM = "380964000001"
PASSWORD = "Kobzar-1840"
_CODE = re.compile(r"[A-Z0-9]{4,8}")


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """A loop in a thread of its own: in the thread of the tests the browser's driver has one running."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return loop


@dataclass
class Site:
    """A running demo installation."""

    serving: Serving

    @property
    def address(self) -> str:
        return self.serving.installation.address

    @property
    def database_url(self) -> str:
        settings = self.serving.installation.environment
        return settings["DATABASE_URL"] or f"sqlite+aiosqlite:///{settings['DATA_DIR']}/mykyivstar.db"

    def behind_its_back(self, work: Callable[[Database], Awaitable[T]]) -> T:
        """Do something with the database from outside the server, as an import or another replica would."""

        async def done() -> T:
            return await work(self._database)

        return asyncio.run_coroutine_threadsafe(done(), _loop()).result(60)

    def leave(self) -> None:
        """Look behind its back no more: the connections are closed."""
        self.behind_its_back(lambda database: database.dispose())

    @cached_property
    def _database(self) -> Database:
        return Database(self.database_url)

    def forget_tries(self) -> None:
        """Let everybody try again: every test comes from the same address."""

        async def forget(database: Database) -> None:
            async with database.unit_of_work() as session:
                await session.execute(delete(RateCount))

        self.behind_its_back(forget)

    def session_for(self, login: str) -> str:
        """Open a session of this person without the pages of signing in; the value of its cookie."""

        async def open_session(database: Database) -> str:
            at, visitor = datetime.now(UTC), new_token()[:40]
            async with database.unit_of_work() as session:
                profile = (await session.exec(select(Profile).where(Profile.login_key == login))).one()
                assert profile.id is not None
                about: dict[str, Any] = {"visitor": visitor, "at": at}
                how = SignInMethod.CODE
                ticket = await sessions.issue_ticket(session, profile_id=profile.id, method=how, **about)
                await session.flush()
                opened = await sessions.open_session(
                    session, ticket=ticket, browser="Test", address="127.0.0.1", **about
                )
            assert opened is not None
            return opened.token

        return self.behind_its_back(open_session)


@dataclass
class Phone:
    """A demo phone: what SMS have come to a number."""

    address: str
    number: str

    def messages(self) -> list[dict[str, str]]:
        """Newest first: to, text, sent_at."""
        answer = httpx.get(f"{self.address}/demo/phone/messages", params={"to": self.number})
        answer.raise_for_status()
        found: list[dict[str, str]] = answer.json()
        return found

    def next_message(self, *, after: int, seconds: float = 30) -> str:
        """The text of the newest message once there are more than `after`."""
        wait_until(lambda: len(self.messages()) > after, seconds=seconds, what=f"an SMS to {self.number}")
        return self.messages()[0]["text"]

    def next_code(self, *, after: int) -> str:
        """The newest code once one has come after so many messages: it stands first in its own.

        What happened a moment before may be told between: a new sign-in, a new passkey.
        """

        def codes() -> list[str]:
            messages = self.messages()
            first_words = [each["text"].split()[0] for each in messages[: len(messages) - after]]
            return [word for word in first_words if _CODE.fullmatch(word)]

        wait_until(lambda: bool(codes()), seconds=30, what=f"a code to {self.number}")
        return codes()[0]
