"""Fields say what they are, what is wrong with them, and keep what is typed."""

import json

import reflex as rx

from mykyivstar.components import button, checkbox, code_field, form, password_field, phone_field, refusal, text_field


class SampleState(rx.State):
    error: str = ""
    busy: bool = False


def rendered(component: rx.Component) -> str:
    return json.dumps(component.render(), default=str, ensure_ascii=False).replace("\\", "")


def test_a_field_with_a_mistake_points_to_its_sentence() -> None:
    html = rendered(text_field("amount", "Amount", error="Too much"))
    assert '"aria-invalid":"true"' in html
    assert "amount-error amount-hint" in html
    assert "Too much" in html


def test_the_mistake_of_a_state_is_asked_in_the_browser() -> None:
    html = rendered(text_field("amount", "Amount", error=SampleState.error, hint="In hryvnias"))
    assert "data-error" in html
    assert "amount-error" in html
    assert "In hryvnias" in html


def test_an_optional_field_says_so_and_a_required_one_does_not() -> None:
    assert "field-optional" in rendered(text_field("name", "Name", required=False))
    assert "field-optional" not in rendered(text_field("name", "Name"))


def test_browsers_fill_in_numbers_codes_and_passwords() -> None:
    assert '"tel"' in rendered(phone_field())
    assert "one-time-code" in rendered(code_field())
    assert "current-password" in rendered(password_field())
    assert "new-password" in rendered(password_field(new=True))


def test_a_form_leaves_the_checking_to_the_server() -> None:
    html = rendered(form(text_field("a", "A"), button("Send", type="submit"), on_submit=rx.console_log("sent")))
    assert "noValidate" in html


def test_a_busy_button_says_that_it_is() -> None:
    assert "aria-busy" in rendered(button("Send", busy=SampleState.busy))
    assert "aria-busy" not in rendered(button("Send"))


def test_a_refusal_is_read_out_and_its_place_is_always_there() -> None:
    html = rendered(refusal(SampleState.error))
    assert '"alert"' in html
    assert "refusal" in html


def test_the_whole_line_of_a_box_ticks_it() -> None:
    html = rendered(checkbox("terms", "I accept"))
    assert 'htmlFor:"terms"' in html
