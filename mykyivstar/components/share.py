"""Handing an address to the apps of the device."""

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER, Text
from mykyivstar.components.icons import icon
from mykyivstar.i18n import t


class ShareButton(rx.Component):
    """A button that is there where the device can share."""

    library = f"{KIT_FOLDER}/share"
    tag = "ShareButton"
    title: rx.Var[str]
    url: rx.Var[str]


def share_button(url: Text, *, title: Text) -> rx.Component:
    """Opens the device's own list of apps to send `url` with; absent where there is none."""
    return ShareButton.create(
        icon("share-2", size=18), rx.el.span(t("Share")), title=title, url=url, class_name="btn btn-quiet btn-small"
    )
