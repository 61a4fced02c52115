"""How a line or an internet account is named outside the database: "line:12", "internet:3"."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from mykyivstar.db.changes import Subject, Topic
from mykyivstar.kit.errors import NotFound

# Eighteen digits fit every database's whole numbers; more would be an error there instead of "not found".
_KEY = re.compile(r"(line|internet):([1-9][0-9]{0,17})")


class HoldingKind(StrEnum):
    """What can be held."""

    LINE = "line"
    INTERNET = "internet"


@dataclass(frozen=True, slots=True, order=True)
class HoldingKey:
    """One line or one internet account, whoever holds it."""

    kind: HoldingKind
    id: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key that a browser sent. Raises NotFound, as for a key that is nobody's."""
        if (match := _KEY.fullmatch(text)) is None:
            raise NotFound
        return cls(HoldingKind(match[1]), int(match[2]))

    @classmethod
    def line_id(cls, text: str) -> int:
        """Of a key that a browser sent where only a line is meant. Raises NotFound for what is no line's."""
        key = cls.parse(text)
        if key.kind is not HoldingKind.LINE:
            raise NotFound
        return key.id

    @property
    def subject(self) -> Subject:
        """As the change feed names it."""
        return Subject(Topic(self.kind.value), self.id)

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.id}"
