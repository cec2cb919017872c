"""Which session a person means: an id, `last`, or a journal's path."""

import re
from pathlib import Path

from cadencecoach.devices.clock import label_s, wall_time_s
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.input_file import clean_name, user_path
from cadencecoach.errors import UsageError

ENDING = ".jsonl"
DAY_S = 86_400.0
EARLIEST_S = 1_767_225_600.0  # 2026-01-01: no version of this program is older
_BEGAN = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d)(\d\d)(\d\d)Z")  # of the names that the program gives


def is_id(session: str) -> bool:
    """Whether a text can be the id of a session: a plain name, and never a path."""
    return session not in {"", ".", ".."} and not set(session) & {"/", "\\", "\0"}


def find_session(text: str, folder: Path) -> Path:
    """The journal of a session.

    Args:
        text: an id (the name of its journal without the ending), `last`, or a path
        folder: where the sessions are
    Raises:
        UsageError: there is no such session
    """
    if text == "last":
        return _last(folder)
    if is_id(text) and (named := folder / f"{text}{ENDING}").is_file():
        return named
    if text and user_path(text).exists():
        return user_path(text)
    raise UsageError(
        f"{clean_name(Path(text))}: no such session; name an id, `last`, or a journal's path; "
        f"`{command_line('history list')}` shows the ids"
    )


def no_sessions() -> str:
    """What is said where there is no session: how a first one comes about."""
    return f"no sessions yet; `{command_line('begin')}` leads to a first one"


def newest_first() -> str:
    """SQL that sorts rows of the index by when their sessions began, as `last` does: clocks that were wrong count."""
    written_s = "mtime_ns / 1e9"
    began_s = "CAST(strftime('%s', started) AS REAL)"  # nothing where it is no time
    is_late = f"{began_s} > {written_s} + {DAY_S} AND {written_s} >= {EARLIEST_S}"
    told_s = f"CASE WHEN {began_s} >= {EARLIEST_S} AND NOT ({is_late}) THEN {began_s} ELSE {written_s} END"
    return f"{told_s} <= {wall_time_s() + DAY_S} DESC, {told_s} DESC"


def _last(folder: Path) -> Path:
    """The session that began last. Files with other names than the program gives come before all of them."""
    journals = [path for path in folder.glob(f"*{ENDING}") if path.is_file()]  # no pipe, no link to a device
    if not journals:
        raise UsageError(no_sessions())
    now_s = wall_time_s()
    return max(journals, key=lambda path: _order(path, now_s))


def _order(journal: Path, now_s: float) -> tuple[bool, bool, float, str]:
    """What the newest has most of: a name of ours, no time that is yet to come, the latest beginning.

    The name tells when it began, unless the clock was wrong then: before this program was there, or after the file was
    written. The file's own time tells instead. `...Z-2`, a second session of one second, comes after `...Z`.
    """
    found = _BEGAN.match(journal.stem)
    try:
        written_s = journal.stat().st_mtime
    except OSError:  # gone since, or a link that leads nowhere
        written_s = 0.0
    began_s = None if found is None else label_s("{}-{}-{}T{}:{}:{}Z".format(*found.groups()))
    is_late = began_s is not None and began_s > written_s + DAY_S and written_s >= EARLIEST_S
    is_believable = began_s is not None and began_s >= EARLIEST_S and not is_late
    told_s = began_s if began_s is not None and is_believable else written_s
    return began_s is not None, told_s <= now_s + DAY_S, told_s, journal.stem
