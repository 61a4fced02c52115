"""Where this profile is signed in, and which devices are remembered."""

import reflex as rx

from mykyivstar.components import badge, button, card, empty_state, flash, icon_button, refusal, row, rows, section
from mykyivstar.i18n import moment, pick, t
from mykyivstar.state.security.overview import DeviceRow, SecurityState, SessionRow
from mykyivstar.state.security.places import PlacesState


def devices_section() -> rx.Component:
    """Browsers that are not asked for codes (A4)."""
    return section(
        flash(t("Done"), stamp=PlacesState.done_at),
        card(
            rx.cond(
                SecurityState.devices.length() > 0,
                rx.el.div(
                    rows(rx.foreach(SecurityState.devices, _device), label=t("Remembered devices")),
                    refusal(pick(PlacesState.refusal)),
                    rx.el.div(
                        _remember_here(),
                        button(t("Forget all devices"), variant="quiet", on_click=PlacesState.forget_all),
                        class_name="row-actions",
                    ),
                    class_name="stack",
                ),
                empty_state(
                    t("No remembered devices"),
                    text=t(
                        "A remembered browser is not asked for an SMS code. Only for devices that nobody else uses."
                    ),
                    icon_name="monitor-smartphone",
                    action=_remember_here(),
                ),
            ),
        ),
        title=t("Remembered devices"),
        id="devices-section",
    )


def sessions_section() -> rx.Component:
    """Where somebody is signed in now (A11)."""
    return section(
        card(
            rows(rx.foreach(SecurityState.sessions, _session), label=t("Open sessions")),
            rx.cond(
                SecurityState.sessions.length() > 1,
                button(t("Sign out everywhere else"), variant="quiet", on_click=PlacesState.end_others),
            ),
        ),
        title=t("Signed in now"),
        id="sessions-section",
    )


def _remember_here() -> rx.Component:
    return rx.cond(
        SecurityState.is_remembered,
        rx.fragment(),
        button(t("Remember this browser"), variant="quiet", icon="monitor-smartphone", on_click=PlacesState.remember),
    )


def _device(device: rx.Var[DeviceRow]) -> rx.Component:
    return row(
        rx.fragment(_named(device.name), " ", rx.cond(device.is_here, _here())),
        about=rx.fragment(
            t("Used on {when}", when=moment(device.used_at)),
            rx.cond(device.has_access_code, rx.fragment(" · ", t("with an access code"))),
        ),
        icon_name="monitor-smartphone",
        action=icon_button("trash-2", t("Forget {name}", name=device.name), on_click=PlacesState.forget(device.id)),
        data_testid="device",
    )


def _session(session: rx.Var[SessionRow]) -> rx.Component:
    return row(
        rx.fragment(_named(session.browser), " ", rx.cond(session.is_here, _here())),
        about=rx.fragment(
            t("Active on {when}", when=moment(session.seen_at)),
            rx.cond(session.address, rx.fragment(" · ", rx.el.span(session.address, class_name="tabular"))),
        ),
        icon_name="globe",
        action=rx.cond(
            session.is_here,
            rx.fragment(),
            icon_button("log-out", t("Sign out {name}", name=session.browser), on_click=PlacesState.end(session.id)),
        ),
        data_testid="session",
    )


def _named(name: rx.Var) -> rx.Var:
    return rx.cond(name, name, t("Unknown browser"))


def _here() -> rx.Component:
    return badge(t("this device"), tone="brand")
