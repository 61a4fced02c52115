"""What is known about a question: facts of the customer's own, or articles; nothing is ever made up (K4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.applications import queries as applications
from mykyivstar.domain.applications.models import Application
from mykyivstar.domain.assistant.charges import Charge, newest_charges
from mykyivstar.domain.assistant.meant import meant
from mykyivstar.domain.assistant.understanding import Intent, understand
from mykyivstar.domain.help.search import ANSWERS, Hit, Index, find_article
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.overview.models import Overview, Part
from mykyivstar.domain.payments import queries as payments
from mykyivstar.domain.payments.queries import PaymentView
from mykyivstar.domain.support.tickets import queries as tickets
from mykyivstar.domain.support.tickets.models import Ticket
from mykyivstar.kit.money import Money

PAYMENTS_MOST = 3
REQUESTS_MOST = 3
_OF_PARTS = {Intent.NEXT_CHARGE, Intent.INTERNET, Intent.BONUSES, Intent.LEFT, Intent.SPENT, Intent.TARIFF}
_OF_PARTS |= {Intent.BALANCE}


@dataclass(frozen=True, slots=True)
class Answer:
    """Facts of the kind that `intent` says; without an intent what the articles have, the best first."""

    intent: Intent | None
    amount: Money | None = None
    parts: Sequence[Part] = ()
    charges: Sequence[Charge] = ()
    payments: Sequence[PaymentView] = ()
    tickets: Sequence[Ticket] = ()
    applications: Sequence[Application] = ()
    hits: Sequence[Hit] = ()

    @property
    def is_of_own_data(self) -> bool:
        """Whether it says something of the customer's own."""
        return self.intent is not None and not self.intent.is_small_talk and self.intent is not Intent.PERSON

    @property
    def article(self) -> Hit | None:
        """The article that answers, None where none fits well enough."""
        return self.hits[0] if self.hits and self.hits[0].score >= ANSWERS else None


async def answer(
    session: AsyncSession,
    actor: Actor,
    question: str,
    *,
    whole: Overview,
    in_hand: HoldingKey | None,
    indexes: Mapping[str, Index],
    language: str,
    at: datetime,
) -> Answer:
    """What can be said to the actor's question, of the actor's own things alone.

    `whole` is what the actor has, `in_hand` what they look at; articles of `language` come before those that fit only
    in another one of the `indexes`.
    """
    understood = understand(question, language)
    hits = find_article(question, indexes=indexes, language=language)
    match understood.intent:
        case None:
            return Answer(None, hits=hits)
        case Intent.WHY_CHARGED:
            named = meant(whole.parts, question, Intent.WHY_CHARGED, in_hand)
            only = named[0].key if named and understood.amount is None else None
            found = await newest_charges(session, actor, amount=understood.amount, at=at, only=only)
            return Answer(Intent.WHY_CHARGED, understood.amount, parts=whole.parts, charges=found, hits=hits)
        case Intent.PAYMENT:
            return Answer(Intent.PAYMENT, payments=await payments.history(session, actor, limit=PAYMENTS_MOST))
        case Intent.REQUEST:
            filed = (await applications.own(session, actor))[:REQUESTS_MOST]
            asked = (await tickets.tickets(session, actor))[:REQUESTS_MOST]
            return Answer(Intent.REQUEST, tickets=asked, applications=filed)
        case intent if intent in _OF_PARTS:
            return Answer(intent, parts=meant(whole.parts, question, intent, in_hand))
        case intent:
            # Small talk is for when nothing is asked: «Привіт, не працює роутер» is not.
            is_asked = intent.is_small_talk and hits and hits[0].score >= ANSWERS
            return Answer(None, hits=hits) if is_asked else Answer(intent)
