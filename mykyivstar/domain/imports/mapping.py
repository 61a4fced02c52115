"""The mapping file: how a file of another make is to be read as one of ours."""

import json
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from mykyivstar.domain.imports.moments import EPOCHS
from mykyivstar.domain.imports.problems import BadFile


def _exact(value: object) -> Fraction:
    # By way of its text: the float 0.1 is not a tenth.
    try:
        return Fraction(str(value))
    except (ValueError, ZeroDivisionError):
        raise ValueError("write a number, a decimal fraction or a ratio like 1/60") from None


def _several(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _words(value: object) -> object:
    """TOML and JSON have numbers and booleans; in a CSV file everything is text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"no time zone '{name}'; write one like Europe/Kyiv") from None
    return name


Several = Annotated[list[str], BeforeValidator(_several)]
Text = Annotated[str, BeforeValidator(_words)]
Zone = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnMapping(_Strict):
    """Where one of our columns comes from and how it is written there."""

    source: Several = Field(default=[], alias="from")
    # Between the parts when `from` names several columns.
    join: str = ""
    # The same for every row; no column of theirs is read.
    fixed: Text | None = None
    # Their word: our word. `other` is for every word not listed.
    values: dict[str, Text] = {}
    other: Text | None = None
    # What an empty cell means.
    blank: Text | None = None
    # Of moments: strptime formats, "unix" or "unix_ms"; several are tried in their order.
    format: Several = []
    zone: Zone | None = None
    # Of numbers.
    decimal: Literal["", ",", "."] | None = None
    multiply: Annotated[Fraction, BeforeValidator(_exact)] = Fraction(1)
    round: bool = False

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str | None) -> str | None:
        return zone if zone is None else _zone(zone)

    @field_validator("format")
    @classmethod
    def _real_formats(cls, formats: list[str]) -> list[str]:
        for given in formats:
            if given not in EPOCHS and "%" not in given:
                raise ValueError(f"'{given}' is no format; write one like %d.%m.%Y %H:%M:%S, unix or unix_ms")
        return formats

    @model_validator(mode="after")
    def _one_origin(self) -> "ColumnMapping":
        if bool(self.source) == (self.fixed is not None):
            raise ValueError("give either `from` or `fixed`")
        return self


class Mapping(_Strict):
    """A whole mapping file; every key may be left out."""

    kind: str = ""
    encoding: str = ""
    delimiter: str = ""
    # Lines before the header; and the header itself, for files that have none.
    skip: Annotated[int, Field(ge=0)] = 0
    header: list[str] = []
    zone: Zone = "Europe/Kyiv"
    decimal: Literal["", ",", "."] = ""
    # Our column: theirs. None: they are the same.
    columns: dict[str, ColumnMapping] | None = None

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, zone: str) -> str:
        return _zone(zone)

    @field_validator("columns", mode="before")
    @classmethod
    def _by_name_alone(cls, columns: Any) -> Any:
        if not isinstance(columns, dict):
            return columns
        return {ours: {"from": theirs} if isinstance(theirs, str) else theirs for ours, theirs in columns.items()}


def read_mapping(path: Path) -> Mapping:
    """The mapping in a TOML or (by its name) JSON file. Raises BadFile, saying where it is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        given = json.loads(text) if path.suffix.casefold() == ".json" else tomllib.loads(text)
        return Mapping.model_validate(given)
    except OSError as error:
        raise BadFile(f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadFile("the mapping is not UTF-8") from error
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc'])) or 'mapping'}: {e['msg']}" for e in error.errors()]
        raise BadFile("; ".join(wrong)) from error
    except ValueError as error:
        raise BadFile(f"is neither TOML nor JSON as its name says: {error}") from error
