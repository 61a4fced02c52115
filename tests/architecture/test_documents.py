"""What the documents promise is true of the code."""

import re
from textwrap import dedent

import pytest
import yaml
from click.testing import CliRunner

from mykyivstar.cli import main
from mykyivstar.domain.support.files import MEGABYTES
from mykyivstar.settings import Settings, UnsafeSettings
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


def example(heading: str) -> str:
    """The indented text under a heading of docs/operations.md."""
    section = OPERATIONS.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return dedent("\n".join(line for line in section.splitlines() if line.startswith("    ") or not line))


def test_the_compose_file_starts_in_production_and_not_without_its_secrets() -> None:
    services = yaml.safe_load(example("Docker Compose"))["services"]
    given = {name.lower(): str(value) for name, value in services["app"]["environment"].items()}
    assert set(given) <= set(Settings.model_fields)
    assert services["worker"]["environment"] == services["app"]["environment"]
    secrets = {name: re.sub(r"\$\{\w+\}", "s" * 32, value) for name, value in given.items()}
    assert Settings(**secrets).environment == "production"  # type: ignore[arg-type]
    with pytest.raises(UnsafeSettings):
        Settings(**{name: re.sub(r"\$\{\w+\}", "", value) for name, value in given.items()})  # type: ignore[arg-type]


def test_nginx_lets_through_what_people_may_send() -> None:
    [most] = re.findall(r"(?m)^ *client_max_body_size (\d+)m;", example("nginx"))
    assert int(most) > MEGABYTES
