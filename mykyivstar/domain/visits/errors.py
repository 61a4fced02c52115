"""Why a visit is not booked, moved or worked on."""

from mykyivstar.kit.errors import CustomerError


class NoVisitsHere(CustomerError):
    """The store is closed for good, has no readable hours, or does not check who people are."""

    code = "visits.not_here"
    sentence = "Visits cannot be booked at this place. Choose another service centre on the map."


class NoSuchTime(CustomerError):
    """Not a half-hour in which the centre is open, or not one of the next days."""

    code = "visits.no_such_time"
    sentence = "Choose one of the times that are shown: the centre is open then."
    field = "time"


class TimeTaken(CustomerError):
    """Every place of the half-hour is taken."""

    code = "visits.time_taken"
    sentence = "This time has just been taken. Choose another one."
    field = "time"


class VisitNameMissing(CustomerError):
    """Nobody can be called up without a name."""

    code = "visits.name_missing"
    sentence = "Enter the name by which we call you."
    field = "name"


class VisitPhoneUnfit(CustomerError):
    """Not a mobile number: the confirmation is an SMS."""

    code = "visits.phone_unfit"
    sentence = "Enter a Ukrainian mobile number, for example 067 123 45 67: the confirmation is an SMS."
    field = "phone"


class VisitPhoneTakesNoSms(CustomerError):
    """A number, but of a landline."""

    code = "visits.phone_takes_no_sms"
    sentence = "This is a landline, which takes no SMS. Enter a mobile number."
    field = "phone"


class VisitOpenAlready(CustomerError):
    """One visit at a time for a number; its SMS was sent once more."""

    code = "visits.open_already"
    sentence = "A visit is booked for this number already. We have sent its SMS again: its link moves or cancels it."
    field = "phone"


class VisitCheckAgain(CustomerError):
    """The puzzle was not solved, is too old, or the field for robots was filled in."""

    code = "visits.check_again"
    sentence = "The check that keeps robots out is being done again. Nothing is lost: press Book once more."


class VisitOver(CustomerError):
    """It was cancelled, has begun, or was marked at the desk."""

    code = "visits.over"
    sentence = "This visit can no longer be changed. Book a new one."


class VisitNotToday(CustomerError):
    """Whether somebody came is not known before the day."""

    code = "visits.not_today"
    sentence = "This visit is still to come. It can be marked on its day."


class NoSuchCustomer(CustomerError):
    """No profile has this number, account or login, and no internet account has this number."""

    code = "visits.no_such_customer"
    sentence = "There is no profile with this number, account or login. A new customer registers with an SMS code."
    field = "subject"


class CoordinatorRestores(CustomerError):
    """A company manages this access (A8, L3)."""

    code = "visits.coordinator_restores"
    sentence = "This is a company's employee: the company's coordinator restores access, not we."
    field = "subject"


class DocumentNoteMissing(CustomerError):
    """Whoever gives access says what they saw."""

    code = "visits.document_note_missing"
    sentence = "Write which document you saw: its kind and the last digits of its number, at least 5 characters."
    field = "note"
