"""What a browser holds that has loaded the front end of an app: `python held.py <module of the app>`, in its folder.

The compiler writes these hashes into the front end, and a page sends them when it connects for the first time.
"""

import asyncio
import json
import sys
from importlib import import_module
from pathlib import Path


async def hashes() -> list[str]:
    """Of every state as it is before anything has happened."""
    from reflex.istate.delta import _resolve_delta
    from reflex.state import State, state_snapshot_hashes

    state = State(_reflex_internal_init=True)  # type: ignore[call-arg]
    return state_snapshot_hashes(await _resolve_delta(state.dict(initial=True)))


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    import_module(sys.argv[1])
    print(json.dumps(asyncio.run(hashes())))
