"""Which Chromium the tests drive, and what of it they do without."""

import os
import shutil

# A window of the whole browser prepares pages of its own for its address bar, which cost as much as one of ours.
_OF_THE_WINDOW = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "WebUIReloadButton")
# The last --disable-features is the one that counts, so here stands again what the driver needs for its own work.
_OF_THE_DRIVER = (
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    f"--disable-features={','.join((*_OF_THE_DRIVER, *_OF_THE_WINDOW))}",
)


def chromium() -> str | None:
    """Its path: CHROMIUM, or what is installed. One without windows, which does half the work, may be named there."""
    installed = (shutil.which(name) for name in ("chromium", "google-chrome", "chromium-headless-shell"))
    return os.environ.get("CHROMIUM") or next(filter(None, installed), None)
