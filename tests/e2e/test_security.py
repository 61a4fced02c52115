"""A subscriber looks after the safety of their profile: A4, A6, A7, A11, O9."""

from collections.abc import Callable

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.authenticator import virtual_authenticator
from tests.e2e.people import Person, SignIn, let_proofs_grow_old, make_person
from tests.e2e.site import PASSWORD, Phone, Site
from tests.e2e.words import Words

NEW = "Тиха-Вода-7"
NUMBER_FIELD = "Mobile number or home internet account"


def at_security(page: Page, site: Site, sign_in: SignIn, person: Person, *, is_proved: bool = True) -> Words:
    """The person's security screen."""
    sign_in(person.number)
    if not is_proved:
        let_proofs_grow_old(site, person)
    page.goto("/profile/security")
    words = Words(page, "uk")
    expect(page.get_by_role("heading", level=1, name=words.say("Security"))).to_be_visible()
    expect(page.locator("#sessions-section")).to_be_visible()
    return words


def come_back_later(page: Page) -> None:
    """The same browser with its device cookie, the session gone."""
    page.context.clear_cookies(name="mk_session")
    page.goto("/login")


def by_password(words: Words, person: Person, password: str) -> None:
    words.button("Sign in with your password").click()
    words.field("Login, number or account").fill(person.typed)
    words.field("Password").fill(password)
    words.button("Sign in").click()


def test_a_passkey_is_made_named_used_to_sign_in_and_removed(
    page: Page, site: Site, sign_in: SignIn, phone: Callable[[str], Phone]
) -> None:
    person = make_person(site)
    words = at_security(page, site, sign_in, person)
    rows = page.get_by_test_id("passkey")
    with virtual_authenticator(page) as device:
        words.button("Add a passkey").click()
        expect(rows).to_have_count(1)
        assert len(device.passkeys()) == 1
        assert "ключ доступу" in phone(person.number).next_message(after=0)

        page.get_by_role("button", name="Перейменувати").click()
        words.field("Name").fill("Мій телефон")
        words.button("Save").click()
        expect(rows).to_contain_text("Мій телефон")

        come_back_later(page)
        words.button("Sign in with a passkey").click()
        page.wait_for_url("**/home")
        assert device.passkeys()[0]["signCount"] == 2

        page.goto("/profile/security")
        page.get_by_role("button", name="Вилучити Мій телефон").click()
        words.button("Remove").click()
        expect(rows).to_have_count(0)
        come_back_later(page)
        words.button("Sign in with a passkey").click()
        expect(words.text("This passkey did not work. Try once more, or choose another way.")).to_be_visible()


def test_a_browser_is_remembered_later_and_asks_for_no_code_again(page: Page, site: Site, sign_in: SignIn) -> None:
    person = make_person(site)
    words = at_security(page, site, sign_in, person)
    expect(page.get_by_text(words.say("No remembered devices"))).to_be_visible()
    words.button("Remember this browser").click()
    expect(page.get_by_test_id("device")).to_contain_text(words.say("this device"))
    expect(page.get_by_role("button", name=words.say("Remember this browser"))).to_have_count(0)

    come_back_later(page)
    by_password(words, person, PASSWORD)
    page.wait_for_url("**/home")


def test_a_finger_that_does_not_fit_is_told_and_another_way_is_open(page: Page) -> None:
    words = Words(page, "uk")
    page.goto("/login")
    with virtual_authenticator(page) as device:
        device.refuse()
        words.button("Sign in with a passkey").click()
        expect(words.text("The passkey was not used. Try once more, or choose another way.")).to_be_visible()
    words.button("Sign in with your password").click()
    expect(words.field("Password")).to_be_visible()


def test_what_was_typed_survives_the_question_who_it_is(
    page: Page, site: Site, sign_in: SignIn, phone: Callable[[str], Phone]
) -> None:
    person = make_person(site)
    words = at_security(page, site, sign_in, person, is_proved=False)
    inbox = phone(person.number)
    page.locator("#question-section summary").click()
    words.field("Question").fill("Хто ваш перший учитель?")
    words.field("Answer").fill("Марія Іванівна")
    words.button("Save the question").click()
    expect(page.get_by_role("dialog", name=words.say("Is it you?"))).to_be_visible()
    page.get_by_role("button", name="Надіслати код на").click()
    words.field("Code from the SMS").fill(inbox.next_code(after=0))
    expect(words.text("The secret question is saved")).to_be_visible()
    expect(page.locator("#question-section .secret-question")).to_have_text("Хто ваш перший учитель?")
    expect(page.locator("#events-section")).to_contain_text(words.say("Secret question set"))
    expect(page.get_by_role("dialog", name=words.say("Is it you?"))).to_be_hidden()


def test_a_proof_that_is_refused_changes_nothing_and_a_password_does_as_well(
    page: Page, site: Site, sign_in: SignIn
) -> None:
    person = make_person(site)
    words = at_security(page, site, sign_in, person, is_proved=False)
    with virtual_authenticator(page) as device:
        words.button("Add a passkey").click()
        dialog = page.get_by_role("dialog", name=words.say("Is it you?"))
        words.button("By your password").click()
        words.field("Your password").fill("Wrong-1234")
        words.button("Confirm").click()
        expect(
            words.text("This is not your password. Type it again, or choose another way to confirm.")
        ).to_be_visible()
        assert device.passkeys() == []
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        words.button("Add a passkey").click()
        words.button("By your password").click()
        words.field("Your password").fill(PASSWORD)
        words.button("Confirm").click()
        expect(page.get_by_test_id("passkey")).to_have_count(1)
        assert len(device.passkeys()) == 1


