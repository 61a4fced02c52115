"""The words of what went through while nothing was to: it costs nothing (G1, N5)."""

from mykyivstar.i18n import tr


def paused_words(category: str, lang: str) -> tuple[str, str]:
    """Data while data was paused; `category` is what it was, in words, or ""."""
    said = tr(lang, "Data was paused: what was used all the same is not charged.")
    return category or tr(lang, "Internet"), said


def blocked_words(category: str, lang: str) -> tuple[str, str]:
    """Anything while the number was blocked."""
    return category or tr(lang, "Usage"), tr(lang, "The number was blocked: whatever was used then is not charged.")
