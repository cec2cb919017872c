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

JSON = click.option("--json", "as_json", is_flag=True, help="JSON instead of words.")
EXIT_CONFLICT = 1


@click.command("export")
@click.argument("name", metavar="[NAME]", required=False)
@click.option("-o", "--output", metavar="FILE", help="Where to.  [NAME.athlete.zip]")
@options.FORCE
@JSON
def export(*, name: str | None, output: str | None, force: bool, as_json: bool) -> None:
    """Write NAME into one file: profile, log, the programme's texts, every journal, with their hashes.

    NAME is not needed where there is one athlete only. The file is not encrypted: it is a record of somebody's health.
    """
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.travel.packing import ENDING, pack
    from cadencecoach.devices.clock import wall_time_utc
    from cadencecoach.errors import UsageError
    from cadencecoach.store.file_store import user_store
    from cadencecoach.store.roster import the_athlete

    store = user_store()
    if output == "":
        raise UsageError("-o: no file is named; name one, or leave the option out")
    athlete = the_athlete(store, name)
    packed = pack(store, athlete, Path(output or f"{athlete}{ENDING}"), made=wall_time_utc(), may_replace=force)
    TERMINAL.tell(*(f"left out: {key}, which is being written or has a name of its own" for key in packed.left_out))
    if as_json:
        show_as_json(_packed_json(packed))
        return
    size_bytes = packed.path.stat().st_size
    show_text(f"{packed.path}: {len(packed.manifest.members)} files of {athlete}, {size_bytes / 1000:.0f} kB")
    show_text(f"on the other machine: cadencecoach athlete import {packed.path.name}. It is not encrypted.")


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--merge", "how", flag_value="merge", help="Where both sides differ: every entry of both.")
@click.option("--replace", "how", flag_value="replace", help="Where both sides differ: what the file says.")
@JSON
def import_(*, file: Path, how: str | None, as_json: bool) -> int:
    """Take in FILE, which `athlete export` wrote.

    What is here is compared with it, entry by entry and hash by hash. What only adds is taken in; where both sides have
    what the other has not, that is told and nothing is written, unless --merge or --replace says what holds. A journal
    that is here is never written over. The exit status is 1 when nothing was taken in for that.
    """
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.travel.comparing import compared
    from cadencecoach.desk.travel.opening import opened
    from cadencecoach.desk.travel.taking import How, take_in
    from cadencecoach.store.file_store import user_store

    store = user_store()
    chosen = How(how or "ask")
    with opened(store, file) as arrived:
        found = compared(store, arrived)
        name = arrived.manifest.athlete
        stays = bool(found.conflicts) and chosen is How.ASK
        taken = None if stays else take_in(store, arrived, found, chosen)
    if as_json:
        show_as_json(_json(name, found, taken))
    else:
        TERMINAL.tell(*(() if taken is None else taken.notes))
        show_text("\n".join(_lines(name, found, taken)))
    return EXIT_CONFLICT if stays else 0


def _lines(name: str, found: "Compared", taken: "TakenIn | None") -> Iterator[str]:
    yield f"{name}: {'new here' if found.is_new else 'kept here already'}"
    yield from (f"  differs: {conflict}" for conflict in found.conflicts)
    for key in found.other:
        yield f"  session {key} is another one here: the one here stays, that of the file is left out"
    if taken is None:
        yield "Nothing was taken in. --merge keeps every entry of both; --replace keeps what the file says."
        return
    before, after = taken.n_entries
    yield f"  entries in the log: {before} before, {after} now"
    if taken.lost:
        yield f"  gone: {taken.lost} of the entries that were here"
    yield f"  journals: {taken.n_journals} new, {len(found.same)} here already"
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
