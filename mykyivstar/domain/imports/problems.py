"""What can be wrong with what an operator gives us, in words for the operator."""

from dataclasses import dataclass


class BadValue(ValueError):
    """A cell cannot be what its column needs; the message says why."""


class BadFile(Exception):
    """Nothing of the file can be imported: it, its header or its mapping is wrong as a whole."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row was not imported. `column` is ours, "" when it is the row as a whole."""

    file: str
    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}"
        return f"{place}: {self.column}: {self.reason}" if self.column else f"{place}: {self.reason}"
