"""Every component in every state, in both brands, light and dark: `/demo/kit`, for those who build and judge it.

Its own words are samples in Ukrainian and are not translated; nobody but us reads them.
"""

import reflex as rx
from reflex.style import set_color_mode

from mykyivstar import routes
from mykyivstar.components import button, card, flash, page_title
from mykyivstar.components.client import wear_brand
from mykyivstar.i18n import t
from mykyivstar.pages.kit_gallery.controls import buttons, choices, fields
from mykyivstar.pages.kit_gallery.feedback import layers, messages, waiting
from mykyivstar.pages.kit_gallery.figures import amounts, lists, values
from mykyivstar.pages.layout import app_page
from mykyivstar.state.kit_gallery import KitGalleryState as State


@app_page(routes.DEMO_KIT, title=t("UI kit"), shell="public", on_load=[State.load])
def kit_gallery() -> rx.Component:
    """Contents of the page."""
    return rx.el.div(
        page_title("UI kit", lead="Усі складові інтерфейсу в усіх станах. Мову й вигляд перемикають угорі сторінки."),
        dresses(),
        amounts(),
        buttons(),
        fields(),
        choices(),
        messages(),
        waiting(),
        layers(),
        lists(),
        values(),
        flash("Готово: зміну збережено", stamp=State.stamp),
        class_name="stack",
    )


def dresses() -> rx.Component:
    """Brand and appearance."""
    return card(
        rx.el.div(
            *[
                button(name, variant="quiet", size="small", on_click=wear_brand(brand), id=f"brand-{brand}")
                for brand, name in (("kyivstar", "Мій Київстар"), ("djuice", "Мій DJUICE"))
            ],
            *[
                button(name, variant="quiet", size="small", on_click=set_color_mode(mode), id=f"theme-{mode}")
                for mode, name in (("light", "Світлий"), ("dark", "Темний"))
            ],
            class_name="flex flex-wrap gap-2",
        ),
        tone="soft",
    )
