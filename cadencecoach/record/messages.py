"""Messages of an athlete's log: which are unread, and which may be heard in a run."""

from collections.abc import Iterable
from datetime import date

from cadencecoach.record.entries import Entry, Message, MessageRead, SessionRun, To
from cadencecoach.record.entry_lines import entry_id, id_by_content


def messages_of(entries: Iterable[Entry]) -> tuple[Message, ...]:
    """The messages and notes, in the order they were written."""
    return tuple(sorted((one for one in entries if isinstance(one, Message)), key=lambda one: one.at))


def unread_messages(entries: Iterable[Entry], to: To) -> tuple[Message, ...]:
    """Those for somebody that nobody has read yet."""
    entries = tuple(entries)
    if not any(isinstance(one, Message) for one in entries):
        return ()
    read = days_read(entries)
    return tuple(one for one in messages_of(entries) if one.to is to and entry_id(one) not in read)


def messages_to_hear(entries: Iterable[Entry]) -> tuple[Message, ...]:
    """Those that a runner may have spoken in the next run: unread, or read since the last run.

    Whoever glanced at a message before the run can hear it in the run; after it, it has had its time.
    """
    entries = tuple(entries)
    runs = [place for place, one in enumerate(entries) if isinstance(one, SessionRun)]
    last_run = runs[-1] if runs else 0
    counted = [one for place, one in enumerate(entries) if place < last_run or isinstance(one, Message)]
    return unread_messages(counted, To.RUNNER)


def days_read(entries: Iterable[Entry]) -> dict[str, date]:
    """The day on which each message was read first, by its id."""
    entries = tuple(entries)
    marks: dict[str, date] = {}
    for one in entries:
        if isinstance(one, MessageRead):
            marks.setdefault(one.message, one.day)
    if not marks:
        return {}
    named = ((entry_id(one), marks.get(entry_id(one)) or marks.get(id_by_content(one))) for one in messages_of(entries))
    return {name: day for name, day in named if day is not None}


def words_of_messages(entries: Iterable[Entry], ids: Iterable[str]) -> dict[str, str]:
    """The words of messages by id, in the order of the ids; one that is gone is left out."""
    texts = {entry_id(one): one.text for one in entries if isinstance(one, Message)}
    return {id_: texts[id_] for id_ in ids if id_ in texts}
