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
    CODE_STAFF = "code_staff"
    CODE_CONTACT = "code_contact"
    CODE_UNBLOCK = "code_unblock"
    LINE_BLOCK_ASKED = "line_block_asked"
    LINE_BLOCKED = "line_blocked"
    LINE_UNBLOCKED = "line_unblocked"
    TICKET_ANSWERED = "ticket_answered"
    APPLICATION_FILED = "application_filed"
    APPLICATION_NEEDS_MORE = "application_needs_more"
    APPLICATION_APPROVED = "application_approved"
    APPLICATION_DECLINED = "application_declined"
    REQUEST_ANSWERED = "request_answered"
    NEW_SIGN_IN = "new_sign_in"
    PASSWORD_CHANGED = "password_changed"
    TEMPORARY_PASSWORD = "temporary_password"
    SECRET_QUESTION_USED = "secret_question_used"
    PASSKEY_ADDED = "passkey_added"
    SMS_SWITCHED_OFF = "sms_switched_off"
    TRANSFER_GIVEN = "transfer_given"
    TRANSFER_GOT = "transfer_got"
    PROMISE_GIVEN = "promise_given"
    PROMISE_DUE = "promise_due"
    PROMISE_REPAID = "promise_repaid"
    PROMISE_PARTLY_REPAID = "promise_partly_repaid"
    AUTO_TOP_UP_SOON = "auto_top_up_soon"
    AUTO_TOP_UP_DONE = "auto_top_up_done"
    AUTO_TOP_UP_FAILED = "auto_top_up_failed"
    AUTO_TOP_UP_PAUSED = "auto_top_up_paused"
    INTERNET_OFF = "internet_off"
    INTERNET_ON = "internet_on"
    INTERNET_SUSPENDED = "internet_suspended"
    INTERNET_HOLIDAY_REFUSED = "internet_holiday_refused"
    FAULT_TAKEN = "fault_taken"
    FAULT_BOOKED = "fault_booked"
    FAULT_MOVED = "fault_moved"
    FAULT_REMINDER = "fault_reminder"
    FAULT_CONFIRMED = "fault_confirmed"
    FAULT_CANCELLED = "fault_cancelled"
    FAULT_CALLED_OFF = "fault_called_off"
    FAULT_DONE = "fault_done"
    OUTAGE_OVER = "outage_over"
    WORKS_PLANNED = "works_planned"
    DOWNTIME_CREDITED = "downtime_credited"

    TEMPORARY_PASSWORD_ISSUED = "temporary_password_issued"
    VISIT_BOOKED = "visit_booked"
    VISIT_MOVED = "visit_moved"
    VISIT_REMINDER = "visit_reminder"
    VISIT_CALLED_OFF = "visit_called_off"

    BONUS_ARRIVED = "bonus_arrived"
    FEE_WAITS = "fee_waits"
    LIMIT_NEAR = "limit_near"
    LIMIT_REACHED = "limit_reached"
    LIMIT_PAUSED = "limit_paused"

    @property
    def params(self) -> frozenset[str]:
        """The names of its values, all of them strings."""
        code = {"code"} if self.value.startswith("code_") else set()
        return _PARAMS.get(self, frozenset()) | code


