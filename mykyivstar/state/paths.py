"""Where a browser may be sent: our own paths and nothing else."""

import re

# An allowlist: a denylist once let "/%09/evil.example" through.
_OURS = re.compile(r"/(?!/)[A-Za-z0-9_\-./?=&%~:]{0,300}")


def safe_path(wanted: str, *, otherwise: str) -> str:
    """`wanted` when it is a path of ours, else `otherwise`."""
    return wanted if _OURS.fullmatch(wanted) and "%09" not in wanted and "\\" not in wanted else otherwise
