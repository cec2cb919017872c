"""Everything that is written down, as lines of the journal: one function for each type, found in a table.

No number is rounded here. Beats are computed again from `t` and tempo, and a replayed journal must lead to the same
decisions, so what is written is exactly what was decided.
"""

from collections.abc import Callable
from typing import Any

from cadencecoach.coach.actions import (
    AnswerKey,
    EndSession,
    EnterStage,
    GiveCue,
    Pause,
    Resume,
    SetBand,
    SetBaseline,
    SetClick,
    SetGate,
    SetGrade,
    SetHelp,
    SetMuted,
    SetOffSpeed,
    SetTempo,
    SetVoice,
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
)
from cadencecoach.gait.reading import Estimate, Feet, Reading

Line = dict[str, object]


def line_of(thing: object) -> Line | None:
    """The line of a reading, an estimate, an event or an action; None for what leaves no trace.

    Raises:
        TypeError: nothing is known about this type (a mistake in the program)
    """
    make = _LINE_OF.get(type(thing))
    if make is None:
        raise TypeError(f"no journal line is defined for {type(thing).__name__}")
    return make(thing)


def payload_line(time_s: float, source: str, payload: bytes, sensor: str = "") -> Line:
    """Bytes as they came from a sensor (`rsc`, `hr`, `treadmill`, `accel`), decodable or not, and from which."""
    return {"t": time_s, "what": "payload", "source": source, "hex": payload.hex(), **_whose(sensor)}


def link_line(time_s: float, *, state: str, source: str, name: str) -> Line:
    """A sensor has been `connected` or `lost`; once for each thing it brings."""
    return {"t": time_s, "what": "link", "state": state, "source": source, "name": name}


def lead_line(time_s: float, *, source: str, name: str) -> Line:
    """Which sensor is listened to from now on."""
    return {"t": time_s, "what": "lead", "source": source, "name": name}


def cue_line(cue: GiveCue, *, actual_s: float | None) -> Line:
    """A cue and when it began to sound, in session time; None when it was not heard or nobody can say."""
    return {
        "t": cue.time_s,
        "what": "cue",
        "kind": cue.kind.value,
        "text": cue.text,
        "reason": cue.reason.value,
        "requested_s": cue.time_s,
        "actual_s": actual_s,
    }


def sound_line(time_s: float, *, state: str, slip_frames: int | None, latency_s: float | None) -> Line:
    """How the sound card does: its state, frames it has slipped so far, seconds from asking to hearing."""
    return {"t": time_s, "what": "sound", "state": state, "slip_frames": slip_frames, "latency_s": latency_s}


def unit_line(time_s: float, unit: str, sensor: str = "") -> Line:
    """How the sensor's numbers are read from now on; which one's, if it has a name."""
    return {"t": time_s, "what": "unit", "unit": unit, **_whose(sensor)}


def note_line(time_s: float, *, about: str, text: str) -> Line:
    """Something for the record that is no decision of the coach."""
    return {"t": time_s, "what": "note", "about": about, "text": text}


def kept_line(time_s: float, reading: Reading, feet: Feet) -> Line:
    """A reading of the past that could not be read when it came (`came_s`), and what the feet did then."""
    return {**_reading(reading), "t": time_s, "came_s": reading.time_s, "feet": feet.value}


def placement_line(time_s: float, placement: str, sensor: str = "") -> Line:
    """Where a sensor of acceleration sits, as far as its signal tells; which one's, if it has a name."""
    return {"t": time_s, "what": "placement", "placement": placement, **_whose(sensor)}


def _whose(sensor: str) -> Line:
    return {"sensor": sensor} if sensor else {}


def _reading(reading: Reading) -> Line:
    line: Line = {"t": reading.time_s, "what": "reading", "cadence_spm": reading.cadence_spm}
    if reading.speed_mps is not None:
        line["speed_mps"] = reading.speed_mps
    if reading.hr_bpm is not None:
        line["hr_bpm"] = reading.hr_bpm
    if reading.is_running is not None:
        line["is_running"] = reading.is_running
    return line


