"""Why no promised payment is given; each says what would mend it."""

from mykyivstar.kit.errors import CustomerError


class OnlyTheOwner(CustomerError):
    """Whoever may only pay for or look at a line does not make debts for it."""

    code = "promises.only_the_owner"
    sentence = "Only the owner of the number can take a promised payment for it."


class OnlyPrepaid(CustomerError):
    """A contract line pays afterwards anyway."""

    code = "promises.only_prepaid"
    sentence = "This number is paid for after the month, by invoice: it needs no promised payment."


class LineNotActive(CustomerError):
    """A blocked line gets no promised payment."""

    code = "promises.line_not_active"
    sentence = "This number is blocked. Unblock it first; then a promised payment is possible."


class LineTooYoung(CustomerError):
    """The line is with us for too short a time."""

    code = "promises.line_too_young"
    sentence = "A promised payment is possible for numbers that are {days} days old; for this one from {day}."


class BalanceIsEnough(CustomerError):
    """There is as much on the account as would be lent."""

    code = "promises.balance_is_enough"
    sentence = "There are {balance} on the account. A promised payment is for a balance under its own sum."
    field = "amount"


class PromiseIsOpen(CustomerError):
    """The last one is not paid back yet."""

    code = "promises.is_open"
    sentence = "The last promised payment is still open: {owed} until {day}. Pay it back first."


class OnceAMonth(CustomerError):
    """There has been one in this month."""

    code = "promises.once_a_month"
    sentence = "A promised payment is possible once in a calendar month. The next one: from {day}."


class SumNotOffered(CustomerError):
    """The sum is none of those that are lent."""

    code = "promises.sum_not_offered"
    sentence = "Choose one of the sums on offer."
    field = "amount"


class GraceNotNeeded(CustomerError):
    """The home internet is paid for the days of the grace week already."""

    code = "promises.grace_not_needed"
    sentence = "The home internet is paid for the next {days} days. Come back if the money is short by then."


class GraceTooMuch(CustomerError):
    """More is missing than is lent."""

    code = "promises.grace_too_much"
    sentence = "{missing} is missing on the account, and we lend up to {most}. Pay a part of it first."


class GraceUnknown(CustomerError):
    """What is missing is not known: the balance or the next charge has not come from billing."""

    code = "promises.grace_unknown"
    sentence = "We do not know at the moment how much is missing on this account. Try again later."


class InternetSuspended(CustomerError):
    """The internet is suspended at its owner's wish."""

    code = "promises.internet_suspended"
    sentence = "The home internet is suspended at your request, so nothing has to be paid for it now."
