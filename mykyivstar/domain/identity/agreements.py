"""The versions of the documents a subscriber accepts; each acceptance is recorded with the version shown."""

TERMS_VERSION = "2026-11"
PERSONAL_DATA_VERSION = "2026-11"
