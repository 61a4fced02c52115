"""One entry as its page shows it (O1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mykyivstar import routes
from mykyivstar.domain.catalogue.names import Names
from mykyivstar.domain.expenses.consent import Ground
from mykyivstar.domain.expenses.headings import heading_of
from mykyivstar.domain.expenses.story import Side, Story
from mykyivstar.domain.expenses.use import Use
from mykyivstar.domain.ledger.models import Unit
from mykyivstar.domain.overview.models import Overview
from mykyivstar.domain.payments.models import Dispute
from mykyivstar.domain.reports.masking import shown_party
from mykyivstar.kit.money import Money
from mykyivstar.kit.period import Month
from mykyivstar.papers.explanations import Words
from mykyivstar.state.expenses.addresses import Wanted, of_entry
from mykyivstar.state.expenses.rows import in_words
from mykyivstar.state.payments.addresses import of_payment


@dataclass(frozen=True, slots=True)
class FactRow:
    """A name and a value, each by language."""

    label: dict[str, str]
    value: dict[str, str]


@dataclass(frozen=True, slots=True)
class UseRow:
    """What was used; `units` times `price` (kopiykas) make the sum, None where it is not so simple."""

    category: str
    started_at: str
    quantity: int
    party: str
    is_masked: bool
    price: int | None
    units: int


@dataclass(frozen=True, slots=True)
class GroundRow:
    """What the charge rests on; `at` "" for the contract and for nothing; `shown` the price that stood before it."""

    basis: str
    at: str
    fee: int | None


@dataclass(frozen=True, slots=True)
class SideRow:
    """Another of the person's own that the same operation moved money of."""

    href: str
    kind: str
    nickname: str
    number: str
    amount: int


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """What was said, and what became of it; `is_back`: the money has been given back."""

    state: str
    words: str
    answer: str
    opened_at: str
    is_back: bool


@dataclass(frozen=True, slots=True)
class EntryView:
    """The entry with everything that explains it."""

    id: int
    kind: str
    nickname: str
    number: str
    title: dict[str, str]
    why: dict[str, str]
    facts: list[FactRow]
    amount: int
    at: str
    before: int
    after: int
    is_bonus: bool
    use: UseRow | None
    ground: GroundRow | None
    # Addresses of what belongs to it, "" where there is nothing.
    payment: str
    report: str
    promise: str
    taken_back_by: str
    takes_back: str
    alike: str
    heading: str
    sides: list[SideRow]
    dispute: DisputeRow | None
    can_be_disputed: bool


def entry_view(story: Story, names: Names, whole: Overview, *, has_proof: bool) -> EntryView:
    """The story in plain values; others' numbers masked without a fresh proof (O9)."""
    entry, key = story.seen.entry, story.seen.key
    part = whole.part(str(key))
    words = in_words(entry, names)
    heading = heading_of(entry.category)
    unit = story.seen.account.unit
    alike = Wanted(unit=unit, heading=heading, month=Month.of(entry.at)).address(str(key))
    return EntryView(
        id=entry.id or 0,
        kind=key.kind.value,
        nickname=part.nickname if part else "",
        number=part.number if part else "",
        title={lang: each.title for lang, each in words.items()},
        why={lang: each.why for lang, each in words.items()},
        facts=_facts(words),
        amount=entry.amount.kopiykas,
        at=entry.at.isoformat(),
        before=story.before.kopiykas,
        after=entry.balance_after.kopiykas,
        is_bonus=unit is Unit.BONUS,
        use=_use(story.use, story.unit_price, entry.amount, has_proof=has_proof) if story.use else None,
        ground=_ground(story.ground) if story.ground else None,
        payment=of_payment(story.payment_code) if story.payment_code else "",
        report=routes.REPORTS if "report_id" in entry.explanation else "",
        promise=routes.PROMISED_PAYMENT if "promise_id" in entry.explanation else "",
        taken_back_by=of_entry(story.taken_back_by) if story.taken_back_by else "",
        takes_back=of_entry(story.takes_back) if story.takes_back else "",
        alike=alike,
        heading=heading.value,
        sides=[_side(each, whole) for each in story.sides],
        dispute=_dispute(story.dispute) if story.dispute else None,
        can_be_disputed=story.can_be_disputed,
    )


def _facts(words: Mapping[str, Words]) -> list[FactRow]:
    """The same facts in every language, side by side."""
    languages = list(words)
    return [
        FactRow(
            {lang: fact.label for lang, fact in zip(languages, facts, strict=True)},
            {lang: fact.value for lang, fact in zip(languages, facts, strict=True)},
        )
        for facts in zip(*(each.facts for each in words.values()), strict=True)
    ]


def _use(use: Use, price: Money | None, amount: Money, *, has_proof: bool) -> UseRow:
    party = shown_party(use.other_party, proved=has_proof)
    return UseRow(
        category=use.category.value,
        started_at=use.started_at.isoformat(),
        quantity=use.quantity,
        party=party,
        is_masked=party != use.other_party,
        price=price.kopiykas if price else None,
        units=-amount.kopiykas // price.kopiykas if price else 0,
    )


def _ground(ground: Ground) -> GroundRow:
    shown = ground.shown or {}
    fee = shown.get("fee", shown.get("price"))
    return GroundRow(ground.basis.value, _iso(ground.at), fee if isinstance(fee, int) else None)


def _side(side: Side, whole: Overview) -> SideRow:
    part = whole.part(str(side.key))
    return SideRow(
        href=of_entry(side.entry_id),
        kind=side.key.kind.value,
        nickname=part.nickname if part else "",
        number=part.number if part else "",
        amount=side.amount.kopiykas,
    )


def _dispute(dispute: Dispute) -> DisputeRow:
    is_back = dispute.refund_id is not None
    return DisputeRow(dispute.state.value, dispute.words, dispute.answer, dispute.opened_at.isoformat(), is_back)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
