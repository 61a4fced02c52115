"""The browser that measures."""

import os
import shutil

# As root, Chromium refuses to start in its sandbox; the rest keeps it from talking to anybody but us.
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")


def chromium() -> str:
    """Its path: CHROMIUM, or what is installed."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("Chromium is not installed: apt-get install chromium, or set CHROMIUM")
    return found
