"""`cadencecoach baseline`: the runner's own cadence, and what was seen beside it."""

import json
import sys
from typing import TYPE_CHECKING

import click

from cadencecoach.app.commands import options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cadencecoach.record.baselines import Assessment


@click.command("baseline")
@options.together(
    click.option("--athlete", metavar="NAME", help="Whose; not needed where there is one athlete only."),
    click.option("--session", metavar="ID", help="Take the steady part of this session: an id, `last`, or a journal."),
    click.option("--spm", type=float, metavar="CADENCE", help="Typed in, steps a minute, both feet."),
    click.option("--speed", metavar="SPEED", help="Of one typed in: '10 km/h', '2.8 m/s', '5:30 /km'."),
    click.option("--minutes", type=click.FloatRange(0, 600), metavar="MIN", help="How long one typed in was."),
    click.option("--surface", default="", metavar="WORD", help="treadmill, road, ...; each has baselines of its own."),
    click.option(
        "--seen", multiple=True, metavar="NAME=WHAT", help="What was seen: 'pelvic drop=7 deg', 'video=a.mp4'."
    ),
    click.option("--day", "day_text", metavar="DAY", help="Of one that names no day, such as 2026-03-01.  [today]"),
    click.option("--json", "as_json", is_flag=True, help="The baselines as JSON."),
)
def baseline(  # noqa: PLR0913  # one argument for each option
    *,
    athlete: str | None,
    session: str | None,
    spm: float | None,
    speed: str | None,
    minutes: float | None,
    surface: str,
    seen: tuple[str, ...],
    day_text: str | None,
    as_json: bool,
) -> None:
    """Write a baseline run down, or show where the baselines stand.

    Two runs of 12 minutes or more make one; one alone is provisional. What is seen (overstride, knee alignment, pelvic
    drop, an angle, a video's file name, free words) stands beside it, and a reassessment is shown beside the first.
    """
    from cadencecoach.app.athletes.baselines import Words, take_baseline  # noqa: PLC0415
    from cadencecoach.app.athletes.log import day_asked, log_of  # noqa: PLC0415
    from cadencecoach.app.athletes.roster import the_athlete  # noqa: PLC0415
    from cadencecoach.app.outcome import tell  # noqa: PLC0415
    from cadencecoach.devices.clock import wall_time_utc  # noqa: PLC0415
    from cadencecoach.record.baselines import assessments_of  # noqa: PLC0415

    name = the_athlete(athlete)
    words = Words(session=session, spm=spm, speed=speed, minutes=minutes, surface=surface, seen=seen)
    if not words.is_question:
        tell(take_baseline(name, words, at=wall_time_utc(), day=day_asked(day_text)))
    elif speed is not None or minutes is not None:
        raise click.UsageError("--speed and --minutes say more of a cadence that is typed in: add --spm")
    every = assessments_of(log_of(name).entries)
    (_show_json if as_json else _show)(name, every)


def _show(name: str, every: "Sequence[Assessment]") -> None:
    from cadencecoach.app.athletes.baselines import standing_words  # noqa: PLC0415
    from cadencecoach.app.athletes.stored import stored_baseline  # noqa: PLC0415
    from cadencecoach.app.athletes.tables import shown_table  # noqa: PLC0415
    from cadencecoach.app.printing import printable  # noqa: PLC0415
    from cadencecoach.view.athlete.baselines import baseline_rows, change_lines  # noqa: PLC0415

    in_force = stored_baseline(name)
    if in_force is None:
        click.echo(
            f"{name} has no baseline yet: cadencecoach run own-cadence, then cadencecoach baseline --session last"
        )
        return
    shown_table(baseline_rows(every))
    click.echo(printable("\n".join([*change_lines(every), f"In force: {standing_words(in_force)}."]), sys.stdout))


def _show_json(name: str, every: "Sequence[Assessment]") -> None:
    from cadencecoach.app.athletes.stored import stored_baseline  # noqa: PLC0415
    from cadencecoach.view.athlete.baselines import assessment_json, change_json  # noqa: PLC0415

    in_force = stored_baseline(name)
    told = {
        "athlete": name,
        "in_force": None if in_force is None else assessment_json(in_force),
        "baselines": [assessment_json(one) for one in every],
        "change": change_json(every),
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))
