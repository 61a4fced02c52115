"""Why a dialler shows nothing."""

from mykyivstar.kit.errors import CustomerError


class MenuSilent(CustomerError):
    """The endpoint of the gateway did not answer."""

    code = "ussd.silent"
    sentence = "The network did not answer. Dial again."
