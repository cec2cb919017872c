"""`cadencecoach message`: between clinician and runner."""

import click

from cadencecoach.cli.lazy import Commands
from cadencecoach.cli.printing import show_as_json, show_text

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


@click.group("message", cls=Commands)
def message() -> None:
    """Write messages to a runner, read answers, and keep notes.

    The runner sees a message before the next session, in the terminal and on the page Today. It is never spoken, and
    never on a screen or a wall. Messages are not for emergencies: they might not be read today. NAME is a pseudonym.
    """


@message.command("add")
@click.argument("name", metavar="NAME")
@click.argument("text", metavar="TEXT")
@click.option("--note", "is_note", is_flag=True, help="Keep it as a note: the runner is not shown it.")
@JSON
def add(*, name: str, text: str, is_note: bool, as_json: bool) -> None:
    """Write TEXT to the runner. It is kept in the athlete's log and exported with it; so is a note."""
    _write(name, "notes" if is_note else "runner", text, as_json=as_json)


@message.command("reply")
@click.argument("name", metavar="[NAME]", required=False)
@click.argument("text", metavar="TEXT")
@JSON
def reply(*, name: str | None, text: str, as_json: bool) -> None:
    """Write TEXT to the clinician, as the runner. Not for emergencies."""
    _write(name, "clinician", text, as_json=as_json)


@message.command("list")
@click.argument("name", metavar="[NAME]", required=False)
@JSON
def list_(*, name: str | None, as_json: bool) -> None:
    """List messages and notes, the oldest first, with what is unread."""
    from cadencecoach.desk.athletes.messages import listed_messages
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.user_store import user_store

    store = user_store()
    athlete = the_athlete(store, name, option="")
    found = list(listed_messages(store.log_of(athlete).entries))
    if as_json:
        show_as_json({"athlete": athlete, "messages": found})
        return
    for one in found:
        read = f"read on {one['read_on']}" if one["read"] else "unread"
        to = "a note" if one["read"] is None else f"to the {one['to']}, {read}"
        show_text(f"{one['day']}  {one['id']}  {to}, by {one['author']}: {one['text']}")
    if not found:
        show_text(f"{athlete} has no messages yet")


@message.command("read")
@click.argument("name", metavar="[NAME]", required=False)
def read(*, name: str | None) -> None:
    """Show what the runner wrote and nobody has read, and mark it as read."""
    from cadencecoach.desk.athletes.messages import mark_read
    from cadencecoach.record.entries import To
    from cadencecoach.record.entry_lines import DESK
    from cadencecoach.record.messages import unread_messages
    from cadencecoach.store.author_and_device import author_named
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.user_store import user_store

    store = user_store()
    athlete = the_athlete(store, name, option="")
    unread = unread_messages(store.log_of(athlete).entries, To.CLINICIAN)
    for one in unread:
        show_text(f"{one.day}  {one.text}")
    mark_read(store.with_author(author_named(store.machine) or DESK), athlete, unread)
    if not unread:
        show_text(f"nothing unread from {athlete}")


def _write(name: str | None, to: str, text: str, *, as_json: bool) -> None:
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.athletes.messages import write_message
    from cadencecoach.record.entries import To
    from cadencecoach.record.entry_lines import entry_id
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.stored import reader_words
    from cadencecoach.store.user_store import user_store

    store = user_store()
    athlete = the_athlete(store, name, option="")
    written = write_message(store, athlete, To(to), text)
    if as_json:
        show_as_json({"athlete": athlete, "id": entry_id(written), "to": to, "text": written.text})
    else:
        show_text(f"{entry_id(written)}  {written.text}")
    if to == "clinician":
        TERMINAL.tell(reader_words(store, athlete).programme.no_emergency)
