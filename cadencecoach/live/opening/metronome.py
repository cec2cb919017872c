"""From the words of `cadencecoach metronome` to a session that can begin."""

from dataclasses import dataclass, replace

from cadencecoach.coach.clicks import Accent, Click, Every
from cadencecoach.coach.coaching import metronome_alone
from cadencecoach.coach.metronome import (
    DEFAULT_SPM,
    HIGH_SPM,
    LOW_SPM,
    NO_LIMITS,
    BeatLimits,
    MetronomeSettings,
    metronome_plan,
)
from cadencecoach.coach.phrases import metronome_vocabulary
from cadencecoach.devices.assets import asset
from cadencecoach.devices.command_line import command_line
from cadencecoach.devices.sound_tags import SoundTags
from cadencecoach.errors import UsageError
from cadencecoach.live.audio.score import Score
from cadencecoach.live.opening.header import header_of
from cadencecoach.live.opening.opened import OpenedFeet, closed_if_refused
from cadencecoach.live.opening.request import Request
from cadencecoach.live.opening.setup import Prepared, open_asked_feet, with_songs
from cadencecoach.plan.lengths import length_words
from cadencecoach.plan.model import Plan
from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.plan.values import ValueFault, duration_s
from cadencecoach.session.host import NOBODY, Person
from cadencecoach.store.machine import Machine
from cadencecoach.store.phrases import phrasebook_of, speak
from cadencecoach.store.settings import Settings, find_settings

TRY_EACH_S = 4.0
ALBUM = "Metronome"
ALL_PERCENT = 100.0
SHORTEST_MARK_S, SHORTEST_GATE_S = 60.0, 1.0
ACCENT_ENDING = "-accent"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetronomeRequest:
    """The words, as given; None where nothing was.

    Attributes:
        spm: the tempo
        from_spm: ... or where a ramp begins
        to_spm: ... and ends
        over: how long it takes
        for_text: length of the whole
        every: `step` or `stride`
        accent: `none`, `left` or `right`
        pan: 0 to 1
        on: clicks are heard for so long
        off: and silent for so long
        silent: percent of the beats left out by chance
        say_every: the time run is said so often
        click: name of a sound
        try_sounds: `each` plays every sound in turn, `one` does not
    """

    spm: float | None = None
    from_spm: float | None = None
    to_spm: float | None = None
    over: str | None = None
    for_text: str | None = None
    every: str = "step"
    accent: str = "none"
    pan: float = 0.0
    on: str | None = None
    off: str | None = None
    silent: float = 0.0
    say_every: str | None = None
    click: str | None = None
    try_sounds: str = "one"


def prepare_metronome(
    machine: Machine,
    asked: MetronomeRequest,
    request: Request,
    person: Person = NOBODY,
    limits: BeatLimits = NO_LIMITS,
) -> Prepared:
    """Open what a metronome needs.

    Args:
        machine: whose settings and sensors
        asked: the metronome's own words
        request: those it shares with a guided session
        person: who says which sensor is theirs
        limits: what it may not pass, now or by any key
    Raises:
        CadencecoachError: whatever is wrong with the words or the files they name
    """
    settings = speak(machine, find_settings(machine, request.config), request.language)
    metronome = under_limits(metronome_settings(asked, settings, seed=request.seed), limits)
    words = phrasebook_of(machine, settings)
    plan, music, notes = with_songs(machine, metronome_plan(metronome), request, words)
    unit, opened = _open_feet(machine, request, plan, settings, words, person)
    with closed_if_refused(opened):
        opened = replace(opened, notes=(*opened.notes, *notes))
        sentences = metronome_vocabulary(words, metronome.marks_s, metronome.for_s)
        return Prepared(
            plan=plan,
            machine=machine,
            settings=settings,
            opened=opened,
            baseline_spm=None,
            curve=None,
            header=header_of(request, plan, opened, unit=unit, extra=_extra(request)),
            score=Score(
                words=words,
                sentences=sentences,
                counted=frozenset(sentences) - set(metronome_vocabulary(words, None, None)),
                n_channels=2 if metronome.click.pan or music.songs else 1,
                music=music,
            ),
            coaching=metronome_alone(metronome, words),
            tags=metronome_tags(metronome),
        )


def _open_feet(
    machine: Machine, request: Request, plan: Plan, settings: Settings, words: Phrasebook, person: Person
) -> tuple[str, OpenedFeet]:
    """As for a guided session, but that nobody taps steps here: that key taps the tempo."""
    if request.feet_text == "taps":
        raise UsageError("--feet taps is for `run`; with the metronome the key t taps the tempo")
    if request.feet_text == "auto":
        from cadencecoach.live.opening.radio import open_heard  # noqa: PLC0415  # the radio's library is slow to load

        unit = request.unit or settings.feet.unit
        heard = open_heard(machine, unit, person, words.screen)
        if heard is not None:
            return unit, heard
        request = replace(request, feet_text="none")
    return open_asked_feet(machine, request, plan, settings, words, person)


def metronome_tags(metronome: MetronomeSettings) -> SoundTags:
    """What a metronome's file tells a player: `170 spm, 40 min`. Of a ramp the tempo is the one it comes to."""
    tempos = dict.fromkeys(f"{spm:g}" for spm in (metronome.from_spm, metronome.to_spm))
    length = "" if metronome.for_s is None else f", {length_words(metronome.for_s)}"
    return SoundTags(
        title=f"{' to '.join(tempos)} spm{length}",
        album=ALBUM,
        comment="One beat is one step.",
        tempo_spm=metronome.to_spm,
    )


