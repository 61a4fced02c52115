"""The cards that the demo bank knows, and what happens when one pays. No other number is taken."""

from dataclasses import dataclass
from enum import StrEnum


class Conduct(StrEnum):
    """What a test card does."""

    PAYS = "pays"
    # Pays for its owner; later charges without the owner find no money on it.
    PAYS_ONCE = "pays_once"
    EXPIRED = "expired"
    LIMIT = "limit"
    INTERNET_OFF = "internet_off"
    NO_MONEY = "no_money"
    UNKNOWN_CARD = "unknown_card"
    FRAUD = "fraud"
    SLOW = "slow"
    SILENT = "silent"
    TWICE = "twice"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class TestCard:
    """A card of the demo bank."""

    number: str
    conduct: Conduct

    __test__ = False  # for the collector of tests, which likes the name

    @property
    def grouped(self) -> str:
        """As it is printed: by four digits."""
        return " ".join(self.number[start : start + 4] for start in range(0, len(self.number), 4))

    @property
    def ending(self) -> str:
        """What tells it from the others and may stand in an address."""
        return self.number[-4:]


TEST_CARDS = (
    TestCard("4242424242424242", Conduct.PAYS),
    TestCard("5555555555554444", Conduct.PAYS),
    TestCard("4000000000000341", Conduct.PAYS_ONCE),
    TestCard("4000000000000069", Conduct.EXPIRED),
    TestCard("4000000000006975", Conduct.LIMIT),
    TestCard("4000000000000101", Conduct.INTERNET_OFF),
    TestCard("4000000000009995", Conduct.NO_MONEY),
    TestCard("4000000000000127", Conduct.UNKNOWN_CARD),
    TestCard("4100000000000019", Conduct.FRAUD),
    TestCard("4000000000003063", Conduct.SLOW),
    TestCard("4000000000005126", Conduct.SILENT),
    TestCard("4000000000000077", Conduct.TWICE),
    TestCard("4000000000000259", Conduct.UNREACHABLE),
)
_BY_NUMBER = {card.number: card for card in TEST_CARDS}

# The bank's code of each refusal, from monobank's list "Errors while paying".
REFUSALS = {
    Conduct.EXPIRED: "51",
    Conduct.LIMIT: "60",
    Conduct.INTERNET_OFF: "61",
    Conduct.NO_MONEY: "59",
    Conduct.UNKNOWN_CARD: "52",
    Conduct.FRAUD: "1407",
}
WRONG_CODE = "1034"
TIME_IS_UP = "8001"
GIVEN_UP = "8002"
NO_MONEY = "59"

_WORDS = {
    "51": "Закінчився строк дії картки",
    "52": "Номер картки вказано невірно",
    "59": "На картці недостатньо коштів для завершення покупки",
    "60": "Перевищено ліміт кількості видаткових операцій",
    "61": "На картці перевищено інтернет-ліміт",
    "1034": "3-D Secure перевірку не пройдено",
    "1407": "Операцію заблоковано ризик-менеджментом",
    "8001": "Минув термін дії посилання на оплату",
    "8002": "Клієнт відмінив оплату",
}


def card_of(number: str) -> TestCard | None:
    """The test card with this number of digits alone."""
    return _BY_NUMBER.get(number)


def card_ending(digits: str) -> TestCard | None:
    """The test card whose number ends so."""
    return next((card for card in TEST_CARDS if card.ending == digits), None)


def failure_words(code: str) -> str:
    """What the bank writes beside a code of refusal."""
    return _WORDS.get(code, "")


def is_luhn(number: str) -> bool:
    """Whether the last digit is the one that the others ask for."""
    doubled = [sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2]]
    return (sum(doubled) + sum(int(digit) for digit in number[-1::-2])) % 10 == 0


def mask(number: str) -> str:
    """What may be kept of a number: 424242******4242."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


def brand(number: str) -> str:
    """The payment system, by the first digit."""
    return "visa" if number.startswith("4") else "mastercard"
