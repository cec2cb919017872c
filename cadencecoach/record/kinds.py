"""The kinds of lines in a journal, each in one row: its name, its record, what it means, and what it is made from.

Reading, writing, the checks of a file's fields and the table in docs/journal.md follow from it. No number is rounded
here. Beats are computed again from `t` and tempo, and a replayed journal must lead to the same decisions, so what is
written is exactly what was decided.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from typing import Any

from cadencecoach.coach.actions import (
    AnswerKey,
    EndSession,
    EnterStage,
    GiveCue,
    Pause,
    Resume,
    SayMessage,
    SetBand,
    SetBaseline,
    SetClick,
    SetGate,
    SetGrade,
    SetHelp,
    SetMuted,
    SetNoise,
    SetOffSpeed,
    SetTempo,
    SetVoice,
    SetVolume,
    WriteNote,
)
from cadencecoach.coach.events import (
    CadenceEstimated,
    ClockReached,
    FeetChanged,
    Interrupted,
    KeyPressed,
    PainRated,
    SensorSenseless,
    SoundDelayed,
    StepsHeard,
    WentOn,
)
from cadencecoach.gait.reading import Estimate, Feet, Reading
from cadencecoach.record.lines import (
    AliveLine,
    BandLine,
    BaselineLine,
    ClickLine,
    CueLine,
    DigitLine,
    DynamicsLine,
    EndLine,
    EntrainmentLine,
    EstimateLine,
    FeetLine,
    GapLine,
    GateLine,
    GradeLine,
    HelpLine,
    KeyLine,
    LeadLine,
    Line,
    LinkLine,
    MessageLine,
    MusicLine,
    MuteLine,
    NoiseLine,
    NoteLine,
    PauseLine,
    PayloadLine,
    PlacementLine,
    PlanLine,
    ReadingLine,
    ResumeLine,
    SoundLine,
    SpeedLine,
    StageLine,
    TempoLine,
    UnitLine,
    VoiceLine,
    VolumeLine,
)

DIGIT = "key digit"  # a key that says more: `what` is `key`, and `key` is `digit`


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of line.

    Attributes:
        name: what a line has under `what`; of digits, that and the key
        record: its type; the fields follow from it
        meaning: as in docs/journal.md
        made_from: for each event, action or value that it is made from, the function that makes it; the kinds without
            any are made where their values come about
    """

    name: str
    record: type[Line]
    meaning: str
    made_from: Mapping[type, Callable[[Any], Line | None]] = field(default_factory=dict)

    @property
    def what(self) -> str:
        """The first word of its name, which stands in the line."""
        return self.name.partition(" ")[0]

    @property
    def always(self) -> tuple[str, ...]:
        """Fields without which there is no such line; `t` and `what` apart."""
        return tuple(one.name for one in fields(self.record)[1:] if one.default is MISSING)

    @property
    def where_known(self) -> tuple[str, ...]:
        """Fields that may be missing."""
        return tuple(one.name for one in fields(self.record)[1:] if one.default is not MISSING)


def cue_line(cue: GiveCue, actual_s: float | None = None) -> CueLine:
    """A cue and when it began to sound, in session time; None when it was not heard or nobody can say."""
    return CueLine(cue.time_s, cue.kind.value, cue.text, cue.reason.value, requested_s=cue.time_s, actual_s=actual_s)


def message_line(action: SayMessage, actual_s: float | None = None) -> MessageLine:
    """That a message was spoken, by its id, and when it began to sound; None when it was not heard."""
    return MessageLine(action.time_s, action.id, actual_s)


def late_reading_line(time_s: float, reading: Reading, feet: Feet) -> ReadingLine:
    """A reading of the past that could not be read when it came (`came_s`), and what the feet did then."""
    return replace(_reading(reading), t=time_s, came_s=reading.time_s, feet=feet.value)


def _reading(reading: Reading) -> ReadingLine:
    return ReadingLine(reading.time_s, reading.cadence_spm, reading.speed_mps, reading.hr_bpm, reading.is_running)


def _estimate(estimate: Estimate) -> EstimateLine:
    return EstimateLine(
        estimate.time_s, estimate.cadence_spm, estimate.age_s, estimate.quality, n_readings=estimate.n_readings
    )


def _estimate_line(event: CadenceEstimated) -> EstimateLine:
    return replace(_estimate(event.estimate), t=event.time_s)


