"""Blocking the SIM of the line in hand, and unblocking it (G1)."""

from typing import Any, Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.blocking import contacts, queries, service, unblocking
from mykyivstar.domain.blocking.errors import (
    AlreadyBlocked,
    BlockingAppliedFor,
    NotBlocked,
    ReasonMissing,
    TooLateToWithdraw,
)
from mykyivstar.domain.blocking.models import BlockReason
from mykyivstar.domain.blocking.service import Wanted
from mykyivstar.domain.identity.errors import CodeSpent
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.lines.queries import held_line
from mykyivstar.domain.overview.models import LinePart, Overview
from mykyivstar.guard import action, actor, caller
from mykyivstar.kit.errors import CustomerError
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.form_keys import new_form_key, own_key
from mykyivstar.state.forms import Refusals
from mykyivstar.state.language import LanguageState
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState, show
from mykyivstar.state.sim.rows import Checked, CodeRow, LineChoice, SimView, code_row, line_choices, sim_view

# What somebody else, or another tab, has done meanwhile.
_OVERTAKEN = (AlreadyBlocked, BlockingAppliedFor, NotBlocked, TooLateToWithdraw, CodeSpent)


class BlockForm(TypedDict, total=False):
    """Which line and why; a radio that is not chosen is not sent, and words only for another reason."""

    line: str
    reason: str
    note: str


class ConfirmForm(BlockForm):
    """What the check shows, sent back by it."""

    key: str


class UnblockForm(TypedDict):
    """The code that came to another contact."""

    line: str
    code: str


class SimState(AtAddress, Refusals, rx.State):
    """The SIM of one line."""

    # "choose": what is in hand is no line; "none": there is no line at all.
    standing: Literal["loading", "ready", "choose", "none"] = "loading"
    step: Literal["standing", "form", "check"] = "standing"
    lines: list[LineChoice] = []
    sim: SimView | None = None
    reason: str = ""
    note: str = ""
    checked: Checked | None = None
    form_key: str = ""
    code: CodeRow | None = None

    @action
    async def load(self) -> None:
        """Show the line in hand."""
        self._begin_anew()
        whole = await overviews.of(actor())
        await self._look(whole, wanted=self.rx_router_url.query_parameters.get("line", ""))
        self._take_address()

    @action
    async def refresh(self) -> None:
        """Another line is in hand, or this one was blocked or unblocked."""
        before = self.sim
        await self._look(await overviews.of(actor()))
        is_other = before is None or self.sim is None or before.key != self.sim.key
        if is_other or (before is not None and self.sim is not None and before.state != self.sim.state):
            self._begin_anew()
            await self._read_code()

    @action
    async def begin(self) -> None:
        """Why is it to be blocked?"""
        self._clear_refusals()
        self.reason, self.note, self.checked, self.form_key = "", "", None, new_form_key()
        self.step = "form"

    @action
    async def check(self, form: BlockForm) -> None:
        """Show what it means before anything is done."""
        self.reason, self.note = form.get("reason", ""), form.get("note", "")
        at = wiring.clock().now()
        async with wiring.reading() as session:
            wanted = await service.check(session, actor(), _wanted(form))
            line = (await held_line(session, actor(), wanted.line_id)).line
            others = await contacts.others(session, actor(), line, before=at)
        self._clear_refusals()
        self.checked = Checked(wanted.reason.value, wanted.note, wanted.reason.is_urgent, bool(others))
        self.step = "check"

    @action
    async def change(self) -> None:
        """Back to the reason."""
        self._clear_refusals()
        self.step = "form"

    @action
    async def leave(self) -> None:
        """Not now."""
        self._begin_anew()
        await self._read_code()

    @action
    async def block(self, form: ConfirmForm) -> None:
        """Block it, or apply for it: once for one form."""
        async with wiring.unit_of_work() as session:
            await service.block(
                session, actor(), _wanted(form), key=f"sim:{own_key(form['key'])}", at=wiring.clock().now()
            )
        self._begin_anew()
        await self._again()

    @action
    async def withdraw(self, line: str) -> None:
        """The line is not to be blocked after all."""
        async with wiring.unit_of_work() as session:
            await service.withdraw(session, actor(), HoldingKey.line_id(line), at=wiring.clock().now())
        self._begin_anew()
        await self._again()

    @action
    async def send_code(self, line: str, to: str) -> None:
        """Send a code to another contact."""
        out = await unblocking.send(
            wiring.unit_of_work,
            wiring.secret_key(),
            actor(),
            line_id=HoldingKey.line_id(line),
            to=to,
            visitor=caller().visitor,
            address=caller().address,
            language=(await self.get_state(LanguageState))._language,
            at=wiring.clock().now(),
        )
        self._clear_refusals()
        self.code = code_row(out)

    @action
    async def unblock(self, form: UnblockForm) -> None:
        """The code came: the line works again."""
        await unblocking.unblock(
            wiring.unit_of_work,
            wiring.secret_key(),
            actor(),
            line_id=HoldingKey.line_id(form["line"]),
            code=form["code"],
            visitor=caller().visitor,
            at=wiring.clock().now(),
        )
        self._begin_anew()
        await self._again()

    async def _refuse(self, refusal: CustomerError, *rest: Any) -> Any:
        if isinstance(refusal, _OVERTAKEN):
            self._begin_anew()
            await self._again()
        return await super()._refuse(refusal, *rest)

    async def _again(self) -> None:
        overviews.forget([HoldingKey.parse(self.sim.key).subject] if self.sim else [])
        await self._look(await overviews.of(actor()))

    async def _look(self, whole: Overview, *, wanted: str = "") -> None:
        part = (await self.get_state(ShellState))._show(whole, wanted=wanted)
        lines = [each for each in whole.parts if isinstance(each, LinePart)]
        if not isinstance(part, LinePart):
            part = lines[0] if len(lines) == 1 else None
        if part is None:
            show(self, standing="choose" if lines else "none", lines=line_choices(lines), sim=None, code=None)
            return
        async with wiring.reading() as session:
            found = await queries.standing(session, actor(), part.key.id)
        show(self, standing="ready", lines=[], sim=sim_view(str(part.key), found))
        await self._read_code()

    async def _read_code(self) -> None:
        """The code that is out in this browser: a page that lost its connection shows it again."""
        out = None
        if self.sim is not None and self.sim.contacts:
            async with wiring.reading() as session:
                line_id = HoldingKey.parse(self.sim.key).id
                out = await unblocking.pending(session, line_id, visitor=caller().visitor, at=wiring.clock().now())
        show(self, code=code_row(out))

    def _begin_anew(self) -> None:
        self._clear_refusals()
        show(self, step="standing", reason="", note="", checked=None, form_key="")


def _wanted(form: BlockForm) -> Wanted:
    """Raises NotFound for what is no line, ReasonMissing."""
    try:
        reason = BlockReason(form.get("reason", ""))
    except ValueError:
        raise ReasonMissing from None
    return Wanted(HoldingKey.line_id(form.get("line", "")), reason, form.get("note", ""))


refreshes(routes.SIM, SimState.refresh)
