"""Why the tariff's money cannot be set aside, or not be spent."""

from mykyivstar.kit.errors import CustomerError


class TariffMoneyLocked(CustomerError):
    """The money is there, but it is set aside for the tariff; `free` is what can be spent."""

    code = "tariff_lock.money_locked"
    sentence = (
        "{locked} of the balance are locked for the tariff. {free} are free to spend: choose less, "
        "or unlock the money in the charge calendar."
    )
    field = "amount"


class OnlyOwnersLock(CustomerError):
    """The profile pays for this line or looks at it, and does not decide what its money is for (B4)."""

    code = "tariff_lock.only_owners"
    sentence = "Only the owner of this number can lock the tariff’s money or unlock it."
    field = "lock"


class ContractsPayAfterwards(CustomerError):
    """A contract line stops for no low balance: there is nothing to keep ready."""

    code = "tariff_lock.contract"
    sentence = "A contract pays by invoice afterwards, so there is no tariff money to lock."
    field = "lock"


class NothingToLock(CustomerError):
    """The line has no tariff, or one without a fee, or nothing is taken of it any more."""

    code = "tariff_lock.nothing"
    sentence = "This number has no tariff fee ahead, so there is nothing to lock."
    field = "lock"
