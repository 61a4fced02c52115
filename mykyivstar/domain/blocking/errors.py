"""Why a line is not blocked or unblocked."""

from mykyivstar.kit.errors import CustomerError


class OnlyOwnerBlocks(CustomerError):
    """The profile pays for this line or looks at it (B4)."""

    code = "blocking.only_the_owner"
    sentence = "Only the owner of this number can block and unblock it."


class ReasonMissing(CustomerError):
    """A reason decides how fast the line is blocked and how it comes back."""

    code = "blocking.reason_missing"
    sentence = "Choose why the number is to be blocked."
    field = "reason"


class ReasonWordsMissing(CustomerError):
    """Another reason is told in a few words."""

    code = "blocking.words_missing"
    sentence = "Write in a few words why: from {least} to {most} characters."
    field = "note"


class AlreadyBlocked(CustomerError):
    """The line is blocked, or was blocked in another tab."""

    code = "blocking.already_blocked"
    sentence = "This number is blocked already."


class BlockingAppliedFor(CustomerError):
    """An application waits; a second one would change nothing."""

    code = "blocking.applied_for"
    sentence = (
        "Blocking this number has been applied for already. If the SIM is lost or stolen, say so: it is done at once."
    )


class LineNotInService(CustomerError):
    """The number has ended: there is nothing to block."""

    code = "blocking.not_in_service"
    sentence = "This number is no longer in service, so there is nothing to block."


class TooLateToWithdraw(CustomerError):
    """The block has been carried out, or withdrawn already."""

    code = "blocking.too_late_to_withdraw"
    sentence = "There is no application to withdraw any more: look at how the number stands now."


class NotBlocked(CustomerError):
    """Nothing to unblock."""

    code = "blocking.not_blocked"
    sentence = "This number is not blocked: there is nothing to unblock."


class IdentityCheckNeeded(CustomerError):
    """Blocked as lost or stolen: somebody else may hold what codes go to."""

    code = "blocking.identity_check_needed"
    sentence = (
        "This number was blocked as lost or stolen. It is unblocked at a service centre, where you show your document."
    )


class NoOtherContact(CustomerError):
    """A code to the blocked line itself would prove nothing and never come."""

    code = "blocking.no_other_contact"
    sentence = (
        "There is no other number or e-mail of yours that a code could go to. "
        "The number is unblocked at a service centre, where you show your document."
    )


class BlockedByRegister(CustomerError):
    """The operator blocked it: neither its owner nor the desk undoes that."""

    code = "blocking.by_the_operator"
    sentence = "The operator blocked this number. Call 466 to learn why and how it comes back."


class NoSuchLine(CustomerError):
    """The desk typed a number that is none of ours."""

    code = "blocking.no_such_line"
    sentence = "We have no mobile number like this. Look at its digits once more."
    field = "number"


class LineIsNotBlocked(CustomerError):
    """The desk looked up a line that works."""

    code = "blocking.desk_not_blocked"
    sentence = "This number is not blocked."
    field = "number"


class LineBlockedByRegister(CustomerError):
    """The desk looked up a line that the register blocked."""

    code = "blocking.desk_by_the_operator"
    sentence = "The operator blocked this number. Only the operator's register unblocks it."
    field = "number"
