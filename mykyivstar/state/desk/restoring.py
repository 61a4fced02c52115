"""At the counter: the card of somebody who showed a document, and a temporary password for them (A8)."""

from dataclasses import dataclass
from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import wiring
from mykyivstar.domain.staff.models import StaffRole
from mykyivstar.domain.visits import restoring
from mykyivstar.domain.visits.counter import Seen
from mykyivstar.domain.visits.models import ProofDocument
from mykyivstar.domain.visits.restoring import Asked, Person
from mykyivstar.guard import action, staff_actor
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.desk.rows import CardRow, card_row
from mykyivstar.state.forms import Refusals

_LEAD = StaffRole.LEAD


class SubjectForm(TypedDict):
    """Who they say they are: number, account or login; at which address they were asked."""

    shown_for: str
    subject: str


class SeenForm(TypedDict):
    """Which document was seen, of whom that address showed."""

    shown_for: str
    document: Literal["passport", "id_card", "foreign_passport", "residence_permit", "driving_licence", "diia"]
    note: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A customer, or an internet account without a profile: then there is an address."""

    login: str
    account_number: str
    account_address: str


@dataclass(frozen=True, slots=True)
class GivenRow:
    """What the person takes along."""

    login: str
    password: str
    # It went to the contract phone as well.
    is_sent: bool


class DeskRestoringState(AtAddress, Refusals, rx.State):
    """The page where access is given."""

    ready: bool = False
    visit: str = ""
    subject: str = ""
    person: PersonRow | None = None
    card: CardRow | None = None
    given: GivenRow | None = None

    @action(staff=_LEAD)
    async def load(self) -> None:
        """Begin with whoever stands there; nothing of the one before is left."""
        self._put_away()
        self.visit = self.rx_router_url.query_parameters.get("visit", "")[:10]
        self.ready = True
        self._take_address()

    @action(staff=_LEAD)
    async def find(self, form: SubjectForm) -> None:
        """Show the card; the look is written down."""
        self._demand_here(form["shown_for"])
        self._put_away()
        self.subject = form["subject"]
        found = await restoring.look_for(wiring.unit_of_work, staff_actor(), self._asked, at=wiring.clock().now())
        self.person, self.card = _person(found), card_row(found.card) if found.card else None

    @action(staff=_LEAD)
    async def give(self, form: SeenForm) -> None:
        """Give them a temporary password, shown this once."""
        self._demand_here(form["shown_for"])
        is_first_visit = self.card is None
        given = await restoring.issue(
            wiring.unit_of_work,
            staff_actor(),
            self._asked,
            Seen(ProofDocument(form["document"]), form["note"]),
            at=wiring.clock().now(),
        )
        self._put_away()
        self.given = GivenRow(given.login, given.password, is_sent=is_first_visit)

    @action(staff=_LEAD)
    async def put_away(self) -> None:
        """The next person."""
        self._put_away()

    def _put_away(self) -> None:
        self._clear_refusals()
        self.subject, self.person, self.card, self.given = "", None, None, None

    @property
    def _asked(self) -> Asked:
        return Asked(self.subject, self.visit)


def _person(found: Person) -> PersonRow:
    return PersonRow(found.login, found.account_number, found.account_address)
