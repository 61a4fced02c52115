"""What is said of a store on the server, in one language."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby

from mykyivstar.domain.stores.hours import DayHours, Standing
from mykyivstar.domain.stores.models import StoreKind
from mykyivstar.domain.stores.register import Found, Place
from mykyivstar.formatting.dates import format_moment, format_time
from mykyivstar.formatting.numbers import format_fixed
from mykyivstar.i18n import tr
from mykyivstar.kit.clock import kyiv_date


def said(texts: Mapping[str, str], lang: str) -> str:
    """A store's own text: in this language, else in Ukrainian."""
    return texts.get(lang) or texts.get("uk", "")


def kind(place: Place, lang: str) -> str:
    """What kind of place it is."""
    if place.kind is StoreKind.SERVICE_CENTRE:
        return tr(lang, "Service centre")
    return tr(lang, "Store")


def services(place: Place, lang: str) -> str:
    """What is done there, in one line."""
    names = service_names(lang)
    return ", ".join(names.get(code, code) for code in sorted(place.services))


def service_names(lang: str) -> Mapping[str, str]:
    """Every service that we have a word for, by its code."""
    return {
        "connect": tr(lang, "Connecting"),
        "top_up": tr(lang, "Top-up"),
        "sim_replacement": tr(lang, "SIM replacement"),
        "tariff_change": tr(lang, "Tariff change"),
        "esim": tr(lang, "eSIM"),
        "home_internet": tr(lang, "Home internet"),
        "devices": tr(lang, "Phones and accessories"),
        "repair": tr(lang, "Repair"),
        "charging": tr(lang, "Charging for phones"),
        "accessible": tr(lang, "Step-free access"),
        "documents": tr(lang, "Documents and contracts"),
        "ownership": tr(lang, "Change of owner"),
        "corporate": tr(lang, "Corporate customers"),
        "coordinator_rights": tr(lang, "Rights of a coordinator"),
        "identity_check": tr(lang, "Identity check"),
    }


def standing(now: Standing, at: datetime, lang: str) -> str:
    """Open or closed, and until when."""
    if now.is_open is None:
        return tr(lang, "Hours are not known")
    when = ""
    if now.until is not None:
        is_today = kyiv_date(now.until) == kyiv_date(at)
        when = format_time(now.until) if is_today else format_moment(now.until, lang)
    if now.is_open:
        return tr(lang, "Open until {time}", time=when) if when else tr(lang, "Open round the clock")
    return tr(lang, "Closed, opens {time}", time=when) if when else tr(lang, "Closed now")


def week(place: Place, at: datetime, lang: str) -> str:
    """The hours of the week that begins today, equal days together; nothing where they are not known."""
    if place.hours is None:
        return ""
    names = weekday_names(lang)
    days = sorted(place.hours.week(kyiv_date(at)), key=lambda day: day.day.weekday())
    lines = []
    for spans, equal in groupby(days, key=lambda day: _spans(day, lang)):
        together = [names[day.day.weekday()] for day in equal]
        days_said = together[0] if len(together) == 1 else f"{together[0]}–{together[-1]}"
        lines.append(f"{days_said} {spans}")
    return "; ".join(lines)


def _spans(day: DayHours, lang: str) -> str:
    return ", ".join(f"{span.opens}–{span.closes}" for span in day.spans) or tr(lang, "closed")


def weekday_names(lang: str) -> Sequence[str]:
    """Short, Monday first."""
    return (
        tr(lang, "Mon"),
        tr(lang, "Tue"),
        tr(lang, "Wed"),
        tr(lang, "Thu"),
        tr(lang, "Fri"),
        tr(lang, "Sat"),
        tr(lang, "Sun"),
    )


def distance(found: Found, lang: str) -> str:
    """How far away it is; nothing where distances are not counted."""
    if found.distance_km is None:
        return ""
    return tr(lang, "{distance} km", distance=format_fixed(found.distance_km, 1, lang))
