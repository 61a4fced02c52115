"""Why a partner's request is refused."""

from mykyivstar.kit.errors import CustomerError


class UnknownAccount(CustomerError):
    """What was sent is no number, or nobody's, or takes no money any more."""

    code = "partners.unknown_account"
    sentence = "There is no such number or internet account, or it takes no money."


class AmountRefused(CustomerError):
    """The amount is under or over what one payment of this partner may be."""

    code = "partners.amount_out_of_range"
    sentence = "One payment is from {least} to {most}. Nothing was paid."


class UnlikelyMoment(CustomerError):
    """The payer is said to have paid in the future, or very long ago."""

    code = "partners.unlikely_moment"
    sentence = "The payment is said to have been made in the future or more than 31 days ago. Nothing was paid."


class DayLimitReached(CustomerError):
    """With this payment the partner would pass what it may bring in a day; `left` is what it still may."""

    code = "partners.day_limit_reached"
    sentence = "Today's limit leaves {left}. Nothing was paid."


class IdUsed(CustomerError):
    """The partner's id was used for a payment with other content."""

    code = "partners.id_used"
    sentence = "This id belongs to a payment with other details. Nothing was paid now."


class PaymentUnknown(CustomerError):
    """The partner has no payment of this id."""

    code = "partners.unknown_payment"
    sentence = "There is no payment with this id: nothing was credited under it."


class CancelTooLate(CustomerError):
    """The Kyiv day of the payment is over."""

    code = "partners.cancel_too_late"
    sentence = "A payment can be cancelled until the end of its day in Kyiv. This one stays."


class MoneySpent(CustomerError):
    """The account has less than would be taken back."""

    code = "partners.money_spent"
    sentence = "The money is not on the account any more, so the payment stays."


class NotCredited(CustomerError):
    """The payment is not credited any more: the operator has taken it back."""

    code = "partners.not_credited"
    sentence = "This payment was taken back by the operator already."


class NoRegister(CustomerError):
    """The day is in the future, or before the partner was here."""

    code = "partners.no_register"
    sentence = "There is no register of this day."


class PartnerClosed(CustomerError):
    """The partner may not use the API any more."""

    code = "partners.closed"
    sentence = "This partner is closed."


class NonceUsed(CustomerError):
    """The same signed request came before."""

    code = "partners.nonce_used"
    sentence = "This nonce was used before. Sign each request with a new one."


class TooManyRequests(CustomerError):
    """More requests in a minute than the partner may send."""

    code = "partners.too_many_requests"
    sentence = "Too many requests in this minute. Try again in {seconds} seconds."


class PartnerExists(CustomerError):
    """There is a partner of this code, perhaps a closed one: codes are never used again."""

    code = "partners.exists"
    sentence = "There is a partner with this code already."


class UnknownPartner(CustomerError):
    """There is no partner of this code."""

    code = "partners.unknown_partner"
    sentence = "There is no partner with this code."
