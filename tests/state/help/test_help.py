"""The help pages, for anybody."""

from reflex.istate.data import RouterData

from mykyivstar.state.help.article import ArticleState
from mykyivstar.state.help.contents import HelpState
from tests.state.tab import Tab, tab_of


def at(path: str, query: str = "") -> Tab:
    tab = tab_of(None)
    address = f"{path}?{query}" if query else path
    tab.root.router = RouterData.from_router_data({"pathname": path, "asPath": address, "headers": {}})
    return tab


async def test_anybody_finds_an_article_and_what_it_says() -> None:
    tab = at(
        "/help",
        "q=%D1%8F%D0%BA+%D0%BF%D0%B5%D1%80%D0%B5%D0%BA%D0%B0%D0%B7%D0%B0%D1%82%D0%B8+%D0%B3%D1%80%D0%BE%D1%88%D1%96",
    )
    await tab.do(HelpState, "load")
    shown = await tab.state(HelpState)
    assert shown.question == "як переказати гроші"
    assert shown.found[0].href == "/help/transfer"
    assert set(shown.found[0].title) == {"uk", "en", "ru"}


async def test_nothing_is_found_for_nothing_and_for_nonsense() -> None:
    for query in ("", "q=%3F%3F%3F", "q=" + "x" * 5000):
        tab = at("/help", query)
        await tab.do(HelpState, "load")
        assert (await tab.state(HelpState)).found == []


async def test_a_search_has_an_address() -> None:
    event = await at("/help").do(HelpState, "search", form={"q": "  бонуси & код "})
    assert "%D0%B1%D0%BE%D0%BD%D1%83%D1%81%D0%B8+%26+%D0%BA%D0%BE%D0%B4" in str(event)


async def test_an_article_is_there_in_three_languages_and_a_strange_one_is_not() -> None:
    tab = at("/help/bonuses")
    await tab.do(ArticleState, "load")
    shown = (await tab.state(ArticleState)).article
    assert shown.title["uk"].startswith("Бонуси")
    assert {language for block in shown.blocks for line in block.lines for language in line} == {"uk", "en", "ru"}
    assert "/help/bonuses" not in [link.href for link in shown.related]
    for code in ("nothing", "..%2f..%2fetc", "topics.toml"):
        tab = at(f"/help/{code}")
        await tab.do(ArticleState, "load")
        assert (await tab.state(ArticleState)).article is None
