"""In which state the internet is, what that means, and how to leave it (H1)."""

import reflex as rx

from mykyivstar.components import button, close_dialog, dialog, notice, open_dialog
from mykyivstar.i18n import date, money, t
from mykyivstar.state.internet.account import InternetPageState as State

_VIEW = State.view
_RESUME = "resume-internet"


def standing() -> rx.Component:
    """Said aloud when it changes while somebody looks."""
    return rx.el.div(
        rx.match(
            _VIEW.state,
            ("off_for_debt", _off()),
            ("suspended", _suspended()),
            rx.cond(_VIEW.room.to(int) < 0, _below()),
        ),
        role="status",
        class_name="alerts-frame",
        data_testid="standing",
    )


def _off() -> rx.Component:
    return notice(
        t(
            "The balance has fallen below {threshold}. Pay in {amount}: the internet is switched on at once, and by "
            "itself. Days on which it is off bring no bonuses.",
            threshold=money(_VIEW.threshold),
            amount=money(_VIEW.to_pay),
        ),
        kind="danger",
        title=t("The internet is off for debt"),
    )


def _below() -> rx.Component:
    return notice(
        t(
            "The balance is below {threshold}, so the internet is about to be switched off. Pay in {amount} now.",
            threshold=money(_VIEW.threshold),
            amount=money(_VIEW.to_pay),
        ),
        kind="danger",
    )


def _suspended() -> rx.Component:
    return rx.fragment(
        notice(
            rx.cond(
                _VIEW.suspended_last,
                t(
                    "Until {day} inclusive nothing is taken; the bonuses that are there stay, and cannot be "
                    "transferred. Then the internet is switched on by itself.",
                    day=date(_VIEW.suspended_last, "day"),
                ),
                t("Nothing is taken; the bonuses that are there stay, and cannot be transferred."),
            ),
            kind="info",
            title=t("The internet is suspended"),
            action=rx.cond(
                _VIEW.is_own,
                button(
                    t("Resume today"), variant="quiet", icon="play", on_click=open_dialog(_RESUME), data_testid="resume"
                ),
            ),
        ),
        dialog(
            _RESUME,
            t("Resume the internet today?"),
            description=t(
                "It is switched on at once. What was paid for whole suspended days comes back, and the fee is taken "
                "for the days that are left of an unpaid month. The price of the suspension does not come back."
            ),
            actions=rx.fragment(
                button(
                    t("Resume"),
                    icon="play",
                    busy=State.busy,
                    on_click=[close_dialog(_RESUME), State.resume(_VIEW.key)],
                    data_testid="resume-now",
                ),
                button(t("Leave it suspended"), variant="quiet", on_click=close_dialog(_RESUME)),
            ),
        ),
    )
