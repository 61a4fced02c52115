"""The refusals of adding, naming and removing lines and internet accounts."""

from mykyivstar.kit.errors import CustomerError


class AlreadyYours(CustomerError):
    """The profile has this line or internet account already."""

    code = "lines.already_yours"
    sentence = "This one is among your numbers already."
    field = "number"


class TooManyHoldings(CustomerError):
    """A profile is at its limit of lines and internet accounts."""

    code = "lines.too_many"
    sentence = "You have {most} numbers and accounts, and that is as many as one profile can have. Remove one first."


class LastHolding(CustomerError):
    """A profile keeps at least one line or internet account: it is what codes and notices go to."""

    code = "lines.last"
    sentence = "This is your only number, and a profile needs one: codes and notices go to it. Add another one first."


class NicknameMalformed(CustomerError):
    """A nickname is 1 to 40 characters that can be seen."""

    code = "lines.nickname_malformed"
    sentence = "Enter a name of 1 to 40 characters, for example “Mum” or “Work”."
    field = "nickname"
