"""`cadencecoach run`: a guided session, live."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cadencecoach.cli.commands import options

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from cadencecoach.devices.audio_port import LiveAudio
    from cadencecoach.live.opening.request import Request
    from cadencecoach.live.outcome import Outcome
    from cadencecoach.store.protocol import UserStore


@click.command("run", cls=options.SessionCommand)
@options.together(
    click.argument("plan_name", metavar="[PLAN]", default="", shell_complete=options.completed_plans),
    options.feet("auto", f"auto, taps, {options.SENSED_OR_PLAYED}"),
    options.SOUND,
    options.BASELINE,
    options.ATHLETE,
    click.option("--shoes", default="", metavar="TEXT", help="What you call your shoes; new shoes prompt a refresher."),
    click.option("--surface", default="", metavar="TEXT", help="treadmill, road, ...; each has its own baseline."),
    click.option(
        "--incline", type=click.FloatRange(-30, 40), metavar="PERCENT", help="Incline of the treadmill or road."
    ),
    click.option(
        "--resume",
        is_flag=False,
        flag_value="",
        metavar="SESSION",
        help="Resume a session that broke off up to 12 h ago, by its id. Without a value, the newest.",
    ),
    options.MUSIC,
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
    resume: str | None,
    as_json: bool,
    **words: Any,  # noqa: ANN401  # the fields of a Request
) -> int:
    """Run PLAN as a guided session; without PLAN, today's session of the athlete's programme.

    PLAN is a file, or the name of a plan that comes with the program.

    For an athlete added with `athlete new` it asks for a check-in before and after (at a terminal; Enter skips);
    the run goes into the log, and the clinician's limits override keys and flags.

    A session that broke off or was stopped early, or during which the computer slept, is offered at the next start,
    for 12 h.
    """
    # Imported here so that `--help` does not wait for them; the audio process starts before most of them.
    from cadencecoach.live.audio.early import early_audio
    from cadencecoach.store.user_store import user_store

    store = user_store()
    with early_audio(sound_text) as audio, _handing_over(store):
        from cadencecoach.cli.answers.going_on import go_on_with
        from cadencecoach.cli.terminal import TERMINAL
        from cadencecoach.devices.clock import local_day, wall_time_utc
        from cadencecoach.live.live_session import run_session
        from cadencecoach.live.opening.request import Request
        from cadencecoach.store.roster import the_athlete

        started, day = wall_time_utc(), local_day()
        where = store.new_journal(started) if journal is None else Path(journal)
        request = Request(plan_name=plan_name, athlete=athlete, sound_text=sound_text, **words)
        broken_off = _choose_session_to_go_on(store, request, where, resume=resume, journal=journal)
        if broken_off is not None:
            return go_on_with(store, broken_off, _read_answers(words), audio=audio, as_json=as_json)
        whose = athlete if plan_name else the_athlete(store, athlete)
        request = replace(request, athlete=whose, started=started, day=day)
        conditions = _conditions(shoes=shoes, surface=request.surface, incline_percent=incline)
        if whose is not None and store.is_kept(whose):
            return _run_for(store, request, where, conditions, audio=audio, as_json=as_json)
        _tell_guest(store, request)
        outcome = run_session(store, request, TERMINAL, journal=where, audio=audio, extra=conditions)
    return _finish(store, outcome, as_json=as_json)


def _handing_over(store: "UserStore") -> "AbstractContextManager[None]":
    """Imported only now: the audio process starts before."""
    from cadencecoach.desk.keeping.handing_over import handing_over

    return handing_over(store)


def _choose_session_to_go_on(
    store: "UserStore", request: "Request", where: Path, *, resume: str | None, journal: str | None
) -> Path | None:
    """The session that goes on in place of a new one: one that is named, or one that is offered and taken."""
    from cadencecoach.cli.answers.going_on import offer_session, session_to_resume

    if resume is None:
        return offer_session(store, where.parent, request)
    return session_to_resume(store, resume, plan_name=request.plan_name, athlete=request.athlete, journal=journal)


def _conditions(**told: str | float | None) -> dict[str, str | float | None]:
    """What was said of a run: shoes, surface, incline."""
    return {name: what for name, what in told.items() if what not in {"", None}}


def _read_answers(words: "Mapping[str, Any]") -> dict[str, str | None]:
    """What was said of how to go on with a session; None for each of which nothing was."""
    texts = {"feet": _given_text("feet_text"), "sound": _given_text("sound_text")}
    return texts | {name: words[name] for name in ("music", "config", "language")}


def _given_text(name: str) -> str | None:
    """A value that was given on the command line; None where it is the default."""
    context = click.get_current_context()
    is_given = context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
    return str(context.params[name]) if is_given else None


def _tell_guest(store: "UserStore", request: "Request") -> None:
    """Say to a person that they do not run as the only athlete who is kept: no answer and no limit of theirs holds."""
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.live.opening.setup import session_words
    from cadencecoach.plan.forms import fill

    names = store.athlete_names()
    if request.athlete is None and len(names) == 1 and TERMINAL.can_answer:
        TERMINAL.tell(fill(session_words(store, request).programme.as_guest, athlete=names[0]))


def _run_for(
    store: "UserStore",
    request: "Request",
    where: Path,
    conditions: dict[str, Any],
    *,
    audio: "LiveAudio | None",
    as_json: bool,
) -> int:
    """The same for an athlete who is kept here."""
    from datetime import date

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
    return _finish(store, outcome, as_json=as_json, then=lambda: ask_after(store, run, outcome, TERMINAL))


def _finish(store: "UserStore", outcome: "Outcome", *, as_json: bool, then: "Callable[[], None]" = lambda: None) -> int:
    """Show what a session came to, and do what follows; one that a sleep broke off is asked about first."""
    from cadencecoach.cli.answers.going_on import go_on_with
    from cadencecoach.cli.answers.outcome import show_outcome

    if outcome.has_slept and outcome.journal is not None:
        return go_on_with(store, outcome.journal, {}, audio=None, as_json=as_json, slept=outcome, then=then)
    status = show_outcome(outcome, as_json=as_json, store=store)
    then()
    return status
