"""Sessions written out for other programs: which format, into which file, and what is said about it."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cadencecoach.desk.history.reporting import load_found
from cadencecoach.devices.clock import changed_utc
from cadencecoach.devices.input_file import clean_name
from cadencecoach.devices.private_file import make_private_folder
from cadencecoach.devices.recordings import is_recording
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.fit.profile import SUB_SPORTS
from cadencecoach.record.exports.activity import Activity, activity_of
from cadencecoach.record.exports.formats import FORMATS
from cadencecoach.record.journal import Journal
from cadencecoach.store.loading import Recorded
from cadencecoach.store.placing import output_file, why_not
from cadencecoach.store.protocol import Store

SURFACES = tuple(SUB_SPORTS)
TREADMILL = "treadmill"
STANDARD_OUTPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How sessions are to be written.

    Attributes:
        form: name of the format
        surface: what was run on; None is what the journal says, or else a treadmill
        may_replace: a file that is there may be written over
    """

    form: str
    surface: str | None = None
    may_replace: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What became of one session.

    Attributes:
        session: its id
        path: where it went; None where it was not written
        words: what a person should read
        is_refused: it could not be written
    """

    session: str
    path: Path | None
    words: str
    is_refused: bool = False


def format_of(form: str | None, output: str | None) -> str:
    """The format that is asked for, or that the file's name tells.

    Raises:
        UsageError: neither says which, or the two do not fit
    """
    told = Path(output or "").suffix.lower().removeprefix(".")
    if form is not None:
        if told in FORMATS and told != form:
            raise UsageError(
                f"--format {form} -o {output}: the name says {told}; leave --format out or change one of them"
            )
        return form
    if told not in FORMATS:
        raise UsageError(f"no format given; use --format, or an -o that ends in {_endings()}")
    return told


def export_one(store: Store, found: str | Path, output: str | None, wish: Wish) -> Exported:
    """One session into one file; `-` is standard output, None a file named after the session.

    Args:
        store: where sessions are kept
        found: the id of one in the store, or the path of a journal or recorded run elsewhere
        output: the file
        wish: how it is written
    Raises:
        CadencecoachError: it cannot be read or written
    """
    if output == STANDARD_OUTPUT:
        return _to_standard_output(store, found, wish)
    session, sources = (found, ()) if isinstance(found, str) else (found.stem, (found,))
    target = Path(f"{session}.{wish.form}" if output is None else output)
    if target.is_dir():
        target /= f"{session}.{wish.form}"
    file = output_file(store.machine, target, "-o", may_replace=wish.may_replace, sources=sources)
    file.check()
    activity, data = _make(store, load_found(store, found), wish)
    file.write(data)
    return Exported(session=session, path=target, words=f"{clean_name(target)}: {_size(activity)}")


def export_all(store: Store, folder: Path, wish: Wish) -> Iterator[Exported]:
    """Every session into a folder. One that is broken does not hold up the others; one that is there already is kept.

    Raises:
        UsageError: the folder cannot be made
    """
    try:
        make_private_folder(folder)
    except (OSError, ValueError) as error:
        raise UsageError(f"-o {clean_name(folder)}: the folder cannot be created: {why_not(error)}") from error
    if not folder.is_dir():
        raise UsageError(f"-o {clean_name(folder)}: this is a file; name a folder for the files of --all")
    for session in store.session_ids():
        target = folder / f"{session}.{wish.form}"
        if target.is_file() and not wish.may_replace:
            yield Exported(session=session, path=None, words=f"{clean_name(target)}: already there, kept")
            continue
        try:
            yield export_one(store, session, str(target), wish)
        except CadencecoachError as error:
            yield Exported(session=session, path=None, words=str(error), is_refused=True)


def _to_standard_output(store: Store, found: str | Path, wish: Wish) -> Exported:
    if not FORMATS[wish.form].is_text and sys.stdout.isatty():
        raise UsageError(f"-o -: {wish.form} is not text and would garble the terminal; name a file")
    recorded = load_found(store, found)
    activity, data = _make(store, recorded, wish)
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
    return Exported(session=recorded.id, path=None, words=_size(activity))


def _make(store: Store, recorded: Recorded, wish: Wish) -> tuple[Activity, bytes]:
    if athlete := str(recorded.journal.header.get("athlete") or ""):
        store.note(athlete, "export")
    said = recorded.journal.header.get("surface")
    surface = wish.surface or (said if said in SURFACES else TREADMILL)
    try:
        activity = activity_of(_give_day(recorded), recorded.summary, session=recorded.id, surface=surface)
        return activity, FORMATS[wish.form].make(activity)
    except CadencecoachError as error:
        raise type(error)(f"{clean_name(recorded.path)}: {error}") from error


def _give_day(recorded: Recorded) -> Journal:
    """The journal; a recorded run that does not tell its day is given that of its file, since most formats need one."""
    journal = recorded.journal
    if not is_recording(recorded.path) or "started" in journal.header:
        return journal
    return replace(journal, header=journal.header | {"started": changed_utc(recorded.path)})


def _size(activity: Activity) -> str:
    n_laps, n_seconds = len(activity.laps), len(activity.series.seconds)
    size = f"{n_laps} {'lap' if n_laps == 1 else 'laps'}, {n_seconds} s, {activity.summary.session.steps:.0f} steps"
    return f"{size} (a {activity.origin})" if activity.origin else size


def _endings() -> str:
    return ", ".join(f".{name}" for name in FORMATS)
