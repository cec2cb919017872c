"""A practice athlete from a story to the store: lived apart, then kept whole, marked from the first entry on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from cadencecoach.desk.practice.living import SHOES, Life, Living, Practice
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import UsageError
from cadencecoach.programme.rules.deciding import Decision
from cadencecoach.record.entries import is_practice
from cadencecoach.record.entry_lines import line_of_entry
from cadencecoach.record.profile import Profile
from cadencecoach.record.rows import PRACTICE
from cadencecoach.session.host import Host
from cadencecoach.store.athlete_names import check_name
from cadencecoach.store.protocol import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Practised:
    """What came of it.

    Attributes:
        life: what was lived
        decision: what the programme asks for on the last day
        was_replaced: a practice athlete of this name was here before, and is gone
    """

    life: Life
    decision: Decision
    was_replaced: bool


def practise(
    store: Store, practice: Practice, host: Host, tell: Callable[[int, int], None] = lambda _done, _all: None
) -> Practised:
    """Live a story and keep it. Where it is interrupted, nothing is kept.

    Args:
        store: where athletes are kept
        practice: what is to be lived
        host: who may stop it
        tell: how many days of how many
    Raises:
        UsageError: the name is that of a real athlete, or sessions of somebody of that name are kept
        CadencecoachError: the story, the programme or the settings cannot be used
    """
    check_free(store, practice.athlete)
    with TemporaryDirectory(prefix="cadencecoach-practice-") as folder:  # mode 0700
        living = Living(store, practice, host, Path(folder))
        life = living.live(tell)
        decision = living.decision(practice.last_day)
        if life.is_interrupted:
            return Practised(life=life, decision=decision, was_replaced=False)
        with store.lock_athletes():
            check_free(store, practice.athlete)
            was_there = store.is_kept(practice.athlete)
            if was_there:
                store.forget(practice.athlete)
            _keep(store, practice, life)
    return Practised(life=life, decision=decision, was_replaced=was_there)


def check_free(store: Store, athlete: str) -> None:
    """Refuse a name that is, or may be, that of somebody real.

    Raises:
        UsageError: it is
    """
    check_name(athlete)
    same = next((name for name in store.athlete_names() if name.casefold() == athlete.casefold()), None)
    other = "choose another name; a practice athlete never becomes a real one"
    if same is not None and (same != athlete or not is_practice(store.log_of(same).every)):
        raise UsageError(f"an athlete called {same} already exists: {other}")
    if any(row.origin != PRACTICE for row in store.rows_of(athlete).rows):
        raise UsageError(f"sessions of somebody called {athlete} are kept: {other}")


def _keep(store: Store, practice: Practice, life: Life) -> None:
    """Journals and log first: whatever is left by a program that was killed is marked."""
    for session, path in life.journals.items():
        with path.open("rb") as content:
            if not store.add_journal(session, content):
                forget = command_line(f"athlete forget {practice.athlete}")
                raise UsageError(
                    f"session {session} is here already; `{forget}` removes what is left of {practice.athlete}"
                )
    store.write_log(practice.athlete, [line_of_entry(entry) for entry in life.log])
    store.set_programme_text(practice.athlete, practice.raw)
    profile = Profile(
        athlete=practice.athlete,
        created=life.log[0].day,
        shoes=life.shoes,
        shoes_before=(SHOES,),
        sensors=life.sensors,
    )
    store.write_profile(profile)
