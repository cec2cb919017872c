"""`cadencecoach run`: a guided session, live."""

from pathlib import Path
from typing import Any

import click

from cadencecoach.app.commands import options


@click.command("run")
@options.together(
    options.PLAN,
    options.feet("none"),
    options.SOUND,
    options.BASELINE,
    options.ATHLETE,
    options.JOURNAL,
    options.CONFIG,
    options.UNIT,
    options.SEED,
    options.JSON,
)
def run(*, sound_text: str, journal: str | None, as_json: bool, **words: Any) -> int:  # noqa: ANN401  # the fields of a Request
    """Run PLAN as a guided session, live.

    PLAN is a file, or the name of a plan that comes with the program. Keys: space pause, up and down target by 1,
    n next stage, m mute, p pain, u steps or strides, q stop and save.
    """
    # Imported here so that `--help` does not wait for them; the audio process starts before most of them.
    from cadencecoach.app.hearing.early import early_audio  # noqa: PLC0415

    with early_audio(sound_text) as audio:
        from cadencecoach.app.history.finishing import newest_broken_off  # noqa: PLC0415
        from cadencecoach.app.history.offering import tell_broken_off  # noqa: PLC0415
        from cadencecoach.app.live_session import journal_path, run_session  # noqa: PLC0415
        from cadencecoach.app.opening.setup import Request  # noqa: PLC0415
        from cadencecoach.app.outcome import show_outcome  # noqa: PLC0415
        from cadencecoach.devices.clock import local_day, wall_time_utc  # noqa: PLC0415

        started = wall_time_utc()
        where = journal_path(started) if journal is None else Path(journal)
        tell_broken_off(newest_broken_off(where.parent))
        request = Request(started=started, day=local_day(), sound_text=sound_text, **words)
        outcome = run_session(request, journal=where, audio=audio)
    return show_outcome(outcome, as_json=as_json)