def test_a_new_password_is_judged_while_typed_and_ends_other_sessions(
    page: Page, site: Site, sign_in: SignIn, browser: Browser, browser_context_args: dict
) -> None:
    person = make_person(site)
    elsewhere = browser.new_context(**browser_context_args)
    elsewhere.add_cookies([{"name": "mk_session", "value": site.session_for(person.number), "url": site.address}])
    other = elsewhere.new_page()
    other.goto("/profile")
    words = at_security(page, site, sign_in, person)
    expect(page.get_by_test_id("session")).to_have_count(2)
    page.locator("#password-section summary").click()
    words.field("Present password").fill(PASSWORD)
    meter = page.get_by_test_id("password-meter")
    for typed, strength, broken in (
        ("qwerty", "1", {"length", "upper", "digit", "common"}),
        ("Qwerty12", "1", {"common"}),
        ("aaaAAA11", "1", {"repeats"}),
        (NEW, "3", set()),
    ):
        words.field("New password").fill(typed)
        expect(meter).to_have_attribute("data-strength", strength)
        unmet = meter.locator("li[data-met=false]")
        expect(unmet).to_have_count(len(broken))
        assert {row.get_attribute("data-rule") for row in unmet.all()} == broken, typed
    words.field("The password once more").fill(NEW)
    words.button("Change the password").click()
    expect(words.text("The password is changed. You are signed out everywhere else.")).to_be_visible()
    expect(page.get_by_test_id("session")).to_have_count(1)
    other.wait_for_url("**/login?next=**")
    elsewhere.close()
    come_back_later(page)
    by_password(words, person, PASSWORD)
    expect(page.locator("#password-error")).to_be_visible()
    words.field("Password").fill(NEW)
    words.button("Sign in").click()
    expect(page.get_by_test_id("code-step")).to_be_visible()


def test_a_remembered_device_is_opened_by_its_access_code_and_locked_by_five_misses(
    page: Page, site: Site, phone: Callable[[str], Phone]
) -> None:
    person = make_person(site)
    words = Words(page, "uk")
    page.goto("/login")
    words.field(NUMBER_FIELD).fill(person.typed)
    words.button("Next").click()
    page.locator("#remember").check()
    words.field("Code from the SMS").fill(phone(person.number).next_code(after=0))
    page.wait_for_url("**/home")

    page.goto("/profile/security")
    page.locator("#access-code-section summary").click()
    words.field("New access code").fill("1234")
    words.field("The access code once more").fill("1234")
    words.button("Save the access code").click()
    expect(page.locator("#access_code-error")).to_be_visible()
    words.field("New access code").fill("7294")
    words.field("The access code once more").fill("7294")
    words.button("Save the access code").click()
    expect(words.button("Remove the access code")).to_be_visible()

    come_back_later(page)
    words.field("Access code of this device").fill("7294")
    words.button("Unlock").click()
    page.wait_for_url("**/home")

    come_back_later(page)
    for left in (4, 3, 2, 1):
        words.field("Access code of this device").fill("0000")
        words.button("Unlock").click()
        expect(words.text("This is not the access code. Tries left: {tries_left}.", tries_left=left)).to_be_visible()
    words.field("Access code of this device").fill("0000")
    words.button("Unlock").click()
    locked = "The access code is locked. Sign in with your number, and it will work again."
    expect(words.text(locked)).to_be_visible()
    page.reload()
    expect(words.field(NUMBER_FIELD)).to_be_visible()
    by_password(words, person, PASSWORD)
    page.wait_for_url("**/home")
    come_back_later(page)
    expect(words.field("Access code of this device")).to_be_visible()


def test_sms_at_sign_in_is_switched_off_after_a_warning_and_a_code(
    page: Page, site: Site, sign_in: SignIn, phone: Callable[[str], Phone]
) -> None:
    person = make_person(site)
    words = at_security(page, site, sign_in, person)
    inbox = phone(person.number)
    words.button("Switch off on all devices").click()
    expect(words.text("Switch off SMS for all your devices?")).to_be_visible()
    words.button("Send the code for it").click()
    words.field("Code from the SMS").fill(inbox.next_code(after=0))
    words.button("Switch off").click()
    expect(words.button("Switch on")).to_be_visible()
    assert "вимкнено" in inbox.next_message(after=1)
    come_back_later(page)
    by_password(words, person, PASSWORD)
    page.wait_for_url("**/home")
    page.goto("/profile/security")
    words.button("Switch on").click()
    expect(words.button("Switch off on all devices")).to_be_visible()


def test_the_screen_follows_what_happens_elsewhere(
    page: Page, context: BrowserContext, site: Site, sign_in: SignIn
) -> None:
    person = make_person(site)
    words = at_security(page, site, sign_in, person)
    second = context.new_page()
    second.goto("/profile/security")
    Words(second, "uk").button("Add a passkey").wait_for()
    with virtual_authenticator(second):
        Words(second, "uk").button("Add a passkey").click()
        expect(page.get_by_test_id("passkey")).to_have_count(1)
    expect(words.text("Passkey added")).to_be_visible()


def test_a_name_is_kept(page: Page, site: Site, sign_in: SignIn) -> None:
    person = make_person(site)
    sign_in(person.number)
    page.goto("/profile")
    words = Words(page, "uk")
    words.field("Your name").fill("  Ганна   Коваль ")
    words.button("Save").click()
    expect(words.text("Your name is saved")).to_be_visible()
    page.reload()
    expect(words.field("Your name")).to_have_value("Ганна Коваль")
    words.field("Your name").fill("   ")
    words.button("Save").click()
    expect(page.locator("#name-error")).to_be_visible()
