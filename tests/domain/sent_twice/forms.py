"""Forms of customers whose key makes what they order happen once."""

from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.applications import filing
from mykyivstar.domain.applications.models import ApplicationKind
from mykyivstar.domain.auto_top_up import rules
from mykyivstar.domain.auto_top_up.models import RuleKind
from mykyivstar.domain.auto_top_up.wishes import Wish
from mykyivstar.domain.blocking import service as blocking
from mykyivstar.domain.blocking.models import BlockReason
from mykyivstar.domain.bonuses import transferring
from mykyivstar.domain.bonuses.rules import BonusTerms
from mykyivstar.domain.faults import requests
from mykyivstar.domain.faults.models import Symptom
from mykyivstar.domain.faults.terms import VisitTerms
from mykyivstar.domain.identity.limits import Rule
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.internet import services, suspending, tariff_changes
from mykyivstar.domain.internet.terms import InternetTerms
from mykyivstar.domain.payments import card
from mykyivstar.domain.payments.card import Addresses, CardOrder
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.payments.opening import Payer, Share
from mykyivstar.domain.promises.giving import give
from mykyivstar.domain.promises.terms import PromiseTerms
from mykyivstar.domain.reports.details_price import DetailsTariff
from mykyivstar.domain.reports.models import ReportFormat, ReportKind
from mykyivstar.domain.reports.ordering import DetailsOrder, order_details
from mykyivstar.domain.reports.paper_orders import PaperOrder, order_paper
from mykyivstar.domain.transfers import beginning
from mykyivstar.kit.money import Money
from tests.domain.sent_twice.registry import in_one_transaction, in_several
from tests.domain.sent_twice.world import KEY, Somebody, World

_LIMITS, _ADDRESSES = PaymentLimits(), Addresses("https://my.example.ua")


@in_one_transaction(Money.ZERO)
async def promise(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    return await give(
        session,
        who.actor,
        key=key,
        to=who.line_key,
        amount=Money.uah(50),
        language=Language.UK,
        terms=PromiseTerms(),
        limits=_LIMITS,
        at=world.clock.now(),
    )


@in_one_transaction()
async def fault_request(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    asked = requests.Asked(key, who.account.id or 0, Symptom.NO_INTERNET, "Не працює", who.line.msisdn)
    # The only one of this day.
    terms = VisitTerms(requests_a_day=1)
    return await requests.ask(session, who.actor, asked, terms=terms, at=world.clock.now())


@in_one_transaction()
async def rule(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    wish = Wish(who.line_key, RuleKind.MONTHLY, who.card.id or 0, Money.uah(100), day=25)
    return await rules.make(session, who.actor, wish, key=key, limits=_LIMITS, at=world.clock.now())


@in_one_transaction()
async def block_of_a_lost_one(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    wanted = blocking.Wanted(who.line.id or 0, BlockReason.LOST, "")
    return await blocking.block(session, who.actor, wanted, key=key, at=world.clock.now())


@in_one_transaction()
async def block_applied_for(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    wanted = blocking.Wanted(who.line.id or 0, BlockReason.AWAY, "")
    return await blocking.block(session, who.actor, wanted, key=key, at=world.clock.now())


@in_one_transaction()
async def service(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    at, of = world.clock.now(), who.account.id or 0
    return await services.connect(session, who.actor, key=key, account_id=of, code="tv", language="uk", at=at)


@in_one_transaction()
async def tariff(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    at, of = world.clock.now(), who.account.id or 0
    return await tariff_changes.order(session, who.actor, key=key, account_id=of, code="faster", language="uk", at=at)


@in_one_transaction()
async def suspension(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    return await suspending.order(
        session,
        who.actor,
        key=key,
        account_id=who.account.id or 0,
        first_day=world.day(2),
        last_day=world.day(20),
        language="uk",
        terms=InternetTerms(),
        at=world.clock.now(),
    )


@in_one_transaction()
async def details(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    days, price = (world.day(-3), world.day(-1)), Money.uah(5, 31)
    order = DetailsOrder(f"{key:0>16}", who.line.id or 0, *days, [ReportFormat.CSV], price)
    at, tariff = world.clock.now(), DetailsTariff()
    return await order_details(session, who.actor, order, language=Language.UK, tariff=tariff, at=at)


@in_one_transaction()
async def statement(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    days = (world.day(-3), world.day(-1))
    order = PaperOrder(f"{key:0>16}", ReportKind.STATEMENT, who.line_key, *days, [ReportFormat.CSV])
    return await order_paper(session, who.actor, order, language=Language.UK, at=world.clock.now())


@in_one_transaction()
async def application(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    return await filing.write(
        session,
        who.actor,
        key=key,
        kind=ApplicationKind.NAME,
        typed={"full_name": "Коваленко Олена Іванівна"},
        words="",
        language=Language.UK,
        at=world.clock.now(),
    )


@in_one_transaction()
async def bonuses(session: AsyncSession, world: World, who: Somebody, key: str) -> Any:
    order = transferring.Order(key, who.account_key, who.other.msisdn.digits, Money.uah(50))
    return await transferring.transfer(session, who.actor, order, terms=BonusTerms(), at=world.clock.now())


async def _transfer(world: World, who: Somebody, key: str, amount: Money) -> str:
    order = beginning.Order(key, who.line_key, who.other.msisdn.digits, amount)
    asking: dict[str, Any] = {"visitor": who.visitor, "address": f"address-{who.number}"}
    asking |= {"language": Language.UK, "at": world.clock.now()}
    work = world.database.unit_of_work
    return (await beginning.begin(work, KEY, who.actor, order, limits=_LIMITS, **asking)).code


@in_several()
async def small_transfer(world: World, who: Somebody, key: str) -> Any:
    return await _transfer(world, who, key, Money.uah(15))


@in_several()
async def transfer_with_a_code(world: World, who: Somebody, key: str) -> Any:
    return await _transfer(world, who, key, Money.uah(150))


async def _card_payment(world: World, who: Somebody, key: str, saved: int | None) -> int:
    payer = Payer(profile_id=who.actor.profile_id, address=f"address-{who.number}")
    shares = [Share(who.line_key, Money.uah(50))]
    order = CardOrder(key, payer, shares, saved_card_id=saved)
    ours: dict[str, Any] = {"limits": _LIMITS, "addresses": _ADDRESSES, "purpose": "Top-up"}
    payment = await card.begin(world.database.unit_of_work, world.bank, order, **ours, at=world.clock.now())
    return payment.id or 0


async def _has_one_try_left(world: World, who: Somebody) -> None:
    await world.leave_one_try(Rule.CARD_PAYMENTS_OF_PAYER, f"profile:{who.actor.profile_id}")


@in_several(after=_has_one_try_left)
async def payment(world: World, who: Somebody, key: str) -> Any:
    return await _card_payment(world, who, key, None)


@in_several()
async def payment_with_a_kept_card(world: World, who: Somebody, key: str) -> Any:
    return await _card_payment(world, who, key, who.card.id)
