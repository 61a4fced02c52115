"""Why the books refuse."""

from mykyivstar.kit.errors import CustomerError


class NotEnoughMoney(CustomerError):
    """The account would fall below its floor; `missing` is how much more it would need."""

    code = "ledger.not_enough_money"
    sentence = "There is not enough money on the account: {missing} more is needed. Top it up and try again."
    field = "amount"


class OperationMismatch(CustomerError):
    """The same operation key came with other particulars; nothing was posted by this call."""

    code = "ledger.operation_mismatch"
    sentence = "This form was sent before with other details. Reload the page and start again."


class UnbalancedLegs(ValueError):
    """Our own mistake: the legs of an operation do not sum to zero in each unit."""


class CannotBeReversed(ValueError):
    """Our own mistake: there is no such operation, or it is a
    reversal itself, or it is of many accounts.
    """
