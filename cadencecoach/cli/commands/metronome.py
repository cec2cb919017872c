"""`cadencecoach metronome`: the beat alone."""

from pathlib import Path
from typing import Any

import click

from cadencecoach.cli.commands import options

SPM = click.argument("spm", type=float, required=False, metavar="[SPM]")
LENGTH = "such as 40min, 90s or 1h5min"
# The options that are fields of a MetronomeRequest; the others are those of a Request.
OWN = (
    *("spm", "from_spm", "to_spm", "over", "for_text", "every", "accent", "pan"),
    *("on", "off", "silent", "say_every", "click", "try_sounds"),
)


@click.command("metronome", cls=options.SessionCommand)
@options.together(
    SPM,
    click.option("--from", "from_spm", type=float, metavar="SPM", help="Tempo at the start of a ramp."),
    click.option("--to", "to_spm", type=float, metavar="SPM", help="Tempo at the end of a ramp."),
    click.option("--over", metavar="TIME", help=f"Length of the ramp, {LENGTH}."),
    click.option("--for", "for_text", metavar="TIME", help="Stop after this time."),
    click.option(
        "--every", type=click.Choice(["step", "stride"]), default="step", show_default=True, help="Which beats click."
    ),
    click.option("--accent", type=click.Choice(["none", "left", "right"]), default="none", help="Accent one foot."),
    click.option(
        "--pan", type=float, default=0.0, help="Stereo width of the feet: 0 both in the middle, 1 one in each ear."
    ),
    click.option("--on", metavar="TIME", help="Click for this long, then be silent as long as --off says, and so on."),
    click.option("--off", metavar="TIME", help="Length of the silences; needs --on."),
    click.option("--silent", type=float, default=0.0, metavar="PERCENT", help="Share of beats left out at random."),
    click.option("--say-every", metavar="TIME", help="Say the running time this often."),
    click.option("--click", "click", metavar="NAME", help="Click sound; --try-sounds plays them all."),
    click.option("--try-sounds", "try_sounds", flag_value="each", default="one", help="Play each sound for 4 s."),
    options.feet("none"),
    options.SOUND,
    options.ATHLETE,
    options.MUSIC,
    options.JOURNAL,
    options.CONFIG,
    options.LANGUAGE,
    options.UNIT,
    click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="Random seed, for --silent."),
    click.option("--started", metavar="TIME", help="The start time in the journal's header (ISO 8601)."),
    options.FORCE,
    options.JSON,
)
def metronome(*, sound_text: str, journal: str | None, as_json: bool, **words: Any) -> int:  # noqa: ANN401  # see OWN
    """Play the beat alone, at SPM beats a minute (default 170); no plan or sensor needed.

    With --sound file:PATH the whole run is written at once, for a phone.
    """
    # Imported here so that `--help` does not wait for them; the audio process starts before most of them.
    from cadencecoach.live.audio.early import early_audio

    with early_audio(sound_text) as audio:
        from cadencecoach.cli.answers.outcome import show_metronome
        from cadencecoach.cli.terminal import TERMINAL
        from cadencecoach.desk.running.metronome import run_metronome
        from cadencecoach.devices.clock import local_day, wall_time_utc
        from cadencecoach.live.opening.metronome import MetronomeRequest
        from cadencecoach.live.opening.request import Request
        from cadencecoach.store.user_store import user_store

        day = None
        if words["started"] is None:
            words["started"], day = wall_time_utc(), local_day()
        asked = MetronomeRequest(**{name: words.pop(name) for name in OWN})
        request = Request(plan_name="", sound_text=sound_text, day=day, **words)
        store = user_store()
        where = store.new_journal if journal is None else Path(journal)
        outcome = run_metronome(store, asked, request, TERMINAL, journal=where, audio=audio)
    return show_metronome(outcome, as_json=as_json, store=store)
