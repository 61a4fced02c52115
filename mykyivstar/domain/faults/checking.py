"""The guided check: what stands between an account and its internet, before anybody touches a cable (H4)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.faults.outages import NetworkState, network_state
from mykyivstar.domain.identity.actor import Actor
from mykyivstar.domain.internet.models import InternetAccount, InternetState
from mykyivstar.domain.internet.returning import rests_of, total
from mykyivstar.domain.ledger.queries import balances
from mykyivstar.domain.lines.models import HoldingRole
from mykyivstar.domain.lines.queries import HeldAccount, held_account
from mykyivstar.kit.money import Money


class Verdict(StrEnum):
    """The first thing that explains it, in the order in which it should be looked at."""

    DEBT = "debt"
    SUSPENDED = "suspended"
    OUTAGE = "outage"
    EQUIPMENT = "equipment"


class EquipmentStep(StrEnum):
    """What a person can look at alone, one after the other."""

    POWER = "power"
    CABLE = "cable"
    RESTART = "restart"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the check found out. `missing` is what must be paid in for the internet to work; None: not known."""

    held: HeldAccount
    verdict: Verdict
    missing: Money | None
    suspended_until: datetime | None
    network: NetworkState

    @property
    def is_owner(self) -> bool:
        return self.held.holding.role is HoldingRole.OWNER


async def diagnose(session: AsyncSession, actor: Actor, account_id: int, *, at: datetime) -> Diagnosis:
    """Look at the account and at the network of its address. Raises NotFound, for a stranger's account too."""
    held = await held_account(session, actor, account_id)
    account = held.account
    network = await network_state(session, held, at=at)
    return Diagnosis(
        held=held,
        verdict=_verdict(account.state, network),
        missing=await _missing(session, account, at) if account.state is InternetState.OFF_FOR_DEBT else None,
        suspended_until=account.suspended_until,
        network=network,
    )


async def _missing(session: AsyncSession, account: InternetAccount, at: datetime) -> Money | None:
    """What switches it on: the rests of fees that are taken then, and the threshold reached after them."""
    assert account.id is not None
    balance = (await balances(session, internet_account_ids=[account.id])).internet[account.id].money
    needed = account.disconnect_threshold + total(await rests_of(session, account, at=at))
    return None if balance is None else max(needed - balance, Money.ZERO)


def _verdict(state: InternetState, network: NetworkState) -> Verdict:
    if state is InternetState.OFF_FOR_DEBT:
        return Verdict.DEBT
    if state is InternetState.SUSPENDED:
        return Verdict.SUSPENDED
    return Verdict.OUTAGE if network.now else Verdict.EQUIPMENT
