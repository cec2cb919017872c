"""Which session a person means: an id, `last`, or a journal's path."""

from pathlib import Path

from cadencecoach.devices.user_folders import data_folder
from cadencecoach.errors import UsageError
from cadencecoach.store.files import shown

ENDING = ".jsonl"


def sessions_folder() -> Path:
    """Where sessions are written down when nobody says where."""
    return data_folder() / "sessions"


def find_session(text: str, folder: Path | None = None) -> Path:
    """The journal of a session.

    Args:
        text: an id (the name of its journal without the ending), `last`, or a path
        folder: where the sessions are; None is the user's own
    Raises:
        UsageError: there is no such session
    """
    folder = folder or sessions_folder()
    if text == "last":
        return _last(folder)
    named = folder / f"{text}{ENDING}"
    if "/" not in text and named.is_file():
        return named
    if text and Path(text).exists():
        return Path(text)
    raise UsageError(
        f"{shown(Path(text))}: no such session; name an id, `last`, or a journal's path: history list shows them"
    )


def _last(folder: Path) -> Path:
    # By the name without the ending: `...Z-2`, a second session of one second, comes after `...Z`.
    # Files with other names than the program gives come before all of them.
    journals = sorted(folder.glob(f"*{ENDING}"), key=lambda path: (path.stem[:1].isdigit(), path.stem))
    if not journals:
        raise UsageError("no sessions yet; record one with `cadencecoach run PLAN`")
    return journals[-1]
