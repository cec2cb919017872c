"""`cadencecoach backup` and `restore`: everything that is kept as one file, and put back from it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.commands.checking import count_words
from cadencecoach.cli.printing import show_as_json, show_text, tell

if TYPE_CHECKING:
    from cadencecoach.desk.backup.manifest import Manifest
    from cadencecoach.desk.backup.restoring import Restored

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
EXIT_CONFLICT = 1
KINDS = (
    ("sessions", "session", "sessions"),
    ("athletes", "file of an athlete (profile or log)", "files of athletes (profiles and logs)"),
    ("settings", "file of settings or remembered devices", "files of settings and remembered devices"),
    ("others", "other file", "other files"),
)


@click.command("backup")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@options.FORCE
@JSON
def backup(*, file: Path, force: bool, as_json: bool) -> None:
    """Write everything cadencecoach keeps into FILE: athletes, logs, programmes, sessions, settings, devices.

    The file is read back and checked before it gets its name. Passwords in addresses are left out. It is not encrypted,
    and it is a health record.
    """
    from cadencecoach.desk.backup.any_store import back_up_store
    from cadencecoach.devices.clock import wall_time_utc
    from cadencecoach.devices.command_line import command_line, quote
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.store.user_store import user_store

    done = back_up_store(user_store(), file, made=wall_time_utc(), may_replace=force)
    size_bytes = done.path.stat().st_size
    if as_json:
        names = [one.name for one in done.manifest.members]
        show_as_json({"file": str(done.path), "bytes": size_bytes, "files": names, "notes": list(done.notes)})
        return
    tell(*done.notes)
    show_text(
        f"{clean_name(done.path)}: {count_words(len(done.manifest.members), 'file')}, {size_bytes / 1000:.0f} kB, "
        "read back and complete"
    )
    show_text(f"Put it back with: {command_line(f'restore {quote(clean_name(done.path))}')}")
    show_text("The file is not encrypted.")


@click.command("restore")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--merge", is_flag=True, help="If an athlete differs on both sides, keep every entry of both.")
@JSON
def restore(*, file: Path, merge: bool, as_json: bool) -> int:
    """Put back what FILE holds, written by `backup`. Nothing on this machine is lost.

    Whatever is not here is added. If an athlete has entries here that the backup lacks, and the other way round, the
    differences are shown and nothing is restored, unless you add --merge. Settings you have here stay. The exit status
    is 1 if nothing was restored because of differences.
    """
    from cadencecoach.desk.backup.any_store import open_backup_for
    from cadencecoach.desk.travel.taking import How
    from cadencecoach.store.user_store import user_store

    with open_backup_for(user_store(), file) as restoring:
        manifest, conflicts = restoring.unpacked.manifest, restoring.found.conflicts
        stays = bool(conflicts) and not merge
        done = None if stays else restoring.put_back(How.MERGE if merge else How.ASK)
    if as_json:
        show_as_json(_json(manifest, conflicts, done))
    else:
        show_text("\n".join(_lines(manifest, conflicts, done)))
    return EXIT_CONFLICT if stays else 0


def _lines(manifest: "Manifest", conflicts: tuple[str, ...], done: "Restored | None") -> Iterator[str]:
    from cadencecoach.devices.clock import offset_here_s
    from cadencecoach.record.local_time import local_time
    from cadencecoach.view.words import day_words

    made = local_time(manifest.made, offset_here_s(manifest.made))
    when = "" if made is None else f" of {day_words(made.day)}, {made.clock},"
    yield f"backup{when} by {manifest.app}: {count_words(len(manifest.members), 'file')}"
    yield from (f"  differs: {conflict}" for conflict in conflicts)
    if done is None:
        yield "Nothing was restored. --merge keeps every entry of both."
        return
    for kind, one, several in KINDS:
        if number := done.n_new.get(kind):
            yield f"  {number} {one if number == 1 else several} restored"
    if done.joined:
        yield f"  joined with what is here: {', '.join(done.joined)}"
    if done.n_same:
        yield f"  {done.n_same} {'file was' if done.n_same == 1 else 'files were'} here already"
    yield from (f"  {name} is here and differs: the one here stays" for name in done.kept)
    yield from (f"  {note}" for note in done.notes)


def _json(manifest: "Manifest", conflicts: tuple[str, ...], done: "Restored | None") -> dict[str, object]:
    return {
        "made": manifest.made,
        "app": manifest.app,
        "files": len(manifest.members),
        "restored": done is not None,
        "conflicts": list(conflicts),
        "new": {} if done is None else done.n_new,
        "joined": [] if done is None else list(done.joined),
        "same": 0 if done is None else done.n_same,
        "kept": [] if done is None else list(done.kept),
        "notes": [] if done is None else list(done.notes),
    }
