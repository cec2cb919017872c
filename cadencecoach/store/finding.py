"""Which session a person means: an id, `last`, or a journal's path."""

from pathlib import Path

from cadencecoach.devices.input_file import shown, user_path
from cadencecoach.errors import UsageError

ENDING = ".jsonl"


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
        f"{shown(Path(text))}: no such session; name an id, `last`, or a journal's path; `history list` shows the ids"
    )


def _last(folder: Path) -> Path:
    # By the name without the ending: `...Z-2`, a second session of one second, comes after `...Z`.
    # Files with other names than the program gives come before all of them.
    journals = sorted(folder.glob(f"*{ENDING}"), key=lambda path: (path.stem[:1].isdigit(), path.stem))
    if not journals:
        raise UsageError("no sessions yet; record one with `cadencecoach run PLAN`")
    return journals[-1]
