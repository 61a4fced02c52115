"""Security: everything that opens your profile, and what happened to it."""

import reflex as rx

from mykyivstar import routes
from mykyivstar.components import link, loading, page_title, skeleton
from mykyivstar.i18n import t
from mykyivstar.pages.layout import app_page
from mykyivstar.pages.security.events import events_section
from mykyivstar.pages.security.passkeys import passkeys_section
from mykyivstar.pages.security.password import password_section
from mykyivstar.pages.security.places import devices_section, sessions_section
from mykyivstar.pages.security.question import question_section
from mykyivstar.pages.security.sms import sms_section
from mykyivstar.pages.security.this_device import access_code_section
from mykyivstar.state.live import refreshes
from mykyivstar.state.security.overview import SecurityState
from mykyivstar.state.security.sms import SmsSwitchState
from mykyivstar.state.shell import ShellState

refreshes(routes.PROFILE_SECURITY, ShellState.refresh, SecurityState.load)


@app_page(
    routes.PROFILE_SECURITY,
    title=t("Security"),
    on_load=[ShellState.load, SecurityState.load, SmsSwitchState.load],
)
def security() -> rx.Component:
    return rx.el.div(
        page_title(
            t("Security"),
            lead=t("Everything that opens your profile. Whatever you do not recognise, end it here."),
            back=link(t("Profile"), href=routes.PROFILE, class_name="back-link"),
        ),
        rx.cond(
            SecurityState.ready,
            rx.el.div(
                password_section(),
                passkeys_section(),
                sms_section(),
                access_code_section(),
                devices_section(),
                sessions_section(),
                question_section(),
                events_section(),
                class_name="stack-wide",
            ),
            loading(*[skeleton("block") for _ in range(4)]),
        ),
        class_name="narrow",
    )
