"""The text runtime of the browser, with a few Russian texts."""

import pytest

from tests.i18n.runtime import TextRuntime

RUSSIAN = {"Hello, {name}": "Здравствуйте, {name}", "{count} day": ["{count} день", "{count} дня", "{count} дней"]}


@pytest.fixture(scope="session")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> TextRuntime:
    return TextRuntime(tmp_path_factory.mktemp("texts"), {"ru": RUSSIAN})
