"""A rule of auto top-up, and one row for each occasion on which it acted: that is what makes it act once."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from mykyivstar.db.types import BigId, enum_field, id_field, moment_field, money_field
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.kit.money import Money


class RuleKind(StrEnum):
    """When a rule acts."""

    BELOW = "below"  # the balance is under a sum
    MONTHLY = "monthly"  # on a day of the month
    TARIFF = "tariff"  # the day before the tariff's fee is taken


class RuleState(StrEnum):
    """Whether a rule acts."""

    ACTIVE = "active"
    PAUSED = "paused"
    DELETED = "deleted"


class PauseReason(StrEnum):
    """Why a rule is paused."""

    OWNER = "owner"  # its owner wanted it so
    CARD_REMOVED = "card_removed"
    FAILED = "failed"  # so did the payment, three days in a row; `last_failure` says how
    TARGET_GONE = "target_gone"  # as the payment's failure: the number takes no money any more


class AutoTopUpRule(SQLModel, table=True):
    """What somebody wants to be paid by itself; exactly one of the two account ids is set."""

    __tablename__ = "auto_top_up_rule"
    __table_args__ = (Index("ix_auto_top_up_kind", "state", "kind"),)

    id: int | None = id_field()
    # Made when the form opens: sending it twice makes one rule.
    key: str = Field(max_length=80, unique=True)
    profile_id: int = Field(foreign_key="profile.id", index=True, sa_type=BigId)
    line_id: int | None = Field(default=None, foreign_key="line.id", index=True, sa_type=BigId)
    internet_account_id: int | None = Field(default=None, foreign_key="internet_account.id", index=True, sa_type=BigId)
    kind: RuleKind = enum_field(RuleKind)
    # Not for TARIFF, where it is the tariff's fee.
    amount: Money | None = money_field(default=None, nullable=True)
    # For BELOW alone.
    below: Money | None = money_field(default=None, nullable=True)
    # For MONTHLY alone: 1 to 31, the last day of a shorter month.
    day: int | None = None
    # What it may spend in a Kyiv month; not for MONTHLY, which acts once in it.
    month_most: Money | None = money_field(default=None, nullable=True)
    saved_card_id: int = Field(foreign_key="saved_card.id", index=True, sa_type=BigId)
    state: RuleState = enum_field(RuleState, default=RuleState.ACTIVE)
    pause_reason: PauseReason | None = enum_field(PauseReason, default=None, nullable=True)
    # The payment's `Failure`, or "month_cap"; "" after the next success or change.
    last_failure: str = Field(default="", max_length=32)
    made_at: datetime = moment_field()
    # From here on it counts: when it was made, changed or resumed.
    active_since: datetime = moment_field()

    @property
    def target(self) -> HoldingKey:
        """Whom it tops up."""
        if self.line_id is not None:
            return HoldingKey(HoldingKind.LINE, self.line_id)
        assert self.internet_account_id is not None, "a rule is for a line or an internet account"
        return HoldingKey(HoldingKind.INTERNET, self.internet_account_id)


class RunState(StrEnum):
    """How far one occasion is."""

    PLANNED = "planned"
    PAYING = "paying"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"  # the month's limit was reached
    CANCELLED = "cancelled"  # the rule was changed, paused or deleted before anything was paid


_COUNTS = text("state <> 'cancelled'")


class AutoTopUpRun(SQLModel, table=True):
    """One occasion of a rule: "2026-12", "day:2026-11-22", "charge:2026-12-01"."""

    __tablename__ = "auto_top_up_run"
    __table_args__ = (
        Index(
            "ux_auto_top_up_occasion",
            "rule_id",
            "occasion",
            unique=True,
            sqlite_where=_COUNTS,
            postgresql_where=_COUNTS,
        ),
    )

    id: int | None = id_field()
    rule_id: int = Field(foreign_key="auto_top_up_rule.id", sa_type=BigId)
    occasion: str = Field(max_length=40)
    # As announced; a tariff that gets dearer the day after takes no more than was said.
    amount: Money = money_field()
    # The Kyiv month in which it counts towards the limit.
    month: str = Field(max_length=7)
    due_at: datetime = moment_field()
    state: RunState = enum_field(RunState, default=RunState.PLANNED)
    # Payments tried, each on another day.
    tries: int = 0
    payment_id: int | None = Field(default=None, foreign_key="payment.id", sa_type=BigId)
    failure: str = Field(default="", max_length=32)
    state_at: datetime = moment_field()
