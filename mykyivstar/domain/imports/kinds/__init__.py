"""The kinds of file, in the order in which they must be imported: what is referred to comes first."""

from mykyivstar.domain.imports.kind import Kind
from mykyivstar.domain.imports.kinds.accounts import INTERNET_ACCOUNTS, LINES, OWNERS
from mykyivstar.domain.imports.kinds.allowances import ALLOWANCES
from mykyivstar.domain.imports.kinds.balances import BALANCES
from mykyivstar.domain.imports.kinds.catalogue import ANNOUNCEMENTS, SERVICES, TARIFFS
from mykyivstar.domain.imports.kinds.outages import OUTAGES
from mykyivstar.domain.imports.kinds.stores import STORES
from mykyivstar.domain.imports.kinds.usage import USAGE

__all__ = ["KINDS"]

_ALL = (
    *(TARIFFS, SERVICES, OWNERS, LINES, INTERNET_ACCOUNTS, STORES, ANNOUNCEMENTS, BALANCES, ALLOWANCES, USAGE),
    OUTAGES,
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
