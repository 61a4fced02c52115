"""The receipt as PDF, read back by another library."""

import asyncio
from io import BytesIO

import pypdf
import pytest
import typst

from mykyivstar.domain.lines.keys import HoldingKey, HoldingKind
from mykyivstar.domain.papers.receipt import Receipt, ReceiptShare
from mykyivstar.domain.papers.seal import PaperCode, read_code
from mykyivstar.domain.payments.models import PaymentState, Source
from mykyivstar.kit.money import Money
from mykyivstar.papers import pdf as printing
from mykyivstar.papers.pdf import receipt_pdf
from mykyivstar.papers.press import Press
from tests.papers.conftest import PRESS, receipt
from tests.papers.pictures import read_qr

CODE = PRESS.code(receipt())
SAYS = {
    "uk": ["Квитанція № 20120503194733", "Дата 03.05.2012", "Час 19:47:33", "Поповнення банківською карткою",
           "Домашній інтернет, рахунок 4477622: 1 070,00 ₴", "Мобільний номер +380 67 100 00 01: 30,50 ₴",
           "ID платежу 14247838", "Сума 1 100,50 ₴", "Кошти зараховано 3 травня 2012, 19:47.",
           "Картка 444403******1902"],
    "en": ["Receipt № 20120503194733", "Date 03.05.2012", "Time 19:47:33", "Top-up by bank card",
           "Home internet, account 4477622: 1,070.00 ₴", "Mobile number +380 67 100 00 01: 30.50 ₴",
           "Payment ID 14247838", "Amount 1,100.50 ₴", "The money was credited on 3 May 2012, 19:47."],
    "ru": ["Квитанция № 20120503194733", "Дата 03.05.2012", "Время 19:47:33", "Пополнение банковской картой",
           "Домашний интернет, счёт 4477622: 1 070,00 ₴", "Мобильный номер +380 67 100 00 01: 30,50 ₴",
           "ID платежа 14247838", "Сумма 1 100,50 ₴", "Деньги зачислены 3 мая 2012, 19:47."],
}  # fmt: skip


async def read(paper: Receipt, press: Press, lang: str = "en") -> str:
    document = pypdf.PdfReader(BytesIO(await receipt_pdf(paper, press, lang)))
    assert len(document.pages) == 1
    return " ".join(document.pages[0].extract_text().split())


@pytest.mark.parametrize("lang", SAYS)
async def test_it_says_everything_in_the_language_of_the_reader(press: Press, lang: str) -> None:
    said = await read(receipt(), press, lang)
    missing = [
        sentence for sentence in (*SAYS[lang], "MONO-1", CODE, "https://my.example.ua/verify") if sentence not in said
    ]
    assert missing == [], said


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": PaymentState.PROCESSING}, "Your payment has been accepted for processing."),
        ({"state": PaymentState.REFUNDED}, "The money was returned to the payer on 3 May 2012, 19:47."),
        ({"refunded": Money.uah(5)}, "Returned 5.00 ₴"),
        ({"source": Source.PROMISE, "card_mask": ""}, "Payment Promised payment"),
        ({"source": Source.PARTNER, "card_mask": "", "partner": "IBOX"}, "Partner IBOX"),
        ({"source": Source.BALANCE, "card_mask": "", "from_number": "380671000001"}, "From number +380 67 100 00 01"),
    ],
)
async def test_each_source_and_state_has_its_words(press: Press, fields: dict, sentence: str) -> None:
    assert sentence in await read(receipt(**fields), press)


async def test_screen_readers_find_a_title_a_language_and_roles(press: Press) -> None:
    document = pypdf.PdfReader(BytesIO(await receipt_pdf(receipt(), press, "uk")))
    root = document.trailer["/Root"]
    assert document.metadata is not None
    assert document.metadata.title == "Квитанція № 20120503194733"
    assert root["/Lang"] == "uk"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root


async def test_the_same_paper_is_the_same_file(press: Press) -> None:
    first, second = [await receipt_pdf(receipt(), press, "uk") for _ in range(2)]
    assert first == second


async def test_what_somebody_typed_is_never_read_as_a_program(press: Press) -> None:
    evil = '#read("/etc/passwd") \\ *bold* $x$ "quote" <tag> №'
    said = await read(receipt(source=Source.PARTNER, partner=evil), press)
    assert evil in said


async def test_the_longest_split_still_fits_one_page(press: Press) -> None:
    many = [ReceiptShare(HoldingKey(HoldingKind.LINE, n), f"38067100{n:04d}", Money.uah(5000)) for n in range(20)]
    said = await read(receipt(shares=many), press, "uk")
    assert said.count("5 000,00 ₴") == 20


async def test_the_qr_on_it_leads_to_the_page_that_proves_it(press: Press) -> None:
    picture = typst.compile(
        printing._TEMPLATES / "receipt.typ",
        format="png",
        ppi=200,
        font_paths=printing._fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": printing._data(receipt(), press, "uk")},
    )
    address = read_qr(picture).decode()
    assert address == f"https://my.example.ua/verify/{CODE}"
    code = read_code(address.rpartition("/")[2])
    assert isinstance(code, PaperCode)
    assert press.seal.proves(code, receipt().facts)


async def test_many_at_once_are_as_many_papers(press: Press) -> None:
    papers = await asyncio.gather(*(receipt_pdf(receipt(payment_id=n + 1), press, "uk") for n in range(8)))
    assert len(set(papers)) == 8
