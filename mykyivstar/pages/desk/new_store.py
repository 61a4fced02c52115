"""A store that there is not yet (K6)."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import card, loading, page_title, skeleton, text_link
from mykyivstar.components.address import is_at
from mykyivstar.i18n import t
from mykyivstar.pages.desk.frame import column
from mykyivstar.pages.desk.store_form import store_form
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.layout.waiting_for import waiting_for
from mykyivstar.state.desk.store import DeskStoreState as State


@app_page(routes.DESK_NEW_STORE, title=t("New store"), shell="desk", on_load=[State.load_new])
def desk_new_store() -> rx.Component:
    return column(
        page_title(t("New store"), back=text_link(t("Stores"), href=routes.DESK_STORES)),
        rx.cond(
            is_at(State.shown_for) & State.is_changing,
            store_form(is_new=True),
            waiting_for(card(loading(skeleton("line"), skeleton("block"))), State.load_new),
        ),
        is_wide=True,
    )
