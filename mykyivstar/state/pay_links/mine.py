"""My links to pay by: made, shown as QR, ended (D8, O7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, terms, wiring
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.payments import pay_links
from mykyivstar.domain.payments.pay_links import DAYS, LinkView
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import Malformed, NotFound
from mykyivstar.kit.money import Money
from mykyivstar.papers.qr import qr_picture
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.form_keys import demand_form_key, new_form_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.payments.rows import WhomRow, whom_rows
from mykyivstar.state.shell import ShellState, show


class LinkForm(TypedDict, total=False):
    """The form; a radio or checkbox that is not ticked is not sent."""

    key: str
    to: str
    amount: str
    note: str
    uses: Literal["once", "many"]
    days: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link; `standing` says whether it can still be paid, else why not."""

    id: int
    kind: str
    number: str
    address: str
    amount: int | None
    once: bool
    note: str
    payments: int
    paid: int
    expires_at: str
    standing: Literal["live", "paid", "ended", "expired"]


class LinksState(AtAddress, Refusals, rx.State):
    """Links page."""

    ready: bool = False
    whom: list[WhomRow] = []
    to: str = ""
    rows: list[LinkRow] = []
    # The one whose QR is on the screen, and the QR as a picture.
    shown: LinkRow | None = None
    qr: str = ""
    # The one about which it is asked whether it is to end.
    ending: LinkRow | None = None
    # Rises with every link made, so that the form begins anew.
    made: int = 0
    form_key: str = ""

    @action
    async def load(self) -> None:
        """Show the links; the address may say for whom the next one is (`?to=line:12`)."""
        self._close()
        self.form_key = new_form_key()
        self.to = self.router.url.query_parameters.get("to", "")
        await self._refresh()
        self._take_address()

    @action
    async def refresh(self) -> None:
        """Bring the links up to date; what is typed stays, an open dialog too."""
        await self._refresh()

    @action
    async def make(self, form: LinkForm) -> None:
        """Make a link and show its QR."""
        amount = form.get("amount", "").strip()
        days = form.get("days", "")
        if days not in {str(each) for each in DAYS}:
            raise Malformed
        async with wiring.unit_of_work() as session:
            link = await pay_links.make(
                session,
                actor(),
                key=demand_form_key(form.get("key", "")),
                target=HoldingKey.parse(form.get("to", "")),
                amount=Money.parse(amount) if amount else None,
                once=form.get("uses") == "once",
                note=form.get("note", ""),
                days=int(days),
                limits=terms.payment_limits(),
                at=wiring.clock().now(),
            )
        self._close()
        self.made, self.form_key = self.made + 1, new_form_key()
        await self._refresh()
        self._open(link.id or 0)

    @action
    async def show_qr(self, link_id: int) -> None:
        """Show the QR of a link."""
        self._close()
        await self._refresh()
        self._open(link_id)

    @action
    async def ask_end(self, link_id: int) -> None:
        """Ask whether a link is really to end."""
        self._close()
        await self._refresh()
        self.ending = self._row(link_id)

    @action
    async def end(self, link_id: int) -> None:
        """Let nobody pay by it any more."""
        async with wiring.unit_of_work() as session:
            await pay_links.end(session, actor(), link_id, at=wiring.clock().now())
        self._close()
        await self._refresh()

    @action
    async def close(self) -> None:
        """Close the dialog."""
        self._close()

    async def _refresh(self) -> None:
        whole = await overviews.of(actor())
        async with wiring.reading() as session:
            views = await pay_links.own(session, actor())
        in_hand = (await self.get_state(ShellState)).chosen
        first = in_hand.key if in_hand else ""
        keys = [str(part.key) for part in whole.parts]
        to = next((key for key in (self.to, first, *keys) if key in keys), "")
        show(self, ready=True, whom=whom_rows(whole, first), to=to, rows=_rows(views))

    def _close(self) -> None:
        self._clear_refusals()
        self.shown, self.ending, self.qr = None, None, ""

    def _open(self, link_id: int) -> None:
        self.shown = self._row(link_id)
        self.qr = qr_picture(self.shown.address)

    def _row(self, link_id: int) -> LinkRow:
        found = next((row for row in self.rows if row.id == link_id), None)
        if found is None:
            raise NotFound
        return found


def _rows(views: Sequence[LinkView]) -> list[LinkRow]:
    return [
        LinkRow(
            id=view.link.id or 0,
            kind=view.key.kind.value,
            number=view.number,
            address=wiring.addresses().of_link(view.link.code),
            amount=None if view.link.amount is None else view.link.amount.kopiykas,
            once=view.link.once,
            note=view.link.note,
            payments=view.payments,
            paid=view.paid.kopiykas,
            expires_at=view.link.expires_at.isoformat(),
            standing=_standing(view),
        )
        for view in views
    ]


def _standing(view: LinkView) -> Literal["live", "paid", "ended", "expired"]:
    if view.is_live(wiring.clock().now()):
        return "live"
    if view.link.once and view.payments:
        return "paid"
    return "ended" if view.link.ended_at is not None else "expired"


refreshes(routes.PAY_LINKS, LinksState.refresh)
