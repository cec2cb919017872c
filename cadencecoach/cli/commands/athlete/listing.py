"""`cadencecoach athlete list` and `show`: who is kept here."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from cadencecoach.desk.athletes.showing import Kept

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
EXIT_UNREADABLE = 2


@click.command("list")
@JSON
def list_(*, as_json: bool) -> int:
    """List the athletes of this machine."""
    from cadencecoach.cli.answers.tables import shown_table  # noqa: PLC0415
    from cadencecoach.desk.athletes.showing import HEADING, kept, kept_json, kept_row  # noqa: PLC0415
    from cadencecoach.errors import CadencecoachError  # noqa: PLC0415
    from cadencecoach.store.roster import NOBODY, athlete_names, is_kept  # noqa: PLC0415

    found, n_broken = [], 0
    for name in filter(is_kept, athlete_names()):
        try:
            found.append(kept(name))
        except CadencecoachError as error:  # the others are listed all the same
            n_broken += 1
            click.echo(str(error), err=True)
    if as_json:
        click.echo(json.dumps({"athletes": [kept_json(one) for one in found]}, ensure_ascii=False, indent=2))
    elif found:
        shown_table([HEADING, *map(kept_row, found)])
    elif not n_broken:
        click.echo(NOBODY, err=True)
    return EXIT_UNREADABLE if n_broken else 0


@click.command("show")
@click.argument("name", metavar="[NAME]", required=False)
@JSON
def show(*, name: str | None, as_json: bool) -> None:
    """Show one athlete: profile, baseline, programme, sessions and last check-in.

    NAME is optional if there is only one athlete.
    """
    from cadencecoach.cli.printing import printable  # noqa: PLC0415
    from cadencecoach.cli.terminal import TERMINAL  # noqa: PLC0415
    from cadencecoach.desk.athletes.showing import kept, kept_json  # noqa: PLC0415
    from cadencecoach.plan.syntax.findings import visible  # noqa: PLC0415
    from cadencecoach.store.roster import the_athlete  # noqa: PLC0415

    one = kept(the_athlete(name))
    TERMINAL.tell(*one.notes)
    if as_json:
        click.echo(json.dumps(kept_json(one), ensure_ascii=False, indent=2))
    else:
        click.echo(printable("\n".join(map(visible, _lines(one))), sys.stdout))


def _lines(one: "Kept") -> Iterator[str]:
    from cadencecoach.desk.athletes.baselines import standing_words  # noqa: PLC0415
    from cadencecoach.store.athlete_folder import athlete_folder  # noqa: PLC0415
    from cadencecoach.view.programme.standing import check_in_words  # noqa: PLC0415

    profile, programme, said = one.profile, one.programme, one.last_check_in
    since = "" if profile.created is None else f", since {profile.created}"
    yield f"{profile.athlete}{since}: {athlete_folder(profile.athlete)}"
    last = "" if one.last_day is None else f", the last on {one.last_day}"
    yield f"sessions: {one.n_sessions}{last}"
    yield "no baseline yet" if one.baseline is None else standing_words(one.baseline, one.today)
    yield (
        "no programme yet"
        if programme is None
        else (f"programme {programme.name!r} ({programme.sha256[:8]}), set on {programme.day}")
    )
    if said is not None:
        yield f"last check-in, {said.day}: {check_in_words(said)}"
    chosen = {"language": profile.language, "voice": profile.voice}
    chosen |= {"shoes": ", ".join(profile.shoes), "sensors": ", ".join(profile.sensors)}
    yield from (f"{name}: {what}" for name, what in chosen.items() if what)
