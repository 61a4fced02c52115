"""The one family of errors that a customer may see."""

from typing import Any, ClassVar


class CustomerError(Exception):
    """A refusal the customer can act on: who, what and how to mend it, never how we are built.

    `code` is stable and names the refusal for logs, tests and the API. `sentence` is the English text and at
    the same time the message id of its translations; `{placeholders}` in it are the keyword arguments given
    when it is raised. `field` says which form field the mend belongs to, "" for the form as a whole.
    """

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = "This cannot be done."
    field: ClassVar[str] = ""

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.code)


class NotFound(CustomerError):
    """The thing does not exist, or the actor may not know whether it does."""

    code = "not_found"
    sentence = "We could not find this. It may have been removed, or it belongs to somebody else."


class Malformed(CustomerError):
    """The browser sent something that no form of ours can send."""

    code = "malformed"
    sentence = "This request could not be understood. Reload the page and try again."
