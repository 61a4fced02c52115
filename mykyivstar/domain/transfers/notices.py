"""SMS of transfers: both sides are told once the money has moved; numbers are masked in them."""

from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from mykyivstar.domain.identity.models import Language
from mykyivstar.domain.identity.subjects import Found, Subject, profile_of
from mykyivstar.domain.internet.models import InternetAccount
from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.lines.queries import masked_account
from mykyivstar.domain.notices.telling import Whose, tell
from mykyivstar.domain.notifications.sms import send_sms
from mykyivstar.domain.notifications.templates import SmsTemplate
from mykyivstar.domain.payments.models import Payment
from mykyivstar.domain.transfers.rules import Move
from mykyivstar.kit.msisdn import Msisdn

# A notice that is a day late still matters; a week later it only confuses.
LIVES = timedelta(days=1)


def masked(number: str) -> str:
    """A line's digits or an internet account's number as an SMS shows it: 067*****01, 00*****622.

    Asterisks, because they belong to the basic SMS alphabet.
    """
    if len(number) == len("380671000001"):
        return f"0{number[3:5]}*****{number[-2:]}"
    return masked_account(number).replace("•", "*")


async def tell_both(session: AsyncSession, payment: Payment, move: Move, *, at: datetime) -> None:
    """Tell giver and getter, with the transaction of the money; whoever is both is told once."""
    sum_of = {"kopiykas": str(payment.amount.kopiykas)}
    await send_sms(
        session,
        to=move.giver.msisdn,
        template=SmsTemplate.TRANSFER_GIVEN,
        params=sum_of | {"to": masked(move.target.number)},
        language=payment.language,
        at=at,
        lives=LIVES,
    )
    phone = await _phone(session, move)
    if phone == move.giver.msisdn:
        return
    await tell(
        session,
        _whose(move.target.key),
        to=phone,
        template=SmsTemplate.TRANSFER_GOT,
        params=sum_of | {"by": masked(move.giver.msisdn.digits)},
        language=await _language(session, move.target.key),
        at=at,
        lives=LIVES,
    )


def _whose(key: HoldingKey) -> Whose:
    return Whose(line_id=key.id) if key.kind is HoldingKind.LINE else Whose(internet_account_id=key.id)


async def _phone(session: AsyncSession, move: Move) -> Msisdn:
    if move.target.key.kind is HoldingKind.LINE:
        return Msisdn(move.target.number)
    return (await session.get_one(InternetAccount, move.target.key.id)).contract_phone


async def _language(session: AsyncSession, key: HoldingKey) -> Language:
    """What its owner reads; Ukrainian where it has no profile."""
    subject = Subject(key.kind.value, "")
    is_line = key.kind is HoldingKind.LINE
    found = Found(subject, line_id=key.id) if is_line else Found(subject, internet_account_id=key.id)
    profile = await profile_of(session, found)
    return Language.UK if profile is None else profile.language
