"""Members of the staff in browsers of their own."""

from datetime import UTC, datetime

from playwright.sync_api import Browser, Page
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.staff import sessions, sign_in
from mykyivstar.domain.staff.models import StaffMember
from mykyivstar.kit.secret import new_token
from tests.e2e.site import Site

COOKIE = "mk_staff"


def desk_session(site: Site, login: str) -> str:
    """Open a session at the desk without its way in; the value of its cookie."""

    async def open_session(database: Database) -> str:
        at, visitor = datetime.now(UTC), new_token()[:40]
        async with database.unit_of_work() as session:
            member = (await session.exec(select(StaffMember).where(StaffMember.login == login))).one()
            member.is_available, member.seen_at = True, at
            ticket = sign_in.issue_ticket(session, member.id or 0, visitor=visitor, at=at)
            await session.flush()
            token = await sessions.open_session(
                session, ticket=ticket, visitor=visitor, browser="Test", address="127.0.0.1", at=at
            )
        assert token is not None
        return token

    return site.behind_its_back(open_session)


def at_desk(browser: Browser, site: Site, login: str) -> Page:
    """The desk in a browser of this member."""
    context = browser.new_context(base_url=site.address, locale="uk-UA", timezone_id="Europe/Kyiv")
    cookie = {"name": COOKIE, "value": desk_session(site, login), "url": site.address, "httpOnly": True}
    context.add_cookies([{**cookie, "sameSite": "Lax"}])  # type: ignore[list-item]
    page = context.new_page()
    page.goto("/desk")
    return page


def away(site: Site, login: str) -> None:
    """The member takes no conversations any more."""

    async def leave(database: Database) -> None:
        async with database.unit_of_work() as session:
            member = (await session.exec(select(StaffMember).where(StaffMember.login == login))).one()
            member.is_available = False

    site.behind_its_back(leave)
