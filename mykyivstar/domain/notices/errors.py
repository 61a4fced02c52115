"""Why a choice of notices is not taken."""

from mykyivstar.kit.errors import CustomerError


class NoAddressForLetters(CustomerError):
    """Letters are wanted, and there is no address to send them to."""

    code = "notices.no_address_for_letters"
    sentence = "Your profile has no e-mail address yet. Give one under “Personal data in the contract”."
