"""Puts the kit's own browser code into the front end."""

from pathlib import Path
from typing import Any

from reflex_base.plugins.base import Plugin

KIT_SOURCE = Path(__file__).parent / "js" / "kit"


class KitPlugin(Plugin):
    """Writes `utils/kit/*.jsx` before the compilation."""

    def pre_compile(self, **context: Any) -> None:
        context["add_save_task"](kit_files)


def kit_files() -> list[tuple[str, str]]:
    """Every module of the kit, as (path in the front end, contents)."""
    return [(f"utils/kit/{path.name}", path.read_text(encoding="utf-8")) for path in sorted(KIT_SOURCE.glob("*.jsx"))]
