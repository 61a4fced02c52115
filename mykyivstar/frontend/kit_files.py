"""Puts the kit's own browser code into the front end."""

import json
from pathlib import Path
from typing import Any

from reflex_base.plugins.base import Plugin

from mykyivstar.domain.stores.cities import cities
from mykyivstar.domain.stores.outlines import FILE as OUTLINES

KIT_SOURCE = Path(__file__).parent / "js" / "kit"
COMMON_PASSWORDS = Path(__file__).parent.parent / "domain" / "identity" / "common_passwords.txt"


class KitPlugin(Plugin):
    """Writes `utils/kit/*` before the compilation."""

    def pre_compile(self, **context: Any) -> None:
        context["add_save_task"](kit_files)


def kit_files() -> list[tuple[str, str]]:
    """Every module of the kit, as (path in the front end, contents)."""
    files = sorted(path for ending in ("jsx", "js", "css") for path in KIT_SOURCE.glob(f"*.{ending}"))
    sources = [(f"utils/kit/{path.name}", path.read_text(encoding="utf-8")) for path in files]
    return [
        *sources,
        ("utils/kit/common_words.jsx", f"export default {json.dumps(common_words(), ensure_ascii=False)};\n"),
        ("utils/kit/map_land.jsx", f"export const outlines = {OUTLINES.read_text(encoding='utf-8')};\n{_labels()}"),
    ]


def _labels() -> str:
    """The cities that a map names: [latitude, longitude, rank, names by language]."""
    rows = [(city.latitude, city.longitude, city.rank, city.name) for city in cities()]
    return f"export const cities = {json.dumps(rows, ensure_ascii=False)};\n"


def common_words() -> list[str]:
    """What the password meter knows to be common: the server's own list."""
    lines = COMMON_PASSWORDS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
