"""On which terms phones talk with the menu: configuration of an installation (I5)."""

from dataclasses import dataclass
from datetime import timedelta

#: What one screen of a phone takes, in characters.
TEXT_MAX = 182


@dataclass(frozen=True, slots=True)
class UssdTerms:
    """How long a dialogue waits for an answer, how long a worker may think about one, how long a dialogue may go on."""

    waits: timedelta = timedelta(seconds=180)
    works: timedelta = timedelta(seconds=20)
    steps_most: int = 40
