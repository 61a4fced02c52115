"""Addresses of applications. What was written is found by its form's key: a reload or a second tab shows the same."""

from urllib.parse import urlencode

from mykyivstar import routes
from mykyivstar.domain.applications.models import ApplicationKind


def of_application(code: str) -> str:
    """The customer's page of an application."""
    return routes.APPLICATION.replace("[code]", code)


def of_desk_application(code: str) -> str:
    """The desk's page of an application."""
    return routes.DESK_APPLICATION.replace("[code]", code)


def of_change(kind: ApplicationKind, form: str = "") -> str:
    """The form that changes this, filled in with what was written before."""
    query = {"what": kind.value} | ({"form": form} if form else {})
    return f"{routes.PROFILE_DATA_CHANGE}?{urlencode(query)}"


def of_check(form: str) -> str:
    """The page on which what was written is checked and sent."""
    return f"{routes.PROFILE_DATA_CHECK}?{urlencode({'form': form})}"


def of_files(code: str) -> str:
    """Where files are taken for an application."""
    return f"/api/applications/{code}/files"


def of_file(code: str) -> str:
    """Where a file of an application is given out."""
    return f"/api/applications/files/{code}"
