"""The two servers that are compared, and what people do on each."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.events.plan import ROOT, Call, Turn, Visitor, event_name, var
from benchmarks.people import Person, sign_in
from benchmarks.processes import free_port
from benchmarks.site import PROJECT, Running, our_site, serving
from mykyivstar import routes
from mykyivstar.serving.environment import framework_variables
from mykyivstar.settings import Settings

_BARE = Path(__file__).with_name("bare")
_HELD = Path(__file__).with_name("held.py")
_INCREMENT = event_name("bare.bare", "counter", "increment")
_REFRESH = event_name("mykyivstar.state.home.state", "home_state", "refresh")
_CHOOSE = event_name("mykyivstar.state.shell", "shell_state", "choose")
# The framework's own smallest event: it changes nothing and is always answered.
_NOTHING = f"{ROOT}.set_is_hydrated"
AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Work:
    """The same work on both sides: `ours` of a person, `bare` of anybody."""

    name: str
    ours: Sequence[Visitor]
    bare: Sequence[Visitor]


@contextmanager
def bare_site() -> Iterator[Running]:
    """The bare app, served with the same server, loop, environment and number of workers as ours."""
    port = free_port()
    with TemporaryDirectory(prefix="mykyivstar-bench-bare-") as web:
        variables = framework_variables(Settings(port=port, redis_url=""))
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        environment |= variables | {"REFLEX_WEB_WORKDIR": web}
        with serving([sys.executable, "serve.py", str(port)], _BARE, environment, port, "/ping") as pid:
            yield Running(f"http://127.0.0.1:{port}", pid, holds=held("bare.bare", _BARE, environment))


@contextmanager
def both(people: int) -> Iterator[tuple[Running, Running, Sequence[Person]]]:
    """Both servers, idle, and so many people signed in to ours."""
    with our_site() as ours, bare_site() as bare:
        holds = held("mykyivstar.mykyivstar", PROJECT, {**os.environ, **framework_variables(Settings())})
        yield replace(ours, holds=holds), bare, asyncio.run(sign_in(ours.database, people))


def held(app: str, folder: Path, environment: dict[str, str]) -> Sequence[str]:
    """What the front end of this app tells a page that it holds."""
    command = [sys.executable, str(_HELD), app]
    told = subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return tuple(json.loads(told.stdout.splitlines()[-1]))


def refreshes(person: Person) -> Visitor:
    """What an open dashboard does when something has changed, ten times at once.

    Nothing has changed here, so nothing would come back: the tenth event is the framework's own, for its answer.
    """
    calls = [Call(_REFRESH, routes.HOME)] * (AT_ONCE - 1)
    turn = Turn([*calls, Call(_NOTHING, routes.HOME, {"value": True})], f"{var('is_hydrated')}true")
    return Visitor(person.cookie, routes.HOME, [turn])


def switches(person: Person) -> Visitor:
    """Taking the next line in hand: the whole dashboard and its bars are drawn anew."""
    first, *others = person.keys
    turns = [Turn([Call(_CHOOSE, routes.HOME, {"key": key})], var("hero")) for key in (*others, first)]
    return Visitor(person.cookie, f"{routes.HOME}?line={first}", turns)


def counts(at_once: int) -> Visitor:
    """The bare app's button."""
    return Visitor("", "/", [Turn([Call(_INCREMENT, "/")] * at_once, var("count"), at_once)])
