"""What every kind of session needs before it begins, from the words of the command line."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from zlib import crc32

from cadencecoach.coach.actions import Action
from cadencecoach.coach.coaching import Coaching, guided, with_messages
from cadencecoach.coach.phrases import length_of_words_s
from cadencecoach.coach.volume import Volume
from cadencecoach.devices.sound_tags import SoundTags
from cadencecoach.gait.speed_curve import SpeedCurve
from cadencecoach.gait.taps import TappedCadence
from cadencecoach.live.audio.music import NO_MUSIC, Music
from cadencecoach.live.audio.score import Score, score_of
from cadencecoach.live.opening.header import header_of
from cadencecoach.live.opening.music import check_music, kept_songs, music_of, plan_with_music, without_paths
from cadencecoach.live.opening.opened import OpenedFeet, closed_if_refused
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.sources import open_feet
from cadencecoach.live.opening.starting_baseline import find_baseline
from cadencecoach.live.opening.tapping import tap_baseline
from cadencecoach.plan.feedback import HowMuch
from cadencecoach.plan.how_much import say_as_chosen
from cadencecoach.plan.model import Plan
from cadencecoach.plan.music import OFF, ON, music_asked
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.entries import is_practice
from cadencecoach.record.journal import Header
from cadencecoach.record.rows import PRACTICE
from cadencecoach.session.audio_output import AudioOutput
from cadencecoach.session.decisions import Watch
from cadencecoach.session.host import NOBODY, Person
from cadencecoach.session.recorder import SessionRecorder
from cadencecoach.session.session import Session
from cadencecoach.store.athlete_log import every_entry_of
from cadencecoach.store.machine import Machine
from cadencecoach.store.phrases import phrasebook_of, speak
from cadencecoach.store.protocol import Store
from cadencecoach.store.settings import Settings, find_settings
from cadencecoach.store.stored import settings_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A session that can begin.

    Attributes:
        plan: what is run
        machine: what this computer keeps beside the athletes
        settings: those that hold
        opened: the source of steps
        baseline_spm: what the session goes by at its start: given, stored, or of the plan; None where it is measured
        curve: the same over speed; None where it is one cadence for all
        header: of the journal
        score: what may be heard
        coaching: who decides
        tags: of a sound file; None: those of the plan
        tapped: the baseline, where it was tapped just now
    """

    plan: Plan
    machine: Machine
    settings: Settings
    opened: OpenedFeet
    baseline_spm: float | None
    curve: SpeedCurve | None
    header: Header
    score: Score
    coaching: Coaching
    tags: SoundTags | None = None
    tapped: TappedCadence | None = None


def prepare(store: Store, request: Request, extra: Mapping[str, object], person: Person = NOBODY) -> Prepared:
    """Open everything a session reads from.

    Args:
        store: where athletes are kept
        request: the words
        extra: further keys of the journal's header
        person: who says which sensor is theirs
    Raises:
        CadencecoachError: whatever is wrong with the words or the files they name
    """
    from cadencecoach.store.plan_files import find_plan, open_plan  # noqa: PLC0415  # yaml: a metronome has no plan

    return prepare_plan(store, open_plan(find_plan(store.machine, request.plan_name)), request, extra, person)


def prepare_plan(
    store: Store,
    plan: Plan,
    request: Request,
    extra: Mapping[str, object],
    person: Person = NOBODY,
    messages: Mapping[str, str] = MappingProxyType({}),
) -> Prepared:
    """The same for a plan that is at hand: that of a programme, with the day's values and the clinician's limits.

    Args:
        store: where athletes are kept
        plan: what is run; the request's plan name is not looked at
        request: the other words
        extra: further keys of the journal's header; for a session of a programme `programme`
        person: who says which sensor is theirs
        messages: words of those that may be spoken on a key, by id, the newest first
    Raises:
        CadencecoachError: whatever is wrong with the words or the files they name
    """
    settings = settings_of(store, request)
    if is_practice(every_entry_of(store, request.athlete or "")):
        extra = {**extra, PRACTICE: True}
    words = phrasebook_of(store.machine, settings)
    plan, music, notes = with_songs(store.machine, plan, request, words, is_of_programme="programme" in extra)
    plan = say_as_chosen(plan, HowMuch(settings.voice.words))
    unit, opened = open_asked_feet(store.machine, request, plan, settings, words, person)
    with closed_if_refused(opened):
        opened = replace(opened, notes=(*opened.notes, *notes))
        tap = partial(tap_baseline, person, words.screen)
        baseline = find_baseline(store, request, plan, opened, is_of_programme="programme" in extra, tap=tap)
        curve, extra = baseline.curve, {**extra, **baseline.source}
        lengths_s = {id_: round(length_of_words_s(text), 2) for id_, text in messages.items()}
        extra = {**extra, "messages": lengths_s} if messages else extra
        extra = extra if curve is None else {**extra, "speed_curve": asdict(curve)}
        header = header_of(replace(request, baseline_spm=baseline.cadence_spm), plan, opened, unit=unit, extra=extra)
        return Prepared(
            plan=plan,
            machine=store.machine,
            settings=settings,
            opened=opened,
            baseline_spm=baseline.cadence_spm,
            curve=curve,
            header=header,
            score=score_of(plan, words, music).with_messages(messages),
            coaching=with_messages(coaching_of(plan, baseline.cadence_spm, curve, words), lengths_s.items()),
            tapped=baseline.tapped,
        )


