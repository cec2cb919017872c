"""`cadencecoach run`: a guided session, live."""

from pathlib import Path

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
def run(  # noqa: PLR0913  # one argument for each option
    *,
    plan_name: str,
    feet_text: str,
    sound_text: str,
    baseline: float | None,
    athlete: str | None,
    journal: str | None,
    config: str | None,
    unit: str | None,
    seed: int,
    as_json: bool,
) -> int:
    """Run PLAN as a guided session, live.

    PLAN is a file, or the name of a plan that comes with the program. Keys: space pause, up and down target by 1,
    n next stage, m mute, p pain, u steps or strides, q stop and save.
    """
    # Imported here so that `--help` does not wait for them.
    from cadencecoach.app.live_session import journal_path, run_session  # noqa: PLC0415
    from cadencecoach.app.opening.setup import Request  # noqa: PLC0415
    from cadencecoach.app.outcome import show_outcome  # noqa: PLC0415
    from cadencecoach.devices.clock import wall_time_utc  # noqa: PLC0415

    started = wall_time_utc()
    request = Request(
        plan_name=plan_name,
        feet_text=feet_text,
        sound_text=sound_text,
        baseline_spm=baseline,
        athlete=athlete,
        config=config,
        unit=unit,
        seed=seed,
        started=started,
    )
    outcome = run_session(request, journal=journal_path(started) if journal is None else Path(journal))
    return show_outcome(outcome, as_json=as_json)
