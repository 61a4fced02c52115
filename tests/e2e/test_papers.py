"""A receipt in the browser: seen, printed, saved, sent, proved by whoever holds it; and the bank's QR."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from itertools import count, product
from pathlib import Path
from urllib.parse import urlsplit

import pypdf
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from sqlmodel import select

from mykyivstar.db.database import Database
from mykyivstar.domain.identity.models import Profile
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.payments.models import Cause, Payment, PaymentState
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.domain.payments.states import advance
from mykyivstar.kit.money import Money
from tests.e2e.accessibility import dress, violations, width_of
from tests.e2e.people import make_person
from tests.e2e.site import OLENA, Site
from tests.factories.payments import make_payment, share
from tests.factories.people import make_account
from tests.fixtures.servers import wait_until
from tests.papers.pictures import read_qr

_payments = count(1)


def drawn(picture: Locator) -> None:
    """It has its place on the page, and has been read."""
    expect(picture).to_be_visible()
    # What is drawn by the page itself has nothing to be read.
    if picture.evaluate("element => element instanceof HTMLImageElement"):
        expect(picture).to_have_js_property("complete", value=True)


@dataclass
class Paper:
    """A credited top-up of home internet, and the page it is on."""

    page: Page
    payment: Payment
    account: str
    mail: Path

    def proof(self) -> str:
        """Where the QR on the screen leads."""
        picture = self.page.get_by_test_id("receipt").get_by_role("img")
        drawn(picture)
        address = urlsplit(read_qr(picture.screenshot()).decode())
        assert re.fullmatch(r"/verify/R\w{3}(-\w{4}){4}", address.path)
        return address.path


@pytest.fixture
def paper(site: Site, page: Page) -> Paper:
    person = make_person(site)
    account = f"99{next(_payments):06}"

    async def pay(database: Database) -> Payment:
        at = datetime.now(UTC)
        async with database.unit_of_work() as session:
            profile = (await session.exec(select(Profile).where(Profile.login_key == person.number))).one()
            internet: InternetAccount = await make_account(session, account)
            payer = Payer(profile_id=profile.id)
            payment = await make_payment(session, share(internet, Money.uah(70)), key=account, payer=payer, at=at)
            payment.card_mask = "444403******1902"
            await session.flush()
            assert await advance(session, payment, PaymentState.CREDITED, at=at, cause=Cause.NOTICE)
        return payment

    payment = site.behind_its_back(pay)
    token = site.session_for(person.number)
    page.context.add_cookies([{"name": "mk_session", "value": token, "url": site.address}])
    page.goto(f"/payments/{payment.code}")
    expect(page.get_by_test_id("receipt")).to_be_visible()
    return Paper(page, payment, account, Path(site.serving.installation.environment["DATA_DIR"]) / "mail")


@pytest.fixture
def stranger(browser: Browser, site: Site) -> Iterator[Page]:
    """Somebody with a paper and a browser that runs no scripts."""
    context = browser.new_context(base_url=site.address, java_script_enabled=False, locale="uk-UA")
    yield context.new_page()
    context.close()


def test_the_qr_on_a_receipt_proves_it_to_a_stranger_without_scripts(paper: Paper, stranger: Page) -> None:
    stranger.goto(paper.proof())
    expect(stranger.get_by_role("heading", name="Справжній", exact=True)).to_be_visible()
    shown = stranger.get_by_role("main").inner_text()
    assert "70,00" in shown
    assert paper.account not in shown
    assert paper.account[-3:] in shown


def test_a_forged_and_a_changed_receipt_are_refused(paper: Paper, stranger: Page) -> None:
    code = paper.proof().rpartition("/")[2]
    forged = code[:7] + ("2" if code[7] != "2" else "3") + code[8:]
    stranger.goto("/verify")
    stranger.get_by_label("Код у документі").fill(forged.lower())
    stranger.get_by_role("button", name="Перевірити").click()
    expect(stranger.get_by_role("heading", name="Не справжній", exact=True)).to_be_visible()
    stranger.get_by_label("Код у документі").fill(code.replace("-", " "))
    stranger.get_by_role("button", name="Перевірити").click()
    expect(stranger.get_by_role("heading", name="Справжній", exact=True)).to_be_visible()
    stranger.get_by_label("Сума в документі").fill("7000")
    stranger.get_by_role("button", name="Звірити").click()
    expect(stranger.get_by_role("heading", name="Не справжній: документ змінено")).to_be_visible()


def test_a_stranger_reads_the_proof_in_each_language(paper: Paper, stranger: Page) -> None:
    stranger.goto(paper.proof())
    for language, headline in (("English", "Genuine"), ("Русский", "Подлинный"), ("Українська", "Справжній")):
        stranger.get_by_role("link", name=language).click()
        expect(stranger.get_by_role("heading", name=headline, exact=True)).to_be_visible()


def test_the_page_of_proofs_shuts_nobody_out(paper: Paper, browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.address, locale="uk-UA")
    page, proof = context.new_page(), paper.proof()
    for path in ("/verify", proof, f"{proof}?amount=1&number=2", "/verify/R222-2222-2222-2222-2222"):
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        for width, scheme in product((320, 1280), ("light", "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            assert violations(page) == [], (path, width, scheme)
            assert width_of(page) == width, (path, width, scheme)
    context.close()


def test_a_receipt_on_the_screen_shuts_nobody_out(paper: Paper) -> None:
    for scheme in ("light", "dark"):
        dress(paper.page, width=1280, scheme=scheme)
        assert violations(paper.page) == [], scheme


def test_a_printed_page_is_the_receipt_alone(paper: Paper) -> None:
    paper.page.emulate_media(media="print")
    shown = paper.page.locator("body").inner_text()
    assert "Квитанція №" in shown
    assert paper.account in shown
    expect(paper.page.get_by_role("banner")).to_be_hidden()
    expect(paper.page.get_by_role("heading", level=1)).to_be_hidden()
    expect(paper.page.get_by_role("button", name="Надрукувати")).to_be_hidden()


def test_the_pdf_is_saved_under_the_number_of_the_receipt(paper: Paper) -> None:
    with paper.page.expect_download() as downloading:
        paper.page.get_by_role("link", name="Зберегти PDF").click()
    assert re.fullmatch(r"receipt-\d{14}\.pdf", downloading.value.suggested_filename)
    text = pypdf.PdfReader(downloading.value.path()).pages[0].extract_text()
    assert paper.account in text
    assert "Квитанція №" in text


def test_the_receipt_comes_by_mail(paper: Paper) -> None:
    address = f"olena.{paper.account}@example.com"

    def letters() -> list[EmailMessage]:
        # Others come to the same folder.
        every = [message_from_bytes(each.read_bytes(), policy=policy.SMTP) for each in paper.mail.glob("*.eml")]
        return [each for each in every if each["To"] == address]

    paper.page.get_by_role("button", name="Надіслати на пошту").click()
    paper.page.get_by_label("Адреса електронної пошти").fill("olena")
    paper.page.get_by_role("button", name="Надіслати", exact=True).click()
    expect(paper.page.get_by_text("Введіть адресу електронної пошти")).to_be_visible()
    paper.page.get_by_label("Адреса електронної пошти").fill(address)
    paper.page.get_by_role("button", name="Надіслати", exact=True).click()
    expect(paper.page.get_by_text(f"Квитанцію надсилаємо на {address}")).to_be_visible()
    expect(paper.page.get_by_role("dialog")).to_have_count(0)
    wait_until(lambda: bool(letters()), seconds=60, what="the letter")
    [letter] = letters()
    assert "Квитанція №" in str(letter["Subject"])


def test_the_banks_qr_is_read_by_a_scanner_and_opens_on_a_phone(page: Page, sign_in: Callable[[str], None]) -> None:
    sign_in(OLENA)
    page.goto("/top-up")
    shown = page.get_by_test_id("bank-qr")
    if not shown.is_visible():
        page.get_by_text("Інші способи поповнити").click()
    shown.get_by_label("Номер або рахунок домашнього інтернету").fill("067 100 00 01")
    shown.get_by_label("Сума").fill("150,50")
    shown.get_by_role("button", name="Показати QR").click()
    picture = shown.get_by_role("img", name="QR-код для банківського переказу")
    drawn(picture)
    address = read_qr(picture.screenshot()).decode()
    assert address.startswith("https://qr.bank.gov.ua/")
    expect(shown.get_by_role("link", name="Відкрити застосунок банку")).to_have_attribute("href", address)
