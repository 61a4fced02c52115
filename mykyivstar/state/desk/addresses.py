"""Addresses of the desk's stores."""

from urllib.parse import quote

from mykyivstar import routes


def of_desk_store(code: str) -> str:
    """The desk's page of a store."""
    return routes.DESK_STORE.replace("[code]", quote(code, safe=""))


def of_desk_search(text: str) -> str:
    """The desk's list of stores that have these words."""
    return f"{routes.DESK_STORES}?q={quote(text)}" if text else routes.DESK_STORES
