"""`cadencecoach programme hold`, `step-back`, `take-back`, `end-stop`: acts of a clinician on a programme."""

import click

from cadencecoach.cli.commands.programme.asking import ATHLETE, JSON

BECAUSE = click.option("--because", metavar="TEXT", help="The reason, kept in the log; required.")
FORESEE = click.option("--foresee", is_flag=True, help="Only show what would follow.")


@click.command("hold")
@ATHLETE
@BECAUSE
@FORESEE
@JSON
def hold(*, athlete: str | None, because: str | None, foresee: bool, as_json: bool) -> None:
    """Hold the level: it is repeated until that is taken back, or a session is set (`start --from N`).

    Rules that step back or stop still do. The runner reads the reason beside the next session.
    """
    _act("hold", athlete, because, foresee=foresee, as_json=as_json)


@click.command("step-back")
@ATHLETE
@BECAUSE
@FORESEE
@JSON
def step_back(*, athlete: str | None, because: str | None, foresee: bool, as_json: bool) -> None:
    """Step back: the next session is one level below the last one that was run.

    The runner reads the reason beside the next session.
    """
    _act("step-back", athlete, because, foresee=foresee, as_json=as_json)


@click.command("take-back")
@ATHLETE
@BECAUSE
@FORESEE
@JSON
def take_back(*, athlete: str | None, because: str | None, foresee: bool, as_json: bool) -> None:
    """Take back what was held or stepped back by hand: the rules decide again."""
    _act("take-back", athlete, because, foresee=foresee, as_json=as_json)


@click.command("end-stop")
@ATHLETE
@BECAUSE
@FORESEE
@JSON
def end_stop(*, athlete: str | None, because: str | None, foresee: bool, as_json: bool) -> None:
    """End a stop: the programme goes on where it was. What is said after it stops again."""
    _act("end-stop", athlete, because, foresee=foresee, as_json=as_json)


def _act(act: str, named: str | None, because: str | None, *, foresee: bool, as_json: bool) -> None:
    from datetime import date

    from cadencecoach.cli.answers.programme import show_decision
    from cadencecoach.cli.printing import show_as_json, show_text
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.programmes.acting import Act, ActAsked, act_on_programme, foresee_act
    from cadencecoach.devices.clock import local_day, wall_time_utc
    from cadencecoach.store.athlete_programme import under_way
    from cadencecoach.store.roster import the_athlete
    from cadencecoach.store.stored import reader_words
    from cadencecoach.store.user_store import user_store

    store = user_store()
    athlete, today = the_athlete(store, named), date.fromisoformat(local_day())
    asked = ActAsked(athlete=athlete, act=Act(act), because=because or "", at=wall_time_utc(), day=today)
    if foresee:
        lines = foresee_act(store, asked).lines
        if as_json:
            show_as_json({"athlete": athlete, "act": act, "follows": list(lines)})
        else:
            show_text("\n".join(lines))
        return
    TERMINAL.tell(*act_on_programme(store, asked))
    show_decision(under_way(store, athlete), today, reader_words(store, athlete), as_json=as_json)
