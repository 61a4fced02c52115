"""The demo bank's stylesheet."""

from pathlib import Path

STYLES = Path(__file__).with_name("bank.css").read_text(encoding="utf-8")
