"""The pages: one module per screen, since every module becomes a download of its own."""

from importlib import import_module
from pkgutil import walk_packages

from mykyivstar.settings import settings

# Only for trying out: the kit's gallery, the phones whose SMS everybody can read, and the word that says so.
_DEMO_ONLY = ("mykyivstar.pages.demo_hint", "mykyivstar.pages.demo_phone", "mykyivstar.pages.kit_gallery")


def import_all() -> None:
    """Import every page, which puts it on the list; the demo's own pages only in the demo."""
    for module in walk_packages(__path__, prefix=f"{__name__}."):
        if settings().is_demo or not module.name.startswith(_DEMO_ONLY):
            import_module(module.name)
