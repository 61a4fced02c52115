"""Why a request for a repair, a visit or a rating is refused."""

from mykyivstar.kit.errors import CustomerError


class OnlyTheOwner(CustomerError):
    """Whoever only pays for or looks at an account does not call technicians to somebody's home."""

    code = "faults.only_the_owner"
    sentence = "Only the owner of the account can ask for a technician."


class RequestIsOpen(CustomerError):
    """The account has a request that is not over."""

    code = "faults.request_is_open"
    sentence = "There is an open request for this address: {number}. Choose or move its visit instead."


class TooManyRequests(CustomerError):
    """The profile has asked too often today."""

    code = "faults.too_many"
    sentence = "You have asked {most} times in a day. Call 460 if it is urgent, or try again tomorrow."


class WordsTooLong(CustomerError):
    """More was said than is kept."""

    code = "faults.words_too_long"
    sentence = "Say it in at most {most} characters."
    field = "words"


class NoSuchVisit(CustomerError):
    """The window is none that can be chosen now."""

    code = "faults.no_such_visit"
    sentence = "This time can no longer be chosen. Choose another one."
    field = "visit"


class VisitTaken(CustomerError):
    """Somebody was faster: every technician of this window is booked."""

    code = "faults.visit_taken"
    sentence = "The last technician for this time has just been booked. Choose another time."
    field = "visit"


class VisitTooClose(CustomerError):
    """The technician is about to come."""

    code = "faults.visit_too_close"
    sentence = "This visit could be changed until {until}. The technician is on the way to you."


class VisitMovedOften(CustomerError):
    """One request's visit has been chosen again and again."""

    code = "faults.visit_moved_often"
    sentence = "The visit of one request can be chosen {most} times. Cancel the request and ask again."
    field = "visit"


class ContactNotYours(CustomerError):
    """SMS about the repair go to one's own phones only."""

    code = "faults.contact_not_yours"
    sentence = "Choose one of your own phones: we write and the technician calls there."
    field = "contact"


class RequestOver(CustomerError):
    """The request is done or cancelled already."""

    code = "faults.request_over"
    sentence = "This request is finished already. If something does not work, go through the check again."


class NothingToRate(CustomerError):
    """Only what is done is rated, and once."""

    code = "faults.nothing_to_rate"
    sentence = "A repair is rated once, when it is done."


class RatingMissing(CustomerError):
    """No stars were chosen."""

    code = "faults.rating_missing"
    sentence = "Choose from 1 to 5."
    field = "stars"


class NotBooked(CustomerError):
    """The operator wants to confirm a visit that nobody has chosen."""

    code = "faults.not_booked"
    sentence = "No visit is chosen for this request."


class CapacityTooSmall(CustomerError):
    """The operator wants fewer visits in a window than are booked already."""

    code = "faults.capacity_too_small"
    sentence = "{booked} visits are booked for this time already. Move them first."


class NothingToWatch(CustomerError):
    """The event is over, or not at this address."""

    code = "faults.nothing_to_watch"
    sentence = "This outage is over already. Check your internet again."
