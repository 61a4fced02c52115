"""Rules of the house that a reader would otherwise have to remember."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Module, files_of_tests, modules

MAY_COMMIT = {
    "db/database.py",
    "db/schema.py",  # migrations have a connection of their own
    "db/inline_sqlite.py",  # a driver: commits when it is told to
    "domain/usage/ingest.py",  # keeps or drops a savepoint inside somebody's transaction
}
MAY_READ_THE_CLOCK = {"kit/clock.py"}
# The last resort of a request and of live screens, and the unit of work, which rolls back and raises it again.
MAY_CATCH_EVERYTHING = {"serving/requests.py", "background.py", "db/database.py"}
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff", "tools", "lib"}
DOCUMENTED = {"db", "domain", "formatting", "integrations", "jobs", "kit", "ports"}

LINES_NEVER = 400
LINES_WITH_A_REASON = 250
FUNCTION_LINES = 70
# Files of 250 lines and more, and why they are not two.
LONG_FILES: dict[str, str] = {
    "domain/identity/models.py": "every table of one noun",
    "settings.py": "every setting, and what it may be, in one place",
}
LONG_FUNCTIONS = {
    "pages/terms.py: terms": "a document, in one piece as it is read",
    "pages/safety.py: safety": "a document, in one piece as it is read",
    "pages/privacy.py: privacy": "a document, in one piece as it is read",
}

CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
    ("time", "monotonic"),
    ("time", "monotonic_ns"),
    ("time", "perf_counter"),
    ("time", "perf_counter_ns"),
}


def calls(module: Module) -> Iterator[tuple[str, str]]:
    """Every call of an attribute of a plain name: `time.time()` is ("time", "time"); what cannot be named is ""."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            yield name, node.func.attr


def test_only_the_unit_of_work_commits() -> None:
    committing = {
        module.name for module in modules() for _, called in calls(module) if called in {"commit", "rollback"}
    }
    assert committing - MAY_COMMIT == set()


def test_nobody_else_reads_the_clock() -> None:
    reading = {f"{module.name}: {'.'.join(call)}" for module in modules() for call in calls(module) if call in CLOCKS}
    assert {line for line in reading if line.split(":")[0] not in MAY_READ_THE_CLOCK} == set()


def test_nobody_catches_everything() -> None:
    def is_broad(handler: ast.ExceptHandler) -> bool:
        names = [node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)] if handler.type else [""]
        return bool({"", "Exception", "BaseException"} & set(names))

    catching = {
        module.name
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and is_broad(node)
    }
    assert catching - MAY_CATCH_EVERYTHING == set()


def test_no_module_is_a_drawer_for_anything() -> None:
    names = {module.name for module in modules() if BANNED_NAMES & set(module.name.removesuffix(".py").split("/"))}
    assert names == set()


def test_every_module_says_what_it_is() -> None:
    silent = {module.name for module in modules() if module.text.strip() and not ast.get_docstring(module.tree)}
    assert silent == set()


def test_public_functions_state_their_contract() -> None:
    silent = {
        f"{module.name}: {node.name}"
        for module in modules()
        if module.layer in DOCUMENTED and not module.is_revision
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    }
    assert silent == set()


def test_every_method_of_a_port_states_its_contract() -> None:
    silent = {
        f"{module.name}: {owner.name}.{node.name}"
        for module in modules()
        if module.layer == "ports"
        for owner in module.tree.body
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    }
    assert silent == set()


def test_files_are_short() -> None:
    lengths = {module.name: module.text.count("\n") for module in modules() if not module.is_revision}
    assert {name: lines for name, lines in lengths.items() if lines > LINES_NEVER} == {}
    long = {name for name, lines in lengths.items() if lines > LINES_WITH_A_REASON}
    assert long - set(LONG_FILES) == set(), "split it, or write the reason into LONG_FILES"
    assert set(LONG_FILES) - long == set(), "no longer long"


def test_test_files_are_short() -> None:
    lengths = {path.name: path.read_text(encoding="utf-8").count("\n") for path in files_of_tests()}
    assert {name: lines for name, lines in lengths.items() if lines > LINES_NEVER} == {}


def test_functions_are_short() -> None:
    long = {
        f"{module.name}: {function.name}"
        for module in modules()
        if not module.is_revision
        for function in module.functions()
        if (function.end_lineno or 0) - function.lineno + 1 > FUNCTION_LINES
    }
    assert long - set(LONG_FUNCTIONS) == set()
