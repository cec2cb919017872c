"""`cadencecoach athlete list` and `show`: who is kept here."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.printing import show_as_json, show_text, tell

if TYPE_CHECKING:
    from cadencecoach.desk.athletes.showing import Kept
    from cadencecoach.store.machine import Machine

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
EXIT_UNREADABLE = 2


@click.command("list")
@JSON
def list_(*, as_json: bool) -> int:
    """List the athletes on this machine."""
    from cadencecoach.cli.answers.tables import shown_table
    from cadencecoach.desk.athletes.showing import HEADING, athlete_json, athlete_row, look_up_athlete
    from cadencecoach.errors import CadencecoachError
    from cadencecoach.store.roster import nobody_yet
    from cadencecoach.store.user_store import user_store

    store = user_store()
    found, n_broken = [], 0
    for name in filter(store.is_kept, store.athlete_names()):
        try:
            found.append(look_up_athlete(store, name))
        except CadencecoachError as error:  # the others are listed all the same
            n_broken += 1
            tell(str(error))
    if as_json:
        show_as_json({"athletes": [athlete_json(one) for one in found]})
    elif found:
        shown_table([HEADING, *map(athlete_row, found)])
    elif not n_broken:
        tell(nobody_yet(store))
    return EXIT_UNREADABLE if n_broken else 0


@click.command("show")
@click.argument("name", metavar="[NAME]", required=False)
@JSON
def show(*, name: str | None, as_json: bool) -> None:
    """Show one athlete: profile, baseline, programme, sessions and last check-in.

    NAME is optional if there is only one athlete.
    """
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.athletes.showing import athlete_json, look_up_athlete
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.user_store import user_store

    store = user_store()
    one = look_up_athlete(store, the_athlete(store, name, option=""))
    TERMINAL.tell(*one.notes)
    if as_json:
        show_as_json(athlete_json(one))
    else:
        show_text("\n".join(_lines(one, store.machine)))


def _lines(one: "Kept", machine: "Machine") -> Iterator[str]:
    from cadencecoach.store.phrases import clinician_words
    from cadencecoach.view.athlete.baselines import standing_words
    from cadencecoach.view.programme.standing import check_in_words

    profile, programme, said = one.profile, one.programme, one.last_check_in
    since = "" if profile.created is None else f", since {profile.created}"
    yield f"{profile.athlete}{since}: {one.place}"
    if one.is_practice:
        yield "practice: this athlete is made up, and a simulated runner ran the sessions"
    last = "" if one.last_day is None else f", the last on {one.last_day}"
    yield f"sessions: {one.n_sessions}{last}"
    words = clinician_words(machine)
    yield "no baseline yet" if one.baseline is None else standing_words(one.baseline, one.today, words)
    yield (
        "no programme yet"
        if programme is None
        else (f"programme {programme.name!r} ({programme.sha256[:8]}), set on {programme.day}")
    )
    if said is not None:
        yield f"last check-in, {said.day}: {check_in_words(said)}"
    chosen = {"language": profile.language, "voice": profile.voice, "words": profile.words}
    chosen |= {"shoes": ", ".join(profile.shoes), "sensors": ", ".join(profile.sensors)}
    yield from (f"{name}: {what}" for name, what in chosen.items() if what)
