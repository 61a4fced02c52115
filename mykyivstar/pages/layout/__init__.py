"""The frame of every page and the list of pages."""

from mykyivstar.pages.layout.registry import add_pages, app_page, pages

__all__ = ["add_pages", "app_page", "pages"]
