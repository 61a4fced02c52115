"""Whose numbers are shown whole: the one rule for the screen, the files and the letters (E3, O9)."""

import re

from mykyivstar.domain.usage.hidden import is_hidden
from mykyivstar.domain.usage.models import UsageRecord

_A_PERSONS = re.compile(r"\+?[0-9]{7,15}")
_SHOWN_FIRST, _SHOWN_LAST = 5, 2


def shown_party(party: str, *, proved: bool) -> str:
    """The other number as it may be shown: somebody's is masked unless it was freshly proved who asks.

    Services and short numbers are nobody's and stay.
    """
    if proved or not _A_PERSONS.fullmatch(party):
        return party
    hidden = max(len(party) - _SHOWN_FIRST - _SHOWN_LAST, 1)
    return party[:_SHOWN_FIRST] + "•" * hidden + party[_SHOWN_FIRST + hidden :]


def may_be_told(record: UsageRecord) -> bool:
    """Whether the record may be shown at all. Hidden numbers are never stored; should one be, it ends here."""
    return not is_hidden(record.other_party)
