"""Why a transfer is refused; nothing was moved."""

from mykyivstar.kit.errors import CustomerError


class TransferOutOfRange(CustomerError):
    """The amount is under or over what one transfer may be."""

    code = "transfers.out_of_range"
    sentence = "One transfer is from {least} to {most}."
    field = "amount"


class MonthLimitReached(CustomerError):
    """The line would transfer more than it may in this calendar month; `left` is what it still may."""

    code = "transfers.month_limit"
    sentence = "This number can transfer {left} more this month: {most} a month is the most."
    field = "amount"


class LentMoneyStays(CustomerError):
    """The money is there, but it is a promised payment that is not paid back yet (N2)."""

    code = "transfers.lent_money_stays"
    sentence = (
        "{lent} of the balance is a promised payment, and that stays. From this number {free} can be transferred."
    )
    field = "amount"


class SameNumber(CustomerError):
    """The line would give to itself."""

    code = "transfers.same_number"
    sentence = "This is the number you transfer from. Enter another one."
    field = "number"


class OnlyWithinProfile(CustomerError):
    """A contract line gives only to lines that the same profile owns."""

    code = "transfers.only_within_profile"
    sentence = "A contract number can transfer only to your own mobile numbers in this profile."
    field = "number"


class NotTheOwner(CustomerError):
    """The profile pays for this line or looks at it, and may not spend its money (B4)."""

    code = "transfers.not_the_owner"
    sentence = "Only the owner of this number can transfer from it. Choose another number."
    field = "giver"


class LineCannotGive(CustomerError):
    """The line is blocked."""

    code = "transfers.line_cannot_give"
    sentence = "This number is blocked, so its money stays where it is. Choose another number, or call 466."
    field = "giver"


class JustTransferred(CustomerError):
    """The same was transferred a moment ago, perhaps in another tab; who means it says so."""

    code = "transfers.just_transferred"
    sentence = "You transferred the same amount to the same number a moment ago. Transfer once more?"


class TransferTimeOver(CustomerError):
    """Nobody confirmed it in time."""

    code = "transfers.time_over"
    sentence = "The time for the code is over, and nothing was transferred. Begin the transfer again."


class TransferTriesOver(CustomerError):
    """All tries at its code were wrong."""

    code = "transfers.tries_over"
    sentence = "Too many wrong codes: the transfer is cancelled and nothing was transferred. Begin it again."


class TransferCancelled(CustomerError):
    """It was given up or replaced by another one, or what it needs is not there any more."""

    code = "transfers.cancelled"
    sentence = "This transfer was cancelled and nothing was transferred. Begin a new one."
