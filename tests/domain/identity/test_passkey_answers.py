"""Answers that no honest browser gives: refused, never an accident (A11)."""

import base64
import dataclasses
import json

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mykyivstar.domain.identity.passkey_ceremony import (
    Assertion,
    Attestation,
    Known,
    RelyingParty,
    verified_assertion,
    verified_attestation,
)
from mykyivstar.domain.identity.passkey_challenges import Ceremony, Owner, take_challenge, user_handle
from mykyivstar.domain.identity.security_errors import PasskeyRefused
from tests.domain.identity.conftest import VISITOR, World
from tests.fixtures.authenticator import SoftAuthenticator, b64url

SITE = RelyingParty("localhost", "My Kyivstar", ("http://localhost:3000",))

bytes_as_text = st.binary(max_size=200).map(b64url)
texts = st.one_of(st.text(max_size=40), bytes_as_text)
# Well-formed structures with anything in the places where something certain is expected.
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.binary(max_size=80)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=6,
)
attestations = st.fixed_dictionaries({"fmt": anything, "attStmt": anything, "authData": anything}).map(
    lambda given: b64url(cbor2.dumps(given))
)
plain = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20), st.lists(st.integers(), max_size=3))
claims = st.fixed_dictionaries({"type": plain, "challenge": plain, "origin": plain}).map(
    lambda given: b64url(json.dumps(given).encode())
)
nested = st.integers(1, 1500).map(lambda depth: b64url(b"[" * depth))
FUZZED = settings(max_examples=100, deadline=None)


@FUZZED
@given(id_=texts, client_data=st.one_of(texts, claims, nested), blob=st.one_of(texts, attestations, nested))
def test_whatever_a_browser_says_it_made_is_refused_and_never_an_accident(
    id_: str, client_data: str, blob: str
) -> None:
    good = SoftAuthenticator().create(json.dumps({"user": {"id": "AAAA"}, "challenge": "AAAA"}))
    for answer in (
        Attestation(id_, client_data, blob),
        dataclasses.replace(good, attestation=blob),
        dataclasses.replace(good, client_data=client_data),
        dataclasses.replace(good, id=id_),
    ):
        with pytest.raises(PasskeyRefused):
            verified_attestation(SITE, answer, bytes(3))


@FUZZED
@given(data=st.data())
def test_one_wrong_byte_in_what_was_made_is_refused_or_harmless(data: st.DataObject) -> None:
    device = SoftAuthenticator()
    good = device.create(json.dumps({"user": {"id": "AAAA"}, "challenge": "AAAA"}))
    blob = bytearray(base64.urlsafe_b64decode(good.attestation + "=="))
    blob[data.draw(st.integers(0, len(blob) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        made = verified_attestation(SITE, dataclasses.replace(good, attestation=b64url(bytes(blob))), bytes(3))
    except PasskeyRefused:
        return
    assert made.credential_id


@FUZZED
@given(
    id_=texts,
    client_data=st.one_of(texts, claims, nested),
    blob=texts,
    signature=texts,
    handle=texts,
    key=st.one_of(st.binary(max_size=80), st.dictionaries(st.integers(-3, 3), anything, max_size=5).map(cbor2.dumps)),
)
def test_whatever_a_browser_says_it_used_is_refused_and_never_an_accident(
    id_: str, client_data: str, blob: str, signature: str, handle: str, key: bytes
) -> None:
    device = SoftAuthenticator()
    use = device.get(json.dumps({"challenge": "AAAA"}))
    known = Known(key, user_handle(1))
    for used in (
        Assertion(id_, client_data, blob, signature, handle),
        dataclasses.replace(use, authenticator_data=blob),
        dataclasses.replace(use, signature=signature, user_handle=handle),
    ):
        with pytest.raises(PasskeyRefused):
            verified_assertion(SITE, used, bytes(3), known)


@pytest.mark.parametrize(
    "client_data", ["", "%%%", "AAAA", b64url(b"[" * 1500), b64url(b'{"challenge": 5}'), b64url(b"\xff")]
)
async def test_client_data_that_cannot_be_read_answers_nothing(world: World, client_data: str) -> None:
    async with world.database.unit_of_work() as session:
        for profile_id in (None, 1):
            owner = Owner(profile_id=profile_id)
            taken = await take_challenge(
                session, Ceremony.USE, client_data, visitor=VISITOR, owner=owner, at=world.clock.now()
            )
            assert taken is None
