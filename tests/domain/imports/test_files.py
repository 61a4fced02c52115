"""Which files are imported, as what, in which order."""

import os
from pathlib import Path

import pytest

from mykyivstar.domain.imports.files import File, find
from mykyivstar.domain.imports.problems import BadFile


def folder(path: Path, *names: str) -> Path:
    for name in names:
        (path / name).write_text("")
    return path


def test_a_folder_is_read_in_the_order_of_what_refers_to_what(tmp_path):
    where = folder(
        tmp_path, "usage-2026-11.csv", "usage-2026-10.csv", "lines.csv", "owners.csv", "Tariffs.CSV", "notes.txt"
    )
    found = [(file.path.name, file.kind) for file in find([where])]
    assert found == [
        ("Tariffs.CSV", "tariffs"),
        ("owners.csv", "owners"),
        ("lines.csv", "lines"),
        ("usage-2026-10.csv", "usage"),
        ("usage-2026-11.csv", "usage"),
    ]


def test_a_kind_narrows_a_folder_and_names_a_file_of_any_name(tmp_path):
    where = folder(tmp_path, "usage.csv", "lines.csv", "journal.dat")
    assert find([where], "lines") == [File(where / "lines.csv", "lines")]
    assert find([where / "journal.dat"], "usage") == [File(where / "journal.dat", "usage")]


def test_a_file_named_twice_is_one(tmp_path):
    where = folder(tmp_path, "lines.csv")
    assert find([where, where / "lines.csv"]) == [File(where / "lines.csv", "lines")]


def test_names_that_only_begin_alike_are_no_kind(tmp_path):
    where = folder(tmp_path, "linesman.csv", "usages.csv")
    with pytest.raises(BadFile, match="no file here is named after a kind"):
        find([where])
    with pytest.raises(BadFile, match=r"linesman.csv does not say its kind; give --kind"):
        find([where / "linesman.csv"])


def test_what_is_not_there_is_said(tmp_path):
    with pytest.raises(BadFile, match="there is no such file"):
        find([tmp_path / "lines.csv"])
    os.mkfifo(tmp_path / "usage.csv")
    with pytest.raises(BadFile, match="is no plain file"):
        find([tmp_path / "usage.csv"])
    with pytest.raises(BadFile, match="there is no kind 'cars'"):
        find([tmp_path], "cars")
