"""Messages of an athlete's log: which are unread, and by whom."""

from collections.abc import Iterable

from cadencecoach.record.entries import Entry, Message, MessageRead, To
from cadencecoach.record.entry_lines import entry_id, id_by_content


def messages_of(entries: Iterable[Entry]) -> tuple[Message, ...]:
    """The messages and notes, in the order they were written."""
    return tuple(sorted((one for one in entries if isinstance(one, Message)), key=lambda one: one.at))


def unread_messages(entries: Iterable[Entry], to: To) -> tuple[Message, ...]:
    """Those for somebody that nobody has read yet."""
    entries = tuple(entries)
    read = {one.message for one in entries if isinstance(one, MessageRead)}
    if not any(isinstance(one, Message) for one in entries):
        return ()
    return tuple(one for one in messages_of(entries) if one.to is to and not read & {entry_id(one), id_by_content(one)})


def words_of_messages(entries: Iterable[Entry], ids: Iterable[str]) -> dict[str, str]:
    """The words of messages by id, in the order of the ids; one that is gone is left out."""
    texts = {entry_id(one): one.text for one in entries if isinstance(one, Message)}
    return {id_: texts[id_] for id_ in ids if id_ in texts}
