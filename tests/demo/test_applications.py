"""Applications of the demo: one in each state that is worth seeing, and personal data of everybody."""

from pathlib import Path

from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.demo import applications
from mykyivstar.domain.applications.models import Application, ApplicationFile, ApplicationState, PersonalData
from tests.demo.conftest import NOON


async def test_there_is_one_in_each_state_that_is_worth_seeing(demo: Database) -> None:
    async with demo.reading() as session:
        found = (await session.exec(select(Application))).all()
        assert {each.state for each in found} == set(ApplicationState) - {ApplicationState.DRAFT}
        assert any(each.deadline_at is not None and each.deadline_at < NOON for each in found), "one is late"
        assert len((await session.exec(select(PersonalData))).all()) == 4


async def test_documents_are_there_where_there_is_a_folder(demo: Database, tmp_path: Path) -> None:
    async with demo.unit_of_work() as session:
        for table in ("application_step", "customer_look", "application"):
            await session.execute(PersonalData.metadata.tables[table].delete())
        await session.execute(PersonalData.metadata.tables["personal_data"].delete())
        await applications.add_applications(session, NOON, tmp_path / "attachments")
        files = (await session.exec(select(ApplicationFile).where(col(ApplicationFile.sent_at).is_not(None)))).all()
    assert {file.code for file in files} == {path.name for path in (tmp_path / "attachments").iterdir()}
    assert len(files) == 5
