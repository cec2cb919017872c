"""Messages between clinician and runner, and notes: written, listed, shown before a run, and marked as read.

They are text, and spoken only on the runner's key: a gym would hear them. They are not for emergencies, and say so.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from cadencecoach.desk.athletes.withdrawing import make_new
from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.reach.lane import given_lane
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.plan.forms import fill, numeric_day
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.entries import Entry, Message, MessageRead, To
from cadencecoach.record.entry_lines import entry_id
from cadencecoach.record.messages import days_read, messages_of, messages_to_hear, unread_messages
from cadencecoach.session.host import Person
from cadencecoach.store.athlete_log import today_here
from cadencecoach.store.protocol import Store

LONGEST_MESSAGE = 1000


def write_message(store: Store, athlete: str, to: To, text: str) -> Message:
    """Write a message or a note down.

    Raises:
        UsageError: there is nothing in it, or far too much
        JournalError: the log cannot be read or written
    """
    words = " ".join(text.split())
    if not words or len(words) > LONGEST_MESSAGE or not words.isprintable():
        raise UsageError(f"a message is text of 1 to {LONGEST_MESSAGE} characters, without control characters")
    new = Message(at=wall_time_utc(), day=today_here(), to=to, text=words)
    (written,) = store.add_entries(athlete, make_new(new, store.log_of(athlete)))
    assert isinstance(written, Message)
    return written


def unread_of(store: Store, athlete: str | None) -> tuple[Message, ...]:
    """What an athlete has not read yet; nothing for a guest, or where the log cannot be read, which others tell."""
    try:
        return () if athlete is None else unread_messages(store.log_of(athlete).entries, To.RUNNER)
    except CadencecoachError:
        return ()


def mark_read(store: Store, athlete: str, messages: Iterable[Message]) -> None:
    """Write down that they were read.

    Raises:
        JournalError: the log cannot be written
    """
    at, day = wall_time_utc(), today_here()
    marks = [MessageRead(at=at, day=day, message=entry_id(one)) for one in messages]
    if marks:
        store.add_entries(athlete, *marks)


def messages_to_speak(store: Store, athlete: str) -> dict[str, str]:
    """The words that a key may have spoken during a run, by id, the newest first; none in a room, which has walls."""
    if given_lane() is not None:
        return {}
    try:
        found = messages_to_hear(store.log_of(athlete).entries)
    except CadencecoachError:  # others tell what is wrong with a log
        return {}
    return {entry_id(one): one.text for one in reversed(found)}


def mark_spoken(store: Store, athlete: str, heard: Collection[str]) -> None:
    """Write down that messages were read which were heard in a run, by id.

    Raises:
        JournalError: the log cannot be written
    """
    mark_read(store, athlete, [one for one in unread_of(store, athlete) if entry_id(one) in heard])


def show_messages(store: Store, athlete: str, person: Person, words: Phrasebook) -> None:
    """Show a runner the messages that are unread; they are read where somebody sits before it.

    Raises:
        JournalError: the log cannot be read or written
    """
    unread = unread_messages(store.log_of(athlete).entries, To.RUNNER)
    person.tell(*message_lines(unread, athlete, words))
    if person.can_answer:
        mark_read(store, athlete, unread)


def message_lines(messages: Sequence[Message], athlete: str, words: Phrasebook) -> Iterator[str]:
    """Messages for a runner, how to write back, and what they are not for; nothing where there are none."""
    for one in messages:
        yield fill(words.programme.message, day=numeric_day(one.day, words.forms), words=one.text)
    if messages:
        yield _write_back(athlete, words)


def has_messages(store: Store, athlete: str) -> bool:
    """Whether clinician and runner have written to each other at all.

    Raises:
        JournalError: the log cannot be read
    """
    return any(one.to is not To.NOTES for one in messages_of(store.log_of(athlete).entries))


def write_back_lines(store: Store, athlete: str, words: Phrasebook) -> Iterator[str]:
    """How to write to the clinician after a run, where messages have been written at all.

    Raises:
        JournalError: the log cannot be read
    """
    if has_messages(store, athlete):
        yield _write_back(athlete, words)


def _write_back(athlete: str, words: Phrasebook) -> str:
    reply = command_line(f'message reply {athlete} "..."')
    return f"{fill(words.programme.write_back, command=f'`{reply}`')} {words.programme.no_emergency}"


def listed_messages(entries: Iterable[Entry]) -> Iterator[dict[str, object]]:
    """Every message and note for a program, the oldest first."""
    entries = tuple(entries)
    read = days_read(entries)
    for one in messages_of(entries):
        day = read.get(entry_id(one))
        yield {
            "id": entry_id(one),
            "at": one.at,
            "day": one.day.isoformat(),
            "to": one.to.value,
            "author": one.author,
            "text": one.text,
            "read": None if one.to is To.NOTES else day is not None,
            "read_on": None if day is None else day.isoformat(),
        }
