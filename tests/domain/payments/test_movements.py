"""A payment says what it did to the balances of whoever looks, and to nobody else's."""

from mykyivstar.db.database import Database
from mykyivstar.domain.payments.crediting import credit
from mykyivstar.domain.payments.models import Cause, Source
from mykyivstar.domain.payments.movements import Movement, movements
from mykyivstar.domain.payments.opening import Payer
from mykyivstar.kit.money import Money
from tests.factories.payments import make_payment, share
from tests.factories.people import LONG_AGO, hold, make_account, make_line, make_person, put_money


async def test_own_balances_are_told_before_and_after_and_others_are_not(database: Database):
    async with database.unit_of_work() as session:
        olena, andrii = await make_person(session), await make_person(session, "andrii")
        mine, theirs = await make_line(session), await make_line(session, "380671000002")
        account = await make_account(session)
        for person, thing in ((olena, mine), (olena, account), (andrii, theirs)):
            await hold(session, person, thing)
        await put_money(session, mine, Money.uah(60))
        await put_money(session, account, Money.uah(-10))
        payer = Payer(profile_id=olena.profile_id, from_line_id=mine.id)
        shares = [share(theirs, Money.uah(20)), share(account, Money.uah(30))]
        payment = await make_payment(session, *shares, source=Source.BALANCE, payer=payer)
        assert await movements(session, olena, payment) == {}
        await credit(session, payment, at=LONG_AGO, cause=Cause.PAYER)
    async with database.reading() as session:
        hers = {str(key): movement for key, movement in (await movements(session, olena, payment)).items()}
        assert hers == {
            f"line:{mine.id}": Movement(Money.uah(60), Money.uah(10)),
            f"internet:{account.id}": Movement(Money.uah(-10), Money.uah(20)),
        }
        his = await movements(session, andrii, payment)
        assert list(his.values()) == [Movement(Money.ZERO, Money.uah(20))]
