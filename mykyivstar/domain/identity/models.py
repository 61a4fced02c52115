"""Who people are to us: profiles, what proves them, and where they are signed in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Index, LargeBinary, String
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field, msisdn_field
from mykyivstar.kit.msisdn import Msisdn


class Language(StrEnum):
    """A language of the interface (A12)."""

    UK = "uk"
    EN = "en"
    RU = "ru"


class Profile(SQLModel, table=True):
    """One login of one person."""

    __tablename__ = "profile"

    id: int | None = id_field()
    login: str = Field(max_length=64)
    # The login as it is compared: casefolded; a phone number as its digits.
    login_key: str = Field(max_length=64, unique=True)
    name: str = Field(default="", max_length=120)
    password_hash: str | None = None
    password_changed_at: datetime | None = moment_field(default=None, nullable=True)
    language: Language = enum_field(Language, default=Language.UK)
    # A4: the owner may switch SMS confirmation off for all devices.
    sms_confirmation: bool = True
    contact_phone: Msisdn | None = msisdn_field(default=None, nullable=True)
    contact_email: str | None = Field(default=None, max_length=254)
    secret_question: str | None = Field(default=None, max_length=200)
    secret_answer_hash: str | None = None
    secret_tries_left: int = 5
    # L3: an employee's access is managed by the company's coordinator, recovery included (A8).
    is_employee: bool = False
    created_at: datetime = moment_field()
    closed_at: datetime | None = moment_field(default=None, nullable=True)


class Agreement(StrEnum):
    """A document a subscriber accepts; each acceptance is recorded on its own (A1)."""

    TERMS = "terms"
    PERSONAL_DATA = "personal_data"


class Consent(SQLModel, table=True):
    """That this profile accepted this version of a document, and when."""

    __tablename__ = "consent"

    id: int | None = id_field()
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    agreement: Agreement = enum_field(Agreement)
    version: str = Field(max_length=20)
    given_at: datetime = moment_field()


class CodePurpose(StrEnum):
    """What a one-time code allows; the SMS says so (O9), and a code works for nothing else."""

    REGISTER = "register"
    SIGN_IN = "sign_in"
    RECOVER = "recover"
    ADD_LINE = "add_line"
    SWITCH_OFF_SMS = "switch_off_sms"
    FRESH_PROOF = "fresh_proof"
    TRANSFER = "transfer"
    STAFF = "staff"
    CONTACT = "contact"
    UNBLOCK = "unblock"


class OneTimeCode(SQLModel, table=True):
    """A code that was sent to a phone. It works once, in the browser that asked for it."""

    __tablename__ = "one_time_code"
    __table_args__ = (Index("ix_code_subject", "purpose", "subject", "issued_at"),)

    id: int | None = id_field()
    purpose: CodePurpose = enum_field(CodePurpose)
    # What is being proved, as it was asked: "line:380671000001", "internet:0004477622", "profile:7".
    subject: str = Field(max_length=80)
    # Hash of the asking browser's visitor cookie.
    visitor: str = Field(max_length=64)
    # None: the number is nobody's, no SMS was sent and no code will ever fit; everything else looks the same.
    sent_to: Msisdn | None = msisdn_field(default=None, nullable=True)
    # Sent by a letter to this address instead.
    sent_to_email: str | None = Field(default=None, max_length=254)
    code_hash: str = Field(max_length=64)
    tries_left: int
    issued_at: datetime = moment_field()
    expires_at: datetime = moment_field()
    used_at: datetime | None = moment_field(default=None, nullable=True)
    voided_at: datetime | None = moment_field(default=None, nullable=True)


class FlowKind(StrEnum):
    """Which of the ways in a browser is on."""

    SIGN_IN = "sign_in"
    REGISTER = "register"
    RECOVER = "recover"
    WELCOME = "welcome"
    ADD_LINE = "add_line"
    STAFF = "staff"


class FlowStep(StrEnum):
    """How far it is; the page shows the form of this step, whatever the browser lost in between."""

    IDENTIFY = "identify"
    PASSWORD = "password"
    CODE = "code"
    PASSKEY = "passkey"
    DETAILS = "details"
    SECOND_PROOF = "second_proof"
    NEW_PASSWORD = "new_password"
    DONE = "done"


class SignInFlow(SQLModel, table=True):
    """One browser's way in, kept here because a lost connection empties the page's own state."""

    __tablename__ = "sign_in_flow"
    __table_args__ = (Index("ix_flow_visitor", "visitor", "kind", unique=True),)

    id: int | None = id_field()
    visitor: str = Field(max_length=64)
    kind: FlowKind = enum_field(FlowKind)
    step: FlowStep = enum_field(FlowStep, default=FlowStep.IDENTIFY)
    # As typed, so that going back loses nothing; the canonical subject beside it.
    typed: str = Field(default="", max_length=80)
    subject: str = Field(default="", max_length=80)
    # Where the code goes, masked, as far as the browser may know it; the same form for every number.
    sent_to_hint: str = Field(default="", max_length=40)
    profile_id: int | None = Field(default=None, sa_type=BigId)
    line_id: int | None = Field(default=None, sa_type=BigId)
    internet_account_id: int | None = Field(default=None, sa_type=BigId)
    temporary_password_id: int | None = Field(default=None, sa_type=BigId)
    code_id: int | None = Field(default=None, sa_type=BigId)
    password_proved: bool = False
    code_proved: bool = False
    next_path: str = Field(default="", max_length=300)
    started_at: datetime = moment_field()
    expires_at: datetime = moment_field(index=True)


class SignInMethod(StrEnum):
    """How a session was opened."""

    REGISTRATION = "registration"
    CODE = "code"
    PASSWORD = "password"
    PASSKEY = "passkey"
    ACCESS_CODE = "access_code"
    NETWORK = "network"
    TEMPORARY_PASSWORD = "temporary_password"
    RECOVERY = "recovery"


class ExchangeTicket(SQLModel, table=True):
    """What a finished way in is traded for over HTTP: the session cookie. Thirty seconds, once, same browser."""

    __tablename__ = "exchange_ticket"

    id: int | None = id_field()
    token_hash: str = Field(max_length=64, unique=True)
    profile_id: int = Field(foreign_key="profile.id", sa_type=BigId)
    visitor: str = Field(max_length=64)
    method: SignInMethod = enum_field(SignInMethod)
    remember: bool = False
    device_id: int | None = Field(default=None, sa_type=BigId)
    issued_at: datetime = moment_field()
    expires_at: datetime = moment_field()
    used_at: datetime | None = moment_field(default=None, nullable=True)


class RememberedDevice(SQLModel, table=True):
    """A browser that is not asked for SMS codes again (A4), perhaps with an access code of its own (A6)."""

    __tablename__ = "remembered_device"

    id: int | None = id_field()
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    token_hash: str = Field(max_length=64, unique=True)
    name: str = Field(max_length=120)
    access_code_hash: str | None = None
    access_code_misses: int = 0
    created_at: datetime = moment_field()
    last_used_at: datetime = moment_field()
    forgotten_at: datetime | None = moment_field(default=None, nullable=True)


class AuthSession(SQLModel, table=True):
    """Somebody signed in in one browser."""

    __tablename__ = "auth_session"

    id: int | None = id_field()
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    token_hash: str = Field(max_length=64, unique=True)
    method: SignInMethod = enum_field(SignInMethod)
    device_id: int | None = Field(default=None, foreign_key="remembered_device.id", sa_type=BigId)
    browser: str = Field(default="", max_length=120)
    address: str = Field(default="", max_length=45)
    created_at: datetime = moment_field()
    last_seen_at: datetime = moment_field()
    expires_at: datetime = moment_field()
    revoked_at: datetime | None = moment_field(default=None, nullable=True)
    # When the person last proved who they are within this session (O9).
    proved_at: datetime | None = moment_field(default=None, nullable=True)


class Passkey(SQLModel, table=True):
    """A WebAuthn credential of a profile (A11)."""

    __tablename__ = "passkey"

    id: int | None = id_field()
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    credential_id: bytes = Field(sa_column=Column(LargeBinary, unique=True, nullable=False))
    public_key: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    sign_count: int = 0
    name: str = Field(default="", max_length=80)
    created_at: datetime = moment_field()
    last_used_at: datetime | None = moment_field(default=None, nullable=True)
    removed_at: datetime | None = moment_field(default=None, nullable=True)


class PasskeyChallenge(SQLModel, table=True):
    """A challenge given to one browser; works once, five minutes."""

    __tablename__ = "passkey_challenge"

    id: int | None = id_field()
    challenge: bytes = Field(sa_column=Column(LargeBinary, unique=True, nullable=False))
    visitor: str = Field(max_length=64)
    # Whose passkey alone may answer; neither: any customer's.
    profile_id: int | None = Field(default=None, sa_type=BigId)
    staff_id: int | None = Field(default=None, sa_type=BigId)
    expires_at: datetime = moment_field()
    used_at: datetime | None = moment_field(default=None, nullable=True)


class TemporaryPassword(SQLModel, table=True):
    """Login and password that the operator issued, valid three days: for an internet account without a profile (A5),
    or for the profile of somebody who proved in person who they are (A8).
    """

    __tablename__ = "temporary_password"

    id: int | None = id_field()
    login_key: str = Field(max_length=64, index=True)
    password_hash: str
    internet_account_id: int | None = Field(default=None, foreign_key="internet_account.id", sa_type=BigId)
    profile_id: int | None = Field(default=None, foreign_key="profile.id", index=True, sa_type=BigId)
    issued_at: datetime = moment_field()
    expires_at: datetime = moment_field()
    used_at: datetime | None = moment_field(default=None, nullable=True)


class RateCount(SQLModel, table=True):
    """How often something was tried in a window of time; in the database, so that it holds across processes."""

    __tablename__ = "rate_count"

    rule: str = Field(sa_column=Column(String(32), primary_key=True))
    subject: str = Field(sa_column=Column(String(80), primary_key=True))
    window_start: datetime = moment_field(primary_key=True)
    hits: int = 0


class SecurityEvent(SQLModel, table=True):
    """Something that matters for the safety of a profile; shown to its owner, kept for the auditor."""

    __tablename__ = "security_event"

    id: int | None = id_field()
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    kind: str = Field(max_length=48)
    detail: str = Field(default="", max_length=200)
    address: str = Field(default="", max_length=45)
    at: datetime = moment_field()