def metronome_settings(asked: MetronomeRequest, settings: Settings, *, seed: int) -> MetronomeSettings:
    """What was asked for, checked.

    Raises:
        UsageError: a value out of range, or values that do not fit together
    """
    from_spm, to_spm, over_s = _tempo(asked)
    on_s, off_s = _gate(asked)
    sounds = click_sounds()
    each_s = TRY_EACH_S if asked.try_sounds == "each" else None
    sound = _sound(settings.sound.click if asked.click is None else asked.click, sounds)
    if not 0 <= asked.silent <= ALL_PERCENT or not 0 <= asked.pan <= 1:
        raise UsageError("--silent takes 0 to 100 percent, --pan 0 (middle) to 1 (each foot in its own ear)")
    return MetronomeSettings(
        from_spm=from_spm,
        to_spm=to_spm,
        over_s=over_s,
        for_s=_seconds("--for", asked.for_text) if each_s is None else each_s * len(sounds),
        on_s=on_s,
        off_s=off_s,
        marks_s=_at_least("--say-every", _seconds("--say-every", asked.say_every), SHORTEST_MARK_S),
        click=Click(
            sound=sound if each_s is None else sounds[0],
            every=Every(asked.every),
            accent=Accent(asked.accent),
            pan=asked.pan,
            silent_ratio=asked.silent / ALL_PERCENT,
            seed=seed,
        ),
        sounds=sounds,
        each_s=each_s,
    )


def highest_spm(asked: MetronomeRequest) -> float:
    """The highest tempo that is asked for.

    Raises:
        UsageError: as `metronome_settings`
    """
    from_spm, to_spm, _ = _tempo(asked)
    return max(from_spm, to_spm)


def length_s(asked: MetronomeRequest) -> float | None:
    """How long it is to last; None is until a key.

    Raises:
        UsageError: it is no time
    """
    return _seconds("--for", asked.for_text) if asked.try_sounds != "each" else TRY_EACH_S * len(click_sounds())


def under_limits(asked: MetronomeSettings, limits: BeatLimits) -> MetronomeSettings:
    """The metronome with both ends of its ramp under the highest tempo, and an end where it would last too long."""
    held = replace(asked, limits=limits.targets)
    lengths_s = [length_s for length_s in (asked.for_s, limits.most_s) if length_s is not None]
    from_spm, to_spm = (min(spm, held.highest_spm) for spm in (asked.from_spm, asked.to_spm))
    over_s = 0.0 if from_spm == to_spm else asked.over_s
    return replace(held, from_spm=from_spm, to_spm=to_spm, over_s=over_s, for_s=min(lengths_s, default=None))


def _extra(request: Request) -> dict[str, object]:
    """Further keys of the journal's header; what runs in virtual time may be written over, as a rehearsal."""
    extra: dict[str, object] = {"metronome": True}
    return extra | {"rehearsal": True} if request.sound_text.startswith("file:") else extra


def click_sounds() -> tuple[str, ...]:
    """Names of the click sounds: those that come with an accent; the default one first."""
    files = asset("sounds").glob(f"*{ACCENT_ENDING}.wav")
    names = sorted(path.stem.removesuffix(ACCENT_ENDING) for path in files)
    return tuple(sorted(names, key=lambda name: name != Click().sound))


def _tempo(asked: MetronomeRequest) -> tuple[float, float, float]:
    over_s = _seconds("--over", asked.over)
    if asked.spm is not None and asked.from_spm is not None:
        raise UsageError(f"a tempo or --from, not both: `{command_line('metronome --from 165 --to 175 --over 20min')}`")
    given = (asked.from_spm, asked.spm, asked.to_spm, DEFAULT_SPM)  # a 0 is given, and refused
    from_spm = next(spm for spm in given if spm is not None)
    to_spm = from_spm if asked.to_spm is None else asked.to_spm
    for spm in (from_spm, to_spm):
        if not LOW_SPM <= spm <= HIGH_SPM:
            wrong = "too fast" if spm > HIGH_SPM else "too slow" if spm < LOW_SPM else "not a tempo"
            raise UsageError(f"{spm:g} is {wrong}; choose {LOW_SPM:g} to {HIGH_SPM:g} beats a minute")
    if from_spm != to_spm and over_s is None:
        raise UsageError(f"from {from_spm:g} to {to_spm:g} over what time? Add for example --over 20min")
    return from_spm, to_spm, over_s if from_spm != to_spm and over_s is not None else 0.0


def _gate(asked: MetronomeRequest) -> tuple[float, float]:
    on_s, off_s = _seconds("--on", asked.on), _seconds("--off", asked.off)
    if on_s is None and off_s is None:
        return float("inf"), 0.0
    if on_s is None or off_s is None:
        raise UsageError("--on and --off go together: --on 1min --off 1min")
    for name, length_s in (("--on", on_s), ("--off", off_s)):
        _at_least(name, length_s, SHORTEST_GATE_S)
    return on_s, off_s


def _sound(name: str, sounds: tuple[str, ...]) -> str:
    if name not in sounds:
        raise UsageError(f"--click {name}: no such sound; choose from {', '.join(sounds)}; hear them with --try-sounds")
    return name


def _seconds(option: str, text: str | None) -> float | None:
    try:
        return None if text is None else duration_s(text)
    except ValueFault as error:
        raise UsageError(f"{option} {text} {error}") from error


def _at_least(option: str, length_s: float | None, least_s: float) -> float | None:
    if length_s is not None and length_s < least_s:
        raise UsageError(f"{option}: {length_s:g} s is too short; allowed from {least_s:g} s on")
    return length_s
