"""What may be refused to whoever files an application or checks one."""

from mykyivstar.kit.errors import CustomerError


class NameUnfit(CustomerError):
    """Not a first name and a surname in letters."""

    code = "applications.name_unfit"
    sentence = "Write the name as in the document: surname, first name, patronymic if there is one."
    field = "full_name"


class DocumentUnfit(CustomerError):
    """No document of this kind has such a number."""

    code = "applications.document_unfit"
    sentence = "This document has a number like {example}."
    field = "document_number"


class AddressUnfit(CustomerError):
    """Too short for an address, or without any letter."""

    code = "applications.address_unfit"
    sentence = "Write the whole address: city, street, house, flat."
    field = "address"


class SameAsNow(CustomerError):
    """Nothing would change."""

    code = "applications.same_as_now"
    sentence = "This is what we have already. There is nothing to change."


class WordsTooLong(CustomerError):
    """More signs than a note may have."""

    code = "applications.words_too_long"
    sentence = "At most {most} signs."
    field = "words"


class DocumentsMissing(CustomerError):
    """A paper has to prove it."""

    code = "applications.documents_missing"
    sentence = "Attach a picture or PDF of the document that proves the new data."


class ContactUnconfirmed(CustomerError):
    """The code to the new contact has not come back yet."""

    code = "applications.contact_unconfirmed"
    sentence = "Confirm the new contact by the code that we send to it."


class ApplicationOpen(CustomerError):
    """There is one of this kind already, and it is not decided."""

    code = "applications.open_already"
    sentence = "You have an open application for this already: {number}. Wait for its decision or withdraw it."


class TooManyApplications(CustomerError):
    """More in a day than a person files."""

    code = "applications.too_many"
    sentence = "At most {most} applications a day. Try again tomorrow, or write to support."


class TooManyDocuments(CustomerError):
    """An application takes only so many files."""

    code = "applications.too_many_documents"
    sentence = "An application takes at most {most} files."


class NothingAdded(CustomerError):
    """Neither a file nor a word."""

    code = "applications.nothing_added"
    sentence = "Attach a file or write a few words first."
    field = "words"


class ApplicationMoved(CustomerError):
    """Where it stands now, this cannot be done to it."""

    code = "applications.moved"
    sentence = "The application has changed meanwhile. Look at it again."


class CheckedByAnother(CustomerError):
    """Another member of the staff checks it."""

    code = "applications.checked_by_another"
    sentence = "{name} checks this application already."


class ReasonMissing(CustomerError):
    """The customer must learn what to do, or why not."""

    code = "applications.reason_missing"
    sentence = "Write to the customer what is missing or why it was declined."
    field = "words"
