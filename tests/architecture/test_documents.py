"""What the documents promise is true of the code."""

import re

from click.testing import CliRunner

from mykyivstar.cli import main
from mykyivstar.settings import Settings
from tests.architecture.source import PROJECT

OPERATIONS = (PROJECT / "docs" / "operations.md").read_text(encoding="utf-8")


def documented_settings() -> dict[str, str]:
    return dict(re.findall(r"(?m)^\| `([A-Z_]+)` \| (?:`([^`]*)`|[^|]+) \|", OPERATIONS))


def test_every_setting_is_documented_and_no_other() -> None:
    assert set(documented_settings()) == {name.upper() for name in Settings.model_fields}


def test_documented_defaults_are_the_real_ones() -> None:
    for name, default in documented_settings().items():
        if default:
            real = Settings.model_fields[name.lower()].default
            assert default == (str(real).lower() if isinstance(real, bool) else str(real)), name


def test_every_command_is_documented_and_no_other() -> None:
    documented = set(re.findall(r"(?m)^    mykyivstar ([a-z-]+)", OPERATIONS))
    listed = CliRunner().invoke(main, ["--help"]).output.partition("Commands:")[2]
    assert documented == set(re.findall(r"(?m)^  ([a-z-]+)", listed))


def test_links_between_documents_lead_somewhere() -> None:
    for document in [PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / link).exists(), f"{document.name}: {link}"
