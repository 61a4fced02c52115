"""The refusals of signing in. None of them tells whether a number is a customer's."""

from mykyivstar.kit.errors import CustomerError


class WrongCode(CustomerError):
    """The code does not fit; tries are left."""

    code = "identity.wrong_code"
    sentence = "This code does not fit. Check the SMS; tries left: {tries_left}."
    field = "code"


class CodeMalformed(CustomerError):
    """Too short or too long for a code: nothing was tried, so no try is gone."""

    code = "identity.code_malformed"
    sentence = "A code has {length} letters or digits. Enter all of them."
    field = "code"


class CodeSpent(CustomerError):
    """Too many wrong tries, used already, voided by a newer one, or asked for in another browser."""

    code = "identity.code_spent"
    sentence = "This code no longer works. Ask for a new one."
    field = "code"


class CodeExpired(CustomerError):
    """The code's time is over."""

    code = "identity.code_expired"
    sentence = "The time of this code is over. Ask for a new one."
    field = "code"


class TooManyTries(CustomerError):
    """A limit per number, browser or address was reached; `minutes` says when to come back."""

    code = "identity.too_many_tries"
    sentence = "Too many tries. For safety, wait {minutes} min and try again."


class WrongCredentials(CustomerError):
    """Login and password do not belong together, or there is no such login: nobody is told which."""

    code = "identity.wrong_credentials"
    sentence = "The number or login and the password do not fit together. Check both, or sign in with an SMS code."
    field = "password"


class FlowLost(CustomerError):
    """The way in took longer than half an hour, or was started in another browser."""

    code = "identity.flow_lost"
    sentence = "This took too long, so we started again. Enter your number once more."


class CookiesOff(FlowLost):
    """Nothing can be begun in a browser that sends no cookie."""

    code = "identity.cookies_off"
    sentence = "This browser keeps no cookies, and without them nobody can sign in. Allow them and open the page again."


class LoginMissing(CustomerError):
    """Nothing was typed where a login belongs: no try is gone."""

    code = "identity.login_missing"
    sentence = "Enter your login, number or account."
    field = "login"


class PasswordMissing(CustomerError):
    """Nothing was typed where a password belongs: no try is gone."""

    code = "identity.password_missing"
    sentence = "Enter the password."
    field = "password"


class NotALogin(CustomerError):
    """What was typed is neither a mobile number nor an internet account number."""

    code = "identity.not_a_login"
    sentence = "Enter a mobile number, for example 067 123 45 67, or the account number of your home internet."
    field = "number"


class LoginTaken(CustomerError):
    """Another profile has this login."""

    code = "identity.login_taken"
    sentence = "This login is taken. Choose another one, or keep your number as the login."
    field = "login"


class LoginMalformed(CustomerError):
    """A login is 3 to 64 letters, digits, dots, dashes or underscores."""

    code = "identity.login_malformed"
    sentence = "A login has 3 to 64 Latin letters, digits, dots, dashes or underscores, and begins with a letter."
    field = "login"


class AlreadyRegistered(CustomerError):
    """The number is proved and has a profile already: told only after the code."""

    code = "identity.already_registered"
    sentence = "This number has a profile already. Sign in, or restore the password."


class MustAccept(CustomerError):
    """Both documents have to be accepted, each on its own (A1)."""

    code = "identity.must_accept"
    sentence = "To go on, accept both the terms and the processing of personal data."
    field = "agreements"


class NotInRegister(CustomerError):
    """A9: the network names a number that is no active one of ours; it is the person's own, so it may be told."""

    code = "identity.not_in_register"
    sentence = "This number is not active with us. Sign in with another one."


class SignInRefused(CustomerError):
    """Proved, but there is nothing to sign in to: the profile is closed."""

    code = "identity.refused"
    sentence = "This profile is closed. Call 466, or register again."
