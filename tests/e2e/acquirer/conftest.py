"""The demo bank alone, with a shop that is not ours: no build of the front end is needed."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.fixtures.servers import accepts_connections, free_port, running, wait_until


@dataclass(frozen=True)
class ShopSite:
    """A running shop and its bank."""

    address: str
    folder: Path

    def notices(self, reference: str) -> list[dict[str, Any]]:
        """What the bank told the shop of an order, in the order in which it came."""
        found: list[dict[str, Any]] = httpx.get(f"{self.address}/shop/notices", params={"reference": reference}).json()
        return found

    def state(self, reference: str) -> dict[str, Any]:
        """What the bank answers when the shop asks."""
        found: dict[str, Any] = httpx.get(f"{self.address}/shop/state", params={"reference": reference}).json()
        return found

    def wait_for_notice(self, reference: str, state: str) -> dict[str, Any]:
        """The last notice, once it says this."""
        wait_until(lambda: any(each["state"] == state for each in self.notices(reference)), seconds=30, what=f"{state}")
        return self.notices(reference)[-1]

    @property
    def log(self) -> str:
        return (self.folder / "shop.log").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShopSite]:
    folder, port = tmp_path_factory.mktemp("shop"), free_port()
    command = [sys.executable, "-m", "granian", "--interface", "asgi", "--factory", "--host", "127.0.0.1"]
    command += ["--port", str(port), "tests.peers.banks.shop:create"]
    environment = os.environ | {"PORT": str(port), "DATA_DIR": str(folder), "DATABASE_URL": "", "REDIS_URL": ""}
    with running(command, log=folder / "shop.log", env=environment):
        wait_until(lambda: accepts_connections(port), seconds=60, what="the shop")
        yield ShopSite(f"http://127.0.0.1:{port}", folder)


@pytest.fixture(scope="session")
def base_url(shop: ShopSite) -> str:
    return shop.address


@pytest.fixture
def browser_context_args(base_url: str) -> dict[str, Any]:
    return {"base_url": base_url, "locale": "uk-UA", "timezone_id": "Europe/Kyiv"}
