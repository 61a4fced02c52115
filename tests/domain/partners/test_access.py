"""Who may ask: keys, time, nonces and counts."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import col, select

from mykyivstar.db.database import Database
from mykyivstar.domain.partners import access, management
from mykyivstar.domain.partners.access import Asked
from mykyivstar.domain.partners.errors import (
    NonceUsed,
    PartnerClosed,
    PartnerExists,
    TooManyRequests,
    UnknownPartner,
)
from mykyivstar.domain.partners.keys import KeyId, Signed, is_signed_by, key_of, may_sign, sign
from mykyivstar.domain.partners.models import PartnerNonce, PartnerRequest
from mykyivstar.jobs.retention import daily_rules, forget, nonces_of_the_past
from mykyivstar.kit.clock import FixedClock
from tests.domain.partners.conftest import Terminal

SECRET = b"a secret of this installation"
NONCE = "n-0000000000000001"


def request(**other: str) -> Signed:
    fields = {"method": "POST", "path": "/p?x=1", "timestamp": "1795341600", "nonce": NONCE, "body": b"{}"} | other
    return Signed(**fields)


def asked(terminal: Terminal, request_id: str = "r") -> Asked:
    return Asked(request_id, "POST", "/p", "127.0.0.1", terminal.clock.now())


async def admit(terminal: Terminal, nonce: str = NONCE) -> type | None:
    async with terminal.database.unit_of_work() as session:
        partner = await management.of_code(session, "terminal")
        _, refusal = await access.admit(session, partner, nonce, asked(terminal))
    return type(refusal) if refusal else None


def test_openssl_signs_the_same():
    """The figures of docs/partner-api.md, which openssl made."""
    key = key_of(b"0123456789abcdef0123456789abcdef", KeyId("demo-terminal", 1))
    assert key == "5ab37a2f3cafccc4accd5d85e3f3834f7ee72bd8added0bb971030e41a17e5e8"
    asks = request(path="/api/partner/v1/check", body=b'{"account":"0671000001","amount":5000}')
    assert sign(key, asks) == "80cac1464334c9225482d8f71f3b3b541a277f37f000567d91bccd27a317459e"


@pytest.mark.parametrize(
    "other",
    [
        {"method": "GET"},
        {"path": "/p?x=2"},
        {"path": "/p"},
        {"timestamp": "1795341601"},
        {"nonce": "n-0000000000000002"},
        {"body": b"{ }"},
    ],
)
def test_everything_that_counts_is_signed(other: dict):
    key = key_of(SECRET, KeyId("terminal", 1))
    assert not is_signed_by(key, request(**other), sign(key, request()))


def test_every_partner_version_and_installation_has_a_key_of_its_own():
    keys = {
        key_of(secret, KeyId(code, version)) for secret in (SECRET, b"other") for code in "ab" for version in (1, 2)
    }
    assert len(keys) == 8


@pytest.mark.parametrize(
    "text", ["", "terminal", "terminal.0", "terminal.01", "Terminal.1", "terminal.1\n", "т.1", "a.1"]
)
def test_what_is_no_key_id_names_no_key(text: str):
    assert KeyId.parse(text) is None


@pytest.mark.parametrize("signature", ["", "0" * 63, "G" * 64, "٠" * 64, "\0" * 64])
def test_what_is_no_signature_fits_nothing(signature: str):
    assert not is_signed_by(key_of(SECRET, KeyId("terminal", 1)), request(), signature)


@pytest.mark.parametrize(
    "bent", [{"timestamp": "١٧٩٥٣٤١٦٠٠"}, {"timestamp": "-1"}, {"timestamp": ""}, {"nonce": "short"}]
)
def test_bent_stamps_and_nonces_are_not_well_formed(bent: dict):
    assert request().is_well_formed
    assert not request(**bent).is_well_formed


@pytest.mark.parametrize(("seconds", "is_fresh"), [(300, True), (301, False), (-300, True), (-301, False)])
def test_the_window_holds_its_edges(clock: FixedClock, seconds: int, is_fresh: bool):
    stamp = str(int(clock.now().timestamp()) + seconds)
    assert request(timestamp=stamp).is_fresh(clock.now()) is is_fresh


async def test_of_the_same_request_at_once_one_is_let_in(terminal: Terminal):
    found = await asyncio.gather(*(admit(terminal) for _ in range(5)))
    assert sorted(each is None for each in found) == [False] * 4 + [True]
    assert {each for each in found if each} == {NonceUsed}


async def test_a_minute_has_so_many_requests(terminal: Terminal):
    found = [await admit(terminal, f"n-{number:016}") for number in range(6)]
    assert found == [None] * 5 + [TooManyRequests]
    terminal.clock.moment += timedelta(minutes=1)
    assert await admit(terminal, "n-later-00000000000") is None


async def test_every_request_is_written_down_with_its_outcome(terminal: Terminal):
    async with terminal.database.unit_of_work() as session:
        row_id, _ = await access.admit(session, terminal.partner, NONCE, asked(terminal, "first"))
    async with terminal.database.unit_of_work() as session:
        await access.note_outcome(session, row_id, outcome="ok", status=200)
        await access.note_stranger(
            session, asked(terminal, "second"), partner_id=None, outcome="not_authenticated", status=401
        )
    async with terminal.database.reading() as session:
        rows = (await session.exec(select(PartnerRequest).order_by(col(PartnerRequest.id)))).all()
    assert [(row.request_id, row.partner_id, row.is_signed, row.outcome, row.status) for row in rows] == [
        ("first", terminal.id, True, "ok", 200),
        ("second", None, False, "not_authenticated", 401),
    ]


async def test_a_closed_partner_is_not_let_in(terminal: Terminal):
    async with terminal.database.unit_of_work() as session:
        closed = await management.close(session, "terminal", at=terminal.clock.now())
    first = closed.closed_at
    assert await admit(terminal) is PartnerClosed
    terminal.clock.moment += timedelta(days=1)
    async with terminal.database.unit_of_work() as session:
        assert (await management.close(session, "terminal", at=terminal.clock.now())).closed_at == first
    with pytest.raises(PartnerClosed):
        async with terminal.database.unit_of_work() as session:
            await management.rotate(session, "terminal", at=terminal.clock.now())


async def test_the_old_key_signs_until_its_time_is_over(terminal: Terminal):
    async with terminal.database.unit_of_work() as session:
        partner = await management.rotate(session, "terminal", at=terminal.clock.now(), overlap=timedelta(days=7))
    old, new, older = (KeyId("terminal", version) for version in (1, 2, 0))
    at = terminal.clock.now() + timedelta(days=7)
    assert may_sign(partner, old, at - timedelta(microseconds=1))
    assert not may_sign(partner, old, at)
    assert may_sign(partner, new, at)
    assert not may_sign(partner, older, terminal.clock.now())
    async with terminal.database.unit_of_work() as session:
        partner = await management.rotate(session, "terminal", at=terminal.clock.now(), overlap=timedelta())
    assert [may_sign(partner, KeyId("terminal", version), terminal.clock.now()) for version in (1, 2, 3)] == [
        False,
        False,
        True,
    ]


async def test_another_partners_signature_counts_for_nobody_else(terminal: Terminal):
    async with terminal.database.unit_of_work() as session:
        await management.add(session, "bank", name="Bank", at=terminal.clock.now())
    banks = sign(key_of(SECRET, KeyId("bank", 1)), request())
    async with terminal.database.reading() as session:
        partner, is_right = await access.signer(
            session, SECRET, KeyId("terminal", 1), request(), banks, at=terminal.clock.now()
        )
    assert (partner and partner.code, is_right) == ("terminal", False)


async def test_a_code_is_used_once(terminal: Terminal):
    with pytest.raises(PartnerExists):
        async with terminal.database.unit_of_work() as session:
            await management.add(session, "terminal", name="Again", at=terminal.clock.now())
    async with terminal.database.reading() as session:
        with pytest.raises(UnknownPartner):
            await management.of_code(session, "nobody")


async def test_nonces_go_when_their_stamps_are_too_old_and_the_audit_after_a_hundred_days(
    terminal: Terminal, database: Database
):
    await admit(terminal)
    terminal.clock.moment += timedelta(minutes=10)
    assert await forget(database, nonces_of_the_past(terminal.clock.now())) == 0
    terminal.clock.moment += timedelta(minutes=2)
    assert await forget(database, nonces_of_the_past(terminal.clock.now())) == 1

    async def left() -> tuple[int, int]:
        for rule in daily_rules(terminal.clock.now()):
            await forget(database, rule)
        async with database.reading() as session:
            nonces, requests = await session.exec(select(PartnerNonce)), await session.exec(select(PartnerRequest))
            return len(nonces.all()), len(requests.all())

    terminal.clock.moment += timedelta(days=99)
    assert await left() == (0, 1)
    terminal.clock.moment += timedelta(days=1)
    assert await left() == (0, 0)
