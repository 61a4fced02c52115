"""Who may import whom: the picture of docs/architecture.md as a table."""

from tests.architecture.source import modules

EDGE = {"db", "domain", "formatting", "guard", "i18n", "jobs", "kit", "logs", "metrics", "papers", "ports", "settings"}
EDGE |= {"terms", "wiring"}

# A layer may import itself and these.
ALLOWED = {
    "__init__": set(),
    "__main__": {"cli"},
    "kit": set(),
    "settings": set(),
    "routes": set(),
    "logs": {"kit"},
    "metrics": {"kit"},
    "db": {"kit"},
    "ports": {"kit"},
    "domain": {"db", "kit", "ports"},
    "integrations": {"kit", "ports"},
    "formatting": {"kit"},
    "i18n": {"formatting", "kit"},
    "papers": {"domain", "formatting", "i18n", "kit", "ports"},
    "jobs": {"db", "domain", "formatting", "i18n", "kit", "metrics", "papers", "ports"},
    "adapters": {"integrations", "kit", "ports", "settings"},
    "terms": {"domain", "kit", "settings"},
    "wiring": {"adapters", "db", "domain", "i18n", "jobs", "kit", "papers", "ports", "settings", "terms"},
    "guard": {"db", "domain", "kit", "metrics", "routes", "settings", "wiring"},
    "components": {"i18n"},
    "frontend": {"components", "domain", "i18n", "routes", "settings"},
    "state": EDGE | {"routes"},
    "pages": {"components", "domain", "formatting", "frontend", "i18n", "kit", "routes", "settings", "state"},
    "loading": {"guard"},
    "failures": {"guard", "logs", "metrics", "state"},
    "background": EDGE | {"demo", "state"},
    "api": EDGE | {"routes"},
    "demo": EDGE | {"routes"},
    "serving": EDGE,
    "cli": EDGE | {"demo", "serving"},
    "mykyivstar": {"api", "background", "failures", "guard", "loading", "pages", "settings", "state"},
}

# Files that may do what their layer may not, and why.
EXCEPTIONS = {
    ("db/registry.py", "domain"): "migrations must see every table",
    ("db/migrations/env.py", "settings"): "developers run Alembic by hand on the database of the settings",
}

# Another firm's server in our process: we meet it over HTTP alone.
A_SERVER_OF_ITS_OWN = "integrations/acquiring/embedded/"

NO_FRAMEWORK = {
    "adapters",
    "kit",
    "db",
    "ports",
    "domain",
    "integrations",
    "formatting",
    "jobs",
    "papers",
    "settings",
    "wiring",
}


def target(imported: str) -> str:
    return imported.split(".")[1]


def test_every_layer_is_in_the_table() -> None:
    assert {module.layer for module in modules()} - set(ALLOWED) == set()


def test_layers_import_only_what_they_may() -> None:
    wrong = {
        f"{module.name} imports {imported}"
        for module in modules()
        for imported in module.imports()
        if (layer := target(imported)) != module.layer
        and layer not in ALLOWED[module.layer]
        and (module.name, layer) not in EXCEPTIONS
    }
    assert wrong == set()


def test_every_exception_is_still_needed() -> None:
    used = {(module.name, target(imported)) for module in modules() for imported in module.imports()}
    assert set(EXCEPTIONS) - used == set()


def test_only_one_module_names_integrations() -> None:
    naming = {
        module.name
        for module in modules()
        if module.layer != "integrations" and any(target(imported) == "integrations" for imported in module.imports())
    }
    assert naming == {"adapters.py"}


def test_the_inside_knows_nothing_of_the_framework() -> None:
    wrong = {
        module.name
        for module in modules()
        if module.layer in NO_FRAMEWORK
        and not module.name.startswith(A_SERVER_OF_ITS_OWN)
        and any(name.startswith("reflex") or name == "starlette" for name in module.outside_imports())
    }
    assert wrong == set()
