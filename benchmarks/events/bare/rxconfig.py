"""The framework's configuration of the bare app."""

import reflex as rx
from reflex.plugins import SitemapPlugin

config = rx.Config(app_name="bare", disable_plugins=[SitemapPlugin])
