"""Why a limit is not set, or data not paused."""

from mykyivstar.kit.errors import CustomerError


class OnlyOwnersLimit(CustomerError):
    """Who looks at somebody's number does not switch its data off."""

    code = "limits.only_owners"
    sentence = "Only the owner of the number sets its limits and pauses its data."


class MoneyLimitOutOfBounds(CustomerError):
    """More or less than makes sense."""

    code = "limits.money_out_of_bounds"
    sentence = "Choose a limit from {least} to {most}."
    field = "amount"


class DataLimitOutOfBounds(CustomerError):
    """More or less than makes sense."""

    code = "limits.data_out_of_bounds"
    sentence = "Choose a limit from {least} to {most} GB."
    field = "data"


class NotAVolume(CustomerError):
    """What was typed is no number of gigabytes."""

    code = "limits.not_a_volume"
    sentence = "Enter gigabytes, for example 10 or 0,5."
    field = "data"
