"""`mykyivstar import`."""

import asyncio
import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from mykyivstar import wiring
from mykyivstar.cli.import_watchers import Rejects, Screen, Watchers
from mykyivstar.cli.trouble import release_mismatch
from mykyivstar.db import schema
from mykyivstar.db.rehearsals import NoCopy, to_rehearse_in
from mykyivstar.domain.imports.files import File, find
from mykyivstar.domain.imports.flow import Wishes, import_files
from mykyivstar.domain.imports.kinds import KINDS
from mykyivstar.domain.imports.mapping import Mapping, read_mapping
from mykyivstar.domain.imports.problems import BadFile
from mykyivstar.domain.imports.report import Report
from mykyivstar.domain.imports.tried import import_tried
from mykyivstar.settings import settings


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--kind", type=click.Choice(list(KINDS)), help="What the files hold; without it their names say so.")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="How to read them.")
@click.option("--strict", is_flag=True, help="One bad row, and nothing of its file is kept; exit code 1.")
@click.option("--dry-run", is_flag=True, help="Try everything, keep nothing.")
@click.option("--encoding", default="", help="utf-8 (with or without a mark) unless given, for example cp1251.")
@click.option("--delimiter", default="", help='Found out from the header unless given; "\\t" is a tab.')
@click.option(
    "--rejects",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write rejected rows to this file; without it to DATA_DIR/rejects.",
)
def import_command(
    *,
    paths: Sequence[Path],
    kind: str | None,
    mapping: Path | None,
    strict: bool,
    dry_run: bool,
    encoding: str,
    delimiter: str,
    rejects: Path | None,
) -> None:
    """Import the operator's files, or every known file of a folder. The formats: docs/import.md.

    The same file again changes nothing. A bad row is reported and passed over.
    """
    read = _mapping(mapping)
    wishes = Wishes(strict, dry_run, read, encoding, "\t" if delimiter == "\\t" else delimiter)
    try:
        files = find(paths, kind or read.kind)
    except BadFile as reason:
        raise click.ClickException(str(reason)) from reason
    # Of a strict file nothing was taken: it is mended and imported as a whole.
    folder = None if strict or dry_run else wiring.rejects_folder()
    with Screen() as screen, Rejects(rejects, several=len(files) > 1, folder=folder) as rejected:
        report = _run(files, wishes, Watchers(screen, rejected))
    _show(report, rehearsed=dry_run, rejects=rejected.written)
    if not report.succeeded(strict=strict):
        raise SystemExit(1)


def _mapping(path: Path | None) -> Mapping:
    if path is None:
        return Mapping()
    try:
        return read_mapping(path)
    except BadFile as reason:
        raise click.ClickException(f"{path.name}: {reason}") from reason


def _run(files: Sequence[File], wishes: Wishes, listener: Watchers) -> Report:
    async def run() -> Report:
        try:
            async with wiring.reading() as session:
                found = await schema.revision_of(session)
            if mismatch := release_mismatch(found):
                raise click.ClickException(mismatch)
            at = wiring.clock().now()
            if wishes.strict and not wishes.rehearse and wiring.database().is_sqlite:
                return await import_tried(wiring.database(), files, at=at, wishes=wishes, listener=listener)
            place = to_rehearse_in(wiring.database()) if wishes.rehearse else nullcontext(wiring.database())
            async with place as database, database.storing_much():
                return await import_files(database.unit_of_work, files, at=at, wishes=wishes, listener=listener)
        finally:
            await wiring.database().dispose()

    if not settings().database_url:
        settings().data_dir.mkdir(parents=True, exist_ok=True)
    try:
        with _less_looking_for_garbage():
            return asyncio.run(run())
    except NoCopy as error:
        raise click.ClickException(f"The database cannot be copied to try things in: {error}") from error


@contextmanager
def _less_looking_for_garbage() -> Iterator[None]:
    """A batch is ten thousand rows that live and die together: looking for garbage among them, and in all that was
    loaded at the start, took a third of the time.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _show(report: Report, *, rehearsed: bool, rejects: Sequence[Path]) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("file", "kind"):
        table.add_column(heading)
    for heading in ("created", "updated", "unchanged", "rejected", "hidden"):
        table.add_column(heading, justify="right")
    table.add_column("")
    for file in report.files:
        counts = (file.created, file.updated, file.unchanged, file.rejected, file.hidden)
        note = "" if file.kept or rehearsed else "nothing of it was kept"
        table.add_row(file.file, file.kind, *(f"{count:,}" for count in counts), note)
    console = Console(highlight=False, width=None if sys.stdout.isatty() else 120)
    console.print(table)
    if rehearsed:
        console.print("A dry run: nothing was kept.")
    if report.not_begun:
        console.print(f"Not begun: {', '.join(report.not_begun)}", markup=False)
    for path in rejects:
        console.print(f"Rejected rows: {path}", markup=False)
