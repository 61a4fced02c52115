"""A payment: one order to bring money from one source to one or several accounts, and each state it went through."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field, money_field, msisdn_field
from mykyivstar.domain.identity.models import Language
from mykyivstar.kit.money import Money
from mykyivstar.kit.msisdn import Msisdn


class Source(StrEnum):
    """Where the money comes from."""

    CARD = "card"
    BALANCE = "balance"  # of another line: a transfer (D5, D6)
    PARTNER = "partner"  # a bank, a terminal, a payment site (D7)
    PROMISE = "promise"  # the operator lends it (N2)


class Origin(StrEnum):
    """Who asked for it."""

    PAYER = "payer"
    LINK = "link"  # somebody with a pay-by-link, perhaps not signed in (D8, O7)
    AUTO = "auto"  # auto top-up (N1)
    PARTNER = "partner"


class PaymentState(StrEnum):
    """Where a payment is (D3); see `states` for what may follow what."""

    CREATED = "created"
    CONFIRMING = "confirming"  # the payer is asked: at the acquirer's page, or for a code
    PROCESSING = "processing"  # the money may have moved; reconciled until it is known
    CREDITED = "credited"
    FAILED = "failed"
    REFUNDED = "refunded"

    @property
    def is_open(self) -> bool:
        return self in {PaymentState.CREATED, PaymentState.CONFIRMING, PaymentState.PROCESSING}


class Failure(StrEnum):
    """Why a payment failed (D4); each has its sentence and its mend at the edge."""

    CARD_EXPIRED = "card_expired"
    CARD_LIMIT = "card_limit"
    MONTH_LIMIT = "month_limit"  # what a line may transfer in a month (D5) was used up meanwhile
    INTERNET_NOT_ALLOWED = "internet_not_allowed"
    NOT_ENOUGH_MONEY = "not_enough_money"
    WRONG_CODE = "wrong_code"
    WRONG_CARD = "wrong_card"
    SUSPECTED_FRAUD = "suspected_fraud"
    DECLINED = "declined"
    UNREACHABLE = "unreachable"  # the acquirer did not answer before the payer could pay
    NOT_FINISHED = "not_finished"  # the payer let the time pass
    GIVEN_UP = "given_up"  # the payer went back
    LINK_USED = "link_used"  # somebody else has paid by this link meanwhile: the money goes back
    TARGET_GONE = "target_gone"  # there is no such account any more: the money goes back


class Payment(SQLModel, table=True):
    """One payment as a whole. Its `id` is the payment ID on the receipt, its time stamp the receipt's number (D2)."""

    __tablename__ = "payment"
    __table_args__ = (
        Index("ix_payment_payer", "profile_id", "id"),
        Index("ix_payment_from_line", "from_line_id", "created_at"),
        Index("ix_payment_open", "state", "state_at"),
        Index(
            "ux_payment_invoice",
            "acquirer",
            "invoice_id",
            unique=True,
            sqlite_where=text("invoice_id <> ''"),
            postgresql_where=text("invoice_id <> ''"),
        ),
    )

    id: int | None = id_field()
    # Unguessable: the payment's address, and our reference at the acquirer.
    code: str = Field(max_length=32, unique=True)
    # Made when the form opens; the same key with the same content is the same payment, with another an error.
    key: str = Field(max_length=80, unique=True)
    request_hash: str = Field(max_length=64)
    source: Source = enum_field(Source)
    origin: Origin = enum_field(Origin, default=Origin.PAYER)
    amount: Money = money_field()
    state: PaymentState = enum_field(PaymentState, default=PaymentState.CREATED)
    failure: Failure | None = enum_field(Failure, default=None, nullable=True)
    created_at: datetime = moment_field()
    state_at: datetime = moment_field()
    # Until when the payer may still confirm it.
    expires_at: datetime = moment_field()

    # Who pays: a profile, or the browser of somebody who is not signed in, or neither (a partner).
    profile_id: int | None = Field(default=None, foreign_key="profile.id", sa_type=BigId)
    visitor: str = Field(default="", max_length=64)
    from_line_id: int | None = Field(default=None, foreign_key="line.id", sa_type=BigId)
    partner_id: int | None = Field(default=None, foreign_key="partner.id", sa_type=BigId, index=True)
    pay_link_id: int | None = Field(default=None, foreign_key="pay_link.id", sa_type=BigId, index=True)
    language: Language = enum_field(Language, default=Language.UK)
    email: str = Field(default="", max_length=254)

    # At the acquirer (source CARD).
    acquirer: str = Field(default="", max_length=32)
    invoice_id: str = Field(default="", max_length=64)
    page_url: str = Field(default="", max_length=500)
    saved_card_id: int | None = Field(default=None, foreign_key="saved_card.id", sa_type=BigId)
    saves_card: bool = False
    card_mask: str = Field(default="", max_length=24)
    bank_reference: str = Field(default="", max_length=64)
    # The acquirer's own time of its newest report: an older one changes nothing.
    reported_at: datetime | None = moment_field(default=None, nullable=True)
    refunded: Money = money_field(default=Money(0))
    # Since when its money is on the way back; asked for again until the acquirer says it is there.
    refund_asked_at: datetime | None = moment_field(default=None, nullable=True)


