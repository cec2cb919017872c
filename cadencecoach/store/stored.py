"""What is stored of an athlete and counts in a session: the baseline in force, the language of the voice."""

from datetime import date

from pydantic import ValidationError

from cadencecoach.errors import UsageError
from cadencecoach.gait.speed_curve import ANOTHER_SPEED_MPS, SpeedCurve
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.baselines import Assessment, baseline_counted_from, baseline_in_force, first_counted_from
from cadencecoach.store.athlete_log import entries_of, today_here
from cadencecoach.store.phrases import phrasebook_of, speak
from cadencecoach.store.protocol import Store
from cadencecoach.store.settings import Settings, VoiceTable, fault_words, find_settings


def stored_baseline(
    store: Store, athlete: str | None, surface: str = "", *, today: date | None = None
) -> Assessment | None:
    """The baseline in force of whoever is named; None for nobody, and for a label that nobody is kept under.

    Args:
        store: where athletes are kept
        athlete: pseudonym
        surface: as the runner calls it; empty for any
        today: the day it is asked for; None is today by this machine's calendar
    Raises:
        JournalError: the log cannot be read
    """
    return baseline_in_force(entries_of(store, athlete or ""), surface, today=today or today_here())


def counted_baseline(
    store: Store, athlete: str | None, surface: str = "", *, today: date | None = None
) -> Assessment | None:
    """The baseline that targets and limits of an athlete count from: that of the programme's start, if there is one.

    Args, Raises: as in `stored_baseline`.
    """
    return baseline_counted_from(entries_of(store, athlete or ""), surface, today=today or today_here())


def first_baseline(store: Store, athlete: str, surface: str = "", *, today: date) -> Assessment | None:
    """The baseline that an athlete's programmes counted from first; None where none was complete yet."""
    return first_counted_from(entries_of(store, athlete), surface, today=today)


def curve_of(baseline: Assessment) -> SpeedCurve | None:
    """The runner's own cadence over speed; None where the baseline is of one speed, or a speed is not known."""
    points = baseline.points
    speeds = [speed_mps for speed_mps, _ in points]
    if len(points) < len(baseline.counted) or max(speeds) - min(speeds) < ANOTHER_SPEED_MPS:
        return None
    return SpeedCurve.fit(points, surface=baseline.surface)


def settings_for(store: Store, settings: Settings, athlete: str | None) -> Settings:
    """The settings of a machine with the athlete's own language and kind of voice.

    Raises:
        UsageError, JournalError: the profile cannot be read, or names a voice there is none of
    """
    if athlete is None or not is_athlete(store, athlete):
        return settings
    profile = store.read_profile(athlete)
    settings = speak(store.machine, settings, profile.language)
    own = {"engine": profile.voice, "words": profile.words}
    told = settings.voice.model_dump() | {name: value for name, value in own.items() if value}
    try:
        return settings.model_copy(update={"voice": VoiceTable.model_validate(told)})
    except ValidationError as error:
        faults = "; ".join(fault_words(fault["loc"], fault) for fault in error.errors())
        raise UsageError(f"the profile of {athlete}: {faults}") from error


def reader_words(store: Store, athlete: str | None = None, language: str | None = None) -> Phrasebook:
    """The words for somebody who reads: in the language asked for, else the athlete's, else that of the settings.

    Args:
        store: where athletes are kept
        athlete: pseudonym, or a label that nobody is kept under; None looks at no athlete
        language: as asked for; None is not
    Raises:
        UsageError: the settings or the file they name cannot be used, or there is no such language
    """
    settings = find_settings(store.machine, None)
    if not language:
        settings = settings_for(store, settings, athlete)
    return phrasebook_of(store.machine, speak(store.machine, settings, language))


def is_athlete(store: Store, name: str) -> bool:
    """Whether an athlete is kept under a name, which may be a label that is no pseudonym."""
    try:
        return store.is_kept(name)
    except UsageError:
        return False