def with_songs(
    machine: Machine, plan: Plan, request: Request, words: Phrasebook, *, is_of_programme: bool = False
) -> tuple[Plan, Music, tuple[str, ...]]:
    """The plan with the music that was asked for, the songs, and what a person should know of them.

    Raises:
        UsageError: the words of `--music` name none
    """
    asks_for_folder = any(one not in {ON, OFF} for one in music_asked(plan))
    if request.music is None and not music_asked(plan):
        return plan, NO_MUSIC, ()
    check_music(request.music)
    plan_file = _file_of_plan(machine, request) if asks_for_folder and not is_of_programme else None
    notes = () if plan_file is not None or not asks_for_folder else (words.screen.music_folder_not_used,)
    plan = plan_with_music(plan, request.music, plan_file)
    seed = crc32((request.started or "").encode())  # another song first on another day, the same in a rehearsal
    music, more = music_of(plan, kept_songs(machine), words.screen, seed=seed)
    return without_paths(plan), music, (*notes, *more)


def _file_of_plan(machine: Machine, request: Request) -> Path | None:
    """The file of a plan that was opened by its path; None for one that has a name here."""
    from cadencecoach.store.plan_files import find_plan, known_plans  # noqa: PLC0415  # yaml: a metronome has no plan

    if not request.plan_name:
        return None
    path = find_plan(machine, request.plan_name)
    return None if path in known_plans(machine).values() else path


def open_asked_feet(
    machine: Machine, request: Request, plan: Plan, settings: Settings, words: Phrasebook, person: Person
) -> tuple[str, OpenedFeet]:
    """What the sensor counts as far as that is said, in the request or the settings, and the source of steps.

    Raises:
        CadencecoachError: as in `open_feet`
    """
    unit = request.unit or settings.feet.unit
    opened = open_feet(
        machine, request.feet_text, plan=plan, seed=request.seed, unit=unit, person=person, texts=words.screen
    )
    return unit, opened


def coaching_of(plan: Plan, baseline_spm: float | None, curve: SpeedCurve | None, words: Phrasebook) -> Coaching:
    """Who decides in a session. A curve is the baseline of every speed; a single one would win over it."""
    return guided(plan, None if curve else baseline_spm, words, curve)


def settings_of(store: Store, request: Request) -> Settings:
    """The settings of this machine, in the language asked for, else the athlete's.

    Raises:
        UsageError, JournalError: the settings or the profile cannot be used, or nobody could be coached in the language
    """
    found = find_settings(store.machine, request.config)
    return speak(store.machine, settings_for(store, found, request.athlete), request.language)


def session_words(store: Store, request: Request) -> Phrasebook:
    """The words a session is run in; raises as `settings_of`."""
    return phrasebook_of(store.machine, settings_of(store, request))


def session_of(
    prepared: Prepared,
    output: AudioOutput,
    recorder: SessionRecorder,
    *,
    volume: Volume | None = None,
    watch: Watch = lambda _: None,
    is_past: Callable[[], bool] = lambda: False,
) -> Session:
    """A session whose actions go to the audio output, and then to the feet.

    Args:
        prepared: what it begins with
        output: hears of what is done
        recorder: of what is written down
        volume: at its beginning; None is that of the output
        watch: of both
        is_past: whether what happens has happened before: then the feet alone hear of it
    """

    def perform(action: Action) -> float | None:
        actual_s = None if is_past() else output.perform(action)
        prepared.opened.feet.hear(action)
        return actual_s

    return Session(
        prepared.plan,
        baseline_spm=prepared.baseline_spm,
        vote=prepared.opened.vote,
        perform=perform,
        write=lambda line: None if is_past() else recorder.write(line),
        watch=lambda thing: None if is_past() else watch(thing),
        coaching=replace(prepared.coaching, begun=replace(prepared.coaching.begun, volume=volume or output.volume)),
        votes=prepared.opened.votes,
        has_sensor=prepared.opened.has_readings,
        takes_taps=prepared.opened.takes_taps,
    )
