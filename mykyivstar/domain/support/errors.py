"""What may be refused in a conversation or at a ticket."""

from mykyivstar.kit.errors import CustomerError


class MessageEmpty(CustomerError):
    """There is nothing to read in it."""

    code = "support.message_empty"
    sentence = "Write a few words first."
    field = "text"


class TitleEmpty(MessageEmpty):
    """A request or a prepared answer has no name that could be read in a list."""

    code = "support.title_empty"
    sentence = "Say in a few words what it is about."
    field = "title"


class TitleTaken(CustomerError):
    """Another prepared answer is called so."""

    code = "support.title_taken"
    sentence = "Another prepared answer has this title. Choose one that tells them apart."
    field = "title"


class MessageTooLong(CustomerError):
    """More signs than a message may have; `most` says how many that is."""

    code = "support.message_too_long"
    sentence = "At most {most} signs in one message. Send it in parts, or as a PDF."
    field = "text"


class TooManyMessages(CustomerError):
    """More messages in ten seconds than a person writes."""

    code = "support.too_many_messages"
    sentence = "That was a lot at once. Wait a few seconds; what you wrote is kept and goes on its own."


class ConversationClosed(CustomerError):
    """It has ended; nothing can be said in it any more."""

    code = "support.conversation_closed"
    sentence = "This conversation has ended. Begin a new one, and we go on from there."


class RatedAlready(CustomerError):
    """A conversation is rated once."""

    code = "support.rated_already"
    sentence = "This conversation has been rated already. Thank you."


class NothingToRate(CustomerError):
    """It has not ended, or nobody of the staff was in it."""

    code = "support.nothing_to_rate"
    sentence = "A conversation can be rated when a specialist has answered and it has ended."


class TakenAlready(CustomerError):
    """Somebody else was quicker, or the customer has gone."""

    code = "support.taken_already"
    sentence = "This conversation is not in the queue any more."


class TooManyChats(CustomerError):
    """The member has as many conversations as the account allows."""

    code = "support.too_many_chats"
    sentence = "You have {most} conversations already. Finish or hand over one first."


class NotTheirSkill(CustomerError):
    """The conversation asks for a skill that the member does not have."""

    code = "support.not_their_skill"
    sentence = "This conversation needs another specialist."


class FileTooLarge(CustomerError):
    """The file is larger than we take; `megabytes` says what we take."""

    code = "support.file_too_large"
    sentence = "The file is too large: at most {megabytes} MB."


class FileUnfit(CustomerError):
    """Neither an image nor a PDF by its content, whatever it is called."""

    code = "support.file_unfit"
    sentence = "Only pictures and PDF can be sent, and this file is neither by its content."


class TooManyFiles(CustomerError):
    """A conversation takes only so many files."""

    code = "support.too_many_files"
    sentence = "This conversation has {most} files already; no more can be sent."


class TicketClosed(CustomerError):
    """It is closed; a new one has to be opened."""

    code = "support.ticket_closed"
    sentence = "This request is closed. Write to us again, and we open a new one."


class TicketStateUnfit(CustomerError):
    """From where it stands the ticket cannot go there."""

    code = "support.ticket_state_unfit"
    sentence = "The request has changed meanwhile. Look at it again."