def _estimate(estimate: Estimate, time_s: float) -> Line:
    return {
        "t": time_s,
        "what": "estimate",
        "cadence_spm": estimate.cadence_spm,
        "age_s": estimate.age_s,
        "quality": estimate.quality,
        "n_readings": estimate.n_readings,
    }


def _feet(event: FeetChanged) -> Line | None:
    if event.feet is Feet.UNKNOWN:  # the format has no word for it: nothing has been seen, so nothing is written
        return None
    return {"t": event.time_s, "what": "feet", "state": event.feet.value}


def _stage(action: EnterStage) -> Line:
    band = action.band
    return {
        "t": action.time_s,
        "what": "stage",
        "index": action.index,
        "name": action.name,
        "target_spm": None if band is None else band.target_spm,
        "low_spm": None if band is None else band.low_spm,
        "high_spm": None if band is None else band.high_spm,
        "beat": action.beat.value,
        "feedback": action.feedback.value,
        "ramp_s": action.ramp_s,
        "help_ratio": action.help_ratio,
        "is_probe": action.is_probe,
    }


def _baseline(action: SetBaseline) -> Line:
    line: Line = {
        "t": action.time_s,
        "what": "baseline",
        "cadence_spm": action.cadence_spm,
        "n_readings": action.n_readings,
    }
    return line if action.running_s is None else {**line, "running_s": action.running_s}


def _note(action: WriteNote) -> Line:
    line: Line = {"t": action.time_s, "what": "note", "about": action.about, "text": action.text}
    if action.level is not None:
        line["level"] = action.level
    if action.answer:
        line["answer"] = action.answer
    return line


def _click(action: SetClick) -> Line:
    click = action.click
    return {
        "t": action.time_s,
        "what": "click",
        "sound": click.sound,
        "every": click.every.value,
        "accent": click.accent.value,
        "pan": click.pan,
        "silent_ratio": click.silent_ratio,
        "seed": click.seed,
    }


_LINE_OF: dict[type, Callable[[Any], Line | None]] = {
    Reading: _reading,
    Estimate: lambda estimate: _estimate(estimate, estimate.time_s),
    CadenceEstimated: lambda event: _estimate(event.estimate, event.time_s),
    FeetChanged: _feet,
    SensorSenseless: lambda _: None,  # a note says what made no sense
    StepsHeard: lambda _: None,  # they follow from the payloads
    SoundDelayed: lambda _: None,  # the line of the sound card says it
    ClockReached: lambda _: None,  # time passing is not news; what came of it is written
    Interrupted: lambda _: None,  # the end it leads to is written, with its reason
    KeyPressed: lambda event: {"t": event.time_s, "what": "key", "key": event.key.value},
    PainRated: lambda event: {"t": event.time_s, "what": "key", "key": "digit", "level": event.level},
    EnterStage: _stage,
    SetHelp: lambda action: {"t": action.time_s, "what": "help", "is_on": action.is_on},
    SetOffSpeed: lambda action: {"t": action.time_s, "what": "speed", "is_off": action.is_off},
    SetBaseline: _baseline,
    SetTempo: lambda action: {
        "t": action.time_s,
        "what": "tempo",
        "spm": action.tempo_spm,
        "ramp_s": action.ramp_s,
    },
    SetBand: lambda action: {"t": action.time_s, "what": "band", "state": action.state.value},
    GiveCue: lambda cue: cue_line(cue, actual_s=None),
    Pause: lambda action: {"t": action.time_s, "what": "pause"},
    Resume: lambda action: {"t": action.time_s, "what": "resume"},
    SetMuted: lambda action: {"t": action.time_s, "what": "mute", "is_muted": action.is_muted},
    SetVoice: lambda action: {"t": action.time_s, "what": "voice", "is_muted": action.is_muted},
    SetClick: _click,
    SetGate: lambda action: {"t": action.time_s, "what": "gate", "is_open": action.is_open},
    SetGrade: lambda action: {"t": action.time_s, "what": "grade", "grade": action.grade},
    WriteNote: _note,
    AnswerKey: lambda _: None,  # it is shown, and follows from the key
    EndSession: lambda action: {"t": action.time_s, "what": "end", "reason": action.reason.value},
}
