"""What stands in the head of every page."""

import reflex as rx

from mykyivstar.i18n.languages import DEFAULT_LANGUAGE

#: Before the first paint: the brand's colours, and no flash of Ukrainian for those who read another language.
#: Three seconds later the page is shown in any case.
BEFORE_PAINT = f"""try{{
var d=document.documentElement,h=/djuice/.test(location.hostname)?"djuice":"",
b=localStorage.getItem("brand")||h,
l=localStorage.getItem("lang")||(document.cookie.match(/(?:^|; )lang=(\\w+)/)||[])[1];
if(b)d.dataset.brand=b;
if(l&&l!=="{DEFAULT_LANGUAGE}"){{d.classList.add("i18n-pending");setTimeout(function(){{d.classList.remove("i18n-pending")}},3000)}}
}}catch(e){{}}"""

THEME_LIGHT = "#eef3f9"
THEME_DARK = "#09111d"


def head_components() -> list[rx.Component]:
    """Icons, manifest, colours of the browser's own bars, fonts that the first screen needs."""
    return [
        rx.el.script(BEFORE_PAINT),
        rx.el.meta(name="theme-color", content=THEME_LIGHT, custom_attrs={"media": "(prefers-color-scheme: light)"}),
        rx.el.meta(name="theme-color", content=THEME_DARK, custom_attrs={"media": "(prefers-color-scheme: dark)"}),
        rx.el.meta(name="format-detection", content="telephone=no"),
        rx.el.link(rel="icon", href="/icons/icon.svg", type="image/svg+xml"),
        rx.el.link(rel="apple-touch-icon", href="/icons/icon-180.png"),
        rx.el.link(rel="manifest", href="/manifest.webmanifest"),
        *[rx.el.link(rel="preload", href=f"/fonts/onest-{script}.woff2", **_FONT) for script in ("cyrillic", "latin")],
    ]


_FONT = {"custom_attrs": {"as": "font"}, "type": "font/woff2", "cross_origin": "anonymous"}
