"""The UI kit: everything a page is made of. Values and events come in as arguments; nothing here knows a state."""

from mykyivstar.components.buttons import button, copy_button, icon_button, link_button
from mykyivstar.components.choices import Choice, checkbox, radio_cards, radio_row, select, switch
from mykyivstar.components.feedback import (
    empty_state,
    failed_state,
    flash,
    loading,
    notice,
    refusal,
    skeleton,
)
from mykyivstar.components.fields import code_field, password_field, phone_field, text_area, text_field
from mykyivstar.components.figures import badge, countdown, gauge, meter, money_text, stat
from mykyivstar.components.forms import form, form_actions, puzzle_form
from mykyivstar.components.icons import icon
from mykyivstar.components.links import link, phone_link, text_link
from mykyivstar.components.lists import row, rows, table
from mykyivstar.components.overlays import (
    close_dialog,
    dialog,
    menu,
    menu_item,
    menu_separator,
    open_dialog,
    sheet,
)
from mykyivstar.components.surfaces import accordion, card, fact, facts, page_title, section, steps, tabs

__all__ = [
    "Choice",
    "accordion",
    "badge",
    "button",
    "card",
    "checkbox",
    "close_dialog",
    "code_field",
    "copy_button",
    "countdown",
    "dialog",
    "empty_state",
    "fact",
    "facts",
    "failed_state",
    "flash",
    "form",
    "form_actions",
    "gauge",
    "icon",
    "icon_button",
    "link",
    "link_button",
    "loading",
    "menu",
    "menu_item",
    "menu_separator",
    "meter",
    "money_text",
    "notice",
    "open_dialog",
    "page_title",
    "password_field",
    "phone_field",
    "phone_link",
    "puzzle_form",
    "radio_cards",
    "radio_row",
    "refusal",
    "row",
    "rows",
    "section",
    "select",
    "sheet",
    "skeleton",
    "stat",
    "steps",
    "switch",
    "table",
    "tabs",
    "text_area",
    "text_field",
    "text_link",
]
