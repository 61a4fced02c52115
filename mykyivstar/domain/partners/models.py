"""Who takes top-ups for us, what they paid and cancelled, and what they asked for."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field, money_field
from mykyivstar.domain.lines.keys import HoldingKind
from mykyivstar.kit.money import Money


class Partner(SQLModel, table=True):
    """A bank, terminal network or payment site that may top up through the partner API."""

    __tablename__ = "partner"

    id: int | None = id_field()
    code: str = Field(max_length=40, unique=True)
    name: str = Field(max_length=200)
    # Its signing keys are derived from our secret key and this number: see `keys`.
    key_version: int = 1
    # Until when the key before this one still signs; None: it does not.
    previous_key_until: datetime | None = moment_field(default=None, nullable=True)
    payment_most: Money = money_field(default=Money.uah(5_000))
    day_most: Money = money_field(default=Money.uah(1_000_000))
    requests_a_minute: int = 600
    created_at: datetime = moment_field()
    closed_at: datetime | None = moment_field(default=None, nullable=True)


class PartnerPayment(SQLModel, table=True):
    """A payment under the partner's own id: there is one for each, whatever is sent how often."""

    __tablename__ = "partner_payment"
    __table_args__ = (
        UniqueConstraint("partner_id", "ref", name="uq_partner_payment_ref"),
        Index("ix_partner_payment_credited", "partner_id", "credited_at", "id"),
    )

    id: int | None = id_field()
    partner_id: int = Field(foreign_key="partner.id", sa_type=BigId)
    # The partner's own id.
    ref: str = Field(max_length=64)
    request_hash: str = Field(max_length=64)
    payment_id: int = Field(foreign_key="payment.id", sa_type=BigId, unique=True)
    # Whom it is for: the twelve digits of a number, or the number of an internet account.
    kind: HoldingKind = enum_field(HoldingKind)
    account: str = Field(max_length=20)
    amount: Money = money_field()
    # When the payer paid, as the partner says.
    paid_at: datetime | None = moment_field(default=None, nullable=True)
    credited_at: datetime = moment_field()
    cancelled_at: datetime | None = moment_field(default=None, nullable=True)


class PartnerDay(SQLModel, table=True):
    """What a partner has brought on one Kyiv day, cancelled payments left out: what the limit of a day counts."""

    __tablename__ = "partner_day"
    __table_args__ = (UniqueConstraint("partner_id", "day", name="uq_partner_day"),)

    id: int | None = id_field()
    partner_id: int = Field(foreign_key="partner.id", sa_type=BigId)
    day: date
    taken: Money = money_field(default=Money(0))


class PartnerNonce(SQLModel, table=True):
    """A nonce that was used: a signed request works once. Dropped when its time stamp is too old anyway."""

    __tablename__ = "partner_nonce"
    __table_args__ = (UniqueConstraint("partner_id", "nonce", name="uq_partner_nonce"),)

    id: int | None = id_field()
    partner_id: int = Field(foreign_key="partner.id", sa_type=BigId)
    nonce: str = Field(max_length=64)
    expires_at: datetime = moment_field(index=True)


class PartnerRequest(SQLModel, table=True):
    """The audit: one request of a partner and what became of it. No secrets; numbers in it are masked."""

    __tablename__ = "partner_request"
    __table_args__ = (Index("ix_partner_request_partner", "partner_id", "at"),)

    id: int | None = id_field()
    # None: it named no partner that we have.
    partner_id: int | None = Field(default=None, foreign_key="partner.id", sa_type=BigId)
    at: datetime = moment_field(index=True)
    request_id: str = Field(max_length=32, index=True)
    address: str = Field(default="", max_length=45)
    method: str = Field(max_length=16)
    path: str = Field(max_length=200)
    # Whose word was checked: the signature was right.
    is_signed: bool = False
    # "" while it runs, and for ever where we died of it; "ok", or the code of the refusal.
    outcome: str = Field(default="", max_length=40)
    status: int | None = None
