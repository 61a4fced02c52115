"""Personal data: what is known, what somebody wants instead, and putting the one in the place of the other."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.applications.errors import AddressUnfit, DocumentUnfit, NameUnfit
from mykyivstar.domain.applications.models import Application, ApplicationKind, DocumentKind, PersonalData
from mykyivstar.domain.identity.models import Profile
from mykyivstar.kit.email import parse_email
from mykyivstar.kit.errors import Malformed
from mykyivstar.kit.msisdn import Msisdn
from mykyivstar.kit.secret import TWINS

#: By kind, the names of the values that it changes.
FIELDS: Mapping[ApplicationKind, tuple[str, ...]] = {
    ApplicationKind.NAME: ("full_name",),
    ApplicationKind.DOCUMENT: ("document_kind", "document_number"),
    ApplicationKind.ADDRESS: ("address",),
    ApplicationKind.EMAIL: ("email",),
    ApplicationKind.PHONE: ("phone",),
}
_NAME_MOST, _ADDRESS_LEAST, _ADDRESS_MOST = 120, 10, 200
_WORD = r"[^\W\d_]+(?:['\-][^\W\d_]+)*\.?"
_NAME = re.compile(rf"{_WORD}(?: {_WORD})+")
_TO_CYRILLIC = str.maketrans("ABCEHIKMOPTXY", "АВСЕНІКМОРТХУ")
_NUMBERS = {
    DocumentKind.PASSPORT: (re.compile(r"[А-ЯҐЄІЇ]{2}[0-9]{6}"), _TO_CYRILLIC, "АВ123456"),
    DocumentKind.ID_CARD: (re.compile(r"[0-9]{9}"), {}, "001234567"),
    DocumentKind.TRAVEL_PASSPORT: (re.compile(r"[A-Z]{2}[0-9]{6}"), TWINS, "FA123456"),
    DocumentKind.RESIDENCE_PERMIT: (re.compile(r"[0-9]{9}|[A-ZА-ЯҐЄІЇ]{2}[0-9]{6}"), {}, "900123456"),
}


async def known(session: AsyncSession, profile_id: int) -> dict[str, str]:
    """Everything that can be changed, by field; "" for what we do not know. Phones as digits."""
    profile = await session.get_one(Profile, profile_id)
    data = await _data(session, profile_id)
    kind = data.document_kind if data else None
    return {
        "full_name": data.full_name if data else "",
        "document_kind": kind.value if kind else "",
        "document_number": data.document_number if data else "",
        "address": data.address if data else "",
        "email": profile.contact_email or "",
        "phone": profile.contact_phone.digits if profile.contact_phone else "",
    }


def of_kind(kind: ApplicationKind, values: Mapping[str, str]) -> dict[str, str]:
    """Those of the values that an application of this kind changes."""
    return {name: values.get(name, "") for name in FIELDS[kind]}


def wanted(kind: ApplicationKind, typed: Mapping[str, str]) -> dict[str, str]:
    """The new values as they are kept.

    Raises NameUnfit, DocumentUnfit, AddressUnfit, NotAnEmail, NotANumber, NotMobile, Malformed.
    """
    match kind:
        case ApplicationKind.NAME:
            return {"full_name": _name(typed.get("full_name", ""))}
        case ApplicationKind.DOCUMENT:
            try:
                document = DocumentKind(typed.get("document_kind", ""))
            except ValueError as unfit:
                raise Malformed from unfit
            number = _document_number(document, typed.get("document_number", ""))
            return {"document_kind": document.value, "document_number": number}
        case ApplicationKind.ADDRESS:
            return {"address": _address(typed.get("address", ""))}
        case ApplicationKind.EMAIL:
            return {"email": parse_email(typed.get("email", ""))}
        case ApplicationKind.PHONE:
            return {"phone": Msisdn.parse_mobile(typed.get("phone", "")).digits}


def masked(values: Mapping[str, str]) -> dict[str, str]:
    """The same for a screen that others may look at: of the document's number only its end."""
    number = values.get("document_number", "")
    return {**values, "document_number": f"•••• {number[-2:]}"} if number else dict(values)


async def put(session: AsyncSession, application: Application, *, at: datetime) -> None:
    """Give the person the new values. The name we call them by follows where it was the name of the contract."""
    profile = (await session.exec(select(Profile).where(Profile.id == application.profile_id).with_for_update())).one()
    new = application.new
    match application.kind:
        case ApplicationKind.EMAIL:
            profile.contact_email = new["email"]
        case ApplicationKind.PHONE:
            profile.contact_phone = Msisdn(new["phone"])
        case _:
            data = await _data(session, application.profile_id)
            data = data or PersonalData(profile_id=application.profile_id, changed_at=at)
            if application.kind is ApplicationKind.NAME and profile.name in {"", data.full_name}:
                profile.name = new["full_name"]
            for name in FIELDS[application.kind]:
                setattr(data, name, DocumentKind(new[name]) if name == "document_kind" else new[name])
            data.changed_at = at
            session.add(data)
    session.add(profile)


async def _data(session: AsyncSession, profile_id: int) -> PersonalData | None:
    return (await session.exec(select(PersonalData).where(PersonalData.profile_id == profile_id))).first()


def _one_line(text: str) -> str:
    """Without control and format characters, apostrophes of one kind, white space single."""
    plain = unicodedata.normalize("NFC", re.sub("[’ʼ‘`´]", "'", text))
    return " ".join("".join(sign for sign in plain if sign.isspace() or unicodedata.category(sign)[0] != "C").split())


def _name(typed: str) -> str:
    name = _one_line(typed)
    if len(name) > _NAME_MOST or not _NAME.fullmatch(name):
        raise NameUnfit
    return name


def _document_number(kind: DocumentKind, typed: str) -> str:
    shape, twins, example = _NUMBERS[kind]
    number = re.sub(r"[\s№\-]", "", typed).upper().translate(twins)
    if not shape.fullmatch(number):
        raise DocumentUnfit(example=example)
    return number


def _address(typed: str) -> str:
    address = _one_line(typed)
    if not _ADDRESS_LEAST <= len(address) <= _ADDRESS_MOST or not any(sign.isalpha() for sign in address):
        raise AddressUnfit
    return address
