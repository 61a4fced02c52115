"""Addresses of help articles."""

from urllib.parse import urlencode

from mykyivstar import routes


def of_article(code: str) -> str:
    """The page of an article."""
    return routes.HELP_ARTICLE.replace("[code]", code)


def of_search(question: str) -> str:
    """The help page with what was found."""
    return f"{routes.HELP}?{urlencode({'q': question})}" if question else routes.HELP
