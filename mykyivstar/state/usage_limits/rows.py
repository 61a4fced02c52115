"""What the page of limits shows, as plain values: kopiykas, bytes, ISO moments."""

from dataclasses import dataclass

from mykyivstar.domain.usage_limits.models import LimitKind
from mykyivstar.domain.usage_limits.service import Standing
from mykyivstar.domain.usage_limits.volumes import written_gigabytes


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit and what is used of it; `most` is 0 where there is none."""

    kind: str
    used: int
    most: int
    percent: int
    pauses_data: bool
    # As the field has it: "150", "150.50" or "10".
    typed: str
    # ISO moments at which 80 and 100 % were reached; "" until then.
    near_at: str
    reached_at: str


def limit_row(standing: Standing, kind: LimitKind) -> LimitRow:
    """How the line stands to one of its limits."""
    limit = next((each for each in standing.limits if each.kind is kind), None)
    used = standing.used[kind]
    if limit is None:
        return LimitRow(kind.value, used, 0, 0, pauses_data=False, typed="", near_at="", reached_at="")
    told = {each.percent: each.at.isoformat() for each in standing.alerts if each.kind is kind}
    return LimitRow(
        kind.value,
        used,
        limit.most,
        used * 100 // limit.most,
        limit.pauses_data,
        _hryvnias(limit.most) if kind is LimitKind.MONEY else written_gigabytes(limit.most),
        told.get(80, ""),
        told.get(100, ""),
    )


def _hryvnias(kopiykas: int) -> str:
    whole, rest = divmod(kopiykas, 100)
    return f"{whole}.{rest:02}" if rest else f"{whole}"
