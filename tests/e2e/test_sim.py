"""A SIM that is stolen, and one that is not needed for a while: blocked, and how each comes back (G1)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.db.jobs import Job, JobState
from mykyivstar.domain.blocking.service import CARRY_OUT_JOB
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.lines.models import Holding, Line
from mykyivstar.kit.msisdn import Msisdn
from tests.e2e.accessibility import fits_everybody
from tests.e2e.people import Person, SignIn, let_proofs_grow_old, make_person
from tests.e2e.site import PASSWORD, Phone, Site, wait_until
from tests.e2e.words import Words


def another_number(site: Site, person: Person) -> str:
    """The person has had a second line for long: codes may go there."""
    number = f"38067903{person.number[-4:]}"

    async def give(database: Database) -> None:
        async with database.unit_of_work() as session:
            profile = (await session.exec(select(Profile).where(Profile.login_key == person.number))).one()
            session.add(line := Line(msisdn=Msisdn(number)))
            await session.flush()
            proved_at = datetime.now(UTC) - timedelta(days=9)
            session.add(Holding(profile_id=profile.id, line_id=line.id, position=1, proved_at=proved_at))

    site.behind_its_back(give)
    return number


def at_sim(page: Page, site: Site, sign_in: SignIn, person: Person, *, is_proved: bool = True) -> Words:
    sign_in(person.number)
    if not is_proved:
        let_proofs_grow_old(site, person)
    page.goto("/sim")
    expect(page.get_by_test_id("sim")).to_be_visible()
    return Words(page, "uk")


def ask_for(words: Words, reason: str) -> None:
    """Up to the check, by keyboard."""
    page = words.page
    page.get_by_test_id("begin").click()
    expect(page.get_by_test_id("block-form")).to_be_visible()
    page.get_by_test_id("next").click()
    expect(
        page.get_by_role("alert").filter(has_text=words.say("Choose why the number is to be blocked."))
    ).to_be_visible()
    choice = page.locator(f"input[name=reason][value={reason}]")
    choice.focus()
    page.keyboard.press("Space")
    expect(choice).to_be_checked()
    expect(page.locator("#note")).to_be_hidden()
    fits_everybody(page)
    page.get_by_test_id("next").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("block-check")).to_be_visible()


def the_half_hour_is_over(site: Site) -> None:
    """As if the time had passed after which an application is carried out."""

    async def make_due(database: Database) -> None:
        async with database.unit_of_work() as session:
            waiting = (Job.kind == CARRY_OUT_JOB, Job.state == JobState.WAITING)
            await session.exec(update(Job).where(*waiting).values(run_at=datetime.now(UTC)))  # type: ignore[arg-type]

    site.behind_its_back(make_due)


def test_a_stolen_sim_is_blocked_at_once_and_given_back_at_the_desk(
    page: Page, site: Site, sign_in: SignIn, marta: Page
) -> None:
    person = make_person(site)
    another_number(site, person)
    words = at_sim(page, site, sign_in, person, is_proved=False)
    fits_everybody(page)
    ask_for(words, "stolen")
    expect(page.get_by_test_id("meaning")).to_contain_text("112")
    expect(page.get_by_test_id("when")).to_contain_text(words.say("At once"))
    fits_everybody(page)
    page.get_by_test_id("block").click()
    # A fresh proof first; then it is done without another click.
    dialog = page.get_by_role("dialog", name=words.say("Is it you?"))
    dialog.get_by_role("button", name=words.say("By your password")).click()
    dialog.locator("#proof_password").fill(PASSWORD)
    dialog.get_by_role("button", name=words.say("Confirm")).click()
    expect(page.get_by_test_id("sim")).to_contain_text(words.say("The number is blocked"))
    # Nobody unblocks it here: the way leads to a service centre.
    expect(page.get_by_test_id("way-back")).to_contain_text(
        words.say(
            "This number was blocked as lost or stolen. "
            "It is unblocked at a service centre, where you show your document."
        )
    )
    expect(page.get_by_test_id("send-code")).to_have_count(0)
    expect(page.get_by_test_id("centre")).to_have_attribute("href", "/stores?service=identity_check")
    fits_everybody(page)

    desk = Words(marta, "uk")
    marta.goto("/desk/unblock")
    desk.field("Blocked mobile number").fill("067 999 99 99")
    desk.button("Show the number").click()
    expect(desk.field("Blocked mobile number")).to_have_attribute("aria-invalid", "true")
    desk.field("Blocked mobile number").fill(person.typed)
    fits_everybody(marta)
    desk.button("Show the number").click()
    expect(marta.get_by_text("Ганна").first).to_be_visible()
    desk.field("What you saw").fill("паспорт, …123456")
    fits_everybody(marta)
    desk.button("Unblock the number").click()
    expect(marta.get_by_role("status").filter(has_text="знову працює")).to_be_visible()
    fits_everybody(marta)
    # The customer's page, which has stayed open, knows it too.
    expect(page.get_by_test_id("sim")).to_contain_text(
        words.say("Calls, SMS and mobile data work as usual."), timeout=20_000
    )


def test_a_sim_that_is_not_needed_waits_is_withdrawn_blocked_and_unblocked_by_a_code(
    page: Page, site: Site, sign_in: SignIn, phone: Callable[[str], Phone]
) -> None:
    person = make_person(site)
    other = another_number(site, person)
    words = at_sim(page, site, sign_in, person)
    sim = page.get_by_test_id("sim")
    ask_for(words, "away")
    page.get_by_test_id("block").click()
    expect(sim).to_contain_text(words.say("Not needed for a while"))
    fits_everybody(page)
    page.get_by_test_id("withdraw").click()
    expect(sim).to_contain_text(words.say("Calls, SMS and mobile data work as usual."))

    ask_for(words, "away")
    page.get_by_test_id("block").click()
    expect(page.get_by_test_id("withdraw")).to_be_visible()
    the_half_hour_is_over(site)
    # By itself, as soon as the worker has done it.
    expect(sim).to_contain_text(words.say("The number is blocked"), timeout=60_000)
    page.get_by_test_id("send-code").click()
    expect(page.locator("#unblock-code")).to_be_visible()
    fits_everybody(page)
    page.locator("#code").fill(code_in(phone(other), words))
    # Sent as soon as it is whole.
    expect(sim).to_contain_text(words.say("Calls, SMS and mobile data work as usual."))
    expect(page.get_by_test_id("way-back")).to_have_count(0)


def code_in(other: Phone, words: Words) -> str:
    """The code that unblocks; other SMS about the block come at about the same time."""
    meant = words.say("{code} is the code to unblock {number}. Never share it", code="", number="067").partition("067")[
        0
    ]

    def codes() -> list[str]:
        return [each["text"].split()[0] for each in other.messages() if meant in each["text"]]

    wait_until(lambda: bool(codes()), seconds=30, what=f"a code to {other.number}")
    return codes()[0]
