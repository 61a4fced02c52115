"""Where stores are found."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from mykyivstar import routes
from mykyivstar.domain.stores.register import Wish
from mykyivstar.domain.stores.wishes import parameters_of


def of_wish(wish: Wish) -> str:
    """The map and the list of what fits."""
    parameters = parameters_of(wish)
    return f"{routes.STORES}?{query(parameters)}" if parameters else routes.STORES


def query(parameters: Mapping[str, str]) -> str:
    """As it stands in an address."""
    return urlencode(parameters, safe=",")


def of_store(code: str) -> str:
    """One store."""
    return f"{routes.STORES}/{quote(code, safe='')}"
