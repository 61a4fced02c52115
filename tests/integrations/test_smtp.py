"""SMTP as servers really answer: signing in, encryption, refusals for now and for good, connections that break."""

import socket
from pathlib import Path
from typing import Any

import pytest

from mykyivstar.integrations.mail.smtp import SmtpMailGateway
from mykyivstar.kit.clock import FixedClock
from mykyivstar.ports.mail import Letter, MailRejected, MailUnanswered, MailUnavailable
from tests.peers.smtpd import PASSWORD, USER, Relay, certificate, relay

LETTER = Letter(key="receipt:1", to="olena@example.com", subject="Квитанція", text="Вітаємо\n")


def gateway(clock: FixedClock, server: Relay, **options: Any) -> SmtpMailGateway:
    # A server that answers is waited for on the slowest machine too.
    given = {"encryption": "none", "user": "", "password": "", "sender": "Us <us@example.ua>", "timeout_s": 120}
    return SmtpMailGateway(host="127.0.0.1", port=server.port, clock=clock, **(given | options))


async def test_a_letter_goes_out_encrypted_and_signed_in_with_a_relay_of_our_own(
    clock: FixedClock, tmp_path: Path
) -> None:
    ours = certificate(tmp_path)
    with relay(certificate=ours, asks_who=True) as server:
        who = {"user": USER, "password": PASSWORD}
        await gateway(clock, server, encryption="starttls", ca_file=ours, **who).send(LETTER)
    assert server.users == [USER]
    assert [to for to, _ in server.taken] == ["olena@example.com"]


async def test_tls_from_the_first_byte(clock: FixedClock, tmp_path: Path) -> None:
    ours = certificate(tmp_path)
    with relay(certificate=ours, is_tls=True) as server:
        await gateway(clock, server, encryption="tls", ca_file=ours).send(LETTER)
    assert len(server.taken) == 1


async def test_a_relay_that_nobody_vouches_for_gets_neither_letter_nor_password(
    clock: FixedClock, tmp_path: Path
) -> None:
    with relay(certificate=certificate(tmp_path), asks_who=True) as server:
        unknown = gateway(clock, server, encryption="starttls", user=USER, password=PASSWORD)
        with pytest.raises(MailUnavailable, match="certificate"):
            await unknown.send(LETTER)
    assert (server.users, server.taken) == ([], [])


async def test_a_relay_that_does_not_encrypt_gets_nothing_when_encryption_was_asked_for(clock: FixedClock) -> None:
    with relay() as server, pytest.raises(MailUnavailable, match="STARTTLS"):
        await gateway(clock, server, encryption="starttls").send(LETTER)
    assert server.taken == []


async def test_a_wrong_password_is_our_trouble_and_not_the_letters(clock: FixedClock, tmp_path: Path) -> None:
    ours = certificate(tmp_path)
    with relay(certificate=ours, asks_who=True) as server:
        wrong = gateway(clock, server, encryption="starttls", ca_file=ours, user=USER, password="wrong")
        with pytest.raises(MailUnavailable, match="535") as refusal:
            await wrong.send(LETTER)
    assert not isinstance(refusal.value, MailUnanswered)
    assert server.taken == []


@pytest.mark.parametrize(
    ("stage", "answer", "outcome"),
    [
        ("to_recipient", "550 no such mailbox olena@example.com", MailRejected),
        ("to_recipient", "451 try again later", MailUnavailable),
        ("to_recipient", "421 shutting down", MailUnavailable),
        ("to_data", "552 too large", MailRejected),
        ("to_data", "451 no room now", MailUnavailable),
        ("to_sender", "550 not your address", MailUnavailable),
    ],
)
async def test_refusals_for_good_and_for_now_are_told_apart(
    clock: FixedClock, stage: str, answer: str, outcome: type[Exception]
) -> None:
    with relay() as server:
        setattr(server, stage, answer)
        with pytest.raises(outcome, match=answer[:3]) as refusal:
            await gateway(clock, server).send(LETTER)
    assert type(refusal.value) is outcome
    assert "olena" not in str(refusal.value), "addresses belong into no log"


@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_connection_lost_in_the_middle_may_have_sent_the_letter(clock: FixedClock, moment: str) -> None:
    with relay() as server:
        server.hangs_up = moment
        with pytest.raises(MailUnanswered):
            await gateway(clock, server).send(LETTER)
    assert len(server.taken) == (1 if moment == "after" else 0)


async def test_a_silent_server_is_given_up_in_time(clock: FixedClock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Relay(port=silent.getsockname()[1])
        with pytest.raises(MailUnavailable):
            await gateway(clock, server, timeout_s=0.3).send(LETTER)


async def test_no_server_at_all(clock: FixedClock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        server = Relay(port=gone.getsockname()[1])
    with pytest.raises(MailUnavailable):
        await gateway(clock, server).send(LETTER)
