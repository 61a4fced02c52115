"""Why a rule of auto top-up cannot be made or changed."""

from mykyivstar.kit.errors import CustomerError


class TooManyRules(CustomerError):
    """A profile is at its limit of rules."""

    code = "auto_top_up.too_many"
    sentence = "You have {most} auto top-ups, and that is as many as one profile can have. Delete one first."


class SameRuleTwice(CustomerError):
    """There is such a rule for this number already."""

    code = "auto_top_up.same_twice"
    sentence = "There is such an auto top-up for this number already. Change that one."


class ThresholdOutOfRange(CustomerError):
    """The balance at which a rule acts is under or over what makes sense."""

    code = "auto_top_up.threshold_out_of_range"
    sentence = "The balance at which it tops up can be from {least} to {most}."
    field = "below"


class DayMalformed(CustomerError):
    """The day of the month is 1 to 31."""

    code = "auto_top_up.day_malformed"
    sentence = "Enter a day of the month from 1 to 31. In shorter months, 31 is the last day."
    field = "day"


class CapTooSmall(CustomerError):
    """The limit for a month is less than one top-up."""

    code = "auto_top_up.cap_too_small"
    sentence = "The limit for a month must be at least one top-up: {least}."
    field = "month_most"


class CapNeeded(CustomerError):
    """A rule that may act often has a limit for the month."""

    code = "auto_top_up.cap_needed"
    sentence = "Say how much it may spend in a month at most."
    field = "month_most"


class TariffOnlyOfOwn(CustomerError):
    """What the tariff of a stranger's number costs is not told."""

    code = "auto_top_up.tariff_only_of_own"
    sentence = (
        "We tell the price of a tariff only for your own numbers. Add this number to yours, or choose a fixed sum."
    )
    field = "number"


class NoTariffFee(CustomerError):
    """Nothing regular is taken from this account, or it is not known."""

    code = "auto_top_up.no_tariff_fee"
    sentence = "We know of no regular price for this number. Choose a fixed sum or a balance instead."


class CardNeeded(CustomerError):
    """A rule pays with a saved card."""

    code = "auto_top_up.card_needed"
    sentence = (
        "Choose one of your saved cards. A card is saved when you pay with it once and tick “Remember this card”."
    )
    field = "card"
