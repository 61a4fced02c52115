"""Facts of a customer's own in words: one line for each number or account, payment, request."""

from collections.abc import Sequence

from mykyivstar import routes
from mykyivstar.domain.applications.models import Application, ApplicationState
from mykyivstar.domain.assistant.understanding import Intent
from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.overview.charges import missing_for
from mykyivstar.domain.overview.gauges import Gauge
from mykyivstar.domain.overview.models import InternetPart, LinePart, Part
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.domain.support.tickets.models import Ticket, TicketState
from mykyivstar.domain.usage.models import AllowanceKind
from mykyivstar.formatting.dates import format_date, format_moment
from mykyivstar.formatting.money import format_money
from mykyivstar.formatting.numbers import format_number
from mykyivstar.formatting.phones import format_phone
from mykyivstar.formatting.volumes import format_minutes, format_volume
from mykyivstar.i18n import tr
from mykyivstar.kit.money import Money


def name_of(part: Part, lang: str) -> str:
    """What the customer calls it, else its number."""
    if part.nickname:
        return part.nickname
    return format_phone(part.number) if isinstance(part, LinePart) else f"{tr(lang, 'Home internet')} {part.number}"


def nothing_held(intent: Intent, lang: str) -> str:
    """There is nothing of the kind to speak of."""
    if intent is Intent.INTERNET:
        return tr(lang, "There is no home internet among your numbers. Add its account with a code, and I can say.")
    if intent is Intent.BONUSES:
        return tr(lang, "There are no bonuses on your numbers yet.")
    return tr(lang, "There is no such number among yours. Add it with a code, and I can say.")


def head_of(intent: Intent, lang: str) -> str:
    """What stands above the lines, "" where they say it themselves."""
    match intent:
        case Intent.NEXT_CHARGE:
            return tr(lang, "The next charges:")
        case Intent.BONUSES:
            return tr(lang, "Your bonuses:")
        case Intent.SPENT:
            return tr(lang, "Taken this month so far:")
        case Intent.TARIFF:
            return tr(lang, "Your tariffs:")
        case Intent.BALANCE:
            return tr(lang, "On your accounts now:")
        case _:
            return ""


def page_of(intent: Intent, lang: str) -> tuple[str, str]:
    """Which page has more: its name and address."""
    return {
        Intent.NEXT_CHARGE: (tr(lang, "Charge calendar"), routes.CALENDAR),
        Intent.BONUSES: (tr(lang, "Bonuses"), routes.INTERNET_BONUSES),
        Intent.SPENT: (tr(lang, "Expenses"), routes.EXPENSES),
        Intent.INTERNET: (tr(lang, "Home internet"), routes.INTERNET),
        Intent.TARIFF: (tr(lang, "Compare tariffs"), routes.TARIFF_ADVICE),
    }.get(intent, (tr(lang, "Home"), routes.HOME))


def lines_of(intent: Intent, part: Part, lang: str) -> Sequence[str]:
    """What there is to say of one number or account."""
    name = name_of(part, lang)
    if intent is Intent.LEFT and isinstance(part, LinePart):
        return _left(part, name, lang)
    return [f"{name}: {_said(intent, part, lang)}"]


def _said(intent: Intent, part: Part, lang: str) -> str:
    match intent, part:
        case Intent.NEXT_CHARGE, _:
            return _charge(part, lang)
        case Intent.INTERNET, InternetPart():
            return _internet(part, lang)
        case Intent.BONUSES, _:
            return format_number(part.bonus.kopiykas / 100, lang) if part.bonus is not None else _unknown(lang)
        case Intent.SPENT, _:
            return _spent(part, lang)
        case Intent.TARIFF, _:
            named = part.tariff or {}
            return named.get(lang) or named.get("uk") or _unknown(lang)
        case _:
            return _money(part.balance, lang)


def payment_line(payment: Payment, lang: str) -> str:
    """When, how much, and where it is."""
    when, amount = format_moment(payment.created_at, lang), format_money(payment.amount.kopiykas, lang)
    return f"{when}, {amount}: {_payment_state(payment.state, lang)}"


def ticket_line(ticket: Ticket, lang: str) -> str:
    """Its number, what it is about, and where it stands; until when it is answered, while that is open."""
    said = f"{ticket.number}, {ticket.title}: {_ticket_state(ticket.state, lang)}"
    if ticket.state in {TicketState.NEW, TicketState.IN_WORK} and ticket.answered_at is None:
        return f"{said}. {tr(lang, 'We answer by {at}.', at=ticket.deadline_at)}"
    return said


def application_line(application: Application, lang: str) -> str:
    """Its number and where it stands."""
    return f"{tr(lang, 'Application')} {application.number}: {_application_state(application.state, lang)}"


def _charge(part: Part, lang: str) -> str:
    charge = part.charge
    if charge is None:
        return tr(lang, "nothing regular is charged")
    day = format_date(charge.at, lang, "day")
    if charge.amount is None:
        return tr(lang, "on {day}, the sum is not known yet", day=day)
    if charge.is_overdue:
        due = {"amount": charge.amount, "day": day}
        return tr(lang, "{amount} was due on {day} and is taken as soon as there is enough", **due)
    said = tr(lang, "{amount} on {day}", amount=charge.amount, day=day)
    missing = part.standing.next_payment if isinstance(part, InternetPart) else missing_for(charge, part.balance)
    return f"{said}, {tr(lang, 'short by {amount}', amount=missing)}" if missing else said


