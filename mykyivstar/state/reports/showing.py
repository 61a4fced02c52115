"""Records of a period on the screen, page by page, with their sums."""

import reflex as rx

from mykyivstar import wiring
from mykyivstar.domain.reports import screen
from mykyivstar.domain.usage.queries import Place
from mykyivstar.guard import actor
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.period import Period
from mykyivstar.state.reports.rows import RecordRow, SumRow, record_row, sum_rows
from mykyivstar.state.shell import show

_SHOWN_AT_MOST = 2_000


class ShowsRecords(rx.State, mixin=True):
    """Mixin: the records of `_period` of the line `_line_id`, as far as the person may see them."""

    shows_records: bool = False
    is_masked: bool = True
    records: list[RecordRow] = []
    sums: list[SumRow] = []
    total: int = 0
    has_more: bool = False
    _line_id: int = 0
    _period: Period | None = None
    _after: Place | None = None

    def _show_nothing(self) -> None:
        self.records, self.sums, self.total = [], [], 0
        self.shows_records, self.has_more, self._period, self._after = False, False, None, None

    async def _read_again(self) -> None:
        """As many as there are now, from the first."""
        shown = max(len(self.records), screen.PAGE)
        self.records, self._after = [], None
        while len(self.records) < shown:
            await self._read_more()
            if not self.has_more:
                return

    async def _read_sums(self) -> None:
        assert self._period is not None
        async with wiring.reading() as session:
            sums = await screen.page_sums(session, actor(), line_id=self._line_id, period=self._period)
        show(self, sums=sum_rows(sums), total=sums.cost.kopiykas, shows_records=True)

    async def _read_more(self) -> None:
        if self._period is None:
            raise Malformed
        at = wiring.clock().now()
        async with wiring.reading() as session:
            page = await screen.page(
                session, actor(), line_id=self._line_id, period=self._period, after=self._after, at=at
            )
        self.records = [*self.records, *(record_row(each) for each in page.rows)]
        self._after = page.after
        self.has_more = page.after is not None and len(self.records) < _SHOWN_AT_MOST
        self.is_masked = not actor().has_fresh_proof(at)
