"""At the counter: a blocked number comes back to somebody who showed a document (G1)."""

from dataclasses import dataclass

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.blocking import desk
from mykyivstar.domain.blocking.desk import Asked, BlockedLine
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.visits.counter import Seen
from mykyivstar.domain.visits.models import ProofDocument
from mykyivstar.guard import action, staff_actor
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.desk.restoring import SeenForm
from mykyivstar.state.desk.rows import CardRow, card_row
from mykyivstar.state.forms import Refusals

_LEAD = StaffRole.LEAD


class NumberForm(TypedDict):
    """Which number is to come back; at which address it was asked for."""

    shown_for: str
    number: str


@dataclass(frozen=True, slots=True)
class BlockedRow:
    """A blocked number: why, since when, and whose name stands in the contract ("" where none does)."""

    number: str
    reason: str
    note: str
    since: str
    owner: str
    is_company: bool


class DeskUnblockingState(AtAddress, Refusals, rx.State):
    """The page where a number is unblocked."""

    ready: bool = False
    visit: str = ""
    number: str = ""
    line: BlockedRow | None = None
    card: CardRow | None = None
    # The number that has just come back.
    done: str = ""

    @action(staff=_LEAD)
    async def load(self) -> None:
        """Begin with whoever stands there; nothing of the one before is left."""
        self._put_away()
        self.visit = self.rx_router_url.query_parameters.get("visit", "")[:10]
        self.ready = True
        self._take_address()

    @action(staff=_LEAD)
    async def find(self, form: NumberForm) -> None:
        """Show the blocked number; the look is written down."""
        self._demand_here(form["shown_for"])
        self._put_away()
        self.number = form["number"]
        found = await desk.look_for(wiring.unit_of_work, staff_actor(), self._asked, at=wiring.clock().now())
        self.line, self.card = _row(found), card_row(found.card) if found.card else None

    @action(staff=_LEAD)
    async def unblock(self, form: SeenForm) -> None:
        """The document was seen: the number works again."""
        self._demand_here(form["shown_for"])
        seen = Seen(ProofDocument(form["document"]), form["note"])
        number = await desk.unblock(wiring.unit_of_work, staff_actor(), self._asked, seen, at=wiring.clock().now())
        self._put_away()
        self.done = number

    @action(staff=_LEAD)
    async def put_away(self) -> None:
        """The next person."""
        self._put_away()

    def _put_away(self) -> None:
        self._clear_refusals()
        self.number, self.line, self.card, self.done = "", None, None, ""

    @property
    def _asked(self) -> Asked:
        return Asked(self.number, self.visit)


def _row(line: BlockedLine) -> BlockedRow:
    return BlockedRow(
        number=line.number,
        reason=line.reason.value,
        note=line.note,
        since=line.since.isoformat(),
        owner=line.owner,
        is_company=line.is_company,
    )