def _internet(part: InternetPart, lang: str) -> str:
    standing = part.standing
    if standing.state is InternetState.SUSPENDED:
        return tr(lang, "suspended, nothing is charged meanwhile.")
    threshold = tr(lang, "It switches off below {amount}: that is the disconnect threshold.", amount=standing.threshold)
    if standing.balance is None:
        return f"{tr(lang, 'the balance is not known yet.')} {threshold}"
    there = tr(lang, "{amount} on the account.", amount=standing.balance)
    if standing.state is InternetState.OFF_FOR_DEBT:
        missing = standing.missing_now
        said = tr(lang, "It is off for debt: pay in {amount}, and it switches on by itself.", amount=missing)
        return f"{there} {said if missing else ''}".strip()
    return " ".join(filter(None, [there, _next_payment(part, lang), threshold]))


def _next_payment(part: InternetPart, lang: str) -> str:
    charge, missing = part.charge, part.standing.next_payment
    if charge is None or missing is None:
        return ""
    day = format_date(charge.at, lang, "day")
    if missing:
        return tr(lang, "Pay in {amount} before {day}, when the next fee is taken.", amount=missing, day=day)
    return tr(lang, "That is enough for the next fee on {day}.", day=day)


def _left(part: LinePart, name: str, lang: str) -> Sequence[str]:
    if not part.role.sees_usage:
        return [f"{name}: {tr(lang, 'you only pay for this number, so what is left is not shown to you.')}"]
    if not part.gauges:
        return [f"{name}: {tr(lang, 'there are no packages.')}"]
    return [f"{name}:", *(_gauge(gauge, lang) for gauge in part.gauges)]


def _gauge(gauge: Gauge, lang: str) -> str:
    if gauge.is_unlimited:
        return f"{_kind(gauge.kind, lang)}: {tr(lang, 'Unlimited')}"
    if gauge.kind.is_minutes:
        left = format_minutes(gauge.left, lang)
    elif gauge.kind in {AllowanceKind.DATA, AllowanceKind.ROAMING_DATA}:
        left = format_volume(gauge.left, lang)
    else:
        left = format_number(gauge.left, lang)
    until = tr(lang, "until {day}", day=format_date(gauge.expires_at, lang, "day"))
    return f"{_kind(gauge.kind, lang)}: {left}, {until}"


def _spent(part: Part, lang: str) -> str:
    if not part.role.sees_usage:
        return tr(lang, "you only pay for this number, so its spending is not shown to you")
    return _money(part.month_cost, lang) if part.month_cost is not None else tr(lang, "nothing yet")


def _money(amount: Money | None, lang: str) -> str:
    return _unknown(lang) if amount is None else format_money(amount.kopiykas, lang)


def _unknown(lang: str) -> str:
    return tr(lang, "not known yet")


def _kind(kind: AllowanceKind, lang: str) -> str:
    match kind:
        case AllowanceKind.MINUTES_ON_NET:
            return tr(lang, "Minutes within Kyivstar")
        case AllowanceKind.MINUTES_UKRAINE:
            return tr(lang, "Minutes to all of Ukraine")
        case AllowanceKind.MINUTES_ABROAD:
            return tr(lang, "Minutes to other countries")
        case AllowanceKind.DATA:
            return tr(lang, "Mobile internet")
        case AllowanceKind.ROAMING_DATA:
            return tr(lang, "Internet in roaming")
        case _:
            return tr(lang, "SMS")


def _payment_state(state: PaymentState, lang: str) -> str:
    match state:
        case PaymentState.CREATED | PaymentState.CONFIRMING:
            return tr(lang, "waits for you to confirm it at the bank")
        case PaymentState.PROCESSING:
            return tr(lang, "on its way: we are comparing it with the bank, and it will be credited or returned")
        case PaymentState.CREDITED:
            return tr(lang, "credited")
        case PaymentState.FAILED:
            return tr(lang, "not paid, no money was credited")
        case PaymentState.REFUNDED:
            return tr(lang, "returned")


def _ticket_state(state: TicketState, lang: str) -> str:
    match state:
        case TicketState.NEW:
            return tr(lang, "received")
        case TicketState.IN_WORK:
            return tr(lang, "in work")
        case TicketState.WAITS_FOR_CUSTOMER:
            return tr(lang, "waits for your answer")
        case TicketState.SOLVED:
            return tr(lang, "solved")
        case TicketState.CLOSED:
            return tr(lang, "closed for good")


def _application_state(state: ApplicationState, lang: str) -> str:
    return {
        ApplicationState.DRAFT: tr(lang, "not sent yet"),
        ApplicationState.NEW: tr(lang, "received"),
        ApplicationState.IN_CHECK: tr(lang, "in work"),
        ApplicationState.NEEDS_MORE: tr(lang, "waits for your answer"),
        ApplicationState.APPROVED: tr(lang, "approved"),
        ApplicationState.DECLINED: tr(lang, "declined"),
        ApplicationState.WITHDRAWN: tr(lang, "withdrawn"),
    }[state]
