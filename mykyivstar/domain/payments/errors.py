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


class NothingToSplit(CustomerError):
    """Nobody would get anything of a top-up for several."""

    code = "payments.nothing_to_split"
    sentence = "Nobody gets anything this way. Tick the numbers and say how much."


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


class LinkUnknown(CustomerError):
    """No pay-by-link has this address."""

    code = "payments.link_unknown"
    sentence = "There is no such payment link. Check the address, or ask whoever sent it for a new one."


class LinkExpired(CustomerError):
    """The days of a pay-by-link are over."""

    code = "payments.link_expired"
    sentence = "This payment link was valid until {at}. Ask whoever sent it for a new one."


class LinkEnded(CustomerError):
    """Whoever made a pay-by-link has ended it."""

    code = "payments.link_ended"
    sentence = "Whoever made this payment link has ended it. No money can be paid by it any more."


class LinkUsed(CustomerError):
    """A pay-by-link for one payment has got it."""

    code = "payments.link_used"
    sentence = "This link was for one payment, and it has been paid already. Thank you, nothing more is needed."


class LinkBusy(CustomerError):
    """A pay-by-link for one payment is being paid by somebody else at this moment."""

    code = "payments.link_busy"
    sentence = "Somebody is paying by this link at this moment. If they do not finish, you can pay after {until}."


class LinkTargetGone(CustomerError):
    """The number of a pay-by-link takes no money any more."""

    code = "payments.link_target_gone"
    sentence = "The number behind this link does not take payments any more."


class NoteMalformed(CustomerError):
    """A note on a pay-by-link is at most 140 characters that can be seen."""

    code = "payments.note_malformed"
    sentence = "A note has at most 140 characters and no hidden ones."
    field = "note"


class TooManyLinks(CustomerError):
    """A profile is at its limit of living pay-by-links."""

    code = "payments.too_many_links"
    sentence = "You have {most} links that can still be paid. End one of them first."
