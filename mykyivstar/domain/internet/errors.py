"""Why something cannot be done with home internet; each says what would mend it."""

from mykyivstar.kit.errors import CustomerError


class OnlyTheOwner(CustomerError):
    """Whoever may only pay for an account or look at it does not order anything for it (B4)."""

    code = "internet.only_the_owner"
    sentence = "Only the owner of the account can order this."


class PayFirst(CustomerError):
    """Off for debt, and this needs it to be on."""

    code = "internet.pay_first"
    sentence = "The internet is off for debt. Top up {missing} first: then it is switched on, and this is possible."


class ResumeFirst(CustomerError):
    """Suspended, and this needs it not to be."""

    code = "internet.resume_first"
    sentence = "The internet is suspended until {day}. Resume it first."


class NotEnoughAboveThreshold(CustomerError):
    """Its price would bring the balance below the disconnect threshold."""

    code = "internet.not_enough"
    sentence = "{missing} are missing on the account: after this the internet would be off. Top up first."


class DayNotGiven(CustomerError):
    """What was typed is no day."""

    code = "internet.day_not_given"
    sentence = "Enter the first and the last day of the suspension."
    field = "first_day"


class SuspensionInThePast(CustomerError):
    """It cannot begin today or earlier: a suspension begins at midnight."""

    code = "internet.suspension_in_the_past"
    sentence = "A suspension begins at midnight, so {day} is the earliest first day."
    field = "first_day"


class SuspensionTooFarAhead(CustomerError):
    """It is too early to order it."""

    code = "internet.suspension_too_far"
    sentence = "It can begin on {day} at the latest. Order a later one when it is nearer."
    field = "first_day"


class SuspensionEndsBeforeItBegins(CustomerError):
    """The last day is before the first."""

    code = "internet.suspension_ends_first"
    sentence = "The last day is before the first one."
    field = "last_day"


class SuspensionTooShort(CustomerError):
    """Fewer days than are suspended at all."""

    code = "internet.suspension_too_short"
    sentence = "The shortest suspension is {least} days."
    field = "last_day"


class SuspensionTooLong(CustomerError):
    """More days than are suspended at once."""

    code = "internet.suspension_too_long"
    sentence = "The longest suspension is {most} days: until {day}."
    field = "last_day"


class SuspensionYearIsFull(CustomerError):
    """All of a calendar year together are too many days."""

    code = "internet.suspension_year_full"
    sentence = "An account can be suspended for {most} days of a calendar year; {left} days of {year} are left."
    field = "last_day"


class SuspensionsOverlap(CustomerError):
    """Another one has some of these days."""

    code = "internet.suspensions_overlap"
    sentence = "These days overlap with the suspension from {first} to {last}. Choose others, or cancel that one."
    field = "first_day"


class NothingToCancel(CustomerError):
    """It has begun, or was cancelled before."""

    code = "internet.nothing_to_cancel"
    sentence = "There is nothing left to cancel here."


class NotSuspended(CustomerError):
    """There is nothing to resume."""

    code = "internet.not_suspended"
    sentence = "The internet is not suspended."


class SuspendedByTheOperator(CustomerError):
    """Not ordered here, so not ended here."""

    code = "internet.suspended_by_operator"
    sentence = "The operator has suspended this account. Write to support to resume it."


class TariffNotOffered(CustomerError):
    """Not a tariff of home internet that can be ordered, or the one the account has."""

    code = "internet.tariff_not_offered"
    sentence = "This tariff cannot be ordered for this account."


class ChangeIsOrdered(CustomerError):
    """One change at a time."""

    code = "internet.change_is_ordered"
    sentence = "A change of tariff on {day} is ordered already. Cancel it first to choose another."


class ServiceNotOffered(CustomerError):
    """Not a service of home internet, or one that nobody can connect any more."""

    code = "internet.service_not_offered"
    sentence = "This service cannot be connected to this account."


class ServiceNeedsOthers(CustomerError):
    """It works only with others that are not connected."""

    code = "internet.service_needs"
    sentence = "It works only with {names}. Connect that first."


class ServiceExcluded(CustomerError):
    """It does not go together with one that is connected."""

    code = "internet.service_excluded"
    sentence = "It does not go together with {names}. Disconnect that first."


class ServiceIsNeeded(CustomerError):
    """Others that are connected work only with it."""

    code = "internet.service_is_needed"
    sentence = "{names} work only with it. Disconnect them first."


class AlreadyConnected(CustomerError):
    """The account has it."""

    code = "internet.already_connected"
    sentence = "It is connected already."


class NotConnected(CustomerError):
    """The account does not have it."""

    code = "internet.not_connected"
    sentence = "It is not connected."


class TooLateToUndo(CustomerError):
    """Ten minutes are over (O4)."""

    code = "internet.too_late_to_undo"
    sentence = "Ten minutes are over, so it can no longer be undone. It can be disconnected."
