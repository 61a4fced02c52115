"""Prepared answers: read by everybody at the desk, changed by leads."""

from dataclasses import dataclass
from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.support import answers
from mykyivstar.domain.support.models import CannedAnswer, Specialism
from mykyivstar.guard import action, staff_actor
from mykyivstar.state.forms import Refusals


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A prepared answer."""

    id: int
    title: str
    specialism: str
    uk: str
    en: str
    ru: str


class AnswerForm(TypedDict):
    """Its title, whose it is, and its text in each language."""

    title: str
    specialism: Literal["", "mobile", "internet", "corporate"]
    uk: str
    en: str
    ru: str


class DeskAnswersState(Refusals, rx.State):
    """The page of prepared answers."""

    ready: bool = False
    answers: list[AnswerRow] = []
    is_changing: bool = False
    changed: AnswerRow | None = None
    # About to be removed.
    removing: AnswerRow | None = None

    @action(staff=StaffRole.CONSULTANT)
    async def load(self) -> None:
        """Show them."""
        self._put_away()
        await self._refresh()
        self.ready = True

    @action(staff=StaffRole.LEAD)
    async def change(self, answer_id: int) -> None:
        """Open the form of one, of a new one for 0."""
        self._clear_refusals()
        self.changed = next((row for row in self.answers if row.id == answer_id), None)
        self.is_changing = True

    @action(staff=StaffRole.LEAD)
    async def put_away(self) -> None:
        """Close form and question."""
        self._put_away()

    @action(staff=StaffRole.LEAD)
    async def save(self, form: AnswerForm) -> None:
        """Keep it."""
        async with wiring.unit_of_work() as session:
            await answers.save(
                session,
                staff_actor(),
                answer_id=self.changed.id if self.changed else None,
                title=form["title"],
                texts={"uk": form["uk"], "en": form["en"], "ru": form["ru"]},
                specialism=Specialism(form["specialism"]) if form["specialism"] else None,
            )
        self._put_away()
        await self._refresh()

    @action(staff=StaffRole.LEAD)
    async def ask_remove(self, answer_id: int) -> None:
        """Sure?"""
        self._put_away()
        self.removing = next((row for row in self.answers if row.id == answer_id), None)

    @action(staff=StaffRole.LEAD)
    async def remove(self) -> None:
        """Take it off the list."""
        if self.removing is not None:
            async with wiring.unit_of_work() as session:
                await answers.remove(session, staff_actor(), self.removing.id, at=wiring.clock().now())
        self._put_away()
        await self._refresh()

    def _put_away(self) -> None:
        self._clear_refusals()
        self.is_changing, self.changed, self.removing = False, None, None

    async def _refresh(self) -> None:
        async with wiring.reading() as session:
            self.answers = [_row(each) for each in await answers.answers(session)]


def _row(answer: CannedAnswer) -> AnswerRow:
    texts = answer.texts
    return AnswerRow(
        id=answer.id or 0,
        title=answer.title,
        specialism=answer.specialism.value if answer.specialism else "",
        uk=texts.get("uk", ""),
        en=texts.get("en", ""),
        ru=texts.get("ru", ""),
    )
