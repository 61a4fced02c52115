"""Runs the browser's text runtime in Node, so that tests can ask it what a person would read."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from mykyivstar.frontend.texts import RUNTIME_SOURCE

REACT_STAND_IN = "export const useSyncExternalStore = (watch, value) => value();"
PROGRAM = """
import * as i18n from "./i18n.js";
globalThis.document = { cookie: "", documentElement: { lang: "", classList: { contains: () => false } } };
const { calls } = JSON.parse(process.argv[2]);
const answers = [];
for (const { language, name, values } of calls) {
  await i18n.setLanguage(language);
  const texts = i18n.useTexts();
  answers.push(name.startsWith("_") ? texts[name](...values) : i18n[name](language, ...values));
}
console.log(JSON.stringify(answers));
"""


class TextRuntime:
    """A folder with the runtime and the given lazily loaded texts."""

    def __init__(self, folder: Path, further_texts: dict[str, dict[str, Any]]) -> None:
        self.folder = folder
        (folder / "node_modules" / "react").mkdir(parents=True)
        (folder / "node_modules" / "react" / "index.js").write_text(REACT_STAND_IN)
        (folder / "node_modules" / "react" / "package.json").write_text('{"type": "module", "main": "index.js"}')
        (folder / "package.json").write_text('{"type": "module"}')
        (folder / "i18n.js").write_text(RUNTIME_SOURCE.read_text(encoding="utf-8"))
        loaders = ", ".join(f'{name}: () => import("./texts-{name}.js")' for name in further_texts)
        (folder / "texts.js").write_text(f"export const loaders = {{ {loaders} }};")
        for name, texts in further_texts.items():
            (folder / f"texts-{name}.js").write_text(f"export default {json.dumps(texts)};")
        (folder / "program.js").write_text(PROGRAM)

    def ask(self, calls: list[tuple[str, str, list[Any]]]) -> list[str]:
        """Answers of (language, function, arguments), in order."""
        request = {"calls": [{"language": lang, "name": name, "values": values} for lang, name, values in calls]}
        done = subprocess.run(
            [Path(sys.executable).with_name("node"), "program.js", json.dumps(request)],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)
