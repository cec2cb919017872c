"""`cadencecoach run`: a guided session, live."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cadencecoach.cli.commands import options

if TYPE_CHECKING:
    from cadencecoach.devices.audio_port import LiveAudio
    from cadencecoach.live.opening.setup import Request
    from cadencecoach.store.protocol import Store


@click.command("run", cls=options.SessionCommand)
@options.together(
    click.argument("plan_name", metavar="[PLAN]", default="", shell_complete=options.completed_plans),
    options.feet("none"),
    options.SOUND,
    options.BASELINE,
    options.ATHLETE,
    click.option("--shoes", default="", metavar="TEXT", help="What you call your shoes; new shoes prompt a refresher."),
    click.option("--surface", default="", metavar="TEXT", help="treadmill, road, ...; each has its own baseline."),
    click.option(
        "--incline", type=click.FloatRange(-30, 40), metavar="PERCENT", help="Incline of the treadmill or road."
    ),
    options.JOURNAL,
    options.CONFIG,
    options.LANGUAGE,
    options.UNIT,
    options.SEED,
    options.FORCE,
    options.JSON,
)
def run(  # one argument for each option that is not of a Request
    *,
    plan_name: str,
    athlete: str | None,
    sound_text: str,
    journal: str | None,
    shoes: str,
    incline: float | None,
    as_json: bool,
    **words: Any,  # noqa: ANN401  # the fields of a Request
) -> int:
    """Run PLAN as a guided session; without PLAN, today's session of the athlete's programme.

    PLAN is a file, or the name of a plan that comes with the program.

    For an athlete added with `athlete new` it asks for a check-in before and after (at a terminal; Enter skips);
    the run goes into the log, and the clinician's limits override keys and flags.
    """
    # Imported here so that `--help` does not wait for them; the audio process starts before most of them.
    from cadencecoach.live.audio.early import early_audio
    from cadencecoach.store.file_store import user_store

    store = user_store()
    with early_audio(sound_text) as audio:
        from cadencecoach.cli.answers.broken_off import tell_broken_off
        from cadencecoach.cli.answers.outcome import show_outcome
        from cadencecoach.cli.terminal import TERMINAL
        from cadencecoach.desk.history.finishing import newest_broken_off
        from cadencecoach.devices.clock import local_day, wall_time_utc
        from cadencecoach.live.live_session import journal_id, run_session
        from cadencecoach.live.opening.setup import Request
        from cadencecoach.store.roster import the_athlete

        started, day = wall_time_utc(), local_day()
        whose = athlete if plan_name else the_athlete(store, athlete)
        where = store.journal_path(journal_id(started)) if journal is None else Path(journal)
        tell_broken_off(newest_broken_off(where.parent))
        request = Request(plan_name=plan_name, athlete=whose, sound_text=sound_text, started=started, day=day, **words)
        told = {"shoes": shoes, "surface": request.surface, "incline_percent": incline}
        conditions = {name: what for name, what in told.items() if what not in {"", None}}
        if whose is not None and store.is_kept(whose):
            return _run_for(store, request, where, conditions, audio=audio, as_json=as_json)
        outcome = run_session(store, request, TERMINAL, journal=where, audio=audio, extra=conditions)
    return show_outcome(outcome, as_json=as_json)


def _run_for(
    store: "Store",
    request: "Request",
    where: Path,
    conditions: dict[str, Any],
    *,
    audio: "LiveAudio | None",
    as_json: bool,
) -> int:
    """The same for an athlete who is kept here."""
    from datetime import date

    from cadencecoach.cli.answers.outcome import show_outcome
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.today.running import Conditions, Run, ask_after, run_for

    run = Run(
        athlete=request.athlete or "",
        request=request,
        journal=where,
        day=date.fromisoformat(request.day or ""),
        conditions=Conditions(**conditions),
    )
    outcome = run_for(store, run, TERMINAL, audio)
    status = show_outcome(outcome, as_json=as_json)
    ask_after(store, run, outcome, TERMINAL)
    return status
