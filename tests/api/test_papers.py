"""Papers over HTTP: the PDF for the payer alone, and the page that proves papers to anybody."""

import html
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from mykyivstar import wiring
from mykyivstar.api import papers
from mykyivstar.domain.identity.models import AuthSession, SignInMethod
from mykyivstar.domain.papers.seal import Seal, grouped
from mykyivstar.domain.payments.models import Payment, PaymentState
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.kit.clock import FixedClock
from mykyivstar.kit.secret import token_hash
from mykyivstar.settings import settings
from tests.domain.papers.conftest import Desk

CACHED = (settings, wiring.database, wiring.secret_key, wiring.press)
GUEST = "browser-of-somebody-who-is-not-signed-in"


class Counter(Desk):
    """Olena's desk behind HTTP."""

    client: httpx.AsyncClient

    async def sign_in(self) -> None:
        at = self.clock.now()
        async with self.database.unit_of_work() as session:
            session.add(
                AuthSession(
                    profile_id=self.olena.profile_id,
                    token_hash=token_hash("hers"),
                    method=SignInMethod.PASSWORD,
                    created_at=at,
                    last_seen_at=at,
                    expires_at=at + timedelta(hours=1),
                )
            )
        self.client.cookies.set("mk_session", "hers")

    async def code(self, payment: Payment) -> str:
        return wiring.press().code(await self.receipt(payment))

    async def look(self, path: str, **query: str) -> tuple[int, str]:
        answer = await self.client.get(path, params=query)
        return answer.status_code, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)).replace("\xa0", " ")