class PaymentShare(SQLModel, table=True):
    """What one line or internet account gets of a payment: exactly one of the two ids is set (B3)."""

    __tablename__ = "payment_share"

    id: int | None = id_field()
    payment_id: int = Field(foreign_key="payment.id", index=True, sa_type=BigId)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=BigId)
    internet_account_id: int | None = Field(default=None, foreign_key="internet_account.id", index=True, sa_type=BigId)
    amount: Money = money_field()
    position: int = 0


class Cause(StrEnum):
    """What brought a payment into a state."""

    PAYER = "payer"
    NOTICE = "notice"  # the acquirer told us
    INQUIRY = "inquiry"  # we asked the acquirer
    CLOCK = "clock"  # time passed
    OPERATOR = "operator"
    PARTNER = "partner"


class PaymentStep(SQLModel, table=True):
    """That a payment came into a state: what the payer follows (D3)."""

    __tablename__ = "payment_step"

    id: int | None = id_field()
    payment_id: int = Field(foreign_key="payment.id", index=True, sa_type=BigId)
    state: PaymentState = enum_field(PaymentState)
    at: datetime = moment_field()
    cause: Cause = enum_field(Cause)


class SavedCard(SQLModel, table=True):
    """A card kept at the acquirer under a token (D8). Its number was never here."""

    __tablename__ = "saved_card"

    id: int | None = id_field()
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    acquirer: str = Field(max_length=32)
    token: str = Field(max_length=200, repr=False)
    mask: str = Field(max_length=24)
    brand: str = Field(default="", max_length=20)
    name: str = Field(default="", max_length=40)
    saved_at: datetime = moment_field()
    removed_at: datetime | None = moment_field(default=None, nullable=True)


class PayLink(SQLModel, table=True):
    """An address and QR by which anybody can pay for one line or internet account, without signing in (D8, O7)."""

    __tablename__ = "pay_link"

    id: int | None = id_field()
    code: str = Field(max_length=32, unique=True)
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    line_id: int | None = Field(default=None, foreign_key="line.id", sa_type=BigId)
    internet_account_id: int | None = Field(default=None, foreign_key="internet_account.id", sa_type=BigId)
    # None: whoever pays decides.
    amount: Money | None = money_field(default=None, nullable=True)
    # Whether it ends with the first payment.
    once: bool = False
    note: str = Field(default="", max_length=140)
    made_at: datetime = moment_field()
    expires_at: datetime = moment_field()
    # The payment, by its key, for which a `once` link is held while its payer is on the way to the bank.
    held_for: str = Field(default="", max_length=80)
    held_at: datetime | None = moment_field(default=None, nullable=True)
    ended_at: datetime | None = moment_field(default=None, nullable=True)


class DisputeState(StrEnum):
    """Where a dispute is."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class Dispute(SQLModel, table=True):
    """That somebody says a payment or an entry of the books is not right; exactly one of the two is set (D3, O1)."""

    __tablename__ = "dispute"

    id: int | None = id_field()
    payment_id: int | None = Field(default=None, foreign_key="payment.id", index=True, sa_type=BigId)
    entry_id: int | None = Field(default=None, foreign_key="entry.id", index=True, sa_type=BigId)
    # The operation that gave the money back, where the dispute ended so.
    refund_id: int | None = Field(default=None, foreign_key="operation.id", sa_type=BigId)
    profile_id: int | None = Field(default=None, foreign_key="profile.id", index=True, sa_type=BigId)
    contact_phone: Msisdn | None = msisdn_field(default=None, nullable=True)
    words: str = Field(max_length=2000)
    state: DisputeState = enum_field(DisputeState, default=DisputeState.OPEN)
    answer: str = Field(default="", max_length=2000)
    opened_at: datetime = moment_field()
    state_at: datetime = moment_field()
