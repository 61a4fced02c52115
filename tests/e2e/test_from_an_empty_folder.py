"""The first day of an operator: an empty folder, imported files, an SMS centre, and the first subscriber."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.words import Words
from tests.fixtures.servers import wait_until
from tests.peers.smsc.peer import PASSWORD as SMSC_PASSWORD
from tests.peers.smsc.peer import SYSTEM_ID, Smsc, arrived, smsc
from tests.serving.running import PROJECT, install

EXAMPLES = PROJECT / "docs" / "examples" / "import"
PASSWORD = "Kobzar-1840"


class Centre:
    """Somebody else's SMS centre, in a thread of its own: the browser's driver has the loop of this one."""

    def __init__(self, peer: Smsc) -> None:
        self._peer = peer

    @property
    def port(self) -> int:
        return self._peer.port

    def code_for(self, number: str, *, after: int) -> str:
        def texts() -> list[str]:
            return [text for to, text in arrived(self._peer.told("submit")) if to == number]

        wait_until(lambda: len(texts()) > after, seconds=60, what=f"an SMS to {number}")
        return texts()[-1].split()[0]


@contextmanager
def centre() -> Iterator[Centre]:
    loop, ready, done = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    held: dict[str, Any] = {}

    async def run() -> None:
        async with smsc() as peer:
            held["peer"] = peer
            ready.set()
            await done.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(run()))
    thread.start()
    try:
        assert ready.wait(60), "the SMS centre did not start"
        yield Centre(held["peer"])
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join(30)


@pytest.mark.e2e
def test_imported_files_become_a_dashboard_after_an_sms_through_the_centre(
    browser: Browser, built: Path, tmp_path: Path
) -> None:
    with centre() as operator:
        installation = install(
            tmp_path,
            built,
            SMS_GATEWAY="smpp",
            SMPP_PORT=str(operator.port),
            SMPP_SYSTEM_ID=SYSTEM_ID,
            SMPP_PASSWORD=SMSC_PASSWORD,
        )
        imported = installation.run("import", str(EXAMPLES), "--strict")
        assert imported.returncode == 0, imported.stdout + imported.stderr
        again = installation.run("import", str(EXAMPLES), "--strict")
        assert again.returncode == 0, again.stdout
        with installation.serving():
            page = browser.new_context(base_url=installation.address, locale="uk-UA").new_page()
            words = Words(page, "uk")
            page.goto("/register")
            words.field("Mobile number").fill("067 600 00 01")
            words.button("Next").click()
            words.field("Code from the SMS").fill(operator.code_for("380676000001", after=0))
            words.field("Password").fill(PASSWORD)
            words.field("The password once more").fill(PASSWORD)
            page.locator("#terms").check()
            page.locator("#personal_data").check()
            words.button("Create the profile").click()
            page.wait_for_url("**/home")
            expect(page.locator("main").get_by_text("187").first).to_be_visible()
            expect(page.locator("main").get_by_text("0000600001").first).to_be_visible()
            answer = httpx.get(installation.address + "/demo/phone/messages", params={"to": "380676000001"})
            assert answer.status_code == 404, "there are no demo phones beside a real SMS centre"
