"""Which session a person means: an id, `last`, or a journal's path."""

import os
import re
from contextlib import suppress
from heapq import nlargest
from pathlib import Path

from cadencecoach.devices.clock import label_s, wall_time_s
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.input_file import clean_name, user_path
from cadencecoach.errors import UsageError

ENDING = ".jsonl"
DAY_S = 86_400.0
AGES_S = 1e12  # more than any clock shows
EARLIEST_S = 1_767_225_600.0  # 2026-01-01: no version of this program is older
_BEGAN = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d)(\d\d)(\d\d)Z")  # of the names that the program gives


def id_at(started: str) -> str:
    """What a session is called when nobody says where to write it down: by its start."""
    return started.replace(":", "")


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
    raise no_such_session(text)


def no_such_session(text: str) -> UsageError:
    """What is said where nothing is meant by a text."""
    return UsageError(
        f"{clean_name(Path(text))}: no such session; name an id, `last`, or a journal's path; "
        f"`{command_line('history list')}` shows the ids"
    )


def newest_journals(folder: Path, most: int) -> tuple[Path, ...]:
    """A few journals in a folder, the one last written first."""
    stamped: list[tuple[float, str]] = []
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(ENDING) and entry.is_file():
                with suppress(OSError):
                    stamped.append((entry.stat().st_mtime, entry.path))
    return tuple(Path(path) for _, path in nlargest(most, stamped))


def no_sessions() -> str:
    """What is said where there is no session: how a first one comes about."""
    return f"no sessions yet; `{command_line('begin')}` leads to a first one"


def believed_start_s(started: str, written_s: float, *, now_s: float) -> float:
    """When a session began, as far as clocks can be believed: more is newer; a time yet to come is older than all.

    Its label tells when it began, unless the clock was wrong then: before this program was there, or after the file was
    written. The file's own time tells instead.

    Args:
        started: the label; empty, or any text, where there is none
        written_s: when the file was
        now_s: the time now
    """
    began_s = label_s(started)
    is_late = began_s is not None and began_s > written_s + DAY_S and written_s >= EARLIEST_S
    told_s = written_s if began_s is None or began_s < EARLIEST_S or is_late else began_s
    return told_s if told_s <= now_s + DAY_S else told_s - AGES_S


def _last(folder: Path) -> Path:
    """The session that began last. Files with other names than the program gives come before all of them."""
    journals = [path for path in folder.glob(f"*{ENDING}") if path.is_file()]  # no pipe, no link to a device
    if not journals:
        raise UsageError(no_sessions())
    now_s = wall_time_s()
    return max(journals, key=lambda path: order_of(path.stem, _written_s(path), now_s=now_s))


def order_of(session: str, written_s: float, *, now_s: float) -> tuple[bool, float, str]:
    """By which the session that began last is the greatest: a name of ours first, then what is newest.

    `...Z-2`, a second session of one second, comes after `...Z`.
    """
    found = _BEGAN.match(session)
    started = "" if found is None else "{}-{}-{}T{}:{}:{}Z".format(*found.groups())
    return label_s(started) is not None, believed_start_s(started, written_s, now_s=now_s), session


def _written_s(journal: Path) -> float:
    try:
        return journal.stat().st_mtime
    except OSError:  # gone since, or a link that leads nowhere
        return 0.0
