"""Why a message of the contact form is not taken."""

from mykyivstar.kit.errors import CustomerError


class ContactUnfit(CustomerError):
    """Neither an e-mail address nor a number that an SMS can be sent to."""

    code = "feedback.contact_unfit"
    sentence = "Enter an e-mail address or a Ukrainian mobile number: there we answer."
    field = "contact"


class ContactTakesNoSms(CustomerError):
    """A number, but of a landline."""

    code = "feedback.contact_takes_no_sms"
    sentence = "This is a landline, which takes no SMS. Enter a mobile number or an e-mail address."
    field = "contact"


class PuzzleUnsolved(CustomerError):
    """What came with the form is not the solution of a puzzle that we gave to this browser."""

    code = "feedback.puzzle_unsolved"
    sentence = (
        "The check that keeps robots out did not come through. What you wrote is still here: press Send once more."
    )


class PuzzleTooOld(CustomerError):
    """The puzzle was ours, but it has run out, or puzzles have become harder since."""

    code = "feedback.puzzle_too_old"
    sentence = "This form was open for a long time. What you wrote is still here: press Send once more."


class LooksLikeARobot(CustomerError):
    """The field that people do not meet was filled in."""

    code = "feedback.looks_like_a_robot"
    sentence = (
        "A hidden field was filled in, as robots do; perhaps a program that fills in forms did it for you. "
        "Press Send once more, or call 466."
    )
