"""What the demo's consultant says: by a word in the question, in the language of the conversation."""

from mykyivstar.i18n import tr

_FAREWELLS = ("дяку", "спасиб", "спасибі", "thank", "до побачення", "до свидания", "bye")
_BALANCE = ("баланс", "balance", "рахун", "счет", "счёт", "гроші", "деньги", "money")
_TARIFF = ("тариф", "tariff", "пакет", "package")
_INTERNET = ("інтернет", "интернет", "internet", "роутер", "router", "wi-fi", "вайфай")


def is_farewell(text: str) -> bool:
    """Whether that ends the conversation."""
    return _has(text, _FAREWELLS)


def greeting(language: str, *, customer: str, name: str) -> str:
    """The first words."""
    return tr(
        language,
        "Good day, {customer}! I am {name}, the consultant of this demo: I answer by myself, in simple words. "
        "What can I help with?",
        customer=customer,
        name=name,
    )


def reply(language: str, text: str, count: int) -> str:
    """An answer to what was said."""
    if is_farewell(text):
        return tr(language, "Glad I could help! I end the conversation now; please say how it was.")
    if _has(text, _BALANCE):
        return tr(language, "Your balance is on the home page, and under Expenses you see where each hryvnia went.")
    if _has(text, _TARIFF):
        return tr(language, "Your tariff, its package and the next charge are on the home page and in the calendar.")
    if _has(text, _INTERNET):
        return tr(language, "Switch the router off for half a minute and on again. Is the internet there now?")
    if count % 2:
        return tr(language, "I see. Tell me a little more, and I look into it.")
    return tr(language, "I have written that down. Is there anything else? If not, just say thank you.")


def _has(text: str, words: tuple[str, ...]) -> bool:
    folded = text.casefold()
    return any(word in folded for word in words)
