"""Why an entry cannot be disputed."""

from mykyivstar.kit.errors import CustomerError


class NotDisputable(CustomerError):
    """It is no charge, or it has been taken back already."""

    code = "expenses.not_disputable"
    sentence = "This entry cannot be disputed: it is no charge, or it has been taken back already."


class OnlyTheOwnerDisputes(CustomerError):
    """Somebody who only looks or pays."""

    code = "expenses.only_the_owner_disputes"
    sentence = "Only the owner of the number can dispute its charges."