# `at` and `until` are moments in ISO 8601 with their offset, `kopiykas` an amount; `to` and `by` are masked numbers,
# to be shown as they are. `number` and `card` are shown as they are too; `reason` is a code with words of its own at
# the edge.
_PARAMS = {
    SmsTemplate.BONUS_ARRIVED: frozenset({"bonuses", "at"}),
    SmsTemplate.FEE_WAITS: frozenset({"kopiykas", "missing_kopiykas"}),
    SmsTemplate.CODE_TRANSFER: frozenset({"kopiykas", "to"}),
    # `number` is a masked one; `at` is the moment by which it is done at the latest.
    SmsTemplate.CODE_UNBLOCK: frozenset({"number"}),
    SmsTemplate.LINE_BLOCK_ASKED: frozenset({"number", "at"}),
    SmsTemplate.LINE_BLOCKED: frozenset({"number"}),
    SmsTemplate.LINE_UNBLOCKED: frozenset({"number"}),
    SmsTemplate.TRANSFER_GIVEN: frozenset({"kopiykas", "to"}),
    SmsTemplate.TRANSFER_GOT: frozenset({"kopiykas", "by"}),
    SmsTemplate.PROMISE_GIVEN: frozenset({"kopiykas", "price_kopiykas", "at"}),
    SmsTemplate.PROMISE_DUE: frozenset({"kopiykas", "at"}),
    SmsTemplate.PROMISE_REPAID: frozenset({"kopiykas"}),
    SmsTemplate.PROMISE_PARTLY_REPAID: frozenset({"kopiykas", "owed_kopiykas", "at"}),
    SmsTemplate.AUTO_TOP_UP_SOON: frozenset({"kopiykas", "number", "card", "at"}),
    SmsTemplate.AUTO_TOP_UP_DONE: frozenset({"kopiykas", "number"}),
    SmsTemplate.AUTO_TOP_UP_FAILED: frozenset({"number", "reason", "at"}),
    SmsTemplate.AUTO_TOP_UP_PAUSED: frozenset({"number", "reason"}),
    SmsTemplate.INTERNET_OFF: frozenset({"number", "kopiykas"}),
    SmsTemplate.INTERNET_ON: frozenset({"number"}),
    SmsTemplate.INTERNET_SUSPENDED: frozenset({"number"}),
    SmsTemplate.INTERNET_HOLIDAY_REFUSED: frozenset({"number", "at"}),
    SmsTemplate.FAULT_TAKEN: frozenset({"number"}),
    SmsTemplate.FAULT_BOOKED: frozenset({"at", "until"}),
    SmsTemplate.FAULT_MOVED: frozenset({"at", "until"}),
    SmsTemplate.FAULT_REMINDER: frozenset({"at", "until"}),
    SmsTemplate.FAULT_CONFIRMED: frozenset({"at", "until"}),
    SmsTemplate.FAULT_CANCELLED: frozenset({"number"}),
    SmsTemplate.FAULT_CALLED_OFF: frozenset({"at", "until"}),
    SmsTemplate.FAULT_DONE: frozenset({"number"}),
    SmsTemplate.WORKS_PLANNED: frozenset({"at", "until"}),
    SmsTemplate.DOWNTIME_CREDITED: frozenset({"kopiykas"}),
    SmsTemplate.TICKET_ANSWERED: frozenset({"number"}),
    SmsTemplate.APPLICATION_FILED: frozenset({"number"}),
    SmsTemplate.APPLICATION_NEEDS_MORE: frozenset({"number"}),
    SmsTemplate.APPLICATION_APPROVED: frozenset({"number"}),
    SmsTemplate.APPLICATION_DECLINED: frozenset({"number"}),
    # `request` is the last part of the address under which it is read.
    SmsTemplate.REQUEST_ANSWERED: frozenset({"number", "request"}),
    # A number, and how much of a unit ("kopiykas" or "bytes") is its limit.
    SmsTemplate.LIMIT_NEAR: frozenset({"number", "unit", "most"}),
    SmsTemplate.LIMIT_REACHED: frozenset({"number", "unit", "most"}),
    SmsTemplate.LIMIT_PAUSED: frozenset({"number", "unit", "most"}),
    SmsTemplate.NEW_SIGN_IN: frozenset({"browser", "at"}),
    # `place` is an address in the reader's language, `purpose` says what to bring, `visit` is the last part of the
    # visit's address.
    SmsTemplate.VISIT_BOOKED: frozenset({"number", "at", "place", "purpose", "visit"}),
    SmsTemplate.VISIT_MOVED: frozenset({"number", "at", "place", "purpose", "visit"}),
    SmsTemplate.VISIT_REMINDER: frozenset({"number", "at", "place", "purpose", "visit"}),
    SmsTemplate.VISIT_CALLED_OFF: frozenset({"number", "at", "place", "visit"}),
    SmsTemplate.TEMPORARY_PASSWORD: frozenset({"login", "password"}),
}
