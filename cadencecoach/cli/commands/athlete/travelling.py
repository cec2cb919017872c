"""`cadencecoach athlete export` and `import`: one athlete as one file that travels."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import show_as_json, show_text

if TYPE_CHECKING:
    from cadencecoach.desk.travel.comparing import Compared
    from cadencecoach.desk.travel.packing import Packed
    from cadencecoach.desk.travel.taking import TakenIn

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
PASSPHRASE_FILE = click.option(
    "--passphrase-file",
    "phrase_file",
    metavar="FILE",
    callback=options.take_path,
    help="Read the passphrase from the first line of FILE instead of asking for it.",
)
EXIT_CONFLICT = 1


@click.command("export")
@click.argument("name", metavar="[NAME]", required=False)
@click.option(
    "-o", "--output", metavar="FILE", callback=options.take_path, help="Output file.  [default: NAME.athlete.zip]"
)
@click.option(
    "--encrypt", "is_to_encrypt", is_flag=True, help="Encrypt the file with a passphrase, which is asked for."
)
@PASSPHRASE_FILE
@click.option("--with-files", is_flag=True, help="Take along the pictures and videos of findings.")
@options.FORCE
@JSON
def export(
    *,
    name: str | None,
    output: str | None,
    is_to_encrypt: bool,
    phrase_file: str | None,
    with_files: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Export NAME as one file: profile, log, programme texts and every journal, with their hashes.

    NAME is optional if there is only one athlete. The file is a health record. With --encrypt only somebody who knows
    the passphrase can open it (in the format of age; the name then ends in .age), and nobody if it is forgotten.
    """
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.travel.encryption import ENCRYPTED_ENDING
    from cadencecoach.desk.travel.packing import ENDING, pack
    from cadencecoach.devices.clock import wall_time_utc
    from cadencecoach.devices.command_line import command_line, quote
    from cadencecoach.devices.input_file import clean_name
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.user_store import user_store
    from cadencecoach.view.words import count_words

    store = user_store()
    athlete = the_athlete(store, name, option="")
    passphrase = _passphrase(phrase_file, is_new=True) if is_to_encrypt or phrase_file is not None else None
    path = Path(output or f"{athlete}{ENDING}{'' if passphrase is None else ENCRYPTED_ENDING}")
    made, wish = wall_time_utc(), {"may_replace": force, "with_files": with_files}
    packed = pack(store, athlete, path, made=made, passphrase=passphrase, **wish)
    TERMINAL.tell(*(f"left out: {key}, which is being written or has a name of its own" for key in packed.left_out))
    if as_json:
        show_as_json({**_packed_json(packed), "encrypted": passphrase is not None})
        return
    size_bytes = packed.path.stat().st_size
    show_text(
        f"{clean_name(packed.path)}: {len(packed.manifest.members)} files of {athlete}, {size_bytes / 1000:.0f} kB"
    )
    take = command_line(f"athlete import {quote(packed.path.name)}")
    show_text(f"On the other machine: {take}")
    if packed.n_files_left:
        files = count_words(packed.n_files_left, "picture or video", "pictures and videos")
        show_text(f"{files} of findings left out; --with-files takes them along.")
    if passphrase is None:
        show_text("The file is not encrypted; --encrypt asks for a passphrase.")
    else:
        show_text("The file is encrypted. Send the passphrase by another route; it is stored nowhere.")


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--merge", "how", flag_value="merge", help="If both sides differ, keep every entry of both.")
@click.option("--replace", "how", flag_value="replace", help="If both sides differ, keep what the file says.")
@PASSPHRASE_FILE
@JSON
def import_(*, file: Path, how: str | None, phrase_file: str | None, as_json: bool) -> int:
    """Import FILE, written by `athlete export`.

    The file is compared with what is here, entry by entry and hash by hash. Anything that only adds is imported. If
    each side has entries the other lacks, the differences are shown and nothing is written, unless you add --merge
    or --replace. If a session was continued elsewhere, the longer journal counts; other journals are never overwritten.
    The exit status is 1 if nothing was imported because of differences. If the file is encrypted, you are asked for the
    passphrase.
    """
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.travel.comparing import compare
    from cadencecoach.desk.travel.opening import open_file
    from cadencecoach.desk.travel.taking import How, take_in
    from cadencecoach.store.user_store import user_store

    store = user_store()
    chosen = How(how or "ask")
    with open_file(store, file, lambda: _passphrase(phrase_file, is_new=False)) as arrived:
        found = compare(store, arrived)
        name = arrived.manifest.athlete
        stays = bool(found.conflicts) and chosen is How.ASK
        taken = None if stays else take_in(store, arrived, found, chosen)
    if as_json:
        show_as_json(_json(name, found, taken))
    else:
        TERMINAL.tell(*(() if taken is None else taken.notes))
        show_text("\n".join(_lines(name, found, taken)))
    return EXIT_CONFLICT if stays else 0


