"""Limits of the line in hand, and its data paused and resumed (N5)."""

from typing import Literal

import reflex as rx
from typing_extensions import TypedDict

from mykyivstar import routes, wiring
from mykyivstar.domain.lines.keys import HoldingKey
from mykyivstar.domain.overview.models import LinePart, Part
from mykyivstar.domain.usage_limits import service
from mykyivstar.domain.usage_limits.models import LimitKind
from mykyivstar.domain.usage_limits.volumes import parse_gigabytes
from mykyivstar.guard import action, actor
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.money import Money
from mykyivstar.state.at_address import AtAddress
from mykyivstar.state.forms import Refusals
from mykyivstar.state.live import refreshes
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState, show
from mykyivstar.state.usage_limits.rows import LimitRow, limit_row


class MoneyForm(TypedDict, total=False):
    """The most hryvnias of a month, of which line; a box that is not ticked is not sent."""

    line: str
    amount: str
    money_pauses: str | bool


class DataForm(TypedDict, total=False):
    """The most gigabytes of a month, of which line."""

    line: str
    data: str
    data_pauses: str | bool


class LimitsState(AtAddress, Refusals, rx.State):
    """Limits of one line in this month of Kyiv.

    Another line may be in hand by the time a click arrives: each says which line it was drawn for ("line:12").
    """

    # "none": what is in hand is no line whose usage this person sees.
    standing: Literal["loading", "ready", "none"] = "loading"
    # The line, "" for none.
    key: str = ""
    number: str = ""
    # The month's first day.
    month: str = ""
    may_set: bool = False
    money: LimitRow | None = None
    data: LimitRow | None = None
    is_paused: bool = False
    # "by_hand" or "limit"; until when, "" for until it is resumed.
    paused_by: str = ""
    paused_until: str = ""
    is_asking: bool = False
    saved: int = 0

    @action
    async def load(self) -> None:
        """Show the line in hand."""
        self._clear_refusals()
        self.is_asking, self.saved = False, 0
        await self._look((await self.get_state(ShellState))._show(await overviews.of(actor()), wanted=self._wanted))
        self._take_address()

    @action
    async def refresh(self) -> None:
        """Another line is in hand, or more was used."""
        before = self.key
        await self._look((await self.get_state(ShellState))._show(await overviews.of(actor())))
        if self.key != before:
            self._clear_refusals()
            self.is_asking = False

    @action
    async def set_money(self, form: MoneyForm) -> None:
        """So much a month is meant to be spent."""
        self._clear_refusals()
        most = Money.parse(form.get("amount", "")).kopiykas
        await self._set(form.get("line", ""), LimitKind.MONEY, most, pauses_data=bool(form.get("money_pauses")))

    @action
    async def set_data(self, form: DataForm) -> None:
        """So much data a month is meant to be used."""
        self._clear_refusals()
        most = parse_gigabytes(form.get("data", ""))
        await self._set(form.get("line", ""), LimitKind.DATA, most, pauses_data=bool(form.get("data_pauses")))

    @action
    async def remove(self, kind: str, line: str) -> None:
        """There is to be no such limit."""
        self._clear_refusals()
        if kind not in {each.value for each in LimitKind}:
            raise Malformed
        async with wiring.unit_of_work() as session:
            at, line_id = wiring.clock().now(), HoldingKey.line_id(line)
            await service.remove_limit(session, actor(), line_id=line_id, kind=LimitKind(kind), at=at)
        await self._read()

    @action
    async def ask_pause(self) -> None:
        """Really no data?"""
        self._clear_refusals()
        self.is_asking = True

    @action
    async def think_again(self) -> None:
        """Not now."""
        self._clear_refusals()
        self.is_asking = False

    @action
    async def pause(self, line: str) -> None:
        """No mobile data from now on."""
        self._clear_refusals()
        async with wiring.unit_of_work() as session:
            await service.pause_data(session, actor(), line_id=HoldingKey.line_id(line), at=wiring.clock().now())
        self.is_asking = False
        await self._read()

    @action
    async def resume(self, line: str) -> None:
        """Data is back."""
        self._clear_refusals()
        async with wiring.unit_of_work() as session:
            await service.resume_data(session, actor(), line_id=HoldingKey.line_id(line), at=wiring.clock().now())
        await self._read()

    async def _set(self, line: str, kind: LimitKind, most: int, *, pauses_data: bool) -> None:
        async with wiring.unit_of_work() as session:
            await service.set_limit(
                session,
                actor(),
                line_id=HoldingKey.line_id(line),
                kind=kind,
                most=most,
                pauses_data=pauses_data,
                at=wiring.clock().now(),
            )
        self.saved += 1
        await self._read()

    async def _look(self, part: Part | None) -> None:
        is_seen = isinstance(part, LinePart) and part.role.sees_usage
        key = str(part.key) if part is not None and is_seen else ""
        show(self, key=key, number=part.number if part else "")
        await self._read()

    async def _read(self) -> None:
        if not self.key:
            show(self, standing="none")
            return
        async with wiring.reading() as session:
            line_id = HoldingKey.line_id(self.key)
            found = await service.standing(session, actor(), line_id, at=wiring.clock().now())
        pause = found.pause
        show(
            self,
            standing="ready",
            month=found.month.first_day.isoformat(),
            may_set=found.may_set,
            money=limit_row(found, LimitKind.MONEY),
            data=limit_row(found, LimitKind.DATA),
            is_paused=pause is not None,
            paused_by=pause.cause.value if pause else "",
            paused_until=pause.until.isoformat() if pause and pause.until else "",
        )

    @property
    def _wanted(self) -> str:
        return self.router.url.query_parameters.get("line", "")


refreshes(routes.LIMITS, LimitsState.refresh)
