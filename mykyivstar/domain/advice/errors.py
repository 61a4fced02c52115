"""Why there is no advice."""

from mykyivstar.kit.errors import CustomerError


class TooFewRecords(CustomerError):
    """The line is too new for a whole month of records; from `day` on there is one."""

    code = "advice.too_few_records"
    sentence = "There is no whole month of records yet. From {day} on we can compare tariffs."


class NothingUsed(CustomerError):
    """No record at all is known of the line."""

    code = "advice.nothing_used"
    sentence = "Nothing was used with this number yet, so there is nothing to compare."


class NoTariff(CustomerError):
    """Which tariff the line has is not known."""

    code = "advice.no_tariff"
    sentence = "We do not know the tariff of this number, so there is nothing to compare with."


class TooManyRecords(CustomerError):
    """More than a person's number has: comparing them would keep others waiting."""

    code = "advice.too_many_records"
    sentence = "This number has more than {most} records in three months. Call 466, and we will compare for you."
