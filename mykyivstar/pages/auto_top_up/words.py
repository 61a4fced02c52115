"""How a rule is spoken of: when it acts, what stands in its way and how to mend it (N1)."""

import reflex as rx

from mykyivstar.i18n import date, money, t
from mykyivstar.pages.payments.words import failure_words

LAST_DAY = 31


def when_words(rule: rx.Var) -> rx.Var:
    """When a rule, or one that is being made, acts."""
    return rx.match(
        rule.what,
        ("below", t("when there is less than {below}", below=money(rule.below))),
        (
            "monthly",
            rx.cond(
                rule.day == LAST_DAY,
                t("every month, on its last day"),
                t("every month, on day {day}", day=rule.day.to_string()),
            ),
        ),
        t("the day before the tariff's price is taken"),
    )


def amount_words(rule: rx.Var) -> rx.Var:
    """How much at a time."""
    return rx.cond(rule.amount.is_none(), t("the price of the tariff"), money(rule.amount))


def next_words(rule: rx.Var) -> rx.Var:
    """What it does next, and when."""
    return rx.cond(
        rule.next_at != "",
        rx.cond(
            rule.is_retry,
            t("tries again on {day}: {amount}", day=date(rule.next_at, "day"), amount=money(rule.next_amount)),
            t("next on {day}: {amount}", day=date(rule.next_at, "day"), amount=money(rule.next_amount)),
        ),
        rx.cond(
            rule.what == "below",
            t("as soon as it is needed, once a day at most"),
            t("the day is not known yet"),
        ),
    )


def trouble_words(rule: rx.Var) -> rx.Var:
    """Why it does nothing, or why the last try failed; with the mend."""
    failed = rx.cond(
        rule.failure == "month_cap",
        t("The limit of this month is reached. It goes on next month, or at once with a higher limit."),
        failure_words(rule.failure),
    )
    return rx.match(
        rule.paused,
        ("owner", t("You have paused it.")),
        ("card_removed", t("Its card was removed. Choose another one, and it goes on.")),
        ("target_gone", t("The number takes no payments any more. Delete this auto top-up.")),
        failed,
    )
