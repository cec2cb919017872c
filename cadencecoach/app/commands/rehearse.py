"""`cadencecoach rehearse`: a plan heard and recorded in seconds, with no device."""

from pathlib import Path

import click

from cadencecoach.app.commands import options


@click.command("rehearse")
@options.together(
    options.PLAN,
    options.feet("sim"),
    click.option(
        "--sound",
        "sound_text",
        default="none",
        show_default=True,
        metavar="SINK",
        help="file:PATH (.wav, .flac), none.",
    ),
    options.BASELINE,
    options.ATHLETE,
    options.JOURNAL,
    options.CONFIG,
    options.UNIT,
    options.SEED,
    click.option(
        "--open-stage", default="5 min", show_default=True, help="How long a stage lasts that waits for a key."
    ),
    click.option("--started", metavar="TIME", help="The start time in the journal's header (ISO 8601)."),
    options.JSON,
)
def rehearse(  # noqa: PLR0913  # one argument for each option
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
    open_stage: str,
    started: str | None,
    as_json: bool,
) -> int:
    """Run PLAN in virtual time: no devices, an hour in seconds.

    PLAN is a file, or the name of a plan that comes with the program. What a simulated runner does is a simulation.
    """
    # Imported here so that `--help` does not wait for them.
    from cadencecoach.app.opening.setup import Request  # noqa: PLC0415
    from cadencecoach.app.outcome import show_outcome  # noqa: PLC0415
    from cadencecoach.app.rehearsing import rehearsed  # noqa: PLC0415

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
    outcome = rehearsed(request, journal=None if journal is None else Path(journal), open_stage=open_stage)
    return show_outcome(outcome, as_json=as_json)
