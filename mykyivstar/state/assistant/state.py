"""Questions to the online assistant, its answers, and handing over to a person (K4)."""

from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.assistant.answering import Answer, answer
from mykyivstar.domain.assistant.understanding import Intent
from mykyivstar.domain.help.search import QUESTION_MOST
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.support import conversations
from mykyivstar.domain.support.models import Specialism
from mykyivstar.domain.support.texts import message_text
from mykyivstar.guard import action, actor
from mykyivstar.i18n import tr
from mykyivstar.kit.secret import new_token
from mykyivstar.state.assistant.replies import Reply, reply_to
from mykyivstar.state.assistant.rows import TalkRow, talk_row, transcript
from mykyivstar.state.expenses.rows import names_for
from mykyivstar.state.forms import Refusals
from mykyivstar.state.help.library import library
from mykyivstar.state.language import LanguageState
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState
from mykyivstar.state.support.addresses import of_chat

# Of a longer talk the oldest lines go.
_LINES_MOST = 40
Example = Literal["balance", "next_charge", "why_charged", "left", "internet"]


class QuestionForm(TypedDict):
    """What is asked."""

    text: str


class AssistantState(Refusals, rx.State):
    """The talk, as long as the tab is open; a person who is asked for reads it."""

    rows: list[TalkRow] = []
    # How many questions were asked: the field begins anew with each.
    asked: int = 0
    # What the lines are called when a person gets them, so that they get them once.
    _talk: str = ""
    _is_of_internet: bool = False

    @action
    async def say(self, form: QuestionForm) -> Any:
        """Answer a question; whoever asks for a person is led to one."""
        return await self._answer(message_text(form["text"], most=QUESTION_MOST))

    @action
    async def example(self, which: Example) -> Any:
        """Ask one of the questions that are offered."""
        return await self._answer(_example(which, (await self._language()).value))

    @action
    async def hand_over(self) -> Any:
        """A person goes on from here."""
        return await self._begin(self._specialism)

    async def _answer(self, question: str) -> Any:
        self._clear_refusals()
        who, key, lang = actor(), await self._in_hand(), (await self._language()).value
        whole = await overviews.of(who)
        async with wiring.reading() as session:
            found = await answer(
                session,
                who,
                question,
                whole=whole,
                in_hand=key,
                indexes=library().indexes,
                language=lang,
                at=wiring.clock().now(),
            )
            names = await names_for(session, [charge.entry for charge in found.charges])
        self._note_subject(found, key)
        self._put(Reply(question), is_mine=True)
        self.asked += 1
        if found.intent is Intent.PERSON:
            return await self._begin(self._specialism)
        self._put(reply_to(found, names, lang), is_mine=False)
        return None

    async def _begin(self, specialism: Specialism) -> Any:
        """Ask for this specialist with everything that was said here, which is theirs from then on."""
        language = await self._language()
        async with wiring.unit_of_work() as session:
            conversation = await conversations.start(
                session,
                actor(),
                specialism=specialism,
                language=language,
                about=str(await self._in_hand() or ""),
                at=wiring.clock().now(),
                transcript=transcript(self.rows, self._talk, language.value),
            )
        self.rows, self._talk, self._is_of_internet = [], "", False
        return rx.redirect(of_chat(conversation.code))

    @property
    def _specialism(self) -> Specialism:
        return Specialism.INTERNET if self._is_of_internet else Specialism.MOBILE

    def _note_subject(self, found: Answer, in_hand: HoldingKey | None) -> None:
        """Which specialist would go on: the one for what was asked last, else for what is in hand."""
        article = found.article if found.intent is None else None
        if found.intent is Intent.INTERNET or (article and library().topic_of(article.code) == "internet"):
            self._is_of_internet = True
        elif article or found.is_of_own_data:
            self._is_of_internet = False
        elif not self.rows:
            self._is_of_internet = in_hand is not None and in_hand.kind is HoldingKind.INTERNET

    def _put(self, reply: Reply, *, is_mine: bool) -> None:
        self._talk = self._talk or new_token()[:24]
        number = self.rows[-1].number + 1 if self.rows else 1
        row = talk_row(reply, number=number, is_mine=is_mine, at=wiring.clock().now())
        self.rows = [*self.rows, row][-_LINES_MOST:]

    async def _language(self):
        return (await self.get_state(LanguageState))._language

    async def _in_hand(self) -> HoldingKey | None:
        chosen = (await self.get_state(ShellState)).chosen
        return HoldingKey.parse(chosen.key) if chosen else None


def _example(which: Example, lang: str) -> str:
    match which:
        case "balance":
            return tr(lang, "What is my balance?")
        case "next_charge":
            return tr(lang, "When is my next charge?")
        case "why_charged":
            return tr(lang, "What was I charged for?")
        case "left":
            return tr(lang, "What is left of my package?")
        case "internet":
            return tr(lang, "When do I pay for home internet?")
