"""Which SMS there are and which values each one needs; their words are the edge's."""

from enum import StrEnum


class SmsTemplate(StrEnum):
    """What an SMS says. The code_… ones name what their code allows (O9)."""

    CODE_REGISTER = "code_register"
    CODE_SIGN_IN = "code_sign_in"
    CODE_RECOVER = "code_recover"
    CODE_ADD_LINE = "code_add_line"
    CODE_SWITCH_OFF_SMS = "code_switch_off_sms"
    CODE_FRESH_PROOF = "code_fresh_proof"
    CODE_TRANSFER = "code_transfer"
    NEW_SIGN_IN = "new_sign_in"
    PASSWORD_CHANGED = "password_changed"
    TEMPORARY_PASSWORD = "temporary_password"
    SECRET_QUESTION_USED = "secret_question_used"
    PASSKEY_ADDED = "passkey_added"
    SMS_SWITCHED_OFF = "sms_switched_off"
    TRANSFER_GIVEN = "transfer_given"
    TRANSFER_GOT = "transfer_got"

    @property
    def params(self) -> frozenset[str]:
        """The names of its values, all of them strings."""
        code = {"code"} if self.value.startswith("code_") else set()
        return _PARAMS.get(self, frozenset()) | code


# `at` is a moment in ISO 8601 with its offset, `kopiykas` an amount; `to` and `by` are masked numbers, to be shown as
# they are.
_PARAMS = {
    SmsTemplate.CODE_TRANSFER: frozenset({"kopiykas", "to"}),
    SmsTemplate.TRANSFER_GIVEN: frozenset({"kopiykas", "to"}),
    SmsTemplate.TRANSFER_GOT: frozenset({"kopiykas", "by"}),
    SmsTemplate.NEW_SIGN_IN: frozenset({"browser", "at"}),
    SmsTemplate.TEMPORARY_PASSWORD: frozenset({"login", "password"}),
}
