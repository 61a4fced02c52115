"""Tariffs, services and announcements from files."""

from datetime import UTC, datetime

from sqlmodel import select

from mykyivstar.db.changes import Change
from mykyivstar.domain.catalogue.models import Announcement, FeePeriod, Service, Tariff
from mykyivstar.kit.money import Money
from tests.domain.imports.conftest import Office, counts


async def one(office: Office, model):
    async with office.database.reading() as session:
        return (await session.exec(select(model))).one()


async def test_a_tariff_with_its_texts_package_and_prices(office: Office):
    header = (
        "code,kind,name_uk,name_en,name_ru,fee,fee_period,package_minutes_on_net,package_minutes_ukraine,"
        "package_sms,package_data,price_call_off_net,price_sms,is_open,position"
    )
    row = 'city,mobile,Місто,City,,"225,00",four_weeks,unlimited,500 min,,20 GB,1.50,,ні,3'
    assert counts(await office.imports("tariffs", header, row)) == (1, 0, 0, 0)
    tariff = await one(office, Tariff)
    assert tariff.name == {"uk": "Місто", "en": "City"}
    assert (tariff.fee, tariff.fee_period) == (Money.uah(225), FeePeriod.FOUR_WEEKS)
    assert tariff.package == [
        {"kind": "minutes_on_net", "amount": 0, "is_unlimited": True},
        {"kind": "minutes_ukraine", "amount": 30_000},
        {"kind": "data", "amount": 20 * 2**30},
    ]
    assert tariff.prices == {"call_off_net": 150}
    assert (tariff.is_open, tariff.position) == (False, 3)
    assert counts(await office.imports("tariffs", header, row)) == (0, 0, 1, 0)


async def test_a_file_of_one_language_or_price_leaves_the_others_alone(office: Office):
    await office.imports("tariffs", "code,kind,name_uk,name_en,fee,price_sms,price_data", "a,mobile,А,A,1,1,2")
    report = await office.imports("tariffs", "code,kind,name_uk,name_ru,fee,price_sms", "a,mobile,А,Ра,1,")
    assert counts(report) == (0, 1, 0, 0)
    tariff = await one(office, Tariff)
    assert tariff.name == {"uk": "А", "en": "A", "ru": "Ра"}
    assert tariff.prices == {"data": 200}


async def test_a_package_is_replaced_as_a_whole_or_not_at_all(office: Office):
    await office.imports("tariffs", "code,kind,name_uk,fee,package_sms,package_data", "a,mobile,А,1,5,1 GB")
    await office.imports("tariffs", "code,kind,name_uk,fee", "a,mobile,А,2")
    assert len((await one(office, Tariff)).package) == 2
    await office.imports("tariffs", "code,kind,name_uk,fee,package_sms", "a,mobile,А,2,7")
    assert (await one(office, Tariff)).package == [{"kind": "sms", "amount": 7}]


async def test_the_catalogue_is_announced_as_one_and_only_when_it_changed(office: Office):
    rows = ("code,kind,name_uk,fee", "a,mobile,А,1", "b,mobile,Б,1")
    await office.imports("tariffs", *rows)
    await office.imports("tariffs", *rows)
    async with office.database.reading() as session:
        assert [change.subject for change in await session.exec(select(Change))] == ["catalogue:0"]


async def test_a_tariff_needs_a_ukrainian_name_and_a_fee_that_is_no_debt(office: Office):
    await office.imports("tariffs", "code,kind,name_uk,fee", "a,mobile,,1", "b,mobile,Б,-1", "c,boat,В,1")
    assert office.problems == [
        "2: name_uk: is empty",
        "3: fee: '-1' is below zero",
        "4: kind: 'boat' is none of mobile, internet, tv",
    ]


async def test_a_service_with_a_package_for_days_and_its_relations(office: Office):
    header = "code,name_uk,fee,fee_period,package_data,package_days,for_internet,excludes,needs"
    assert counts(await office.imports("services", header, "x,Ще,60,once,5 GB,7,no,y z,w")) == (1, 0, 0, 0)
    service = await one(office, Service)
    assert service.package == [{"kind": "data", "amount": 5 * 2**30, "days": 7}]
    assert (service.excludes, service.needs, service.for_internet) == (["y", "z"], ["w"], False)
    await office.imports("services", header, "x,Ще,60,once,5 GB,0,no,,")
    assert office.problems == ["2: package_days: a package lasts a day at least"]


async def test_an_announcement_for_those_it_fits(office: Office):
    header = (
        "code,kind,title_uk,title_en,body_uk,audience_brand,audience_payment,audience_has_internet,starts_at,ends_at"
    )
    row = "a,offer,Знижка,Discount,Пів ціни,djuice,,no,2026-11-01,2026-12-01"
    assert counts(await office.imports("announcements", header, row)) == (1, 0, 0, 0)
    found = await one(office, Announcement)
    assert found.title == {"uk": "Знижка", "en": "Discount"}
    assert found.audience == {"brand": "djuice", "has_internet": False}
    assert found.starts_at == datetime(2026, 10, 31, 22, tzinfo=UTC)
    assert counts(await office.imports("announcements", header, row)) == (0, 0, 1, 0)


async def test_an_announcement_ends_after_it_starts(office: Office):
    await office.imports("announcements", "code,kind,title_uk,starts_at,ends_at", "a,news,А,2026-11-01,2026-11-01")
    assert office.problems == ["2: ends_at: is not after starts_at"]