def _passphrase(file: str | None, *, is_new: bool) -> str:
    """The passphrase from a file, or as it is typed: twice for a new file, so that a slip is noticed.

    Raises:
        UsageError: it is none, or there is nobody to ask
    """
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.travel.encryption import passphrase_in, passphrase_of
    from cadencecoach.errors import UsageError

    if file is not None:
        return passphrase_in(Path(file))
    if not TERMINAL.can_answer:
        raise UsageError("there is nobody to ask for the passphrase; give it with --passphrase-file FILE")
    again = "The same once more" if is_new else False
    return passphrase_of(str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=again, err=True)))


def _lines(name: str, found: "Compared", taken: "TakenIn | None") -> Iterator[str]:
    yield f"{name}: {'new here' if found.is_new else 'already here'}"
    yield from (f"  differs: {conflict}" for conflict in found.conflicts)
    for key in found.other:
        yield f"  session {key}, here and in the file, are not the same: the one here is kept"
    if taken is None:
        yield "Nothing was imported. --merge keeps every entry of both; --replace keeps what the file says."
        return
    before, after = taken.n_entries
    yield f"  entries in the log: {before} before, {after} now"
    if taken.lost:
        yield f"  removed: {taken.lost} of the entries that were here"
    longer = f"{taken.n_longer} went on further in the file, " if taken.n_longer else ""
    yield f"  journals: {taken.n_journals} new, {longer}{len(found.same)} already here"
    if taken.n_files:
        yield f"  pictures and videos: {taken.n_files} new"
    if taken.programme:
        change = "as before" if taken.programme == found.programmes[0] else "from the file"
        yield f"  programme in force: {taken.programme[:8]}, {change}"


def _json(name: str, found: "Compared", taken: "TakenIn | None") -> dict[str, object]:
    return {
        "athlete": name,
        "new": found.is_new,
        "taken_in": taken is not None,
        "conflicts": list(found.conflicts),
        "entries_only_here": len(found.log.only_here),
        "entries_only_in_file": len(found.log.only_there),
        "programme_here": found.programmes[0] or None,
        "programme_in_file": found.programmes[1] or None,
        "programme_in_force": None if taken is None else taken.programme or None,
        "journals_new": [Path(member.name).stem for member in found.new],
        "journals_longer": 0 if taken is None else taken.n_longer,
        "journals_same": list(found.same),
        "journals_left_out": list(found.other),
        "entries": None if taken is None else taken.n_entries[1],
        "entries_lost": 0 if taken is None else taken.lost,
        "notes": [] if taken is None else list(taken.notes),
    }


def _packed_json(packed: "Packed") -> dict[str, object]:
    return {
        "file": str(packed.path),
        "athlete": packed.manifest.athlete,
        "members": {one.name: {"bytes": one.n_bytes, "sha256": one.sha256} for one in packed.manifest.members},
        "left_out": list(packed.left_out),
    }
