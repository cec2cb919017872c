"""Entries of a log taken back: named by their id or as the last, with a reason. Nothing is deleted."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from cadencecoach.devices.clock import next_second
from cadencecoach.errors import UsageError
from cadencecoach.plan.syntax.findings import visible
from cadencecoach.record.entries import Entry, Withdrawn
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.store.log_file import Log

LAST = "last"
MOST_LISTED = 10
LONGEST_REASON = 500
Known = TypeVar("Known", bound=Entry)


def pick_entry(
    name: str,
    candidates: Sequence[Known],
    *,
    what: str,
    words: Callable[[Known], str],
    key: Callable[[Known], str] = entry_id,
) -> Known:
    """The entry that is meant; where none is named or the name is unknown, the newest are listed.

    Args:
        name: an id, `last` (the one written last), or empty
        candidates: in the order they were written
        what: the kind, in the plural, for the list
        words: an entry in a line
        key: the id people name it by
    Raises:
        UsageError: there is none, or it is not clear which; lists those there are
    """
    if not candidates:
        raise UsageError(f"there are no {what} in the log")
    if name == LAST:
        return candidates[-1]
    found = next((one for one in reversed(candidates) if key(one) == name), None)
    if found is not None:
        return found
    listed = "\n".join(f"  {key(one)}  {one.day}  {visible(words(one))}" for one in candidates[-MOST_LISTED:])
    unknown = f"{name!a} is not one of the {what}; " if name else ""
    raise UsageError(f"{unknown}name one by its id or `{LAST}`; the newest {what}:\n{listed}")


def reason_given(because: str | None) -> str:
    """Why something is taken back, in a person's words.

    Raises:
        UsageError: nothing was said, or a whole story
    """
    reason = (because or "").strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise UsageError(
            f'give the reason: --because REASON, at most {LONGEST_REASON} characters, such as "typed 9 for 0"'
        )
    return reason


def withdrawal_of(entry: Entry, because: str, *, at: str, day: date) -> Withdrawn:
    """The entry that takes another one back."""
    return Withdrawn(at=at, day=day, entry=entry_id(entry), because=because)


def make_new(entry: Known, log: Log, *withdrawals: Withdrawn) -> Known:
    """The entry, a second later where the very same was taken back: what is said again counts."""
    entry = replace(entry, id="")  # it may be made of one that was written down
    gone = {one.entry for one in (*log.every, *withdrawals) if isinstance(one, Withdrawn)}
    while entry_id(entry) in gone:
        entry = replace(entry, at=next_second(entry.at))
    return entry