def _feet(event: FeetChanged) -> FeetLine | None:
    if event.feet is Feet.UNKNOWN:  # the format has no word for it: nothing has been seen, so nothing is written
        return None
    return FeetLine(event.time_s, event.feet.value)


def _stage(action: EnterStage) -> StageLine:
    band = action.band
    return StageLine(
        t=action.time_s,
        index=action.index,
        name=action.name,
        target_spm=None if band is None else band.target_spm,
        low_spm=None if band is None else band.low_spm,
        high_spm=None if band is None else band.high_spm,
        beat=action.beat.value,
        feedback=action.feedback.value,
        ramp_s=action.ramp_s,
        help_ratio=action.help_ratio,
        is_probe=action.is_probe,
        is_warm_up=True if action.is_warm_up else None,
    )


def _baseline(action: SetBaseline) -> BaselineLine:
    return BaselineLine(action.time_s, action.cadence_spm, action.n_readings, action.running_s)


def _click(action: SetClick) -> ClickLine:
    click = action.click
    return ClickLine(
        t=action.time_s,
        sound=click.sound,
        every=click.every.value,
        accent=click.accent.value,
        pan=click.pan,
        silent_ratio=click.silent_ratio,
        seed=click.seed,
    )


def _note(action: WriteNote) -> NoteLine:
    return NoteLine(action.time_s, action.about, action.text, action.level, action.answer or None)


def _gap(event: WentOn) -> GapLine:
    return GapLine(event.time_s, event.gap_s, event.reason, event.boot)


