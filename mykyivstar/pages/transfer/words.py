"""How transfers that came to nothing are spoken of (D5)."""

import reflex as rx

from mykyivstar.i18n import t

_FAILURES = {
    "not_finished": t("The time for the code is over, and nothing was transferred. Begin the transfer again."),
    "wrong_code": t("Too many wrong codes: the transfer is cancelled and nothing was transferred. Begin it again."),
    "given_up": t("You cancelled the transfer. Nothing was transferred."),
    "month_limit": t("This number has used up what it may transfer this month. Nothing was transferred."),
    "not_enough_money": t("There is not enough money on the balance any more. Nothing was transferred."),
    "target_gone": t("This number takes no money any more. Nothing was transferred."),
}


def transfer_failure_words(failure: rx.Var) -> rx.Var:
    """Why nothing was transferred, and how to mend it."""
    otherwise = t("The transfer is not possible now. Nothing was transferred.")
    return rx.match(failure, *_FAILURES.items(), otherwise)
