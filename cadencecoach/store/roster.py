"""Athletes made, chosen by name, and told what a run brought, in any store."""

from dataclasses import replace
from datetime import date

from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import UsageError
from cadencecoach.plan.words import nearest
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_names import forgotten_error
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import is_athlete


def nobody_yet(store: Store) -> str:
    """What is said where there is no athlete: how to add one, or that a database was never reached from here."""
    behind = store.behind()
    if behind is not None and not behind.seen:  # who is there is not known; "no athletes" would be a claim
        return f"{behind.why}; which athletes there are is not known on this computer"
    new, begin = command_line("athlete new r7"), command_line("begin")
    return f"no athletes yet; add one under a pseudonym, such as `{new}`, or answer a few questions: `{begin}`"


def the_athlete(store: Store, named: str | None, *, option: str = "--athlete") -> str:
    """The athlete that is meant: the one named, else the only one there is.

    Args:
        store: where athletes are kept
        named: by a person; None where nobody said which
        option: by which they are named; empty for an argument
    Raises:
        UsageError: there is none, none of that name, or more than one and nobody said which
    """
    names = store.athlete_names()
    if named is not None:
        if store.is_kept(named) and named in names:
            return named
        near = nearest(named, names)
        hint = f"did you mean {near}?" if near else f"there is {', '.join(names)}" if names else nobody_yet(store)
        raise UsageError(f"{f'{option} {named}'.lstrip()}: no athlete with that name; {hint}")
    if not names:
        raise UsageError(nobody_yet(store))
    if len(names) > 1:
        raise UsageError(f"name the athlete: {f'{option} '.lstrip()}{' | '.join(names)}")
    return names[0]


def is_label(store: Store, named: str | None) -> bool:
    """Whether a run is named for somebody who is not kept here: a mere label, with no log and no limits.

    Raises:
        UsageError: a name that is kept is near; by a slip of a key nobody runs without their limits. Or nobody can tell
    """
    if named is None or is_athlete(store, named):
        return False
    try:
        names = tuple(name for name in store.athlete_names() if store.is_kept(name))
    except UsageError:  # nowhere to keep anybody
        return True
    near = next((name for name in names if name.casefold() == named.casefold()), None) or nearest(named, names)
    if near is not None:
        raise UsageError(f"--athlete {named}: no athlete with that name; did you mean {near}?")
    behind = store.behind()
    if behind is not None:  # somebody may be kept there under it, who has limits, or is stopped
        raise UsageError(f"--athlete {named}: not known here, and {behind.why}; a guest runs without --athlete")
    return True


def make_athlete(store: Store, profile: Profile) -> None:
    """Begin to keep a new athlete.

    Raises:
        UsageError: there is one of this name, or one that differs in capitals only, which some disks take for the same
    """
    with store.lock_athletes():
        same = next((name for name in store.athlete_names() if name.casefold() == profile.athlete.casefold()), None)
        if same is not None or store.is_kept(profile.athlete):
            raise UsageError(f"an athlete called {same or profile.athlete} already exists; choose another pseudonym")
        store.write_profile(profile)


def add_to_profile(
    store: Store, athlete: str, *, shoes: str = "", sensors: tuple[str, ...] = (), day: date | None = None
) -> Profile:
    """Put what a run brought into the profile: shoes and sensors that were not in it.

    Raises:
        UsageError: the athlete was forgotten meanwhile, or the profile cannot be read or written
        JournalError: what is kept is no profile
    """
    with store.lock_athletes():
        if not store.is_kept(athlete):
            raise forgotten_error(athlete)
        before = store.read_profile(athlete)
        after = _with_run(before, shoes, sensors, day)
        if after != before:
            store.write_profile(after)
    return after


def _with_run(before: Profile, shoes: str, sensors: tuple[str, ...], day: date | None) -> Profile:
    called = before.shoes_called(shoes)
    return replace(
        before,
        created=before.created or day,
        shoes=before.shoes if not shoes or called in before.shoes else (*before.shoes, called),
        sensors=tuple(dict.fromkeys((*before.sensors, *sensors))),
    )
