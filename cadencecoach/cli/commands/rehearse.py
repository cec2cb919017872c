"""`cadencecoach rehearse`: a plan heard and recorded in seconds, with no device."""

from pathlib import Path
from typing import Any

import click

from cadencecoach.cli.commands import options


@click.command("rehearse")
@options.together(
    options.PLAN,
    options.SESSION,
    options.feet("sim", options.SIMULATED_OR_REPLAYED),
    click.option(
        "--sound",
        "sound_text",
        default="none",
        show_default=True,
        metavar="OUTPUT",
        help="file:PATH (.wav, .flac, .mp3) or none.",
    ),
    options.BASELINE,
    options.ATHLETE,
    options.MUSIC,
    options.JOURNAL,
    options.CONFIG,
    options.LANGUAGE,
    options.UNIT,
    options.SEED,
    click.option("--open-stage", default="5 min", show_default=True, help="Length of a stage that waits for a key."),
    click.option("--started", metavar="TIME", help="The start time in the journal's header (ISO 8601)."),
    options.FORCE,
    options.JSON,
)
def rehearse(
    *,
    journal: str | None,
    open_stage: str,
    session: str | None,
    as_json: bool,
    **words: Any,  # noqa: ANN401  # a Request's fields
) -> int:
    """Run PLAN without devices, in virtual time: an hour takes seconds.

    PLAN is a file, or the name of a plan that comes with the program; with --session, a programme. The runner is
    simulated.
    """
    # Imported here so that `--help` does not wait for them.
    from cadencecoach.cli.answers.outcome import show_outcome
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.running.rehearsing import rehearse_session
    from cadencecoach.live.opening.request import Request
    from cadencecoach.store.user_store import user_store

    store = user_store()
    path = None if journal is None else Path(journal)
    outcome = rehearse_session(store, Request(**words), TERMINAL, journal=path, open_stage=open_stage, session=session)
    return show_outcome(outcome, as_json=as_json)
