"""A link's QR to show, send and save; and the question before it ends."""

import reflex as rx

from mykyivstar.components import button, copy_button, dialog, form_actions, link_button, refusal
from mykyivstar.components.share import share_button
from mykyivstar.i18n import date, money, pick, t
from mykyivstar.state.pay_links.mine import LinksState as State

_SHOWN, _ENDING = State.shown, State.ending


def qr_dialog() -> rx.Component:
    """The QR, for the camera of whoever stands beside; the address, for everybody else."""
    return dialog(
        "qr",
        t("Show it or send it"),
        rx.cond(_SHOWN, _qr()),
        open=State.shown.is_not_none(),
        on_close=State.close,
    )


def end_dialog() -> rx.Component:
    """Really?"""
    return dialog(
        "end-link",
        t("End this link?"),
        rx.cond(_ENDING, _end()),
        open=State.ending.is_not_none(),
        on_close=State.close,
    )


def _qr() -> rx.Component:
    return rx.el.div(
        rx.el.img(
            src=State.qr,
            alt=t("QR code with the address of the link"),
            class_name="mx-auto w-64 max-w-full rounded-lg",
            custom_attrs={"data-testid": "qr"},
        ),
        rx.el.p(
            rx.cond(_SHOWN.amount.is_none(), t("Whoever pays decides how much"), money(_SHOWN.amount)),
            " · ",
            t("until {day}", day=date(_SHOWN.expires_at, "day")),
            class_name="text-center",
        ),
        rx.el.p(_SHOWN.address, class_name="muted text-center break-all", data_testid="link-address"),
        rx.el.div(
            copy_button(_SHOWN.address, label=t("Copy the address")),
            share_button(_SHOWN.address, title=t("Top up my number")),
            link_button(
                t("Save the QR"),
                href=State.qr,
                document=True,
                variant="quiet",
                size="small",
                icon="download",
                download="my-kyivstar-qr.svg",
            ),
            class_name="row-actions justify-center",
        ),
        class_name="stack",
    )


def _end() -> rx.Component:
    return rx.el.div(
        rx.el.p(t("Nobody can pay by it any more, and it cannot be opened again. What has come stays.")),
        refusal(pick(State.refusal)),
        form_actions(
            button(
                t("End the link"),
                variant="danger",
                on_click=State.end(_ENDING.id),
                busy=State.busy,
                data_testid="end-link",
            ),
            button(t("Cancel"), variant="quiet", data_close=""),
        ),
        class_name="stack",
    )
