"""One help article: the short answer, the steps, where to do it (K4)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import (
    card,
    empty_state,
    link,
    link_button,
    loading,
    page_title,
    row,
    rows,
    section,
    skeleton,
    text_link,
)
from mykyivstar.i18n import pick, t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.at_address import ready_at
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.help.article import ArticleState as State
from mykyivstar.state.help.article import BlockRow

_ARTICLE = State.article


@app_page(routes.HELP_ARTICLE, title=t("Help"), shell="open", on_load=[State.load])
def article() -> rx.Component:
    back = link(t("All of the help"), href=routes.HELP, class_name="back-link")
    return rx.cond(
        ready_at(State),
        rx.cond(
            _ARTICLE,
            rx.el.article(
                page_title(pick(_ARTICLE.title), lead=pick(_ARTICLE.lead), back=back), _text(), class_name="text-page"
            ),
            rx.el.div(page_title(t("Help"), back=back), card(_unknown()), class_name="text-page"),
        ),
        rx.el.div(page_title(t("Help"), back=back), waiting_for(_on_its_way(), State.load), class_name="text-page"),
    )


def _text() -> rx.Component:
    return rx.fragment(
        rx.el.div(rx.foreach(_ARTICLE.blocks, _block), class_name="prose"),
        rx.cond(
            _ARTICLE.links.length() > 0,
            rx.el.div(
                rx.foreach(
                    _ARTICLE.links,
                    lambda each: link_button(pick(each.label), href=each.href, variant="quiet", key=each.href),
                ),
                class_name="row-actions",
            ),
        ),
        section(
            card(rows(rx.foreach(_ARTICLE.related, lambda each: row(pick(each.label), href=each.href, key=each.href)))),
            title=t("Near it"),
        ),
        rx.el.p(
            t("Something else?"),
            " ",
            text_link(t("Ask the assistant or a person"), href=routes.SUPPORT),
            class_name="muted",
        ),
    )


def _block(block: rx.Var[BlockRow]) -> rx.Component:
    return rx.match(
        block.kind,
        ("steps", rx.el.ol(rx.foreach(block.lines, lambda line: rx.el.li(pick(line))))),
        ("points", rx.el.ul(rx.foreach(block.lines, lambda line: rx.el.li(pick(line))))),
        rx.fragment(rx.foreach(block.lines, lambda line: rx.el.p(pick(line)))),
    )


def _unknown() -> rx.Component:
    return empty_state(
        t("There is no such article"),
        text=t("It may have been given another name. Look for it on the help page."),
        icon_name="life-buoy",
        action=link_button(t("All of the help"), href=routes.HELP),
    )


def _on_its_way() -> rx.Component:
    return loading(card(skeleton("line"), *[skeleton("block") for _ in range(3)]))
