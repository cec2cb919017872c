"""`cadencecoach history export`: sessions for other programs."""

from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import tell

if TYPE_CHECKING:
    from cadencecoach.store.protocol import Store

FORMATS = ("fit", "tcx", "csv", "json", "parquet")  # as in record.exports.formats, which takes time to load
SURFACES = ("treadmill", "road", "trail", "track")
EXIT_REFUSED = 2


@click.command()
@click.argument("session", metavar="[SESSION]", required=False)
@click.option("--all", "every", is_flag=True, help="Export every session into the folder -o.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS, case_sensitive=False), help="Default: by the ending of -o."
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    callback=options.take_path,
    help="Default: named after the session, in this folder; - is standard output.",
)
@click.option("--surface", type=click.Choice(SURFACES), help="Surface you ran on, for FIT.  [default: treadmill]")
@options.FORCE
def export(
    *, session: str | None, every: bool, form: str | None, output: str | None, surface: str | None, force: bool
) -> int:
    """Export SESSION for other programs: FIT, TCX, CSV, JSON, Parquet.

    SESSION is an id, `last`, a journal's path, or a recorded run (.fit, .tcx, .csv, .gpx). --all exports every
    session into a folder and keeps files already there.
    """
    from cadencecoach.desk.history.exporting import Wish, export_one, format_of
    from cadencecoach.store.user_store import user_store

    store = user_store()
    _check(session, output, every=every)
    wish = Wish(form=form or format_of(None, output), surface=surface, may_replace=force)
    if every:
        return _export_all(store, output or "", wish)
    assert session is not None
    format_of(form, output)
    done = export_one(store, store.find_session(session), output, wish)
    tell(done.words)
    return 0


def _check(session: str | None, output: str | None, *, every: bool) -> None:
    """Refuse words that do not fit together.

    Raises:
        UsageError: no session or two kinds of them, or no place
    """
    from cadencecoach.errors import UsageError

    if (session is None) is not every:
        what = (
            "SESSION and --all exclude each other; name one session, or use --all"
            if every
            else "no session given; name one, `last`, or use --all"
        )
        raise UsageError(f"history export: {what}")
    if every and output in {None, "-"}:
        raise UsageError("--all: name the folder for the files: -o FOLDER")


def _export_all(store: "Store", folder: str, wish: object) -> int:
    from pathlib import Path

    from cadencecoach.desk.history.exporting import Wish, export_all

    assert isinstance(wish, Wish)
    n_refused = n_written = n_kept = 0
    for done in export_all(store, Path(folder), wish):
        n_refused += done.is_refused
        n_written += done.path is not None
        n_kept += done.path is None and not done.is_refused
        if done.is_refused:
            tell(done.words)
    tell(f"{folder}: {n_written} written, {n_kept} kept, {n_refused} refused")
    return EXIT_REFUSED if n_refused else 0
