"""Why a payment is refused before any money moves."""

from mykyivstar.kit.errors import CustomerError


class UnknownTarget(CustomerError):
    """There is no such line or internet account, or it takes no money any more."""

    code = "payments.unknown_target"
    sentence = "We cannot top up {typed}. Check the number: a Kyivstar mobile number or a home internet account."
    field = "number"


class AmountOutOfRange(CustomerError):
    """The amount is under or over what one payment may be."""

    code = "payments.amount_out_of_range"
    sentence = "One payment is from {least} to {most}."
    field = "amount"


class TooManyShares(CustomerError):
    """A payment is split over more accounts than one payment may have."""

    code = "payments.too_many_shares"
    sentence = "One payment can be split over at most {most} numbers."


class SameTargetTwice(CustomerError):
    """The same account stands twice in one payment."""

    code = "payments.same_target_twice"
    sentence = "The same number is there twice. Put both amounts into one."


class PaymentMismatch(CustomerError):
    """The same form was sent before with other content."""

    code = "payments.mismatch"
    sentence = "This payment was begun before with other details. Start a new one."


class WrongState(CustomerError):
    """The payment has gone on meanwhile: what was asked for does not fit its state any more."""

    code = "payments.wrong_state"
    sentence = "This payment has gone on in the meantime. Look at where it is now."


class DisputeWordless(CustomerError):
    """A dispute says nothing."""

    code = "payments.dispute_wordless"
    sentence = "Say in a few words what is wrong with this payment."
    field = "words"


class CardNameMalformed(CustomerError):
    """A name of a card is at most 40 characters that can be seen."""

    code = "payments.card_name_malformed"
    sentence = "Enter a name of at most 40 characters, for example “Salary card”."
    field = "name"
