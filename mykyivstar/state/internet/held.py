"""Which of a person's internet accounts a page is about: the one in hand, else their first."""

from collections.abc import Sequence

import reflex as rx

from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.overview.models import InternetPart
from mykyivstar.guard import actor
from mykyivstar.kit.errors import NotFound
from mykyivstar.state.internet.rows import AccountRow
from mykyivstar.state.overviews import overviews
from mykyivstar.state.shell import ShellState


async def in_hand(state: rx.State) -> tuple[InternetPart | None, Sequence[InternetPart]]:
    """The account that the pages of home internet show, and all of them; the bars are brought up to date."""
    whole = await overviews.of(actor())
    shell = await state.get_state(ShellState)
    part = shell._show(whole)
    if isinstance(part, InternetPart):
        return part, whole.internet
    return next(iter(whole.internet), None), whole.internet


def account_rows(parts: Sequence[InternetPart], chosen: InternetPart | None) -> list[AccountRow]:
    """To choose from, where there are several."""
    if len(parts) < 2:
        return []
    return [AccountRow(str(part.key), part.nickname, part.number, part is chosen) for part in parts]


def account_id(key: str) -> int:
    """Of a key that a browser sent. Raises NotFound for what is no internet account's."""
    parsed = HoldingKey.parse(key)
    if parsed.kind is not HoldingKind.INTERNET:
        raise NotFound
    return parsed.id
