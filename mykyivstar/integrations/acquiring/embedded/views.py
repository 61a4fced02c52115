"""What stands on the demo bank's pages."""

from html import escape
from urllib.parse import urlsplit

from mykyivstar.integrations.acquiring.embedded.bank import CODE_DIGITS, TRIES_MAX
from mykyivstar.integrations.acquiring.embedded.card_form import Fault, Typed
from mykyivstar.integrations.acquiring.embedded.cards import TestCard
from mykyivstar.integrations.acquiring.embedded.layout import Translate, card_list
from mykyivstar.integrations.acquiring.embedded.records import Invoice, Status, moment_of
from mykyivstar.kit.money import Money


def card_page(
    tr: Translate, lang: str, invoice: Invoice, *, here: str, typed: Typed | None, filled: TestCard | None
) -> str:
    """The form for the card. `filled` is a test card to fill in, `typed` what came back with faults."""
    faults = typed.faults if typed else {}
    holder = "DEMO PAYER" if filled else (typed.holder if typed else "")
    expiry = "12/30" if filled else (typed.expiry if typed else "")
    fields = (
        _field(
            "number",
            tr(lang, "Card number"),
            hints='inputmode="numeric" autocomplete="cc-number" maxlength="23" placeholder="0000 0000 0000 0000"',
            value=filled.grouped if filled else "",
            fault=fault_words(tr, lang, faults.get("number")),
        )
        + '<div class="pair">'
        + _field(
            "expiry",
            tr(lang, "Valid until"),
            hints=f'inputmode="numeric" autocomplete="cc-exp" maxlength="7" placeholder="{escape(tr(lang, "MM/YY"))}"',
            value=expiry,
            fault=fault_words(tr, lang, faults.get("expiry")),
        )
        + _field(
            "cvv",
            tr(lang, "CVV"),
            hints='type="password" inputmode="numeric" autocomplete="cc-csc" maxlength="4" placeholder="•••"',
            value="123" if filled else "",
            fault=fault_words(tr, lang, faults.get("cvv")),
        )
        + "</div>"
        + _field(
            "holder",
            tr(lang, "Name on the card"),
            hints='autocomplete="cc-name" maxlength="60" autocapitalize="characters"',
            value=holder,
            fault=fault_words(tr, lang, faults.get("holder")),
        )
    )
    amount = Money(invoice.amount)
    keeping = tr(lang, "The shop will be able to charge this card again; you can delete it there.")
    kept = f'<p class="note">{escape(keeping)}</p>' if invoice.wallet else ""
    address = f"{here}?lang={lang}"
    if faults:
        first = f'<input id="{next(iter(faults))}" '
        fields = fields.replace(first, first + "autofocus ", 1)
    is_open = any(fault is Fault.NOT_A_TEST_CARD for fault in faults.values())
    return f"""<div class="columns">{_summary(tr, lang, invoice)}
<section class="panel" aria-labelledby="title">
<h1 id="title">{escape(tr(lang, "Payment by card"))}</h1>
<form method="post" action="{escape(address)}" autocomplete="on" novalidate>{fields}{kept}
<button class="primary" type="submit">{escape(tr(lang, "Pay {amount}", amount=amount))}</button></form>
{_give_up(tr, lang, here)}
{card_list(tr, lang, fill=address + "&card=", is_open=is_open)}
</section></div>"""


def code_page(tr: Translate, lang: str, invoice: Invoice, *, here: str, is_wrong: bool) -> str:
    """The form for the code, and the “SMS” in which it comes: the bank does not know the payer's phone."""
    left = TRIES_MAX - invoice.tries
    wrong = tr(lang, "The code is wrong. Tries left: {left}.", left=left) if is_wrong else ""
    field = _field(
        "code",
        tr(lang, "Code from the SMS"),
        hints=f'inputmode="numeric" autocomplete="one-time-code" maxlength="{CODE_DIGITS + 2}" autofocus',
        value="",
        fault=wrong,
    )
    sms = tr(
        lang, "{code} is the code for {amount}. Tell it to nobody.", code=invoice.code, amount=Money(invoice.amount)
    )
    marked = escape(sms).replace(invoice.code, f'<b data-testid="bank-sms-code">{invoice.code}</b>', 1)
    return f"""<div class="columns">{_summary(tr, lang, invoice)}
<section class="panel" aria-labelledby="title">
<h1 id="title">{escape(tr(lang, "Confirm the payment"))}</h1>
<p>{escape(tr(lang, "The bank of the card {card} asks for the code that it sent to its owner.", card=invoice.mask))}</p>
<figure class="phone"><figcaption>{escape(tr(lang, "SMS from Demo Bank, now"))}</figcaption>
<blockquote>{marked}</blockquote></figure>
<p class="note">{escape(tr(lang, "In a demonstration the SMS is shown here, as if your phone lay beside you."))}</p>
<form method="post" action="{escape(here)}/code?lang={lang}" novalidate>{field}
<button class="primary" type="submit">{escape(tr(lang, "Confirm"))}</button></form>
{_give_up(tr, lang, here)}
</section></div>"""


