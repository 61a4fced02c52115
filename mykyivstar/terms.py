"""On which terms this installation does business: what its settings say, in the words of the domain."""

from datetime import timedelta
from functools import cache

from mykyivstar.domain.bonuses.rules import BonusTerms
from mykyivstar.domain.faults.terms import DowntimeTerms, FaultTerms, VisitTerms
from mykyivstar.domain.internet.terms import InternetTerms
from mykyivstar.domain.payments.bank_transfer import BankDetails
from mykyivstar.domain.payments.limits import PaymentLimits
from mykyivstar.domain.promises.terms import PromiseTerms
from mykyivstar.domain.reports.details_price import DetailsTariff
from mykyivstar.domain.ussd.terms import UssdTerms
from mykyivstar.kit.money import Money
from mykyivstar.settings import settings

# Nobody's: there is no bank 999999 and no such code.
DEMO_BANK = BankDetails("Демонстрація, кошти не переказувати", "UA179999990000000000000000466", "99999994")


@cache
def payment_limits() -> PaymentLimits:
    """How much may be paid at once here."""
    chosen = settings()
    return PaymentLimits(
        top_up_least=Money.uah(chosen.top_up_least),
        top_up_most=Money.uah(chosen.top_up_most),
        transfer_least=Money.uah(chosen.transfer_least),
        transfer_most=Money.uah(chosen.transfer_most),
        transfer_code_above=Money.uah(chosen.transfer_code_above),
        transfer_day_without_code=Money.uah(chosen.transfer_day_without_code),
        transfer_month_most=Money.uah(chosen.transfer_month_most),
    )


@cache
def promise_terms() -> PromiseTerms:
    """On which terms promised payments are given here."""
    chosen = settings()
    return PromiseTerms(
        line_sums=tuple(Money.uah(each) for each in sorted(map(int, chosen.promise_sums.split(",")))),
        line_price=Money.uah(chosen.promise_price),
        line_days=chosen.promise_days,
        line_age_days=chosen.promise_line_age_days,
        internet_most=Money.uah(chosen.grace_most),
        internet_price=Money.uah(chosen.grace_price),
        internet_days=chosen.grace_days,
    )


@cache
def fault_terms() -> FaultTerms:
    """On which terms technicians come and downtime is credited here."""
    chosen = settings()
    return FaultTerms(
        VisitTerms(capacity=chosen.visits_at_once),
        DowntimeTerms(free=timedelta(hours=chosen.downtime_free_hours)),
    )


@cache
def internet_terms() -> InternetTerms:
    """On which terms home internet is suspended here."""
    chosen = settings()
    return InternetTerms(
        suspension_price=Money.uah(chosen.internet_suspension_price),
        suspension_least=chosen.internet_suspension_least,
        suspension_most=chosen.internet_suspension_most,
        suspension_year_most=chosen.internet_suspension_year_most,
        suspension_ahead=chosen.internet_suspension_ahead,
    )


@cache
def bonus_terms() -> BonusTerms:
    """How long transferred bonuses are on their way here."""
    return BonusTerms(delay=timedelta(minutes=settings().bonus_arrival_minutes))


@cache
def ussd_terms() -> UssdTerms:
    """How long dialogues of phones wait here."""
    return UssdTerms(waits=timedelta(seconds=settings().ussd_session_seconds))


@cache
def details_tariff() -> DetailsTariff:
    """What call details cost here (E4)."""
    chosen = settings()
    return DetailsTariff(
        at_first=Money.decimal(chosen.details_at_first),
        first_of_month=Money.decimal(chosen.details_first_of_month),
        further=Money.decimal(chosen.details_further),
    )


@cache
def bank_details() -> BankDetails | None:
    """Whose account takes transfers by QR; None where there is none. Raises BankDetailsWrong."""
    chosen = settings()
    if chosen.bank_iban:
        return BankDetails(chosen.bank_recipient, chosen.bank_iban.replace(" ", ""), chosen.bank_edrpou)
    return DEMO_BANK if chosen.is_demo else None
