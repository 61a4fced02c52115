"""The refusals of the simulator."""

from mykyivstar.kit.errors import CustomerError


class DayOutOfReach(CustomerError):
    """A supposed top-up is on one of the days that the calendar shows."""

    code = "forecast.day_out_of_reach"
    sentence = "Choose a day of the next {days} days."
    field = "day"


class NothingSupposed(CustomerError):
    """There is neither a sum nor a service in the form."""

    code = "forecast.nothing_supposed"
    sentence = "Enter a sum, or choose a service."
    field = "amount"
