"""Values on a phone's screen: amounts in letters, short days, a tariff in a few words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from mykyivstar.domain.catalogue.models import FeePeriod
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.internet.models import InternetState
from mykyivstar.domain.ussd.reading import TariffStanding
from mykyivstar.formatting.dates import format_date
from mykyivstar.formatting.money import format_money
from mykyivstar.formatting.volumes import format_minutes, format_volume
from mykyivstar.i18n import tr
from mykyivstar.kit.money import Money

_TARIFF_NAME_MAX = 40


def state_word(state: InternetState, language: Language) -> str:
    """What the network does for the account, in a word."""
    match state:
        case InternetState.ACTIVE:
            return tr(language, "works")
        case InternetState.OFF_FOR_DEBT:
            return tr(language, "off for debt")
        case InternetState.SUSPENDED:
            return tr(language, "suspended")


def tariff_words(standing: TariffStanding | None, language: Language) -> str:
    """The tariff with its fee, its next charge and what is left of it."""
    if standing is None:
        return tr(language, "The tariff is not known yet.")
    name = standing.name.get(language.value) or standing.name.get(Language.UK.value, "")
    if len(name) > _TARIFF_NAME_MAX:
        name = f"{name[: _TARIFF_NAME_MAX - 3]}..."
    lines = [
        tr(
            language,
            "{name}: {fee} {period}",
            name=name,
            fee=money_word(standing.fee, language),
            period=_period(standing.fee_period, language),
        )
    ]
    if standing.next_day is not None:
        lines.append(tr(language, "Next charge: {day}", day=format_date(standing.next_day, language, "short")))
    left = [
        tr(language, "without limit") if each == -1 else written(each, language.value)
        for each, written in ((standing.data, format_volume), (standing.seconds, format_minutes))
        if each is not None
    ]
    if left:
        lines.append(tr(language, "Left: {left}", left=", ".join(left)))
    return "\n".join(lines)


def _period(period: FeePeriod, language: Language) -> str:
    match period:
        case FeePeriod.MONTH:
            return tr(language, "a month")
        case FeePeriod.FOUR_WEEKS:
            return tr(language, "for 4 weeks")
        case FeePeriod.DAY:
            return tr(language, "a day")
        case FeePeriod.ONCE:
            return tr(language, "once")


def shown(values: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """The values of a screen as text."""
    return {
        name: money_word(value, language)
        if isinstance(value, Money)
        else format_date(value, language, "short")
        if isinstance(value, date)
        else value
        for name, value in values.items()
    }


def money_word(amount: Money | None, language: Language) -> str:
    """An amount with the currency in letters: old phones have no sign for it."""
    if amount is None:
        return tr(language, "not known yet")
    number = format_money(amount.kopiykas, language).rpartition("\u00a0")[0]
    return tr(language, "{number} UAH", number=number)


def bonus_word(amount: Money, language: Language) -> str:
    """Bonuses have two decimals and no currency."""
    return format_money(amount.kopiykas, language).rpartition("\u00a0")[0]


def listed(choices: Sequence[str]) -> str:
    """Choices with their numbers."""
    return "\n".join(f"{place} {choice}" for place, choice in enumerate(choices, start=1))
