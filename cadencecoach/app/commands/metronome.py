"""`cadencecoach metronome`: the beat alone."""

from pathlib import Path

import click

from cadencecoach.app.commands import options

SPM = click.argument("spm", type=float, required=False, metavar="[SPM]")
LENGTH = "such as 40min, 90s or 1h5min"


@click.command("metronome")
@options.together(
    SPM,
    click.option("--from", "from_spm", type=float, metavar="SPM", help="Where a ramp begins."),
    click.option("--to", "to_spm", type=float, metavar="SPM", help="Where it ends."),
    click.option("--over", metavar="TIME", help=f"How long it takes, {LENGTH}."),
    click.option("--for", "for_text", metavar="TIME", help="Stop after so long."),
    click.option(
        "--every", type=click.Choice(["step", "stride"]), default="step", show_default=True, help="Which beats click."
    ),
    click.option("--accent", type=click.Choice(["none", "left", "right"]), default="none", help="A foot stands out."),
    click.option("--pan", type=float, default=0.0, help="Feet apart: 0 both in the middle, 1 each in its own ear."),
    click.option("--on", metavar="TIME", help="Clicks for so long ..."),
    click.option("--off", metavar="TIME", help="... then silence for so long, in turn."),
    click.option("--silent", type=float, default=0.0, metavar="PERCENT", help="So many beats left out by chance."),
    click.option("--say-every", metavar="TIME", help="Say the time run so often."),
    click.option("--click", "sound", metavar="NAME", help="The sound; --try-sounds plays them."),
    click.option("--try-sounds", "try_sounds", flag_value="each", default="one", help="Play each sound for 4 s."),
    options.feet("none"),
    options.SOUND,
    options.ATHLETE,
    options.JOURNAL,
    options.CONFIG,
    options.UNIT,
    click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Of what is left to chance."),
    click.option("--started", metavar="TIME", help="The start time in the journal's header (ISO 8601)."),
    options.JSON,
)
def metronome(  # noqa: PLR0913  # one argument for each option
    *,
    spm: float | None,
    from_spm: float | None,
    to_spm: float | None,
    over: str | None,
    for_text: str | None,
    every: str,
    accent: str,
    pan: float,
    on: str | None,
    off: str | None,
    silent: float,
    say_every: str | None,
    sound: str | None,
    try_sounds: str,
    feet_text: str,
    sound_text: str,
    athlete: str | None,
    journal: str | None,
    config: str | None,
    unit: str | None,
    seed: int,
    started: str | None,
    as_json: bool,
) -> int:
    """The beat alone, at SPM beats a minute (170): no plan, no sensor needed.

    Keys: up and down by 1, left and right by 5, t tap the tempo (4 taps), space pause, s next sound, a accent, m voice
    off and on, q stop and save. With --sound file:PATH the whole run is written at once, for a phone.
    """
    # Imported here so that `--help` does not wait for them.
    from cadencecoach.app.metronome import Journalled, run_metronome  # noqa: PLC0415
    from cadencecoach.app.opening.metronome import MetronomeRequest  # noqa: PLC0415
    from cadencecoach.app.opening.setup import Request  # noqa: PLC0415
    from cadencecoach.app.outcome import show_outcome  # noqa: PLC0415
    from cadencecoach.devices.clock import local_day, wall_time_utc  # noqa: PLC0415

    asked = MetronomeRequest(
        spm=spm,
        from_spm=from_spm,
        to_spm=to_spm,
        over=over,
        for_text=for_text,
        every=every,
        accent=accent,
        pan=pan,
        on=on,
        off=off,
        silent=silent,
        say_every=say_every,
        click=sound,
        try_sounds=try_sounds,
    )
    request = Request(
        plan_name="",
        feet_text=feet_text,
        sound_text=sound_text,
        athlete=athlete,
        config=config,
        unit=unit,
        seed=seed,
        started=started or wall_time_utc(),
        day=local_day() if started is None else None,
    )
    where: Journalled = None if journal is None else Path(journal)
    return show_outcome(run_metronome(asked, request, journal=where), as_json=as_json)