def over_page(tr: Translate, lang: str, invoice: Invoice) -> str:
    """Nothing can be done with this invoice any more."""
    match invoice.status:
        case Status.SUCCESS:
            words = tr(lang, "This payment is made.")
        case Status.PROCESSING:
            words = tr(lang, "This payment is being made.")
        case Status.EXPIRED:
            words = tr(lang, "The time to pay is up. Nothing was taken from the card.")
        case _:
            words = tr(lang, "This payment did not go through. Nothing was taken from the card.")
    back = (
        f'<p><a class="primary" href="{escape(invoice.return_url)}">{escape(tr(lang, "Back to the shop"))}</a></p>'
        if invoice.return_url
        else ""
    )
    return f'<section class="panel alone"><h1>{escape(words)}</h1>{back}</section>'


def unknown_page(tr: Translate, lang: str) -> str:
    """There is no such invoice."""
    return (
        f'<section class="panel alone"><h1>{escape(tr(lang, "There is no such invoice"))}</h1>'
        f"<p>{escape(tr(lang, 'Start the payment in the shop again.'))}</p></section>"
    )


def front_page(tr: Translate, lang: str, *, base: str, is_out: bool) -> str:
    """What the demo bank is, its test cards, and the switch that takes it away from shops."""
    state = (
        tr(lang, "Shops cannot reach the bank now; in a minute at most they can again.")
        if is_out
        else tr(lang, "Shops can reach the bank.")
    )
    action = tr(lang, "Let shops reach it again") if is_out else tr(lang, "Be unreachable for a minute")
    return f"""<section class="panel alone"><h1>{escape(tr(lang, "A bank to try payments with"))}</h1>
<p>{escape(tr(lang, "Start a payment in the shop, and it sends you here. Each test card ends in its own way."))}</p>
{card_list(tr, lang, fill="", is_open=True)}
<h2>{escape(tr(lang, "When the bank is out of order"))}</h2>
<p role="status">{escape(state)}</p>
<form method="post" action="{base}/outage?lang={lang}"><input type="hidden" name="lasting" value="{0 if is_out else 1}">
<button class="plain" type="submit">{escape(action)}</button></form></section>"""


def fault_words(tr: Translate, lang: str, fault: Fault | None) -> str:
    """What is wrong and how to mend it."""
    match fault:
        case None:
            return ""
        case Fault.NUMBER:
            return tr(lang, "Check the card number: a digit is wrong or missing.")
        case Fault.NOT_A_TEST_CARD:
            return tr(lang, "This bank knows its test cards only. Choose one below, and never type a real card here.")
        case Fault.EXPIRY:
            return tr(lang, "Month and year as on the card, not in the past.")
        case Fault.CVV:
            return tr(lang, "Three digits from the back of the card.")
        case Fault.HOLDER:
            return tr(lang, "The name as on the card.")


def _summary(tr: Translate, lang: str, invoice: Invoice) -> str:
    shop = urlsplit(invoice.return_url).netloc
    # One sentence to translate, two lines on the page.
    label, _, amount = tr(lang, "To pay: {amount}", amount=Money(invoice.amount)).partition(": ")
    until = tr(lang, "Pay by {time}", time=moment_of(invoice.expires_at))
    return f"""<section class="summary" aria-label="{escape(tr(lang, "What you pay for"))}">
<p class="shop">{escape(shop)}</p>
<p class="label">{escape(label)}</p>
<p class="amount">{escape(amount)}</p>
<p>{escape(invoice.purpose)}</p>
<p class="until">{escape(until)}</p></section>"""


def _give_up(tr: Translate, lang: str, here: str) -> str:
    return (
        f'<form class="quiet" method="post" action="{escape(here)}/cancel?lang={lang}">'
        f'<button class="plain" type="submit">{escape(tr(lang, "Cancel and go back to the shop"))}</button></form>'
    )


def _field(name: str, label: str, *, hints: str, value: str, fault: str) -> str:
    wrong = f'<span class="fault" id="{name}-fault" role="alert">{escape(fault)}</span>' if fault else ""
    described = f' aria-invalid="true" aria-describedby="{name}-fault"' if fault else ""
    return (
        f'<div class="field"><label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" value="{escape(value)}" {hints} required{described}>{wrong}</div>'
    )
