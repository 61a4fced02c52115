"""The notices of the app, the newest first; whoever opens the list has seen them."""

from dataclasses import dataclass

import reflex as rx

from mykyivstar import routes, wiring
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notices import inbox
from mykyivstar.domain.notices.models import AppNotice
from mykyivstar.domain.notices.topics import TOPIC_OF, NoticeTopic
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.guard import action, actor
from mykyivstar.i18n import LANGUAGES
from mykyivstar.jobs.sms_texts import sms_text
from mykyivstar.settings import settings
from mykyivstar.state.applications.addresses import of_application
from mykyivstar.state.live import refreshes
from mykyivstar.state.shell import show
from mykyivstar.state.support.addresses import of_ticket
from mykyivstar.state.visits.addresses import of_visit

_PAGES = {
    NoticeTopic.MONEY: routes.PAYMENTS,
    NoticeTopic.CHARGES: routes.CALENDAR,
    NoticeTopic.INTERNET: routes.INTERNET,
    NoticeTopic.VISITS: routes.INTERNET_FAULT,
    NoticeTopic.REQUESTS: routes.SUPPORT,
}


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice, in each language; `topic` says which sign it has."""

    id: int
    topic: str
    text: dict[str, str]
    href: str
    at: str
    is_new: bool


class NoticesState(rx.State):
    """List of notices."""

    ready: bool = False
    notices: list[NoticeRow] = []

    @action
    async def load(self) -> None:
        """Show them; from now on they are seen, and look new until the page is left."""
        self.notices = []
        await self._refresh()

    @action
    async def refresh(self) -> None:
        """Has anything come?"""
        await self._refresh()

    async def _refresh(self) -> None:
        async with wiring.reading() as session:
            found = await inbox.newest(session, actor())
        new = {row.id for row in self.notices if row.is_new} | {each.id for each in found if each.seen_at is None}
        show(self, ready=True, notices=[notice_row(each, is_new=each.id in new) for each in found])
        if any(each.seen_at is None for each in found):
            async with wiring.unit_of_work() as session:
                await inbox.saw(session, actor(), at=wiring.clock().now(), up_to=found[0].id)


def notice_row(notice: AppNotice, *, is_new: bool) -> NoticeRow:
    """A notice as the list has it."""
    template = SmsTemplate(notice.template)
    texts = {
        language: sms_text(template, Language(language), notice.params, site=settings().site) for language in LANGUAGES
    }
    topic = TOPIC_OF[template]
    return NoticeRow(notice.id or 0, topic.value, texts, _leads_to(notice, topic), notice.at.isoformat(), is_new)


def _leads_to(notice: AppNotice, topic: NoticeTopic) -> str:
    if visit := notice.params.get("visit"):
        return of_visit(visit)
    what, _, code = notice.about.partition(":")
    if what == inbox.TICKET:
        return of_ticket(code)
    return of_application(code) if what == inbox.APPLICATION else _PAGES[topic]


refreshes(routes.NOTIFICATIONS, NoticesState.refresh)
