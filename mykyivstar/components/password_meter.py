"""The strength meter and the list of rules beside a new password (A7)."""

import reflex as rx

from mykyivstar.components.foundations import KIT_FOLDER, Text, attributes
from mykyivstar.i18n import t


class PasswordMeter(rx.Component):
    """Judges what is typed in the browser, by the rules of the server."""

    library = f"{KIT_FOLDER}/password"
    tag = "PasswordMeter"
    field: rx.Var[str]
    login: rx.Var[str]
    login_field: rx.Var[str]
    rules: rx.Var[dict[str, str]]
    strengths: rx.Var[list[str]]
    met: rx.Var[str]
    unmet: rx.Var[str]
    heading: rx.Var[str]


def password_meter(field: str = "password", *, login: Text = "", login_field: str | None = None) -> rx.Component:
    """Stands below `password_field(field, new=True)`: how strong the typed password is, and which rules it keeps.

    The rules are those of `domain.identity.passwords.judge`, the login's among them: give `login` when it is known, or
    `login_field`, the id of the field in which it is being typed. Nothing typed leaves the browser before the form is
    sent, and no state holds it. For tests: `data-testid="<field>-meter"` with `data-strength` 0 to 4, and a
    `li[data-rule][data-met]` for each rule.
    """
    return PasswordMeter.create(
        field=field,
        login=login,
        rules={
            "length": t("8 characters or more"),
            "upper": t("an upper case letter"),
            "lower": t("a lower case letter"),
            "digit": t("a digit"),
            "repeats": t("no character more than twice"),
            "common": t("not one that everybody uses"),
            "login": t("not your login"),
        },
        strengths=[
            "",
            t("Weak: somebody could guess it"),
            t("Fair: longer is better"),
            t("Good password"),
            t("Strong password"),
        ],
        met=t("kept"),
        unmet=t("not yet"),
        heading=t("Rules for the password"),
        **attributes(login_field=login_field),
    )