KINDS = (
    Kind(
        "plan",
        PlanLine,
        "of a live session: the plan's text, and the plan as it was resolved (`resolved`: limits, values of a "
        "programme, all defaults), by which a session that broke off goes on. `boot`: this moment by the clock of the "
        "computer that nobody can set, where it has one: `s` since it was started, which has this `id`",
    ),
    Kind(
        "alive",
        AliveLine,
        "of a live session: nothing else was written for a second. It says how long a session ran that was killed",
    ),
    Kind(
        "gap",
        GapLine,
        "the session had broken off and goes on from here, in the stage and second where it was. Session time leaves "
        "the break out; `gap_s` is how long it was (`null`: nobody knows), `reason` is `slept`, `stopped`, "
        "`interrupted` or `broke off`, `boot` as in `plan`. It may follow an `end`, which then counts no more. "
        "What was known of feet and sensors before it holds no more",
        {WentOn: _gap},
    ),
    Kind(
        "link",
        LinkLine,
        "a sensor over the air has been `connected` or `lost`: its name, and what it brings, as below; one line "
        "for each thing",
    ),
    Kind(
        "payload",
        PayloadLine,
        "bytes as they came from a sensor (`rsc`, `hr`, `treadmill`, `accel`, `phone`, `mic`, `taps`), "
        "decodable or not, and the name of the one they came from; for `accel` also the strap's answer to the start, "
        "which begins with `f0`; of `taps` each is one byte, `01`, and its time says the rest. For `phone` the bytes "
        "are ours: [below](#a-phones-samples); for `mic` what was heard in half a second, "
        "[below](#a-microphones-words)",
    ),
    Kind(
        "lead",
        LeadLine,
        "of several sensors that know steps, this one is coached on from now on; `source` is that of the payload "
        "that decided it",
    ),
    Kind(
        "reading",
        ReadingLine,
        "one value of a sensor; a cadence of `null`: it said nothing about it, or nothing that can be read (yet). "
        "With `came_s` it is one of the past, from before it was known what the sensor counts: it came then, the "
        "feet did `feet`, and its speed has been told already; `0`: no steps; `is_running` is the sensor's own "
        "bit",
        {Reading: _reading},
    ),
    Kind(
        "estimate",
        EstimateLine,
        "our step rate, the age of the newest usable reading, quality from 0 to 1",
        {Estimate: _estimate, CadenceEstimated: _estimate_line},
    ),
    Kind(
        "dynamics",
        DynamicsLine,
        "while running, every 5 s at most: vertical oscillation of the trunk, contact time of a foot, length of a "
        "stride (two steps), each with how far off it may be, `null` where it is not known; the speed then; where the "
        "sensor sits that told the first two, and who did (`told_by`: `signal`, the detector; `watch`, `strap`, `pod`, "
        "as in their files); who told the stride (`stride_by`: the same, or `speed` or `belt` over our cadence); which "
        "sensor leads, if it has a name. [dynamics.md](dynamics.md)",
    ),
    Kind(
        "feet",
        FeetLine,
        "`live` (running), `walking`, `still`, `stale` (nothing usable for 3 s), `lost` (5 s, and silent)",
        {FeetChanged: _feet},
    ),
    Kind(
        "unit",
        UnitLine,
        "how the sensor's numbers are read from now on, in words; which one's, if it has a name",
    ),
    Kind(
        "placement",
        PlacementLine,
        "where a sensor of acceleration sits as far as its signal tells: `foot`, `hip`, `chest`, `hip or chest`, "
        "`wrist`",
    ),
    Kind(
        "stage",
        StageLine,
        "`index` from 0; the edges belong to the band, `null` without a target; beat `on`, `off`, `rescue`, "
        "`gated`; feedback `words`, `tones`, `graded`, `noise`, `none`; `ramp_s` from the tempo before to this target; "
        "`help_ratio` from 0 to 1: part of the time that is helped; `is_probe`: measured and not helped. The same "
        "index again: the target has become known, or was changed; an index from before: the stage goes on (the key "
        "for the next one was undone, or a break is over). `is_warm_up` (true): after a break, before stage `index` "
        "goes on",
        {EnterStage: _stage},
    ),
    Kind(
        "help",
        HelpLine,
        "a helped (true) or a silent stretch begins: only in stages with help below 100 %, the first at the start "
        "of such a stage. A probe has one, false; a stage without a target none",
        {SetHelp: lambda action: HelpLine(action.time_s, action.is_on)},
    ),
    Kind(
        "speed",
        SpeedLine,
        "true: the runner has come so far off the speeds the baseline is known for that nothing is judged; false: "
        "that is over. Only in stages whose target is counted from the baseline. Older journals have none",
        {SetOffSpeed: lambda action: SpeedLine(action.time_s, action.is_off)},
    ),
    Kind(
        "grade",
        GradeLine,
        "the click takes a colour, style `graded`: -5 to 5, above zero asks for quicker steps, 0 is the plain click",
        {SetGrade: lambda action: GradeLine(action.time_s, action.grade)},
    ),
    Kind(
        "noise",
        NoiseLine,
        "noise is heard, style `noise`: level 0 to 5, louder the farther from the band, 0 is none",
        {SetNoise: lambda action: NoiseLine(action.time_s, action.level)},
    ),
    Kind(
        "baseline",
        BaselineLine,
        "the baseline is set; `running_s`: how long was run for it. Where less than a third of the stage was run "
        "there is a `note` about `baseline` instead",
        {SetBaseline: _baseline},
    ),
    Kind(
        "tempo",
        TempoLine,
        "the beat takes this tempo (`null`: it stops). One asked for by key has two lines: up to the next beat, "
        "which it moves, and from there",
        {SetTempo: lambda action: TempoLine(action.time_s, action.tempo_spm, action.ramp_s)},
    ),
    Kind(
        "band",
        BandLine,
        "the runner came there: `in`, `below`, `above`",
        {SetBand: lambda action: BandLine(action.time_s, action.state.value)},
    ),
    Kind(
        "cue",
        CueLine,
        "kind `spoken`, `earcon`; the words, or the tone's name; reason as below; when it began to sound (`null`: "
        "not heard, or nobody can say)",
        {GiveCue: cue_line},
    ),
    Kind(
        "message",
        MessageLine,
        "the clinician's message with this `id` was spoken on the key; its words stand in the athlete's log alone; "
        "when it began to sound (`null`: not heard)",
        {SayMessage: message_line},
    ),
    Kind(
        "key",
        KeyLine,
        "`pause`, `up`, `down`, `next`, `mute`, `beat softer`, `beat louder`, `words softer`, `words louder`, "
        "`pain`, `unwell` (something is wrong), `take back`, `unit`, "
        "`message`, `stop`; of the metronome `faster`, `slower`, `tap`, `sound`, `accent`",
        {KeyPressed: lambda event: KeyLine(event.time_s, event.key.value)},
    ),
    Kind(
        "key digit",
        DigitLine,
        "the key `digit`: 0 to 10 (the key `x`). As pressed: a 0 that makes a 10 of a 1 stands here as 0",
        {PainRated: lambda event: DigitLine(event.time_s, "digit", event.level)},
    ),
    Kind(
        "pause",
        PauseLine,
        "the stages stand still from here on",
        {Pause: lambda action: PauseLine(action.time_s)},
    ),
    Kind(
        "resume",
        ResumeLine,
        "they go on",
        {Resume: lambda action: ResumeLine(action.time_s)},
    ),
    Kind(
        "mute",
        MuteLine,
        "the sound is switched off or on",
        {SetMuted: lambda action: MuteLine(action.time_s, action.is_muted)},
    ),
    Kind(
        "volume",
        VolumeLine,
        "how loud the beat, and words with tones, are from now on, by key, in dB over the settings; at 0 s: what was "
        "remembered of the sound device",
        {SetVolume: lambda action: VolumeLine(action.time_s, action.beat_db, action.words_db)},
    ),
    Kind(
        "voice",
        VoiceLine,
        "of the metronome: words are switched off or on",
        {SetVoice: lambda action: VoiceLine(action.time_s, action.is_muted)},
    ),
    Kind(
        "click",
        ClickLine,
        "of the metronome: how the beat clicks from the next beat on; every `step`, `stride`; accent `none`, "
        "`left`, `right`; pan 0 to 1",
        {SetClick: _click},
    ),
    Kind(
        "gate",
        GateLine,
        "of the metronome: clicks are heard, or not; the beat keeps its phase",
        {SetGate: lambda action: GateLine(action.time_s, action.is_open)},
    ),
    Kind(
        "note",
        NoteLine,
        "about `sensor` (its unit was overturned, or it makes no sense), `microphone` (how late it hears our "
        "beat), or `pain` (`level` 0 to 10; `answer` "
        "since 0.2.0: `corrected`, in place of the answer before, `unwell`, something wrong that is on no scale, "
        "`taken back`, the last one counts no more), `limit` (a key asked for more than the clinician allows), "
        "`start` (a beat began in step, and by how much the footfall missed it at the ear: asynchrony; only with "
        "a strap that tells footfalls), `soreness` or `pain before` (told before it would have gone on; `level`, or "
        "`answer` `unwell` for a sign to stop), `hold` (how a beat held in step was met: mean and SD of the "
        "asynchrony, and of how many footfalls), ...; the level where one was given",
        {WriteNote: _note},
    ),
    Kind(
        "sound",
        SoundLine,
        "the sound card: `playing`, `lost`, `silent` (none found yet, the search goes on) or `back`; frames "
        "slipped so far; seconds from session time to the ear",
    ),
    Kind(
        "entrainment",
        EntrainmentLine,
        "at the end of a stage, where a sensor tells footfalls: how steps kept to the beat. Stage from 0; steps "
        "counted; mean asynchrony (footfall minus beat at the ear, negative is early) and circular SD in ms; the part "
        "of steps within 50 ms of a beat",
    ),
    Kind(
        "music",
        MusicLine,
        "the runner's own music: `playing` (a song, by its file's name), `click` (no song fits the tempo), "
        "`late` (it was not ready in time), `broken` (that song cannot be read), `gone` (no more music)",
    ),
    Kind(
        "end",
        EndLine,
        "`finished`, `stopped`, `interrupted`. A journal without it broke off; `is_added` (true): this line was "
        "added afterwards",
        {EndSession: lambda action: EndLine(action.time_s, action.reason.value)},
    ),
)

LEAVES_NO_LINE = frozenset(
    {
        SensorSenseless,  # a note says what made no sense
        StepsHeard,  # they follow from the payloads
        SoundDelayed,  # the line of the sound card says it
        ClockReached,  # time passing is not news; what came of it is written
        Interrupted,  # the end it leads to is written, with its reason
        AnswerKey,  # it is shown, and follows from the key
    }
)
_MAKERS = {source: make for kind in KINDS for source, make in kind.made_from.items()}


def line_of(thing: object) -> Line | None:
    """The line of a reading, an estimate, an event or an action; None for what leaves no trace.

    Raises:
        TypeError: nothing is known about this type (a mistake in the program)
    """
    make = _MAKERS.get(type(thing))
    if make is not None:
        return make(thing)
    if type(thing) in LEAVES_NO_LINE:
        return None
    raise TypeError(f"no journal line is defined for {type(thing).__name__}")
