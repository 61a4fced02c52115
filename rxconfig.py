"""The framework's own configuration. Ours is in mykyivstar/settings.py."""

import reflex as rx
from reflex.plugins import SitemapPlugin

from mykyivstar.frontend.config import plugins

config = rx.Config(
    app_name="mykyivstar",
    show_built_with_reflex=False,
    # A list by preference: what stands first is what a browser that takes both gets.
    frontend_compression_formats=["brotli", "gzip"],
    plugins=plugins(),
    # A sitemap needs the public address, which one build does not know: it serves on any host.
    disable_plugins=[SitemapPlugin],
)
