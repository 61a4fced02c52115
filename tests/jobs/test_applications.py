"""The job that tidies applications up, and the letters about them."""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mykyivstar.db.database import Database
from mykyivstar.domain.applications import checking
from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.notifications.mail import MailTemplate
from mykyivstar.jobs.applications import tidy
from mykyivstar.jobs.letters import composing
from mykyivstar.jobs.registry import JobContext
from mykyivstar.kit.clock import FixedClock
from tests.domain.applications.conftest import Bureau


@pytest.fixture
async def bureau(sqlite_url: str, clock: FixedClock) -> Any:
    bureau = Bureau(Database(sqlite_url, clock=clock), clock)
    await bureau.open()
    yield bureau
    await bureau.database.dispose()


def put(folder: Path, *names: str) -> None:
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(b"a picture")


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def test_contents_leave_the_folder_with_their_rows(bureau: Bureau, tmp_path: Path) -> None:
    decided, running = await bureau.files(), await bureau.files(who=bureau.taras)
    await bureau.does(checking.take, bureau.solomiia, decided)
    await bureau.does(checking.approve, bureau.solomiia, decided)
    async with bureau.database.reading() as session:
        seen = await checking.opened(session, bureau.marta, decided.code, at=bureau.clock.now(), is_new_look=False)
        kept = await checking.opened(session, bureau.marta, running.code, at=bureau.clock.now(), is_new_look=False)
    put(tmp_path / "attachments", *(file.code for file in (*seen.files, *kept.files)))
    ports = SimpleNamespace(attachments_folder=tmp_path / "attachments")
    context = JobContext(bureau.database, ports, bureau.clock)  # type: ignore[arg-type]
    bureau.clock.moment += timedelta(days=90)
    for _ in range(2):
        await tidy(context, {}, bureau.clock.now())
    assert names(tmp_path / "attachments") == [kept.files[0].code]


@pytest.mark.parametrize("language", Language)
async def test_letters_say_where_it_stands_and_nothing_of_the_data(bureau: Bureau, language: Language) -> None:
    application = await bureau.files()
    ports = SimpleNamespace(press=SimpleNamespace(site="https://my.example"))
    compose = composing(bureau.database.reading, ports)  # type: ignore[arg-type]
    said = set()
    for state in ("approved", "declined", "needs_more"):
        params = {"application_id": application.id, "state": state}
        letter = await compose(MailTemplate.APPLICATION, language, params)
        assert f"https://my.example/applications/{application.code}" in letter.text
        assert application.number in letter.subject
        assert "Коваленко" not in letter.text + letter.html
        said.add(letter.subject)
    assert len(said) == 3
    code = await compose(MailTemplate.CODE_CONTACT, language, {"code": "K7MD"})
    assert code.subject.startswith("K7MD")
    assert "K7MD" in code.text
