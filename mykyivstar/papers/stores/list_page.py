"""The stores as a plain list, for browsers without scripts (J1)."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from mykyivstar.domain.stores.models import StoreKind
from mykyivstar.domain.stores.register import Answer, Found, Wish
from mykyivstar.domain.stores.wishes import TEXT_MAX, parameters_of
from mykyivstar.i18n import tr, trn
from mykyivstar.papers.markup import Html, tag
from mykyivstar.papers.plain_page import plain_page
from mykyivstar.papers.stores import words

PATH = "/stores-list"
# A phone without scripts is an old one.
SHOWN_MOST = 100


def list_page(answer: Answer, wish: Wish, services: Sequence[str], lang: str, at: datetime) -> str:
    """The whole page; the form asks for another wish."""
    title = tr(lang, "Stores and service centres")
    shown = answer.found[:SHOWN_MOST]
    return plain_page(
        lang,
        title,
        tag("h1", title),
        _form(wish, services, lang),
        tag("p", trn(lang, "{count} place", "{count} places", count=len(answer.found)), role="status"),
        *[_store(each, lang, at) for each in shown],
        *([_nothing(lang)] if not shown else []),
        *(
            [tag("p", tr(lang, "Only the first {count} are shown: look for a city or a street.", count=SHOWN_MOST))]
            if len(answer.found) > SHOWN_MOST
            else []
        ),
        _downloads(wish, lang),
        here=PATH,
        kept=parameters_of(wish),
        foot=tr(lang, "Questions? 466 from a Kyivstar number, 0 800 300 466 from any phone."),
        is_indexed=True,
    )


def _form(wish: Wish, services: Sequence[str], lang: str) -> Html:
    names = words.service_names(lang)
    kinds = (
        ("", tr(lang, "Stores and service centres")),
        (StoreKind.STORE.value, tr(lang, "Stores only")),
        (StoreKind.SERVICE_CENTRE.value, tr(lang, "Service centres only")),
    )
    chosen = wish.kind.value if wish.kind else ""
    service = next(iter(sorted(wish.services)), "")
    return tag(
        "form",
        tag(
            "p",
            tag("label", tr(lang, "City or street"), for_="q"),
            tag("input", id="q", name="q", value=wish.text, maxlength=str(TEXT_MAX)),
            class_="field",
        ),
        _choice("kind", tr(lang, "Kind"), kinds, chosen),
        _choice(
            "service",
            tr(lang, "Service"),
            [("", tr(lang, "Any")), *((code, names.get(code, code)) for code in services)],
            service,
        ),
        tag(
            "p",
            tag("input", id="open", name="open", value="1", type="checkbox", checked=wish.open_now),
            tag("label", tr(lang, "Open now"), for_="open"),
        ),
        tag("input", type="hidden", name="lang", value=lang),
        tag("button", tr(lang, "Find"), type="submit"),
        action=PATH,
        method="get",
    )


def _choice(name: str, label: str, choices: Sequence[tuple[str, str]], chosen: str) -> Html:
    options = [tag("option", text, value=value, selected=value == chosen) for value, text in choices]
    return tag("p", tag("label", label, for_=name), tag("select", *options, id=name, name=name), class_="field")


def _store(found: Found, lang: str, at: datetime) -> Html:
    place = found.place
    where = f"{words.said(place.city, lang)}, {words.said(place.address, lang)}"
    far = words.distance(found, lang)
    facts = (
        words.standing(found.standing, at, lang),
        words.week(place, at, lang),
        words.services(place, lang),
        words.said(place.note, lang),
    )
    return tag(
        "section",
        tag("h2", words.said(place.name, lang)),
        tag("p", f"{where} · {far}" if far else where),
        *[tag("p", fact, class_="quiet") for fact in facts if fact],
        *([tag("p", tag("a", place.phone, href=f"tel:{place.phone.replace(' ', '')}"))] if place.phone else []),
    )


def _nothing(lang: str) -> Html:
    return tag("p", tr(lang, "Nothing fits. Take a filter away, or look elsewhere."))


def _downloads(wish: Wish, lang: str) -> Html:
    query = urlencode({**parameters_of(wish), "lang": lang})
    links = [
        tag("a", name, href=f"/api/stores/stores.{ending}?{query}")
        for ending, name in (("geojson", "GeoJSON"), ("kml", "KML"), ("csv", "CSV"), ("pdf", "PDF"))
    ]
    return tag("p", tr(lang, "Download:"), " ", *[part for link in links for part in (link, " ")])
