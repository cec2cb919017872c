"""Who is kept on this machine, and which of them is meant."""

import contextlib
import os

from cadencecoach.errors import UsageError
from cadencecoach.plan.words import nearest
from cadencecoach.store.athlete_folder import LOG_NAME, NAME, PROFILE_NAME, athlete_folder, athletes_folder

NOBODY = "no athletes yet; add one with cadencecoach athlete new NAME"


def athlete_names() -> tuple[str, ...]:
    """The athletes of this machine, by name."""
    with contextlib.suppress(OSError), os.scandir(athletes_folder()) as entries:
        return tuple(sorted(entry.name for entry in entries if NAME.fullmatch(entry.name) and entry.is_dir()))
    return ()


def is_kept(name: str) -> bool:
    """Whether there is an athlete of this name.

    Raises:
        UsageError: the name cannot be one
    """
    folder = athlete_folder(name)
    return any((folder / file).is_file() for file in (PROFILE_NAME, LOG_NAME))


def check_kept(name: str) -> None:
    """Make sure that an athlete is still here, so that nothing written late makes a forgotten one anew.

    Raises:
        UsageError: there is none of this name
    """
    if not is_kept(name):
        raise UsageError(f"the athlete {name} no longer exists: nothing was written")


def the_athlete(named: str | None) -> str:
    """The athlete that is meant: the one named, else the only one there is.

    Raises:
        UsageError: there is none, none of that name, or more than one and nobody said which
    """
    names = athlete_names()
    if named is not None:
        if is_kept(named) and named in names:
            return named
        near = nearest(named, names)
        hint = f"did you mean {near}?" if near else f"there is {', '.join(names)}" if names else NOBODY
        raise UsageError(f"--athlete {named}: no athlete with that name; {hint}")
    if not names:
        raise UsageError(NOBODY)
    if len(names) > 1:
        raise UsageError(f"name the athlete: --athlete {' | '.join(names)}")
    return names[0]
