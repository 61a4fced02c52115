"""The refusals of keeping a profile safe: proofs, passkeys, access codes, recovery, first visits."""

from mykyivstar.kit.errors import CustomerError


class ProofNeeded(CustomerError):
    """What was asked for needs a proof given a moment ago (O9); the edge asks for one and repeats the request."""

    code = "identity.proof_needed"
    sentence = "To go on, confirm that it is you."


class WrongPassword(CustomerError):
    """The password of a signed-in person was asked for again, and this is not it."""

    code = "identity.wrong_password"
    sentence = "This is not your password. Type it again, or choose another way to confirm."
    field = "password"


class WrongCurrentPassword(CustomerError):
    """A password is changed only by who knows the old one."""

    code = "identity.wrong_current_password"
    sentence = "This is not your present password. If you have forgotten it, sign out and restore access."
    field = "current"


class PasskeyRefused(CustomerError):
    """Unknown, removed, copied, made for another site, or somebody else's: nobody is told which."""

    code = "identity.passkey_refused"
    sentence = "This passkey did not work. Try once more, or choose another way."


class PasskeyExpired(CustomerError):
    """The browser's answer belongs to no question that is still open: too late, used, or another browser's."""

    code = "identity.passkey_expired"
    sentence = "This took too long. Try the passkey once more."


class PasskeyKnown(CustomerError):
    """The authenticator has a passkey of ours already."""

    code = "identity.passkey_known"
    sentence = "This device has a passkey for My Kyivstar already."


class TooManyPasskeys(CustomerError):
    """A profile is at its limit of passkeys."""

    code = "identity.too_many_passkeys"
    sentence = "You have {most} passkeys, and that is as many as one profile can have. Remove one first."


class NameMalformed(CustomerError):
    """A name of a passkey or a person is a few characters that can be seen."""

    code = "identity.name_malformed"
    sentence = "Enter a name of 1 to {most} characters."
    field = "name"


class DeviceNotRemembered(CustomerError):
    """An access code belongs to a remembered device, and this browser is none."""

    code = "identity.device_not_remembered"
    sentence = "An access code works on a remembered device. Remember this browser first, under “Remembered devices”."


class AccessCodeMalformed(CustomerError):
    """An access code is 4 to 6 digits."""

    code = "identity.access_code_malformed"
    sentence = "An access code has 4 to 6 digits and nothing else."
    field = "access_code"


class AccessCodeTooSimple(CustomerError):
    """The first access codes that anybody would try."""

    code = "identity.access_code_too_simple"
    sentence = "This code is too easy to guess. Avoid equal digits, rows like 1234, and repeated pairs."
    field = "access_code"


class AccessCodesDiffer(CustomerError):
    """The two access codes are not the same."""

    code = "identity.access_codes_differ"
    sentence = "The two codes are not the same. Type the access code again."
    field = "access_code_again"


class WrongAccessCode(CustomerError):
    """Not the access code of this device; tries are left."""

    code = "identity.wrong_access_code"
    sentence = "This is not the access code. Tries left: {tries_left}."
    field = "access_code"


class AccessCodeLocked(CustomerError):
    """Five misses, or this device has no access code (any more)."""

    code = "identity.access_code_locked"
    sentence = "The access code is locked. Sign in with your number, and it will work again."
    field = "access_code"


class QuestionMalformed(CustomerError):
    """A secret question is 5 to 200 characters."""

    code = "identity.question_malformed"
    sentence = "Enter a question of 5 to 200 characters that only you can answer."
    field = "question"


class AnswerTooShort(CustomerError):
    """An answer of a sign or two is guessed in no time."""

    code = "identity.answer_too_short"
    sentence = "Enter an answer of at least 3 letters or digits."
    field = "answer"


class AnswerInQuestion(CustomerError):
    """The question gives its answer away."""

    code = "identity.answer_in_question"
    sentence = "The question must not contain the answer."
    field = "answer"


class WrongAnswer(CustomerError):
    """Not the answer to the secret question; tries are left."""

    code = "identity.wrong_answer"
    sentence = "This is not the answer you gave us. Tries left: {tries_left}."
    field = "answer"


class AnswerSpent(CustomerError):
    """Five wrong answers, or no question at all: this way is closed."""

    code = "identity.answer_spent"
    sentence = "The secret question is locked. Use a passkey, or visit a service centre with your identity document."


class NothingToRecover(CustomerError):
    """The number is proved and has no profile: told only after the code."""

    code = "identity.nothing_to_recover"
    sentence = "This number has no profile yet. Register, it takes a minute."


class AskCoordinator(CustomerError):
    """A company manages this access (A8, L3): told only after the code."""

    code = "identity.ask_coordinator"
    sentence = "Your company manages this access. Your company's coordinator will restore it for you."


class AccountHasProfile(CustomerError):
    """The internet account is in a profile already: a temporary password is for first visits."""

    code = "identity.account_has_profile"
    sentence = "This internet account is in a profile already. Sign in, or restore access."


class TemporaryPasswordExpired(CustomerError):
    """Right, but older than three days."""

    code = "identity.temporary_password_expired"
    sentence = "The three days of this temporary password are over. Call 466 for a new one."
    field = "password"


class WrongTemporaryPassword(CustomerError):
    """On the page of the first visit the temporary password is typed once more."""

    code = "identity.wrong_temporary_password"
    sentence = "This is not the temporary password. Look it up in the SMS."
    field = "temporary_password"
