"""Why bonuses are not transferred; nothing was moved."""

from mykyivstar.kit.errors import CustomerError


class NotBonuses(CustomerError):
    """What was typed is no whole number of bonuses."""

    code = "bonuses.not_a_number"
    sentence = "Enter a whole number of bonuses, for example 50."
    field = "amount"


class TooFewBonuses(CustomerError):
    """Under what one transfer must be."""

    code = "bonuses.too_few"
    sentence = "At least {least} bonuses are transferred at once."
    field = "amount"


class NotEnoughBonuses(CustomerError):
    """The account has fewer."""

    code = "bonuses.not_enough"
    sentence = "There are {there} bonuses on this account. Enter {there} or less."
    field = "amount"


class BonusMonthFull(CustomerError):
    """The number would get more in this calendar month than it may; `left` is what it still may."""

    code = "bonuses.month_full"
    sentence = "This number can get {left} more bonuses this month: {most} in a calendar month is the most."
    field = "amount"


class BonusesOnceADay(CustomerError):
    """The number has got bonuses on this Kyiv day already."""

    code = "bonuses.once_a_day"
    sentence = "Bonuses were transferred to this number today already. The next transfer is possible tomorrow."
    field = "number"


class AccountSuspended(CustomerError):
    """The home internet is on holiday; off for debt it would be allowed (I3)."""

    code = "bonuses.suspended"
    sentence = "While home internet is suspended, its bonuses stay where they are. Resume it first, then transfer."


class TariffTakesNoBonuses(CustomerError):
    """The line is on one of the excluded tariffs (I3)."""

    code = "bonuses.tariff_excluded"
    sentence = "Bonuses cannot be used with the tariff of this number. Choose another number."
    field = "number"


class CompanyTakesNoBonuses(CustomerError):
    """The contract of the line is a company's (I3)."""

    code = "bonuses.company"
    sentence = (
        "This number is on a company’s contract, and only people’s numbers can use bonuses. Choose another number."
    )
    field = "number"


class NoSuchNumber(CustomerError):
    """There is no such line, or it is not in use."""

    code = "bonuses.unknown_number"
    sentence = "{typed} is not a Kyivstar mobile number in use. Check the number."
    field = "number"


class OnlyOwnersBonuses(CustomerError):
    """The profile pays for this account or looks at it, and may not give its bonuses away (B4)."""

    code = "bonuses.not_the_owner"
    sentence = "Only the owner of this internet account can transfer its bonuses."


class OtherBonusOrder(CustomerError):
    """The same form was sent with other values: in another tab, perhaps."""

    code = "bonuses.other_order"
    sentence = "This form was already used for another transfer. Open the form again."