@pytest.fixture
async def counter(
    database_url: str, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Counter]:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PUBLIC_ORIGINS", "http://my.example.ua")
    monkeypatch.setattr(wiring, "clock", lambda: clock)
    for each in CACHED:
        each.cache_clear()
    counter = Counter(wiring.database(), clock)
    await counter.settle()
    transport = httpx.ASGITransport(app=Starlette(routes=papers.routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://my.example.ua") as client:
        counter.client = client
        yield counter
    await wiring.database().dispose()
    for each in CACHED:
        each.cache_clear()


async def test_the_payer_gets_the_pdf_and_no_cache_does(counter: Counter) -> None:
    paid = await counter.pay(PaymentState.CREDITED)
    await counter.sign_in()
    answer = await counter.client.get(f"/api/payments/{paid.code}/receipt.pdf", params={"lang": "en"})
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="receipt-20120503194733.pdf"'
    assert (answer.headers["cache-control"], answer.headers["x-content-type-options"]) == ("no-store", "nosniff")


async def test_who_paid_without_signing_in_gets_it_in_the_same_browser(counter: Counter) -> None:
    paid = await counter.pay(PaymentState.PROCESSING, payer=Payer(visitor=token_hash(GUEST)))
    path = f"/api/payments/{paid.code}/receipt.pdf"
    assert (await counter.client.get(path)).status_code == 404
    counter.client.cookies.set("mk_visitor", GUEST)
    assert (await counter.client.get(path)).status_code == 200


async def test_to_strangers_there_is_nothing_here(counter: Counter) -> None:
    paid = await counter.pay(PaymentState.CREDITED)
    unsigned = await counter.pay(PaymentState.CREDITED, key="form-2", payer=Payer(visitor=token_hash(GUEST)))
    unpaid = await counter.pay(PaymentState.CONFIRMING, key="form-3")
    answers = [await counter.client.get(f"/api/payments/{paid.code}/receipt.pdf")]
    await counter.sign_in()
    answers += [
        await counter.client.get(f"/api/payments/{code}/receipt.pdf")
        for code in (unsigned.code, unpaid.code, "no-such-code")
    ]
    counter.client.cookies.set("mk_session", "somebody else's")
    answers.append(await counter.client.get(f"/api/payments/{paid.code}/receipt.pdf"))
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


async def test_the_address_of_the_qr_says_genuine_to_anybody(counter: Counter) -> None:
    paid = await counter.pay(PaymentState.CREDITED, card_mask="444403******1902")
    status, said = await counter.look(f"/verify/{await counter.code(paid)}")
    assert status == 200
    for fact in ("Справжній", "20120503194733", "70,00 ₴", "••••622", "Кошти зараховано"):
        assert fact in said
    for secret in ("4477622", "1902", paid.code):
        assert secret not in said


async def test_a_returned_payment_says_so(counter: Counter) -> None:
    paid = await counter.pay(PaymentState.CREDITED, PaymentState.REFUNDED)
    status, said = await counter.look(f"/verify/{await counter.code(paid)}", lang="en")
    assert status == 200
    assert "Genuine, but the money was returned since" in said


async def test_a_code_typed_by_hand_works_as_well(counter: Counter) -> None:
    code = await counter.code(await counter.pay(PaymentState.CREDITED))
    status, said = await counter.look("/verify", code=f" {code.lower().replace('-', ' ')} ", lang="en")
    assert (status, "Genuine" in said) == (200, True)


@pytest.mark.parametrize(("lang", "headline"), [("uk", "Не справжній"), ("en", "Not genuine"), ("ru", "Не подлинный")])
async def test_a_forged_code_is_called_not_genuine_in_every_language(
    counter: Counter, lang: str, headline: str
) -> None:
    receipt = await counter.receipt(await counter.pay(PaymentState.CREDITED))
    forged = grouped(receipt.code(Seal(b"a forger's key")))
    for code in (forged, "ABCD", "<script>alert(1)</script>", "%00", "R" * 300):
        answer = await counter.client.get("/verify", params={"code": code, "lang": lang})
        assert answer.status_code == 404
        assert headline in answer.text
        assert "<script" not in answer.text
    answer = await counter.client.get(f"/verify/{forged}")
    assert answer.status_code == 404


async def test_a_changed_paper_is_called_not_genuine(counter: Counter) -> None:
    code = await counter.code(await counter.pay(PaymentState.CREDITED))
    _, said = await counter.look(f"/verify/{code}", lang="en", number="20120503194733", amount="7000")
    assert "Not genuine: the paper was changed" in said
    assert "another on your paper" in said
    _, said = await counter.look(f"/verify/{code}", lang="en", number="20120503194733", amount="70,00")
    assert "Not genuine" not in said
    assert said.count("the same on your paper") == 2


async def test_the_form_comes_in_the_language_of_the_cookie_the_address_or_the_browser(counter: Counter) -> None:
    assert "Чи справжній цей документ?" in (await counter.look("/verify"))[1]
    counter.client.headers["accept-language"] = "de-DE,en;q=0.8,uk;q=0.5"
    assert "Is this paper genuine?" in (await counter.look("/verify"))[1]
    answer = await counter.client.get("/verify", params={"lang": "ru"})
    assert "Подлинный ли этот документ?" in answer.text
    assert "lang=ru" in answer.headers["set-cookie"]
    assert "Подлинный ли этот документ?" in (await counter.look("/verify"))[1]
    assert (await counter.client.get("/verify", params={"lang": "de"})).headers.get("set-cookie") is None


async def test_the_language_is_switched_without_losing_what_was_asked(counter: Counter) -> None:
    code = await counter.code(await counter.pay(PaymentState.CREDITED))
    compared = await counter.client.get(f"/verify/{code}", params={"number": "1", "amount": "70,00 ₴"})
    english = html.unescape(re.search(r'href="([^"]*lang=en)"', compared.text)[1])  # type: ignore[index]
    assert "another on your paper" in (await counter.client.get(english)).text
    forged = await counter.client.get("/verify", params={"code": "R2<&"})
    russian = html.unescape(re.search(r'href="([^"]*lang=ru)"', forged.text)[1])  # type: ignore[index]
    assert "Не подлинный" in (await counter.client.get(russian)).text


async def test_codes_cannot_be_guessed_at_will(counter: Counter) -> None:
    code = await counter.code(await counter.pay(PaymentState.CREDITED))
    statuses = [(await counter.look(f"/verify/{code}"))[0] for _ in range(61)]
    assert statuses == [200] * 60 + [429]
    assert (await counter.look("/verify"))[0] == 200
    counter.clock.moment += timedelta(minutes=15)
    assert (await counter.look(f"/verify/{code}"))[0] == 200
