"""Who speaks: the first that can; and nothing is synthesised once a session has begun."""

from array import array
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np
import pytest
import soundfile

from cadencecoach.coach.actions import Action, CueKind, CueReason, GiveCue, SetTempo
from cadencecoach.coach.coaching import guided
from cadencecoach.coach.phrases import vocabulary
from cadencecoach.devices.assets import asset
from cadencecoach.devices.output_file import OutputFile
from cadencecoach.errors import DeviceError, Reason, UsageError
from cadencecoach.gait.runner import Runner
from cadencecoach.gait.runner_settings import parse_settings
from cadencecoach.gait.unit import Unit
from cadencecoach.gait.vote import Vote
from cadencecoach.live.audio.file_output import FileOutput
from cadencecoach.live.audio.performer import Performer, SameClock
from cadencecoach.live.audio.score import score_of
from cadencecoach.live.audio.speech import Speech
from cadencecoach.live.audio.voices import LayeredVoice, open_voice
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.model import Plan
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.plan.timeline import Timeline
from cadencecoach.session.audio_output import NoAudio
from cadencecoach.session.feet import SimulatedFeet
from cadencecoach.session.rehearsal import rehearse
from cadencecoach.session.session import Session
from cadencecoach.sound.commands import Bus, Play
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import Settings, VoiceTable

FS_HZ = 48_000
PLANS = sorted(asset("sessions").glob("*.yaml"))


class AnyVoice:
    """Says anything, and keeps what it was asked."""

    trouble = None

    def __init__(self) -> None:
        """Not asked yet."""
        self.asked: list[str] = []
        self.n_closed = 0

    def prepare(self, texts: Iterable[str]) -> "dict[str, array[int]]":
        """Half a second each."""
        new = list(texts)
        self.asked += new
        return {text: array("h", [3277]) * (FS_HZ // 2) for text in new}

    def keep(self, texts: Iterable[str]) -> Mapping[str, int]:  # noqa: ARG002  # the face
        """It keeps nothing."""
        return {}

    def load_kept(self, text: str) -> "array[int] | None":  # noqa: ARG002  # the face
        """None, since nothing is kept."""
        return None

    def close(self) -> None:
        """End it."""
        self.n_closed += 1


class Mute(AnyVoice):
    """Cannot speak."""

    def prepare(self, texts: Iterable[str]) -> "dict[str, array[int]]":
        """It tries."""
        super().prepare(texts)
        raise DeviceError("no such voice", Reason.NO_DEVICE)


def plan_in(path: Path) -> Plan:
    """A plan that comes with the program."""
    return load_plan(path.read_bytes(), path.name)


def run_through(plan: Plan, language: str, perform: Callable[[Action], float | None]) -> None:
    """A session of a plan with a runner who drifts, walks and loses the sensor."""
    settings = parse_settings("wander=3,drift=-6,lost_per_hour=6")
    feet = SimulatedFeet(Runner(settings, seed=4), plan)
    words = find_phrasebook(NO_MACHINE, VoiceTable(language=language))

    def heard(action: Action) -> float | None:
        feet.hear(action)
        return perform(action)

    session = Session(
        plan,
        baseline_spm=164.0,
        vote=Vote(unit=Unit.STRIDES),
        perform=heard,
        write=lambda _: None,
        coaching=guided(plan, 164.0, words),
    )
    rehearse(session, feet, output=NoAudio())


@pytest.mark.slow
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_no_phrase_of_a_plan_is_synthesised_after_the_start(path: Path) -> None:
    """Every cue of a whole session finds its words ready: nothing is asked of the voice, and no tone stands in."""
    voice, plays = AnyVoice(), list[Play]()
    speech = Speech(voice, lengths_s={}, load=lambda *_: None, fs_hz=FS_HZ)
    plan = plan_in(path)
    speech.prepare(score_of(plan).sentences)
    n_asked = len(voice.asked)
    performer = Performer(
        send=lambda command: plays.append(command) if isinstance(command, Play) else None,
        length_s=speech.length_s,
        gains=dict.fromkeys(Bus, 1.0),
        clock=SameClock(),
    )
    spoken: list[GiveCue] = []

    def perform(action: Action) -> float | None:
        if isinstance(action, GiveCue) and action.kind is CueKind.SPOKEN:
            spoken.append(action)
        return performer.perform(action)

    run_through(plan, "en", perform)
    assert len(voice.asked) == n_asked
    assert len(spoken) > 2
    assert {play.bus for play in plays} == {Bus.VOICE}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_in_another_language_all_is_known_before_too(language: str) -> None:
    """Stages, numbers and percents included: all of these are said in the shortest of the plans that have them."""
    plan = plan_in(asset("sessions", "refresher.yaml"))
    known = set(vocabulary(plan, find_phrasebook(NO_MACHINE, VoiceTable(language=language))))
    said: set[str] = set()

    def perform(action: Action) -> float | None:
        if isinstance(action, GiveCue) and action.kind is CueKind.SPOKEN:
            said.update(part + "." for part in action.text.rstrip(".").split(". "))
        return None

    run_through(plan, language, perform)
    assert len([sentence for sentence in said if any(map(str.isdigit, sentence))]) >= 2  # a target, and a percentage
    assert {sentence for sentence in said if sentence not in known} == set()


def test_the_first_that_can_speaks() -> None:
    """One that cannot is closed and told about; one after it is not even opened."""
    mute, able, spare = Mute(), AnyVoice(), AnyVoice()
    voice = LayeredVoice([lambda: mute, lambda: able, lambda: spare])
    assert set(voice.prepare(["a.", "b."])) == {"a.", "b."}
    assert voice.trouble == "not the chosen voice: no such voice"
    assert (mute.n_closed, spare.asked) == (1, [])
    voice.prepare(["c."])
    assert able.asked == ["a.", "b.", "c."]
    assert len(mute.asked) == 2


def test_when_nobody_can_speak_the_first_reason_is_told() -> None:
    """Tones stand in from there on."""
    speech = Speech(LayeredVoice([Mute, Mute]), lengths_s={}, load=lambda *_: None, fs_hz=FS_HZ)
    speech.prepare(["a."])
    assert speech.length_s("a.") is None
    assert speech.trouble is not None
    assert "no such voice" in speech.trouble


@pytest.mark.slow
def test_a_machine_without_any_engine_still_speaks() -> None:
    """The words that come with the program: corrections, numbers, percents; an author's own are tones."""
    loaded: dict[str, int] = {}
    voice = open_voice(VoiceTable(engine="recorded"), ENGLISH)
    speech = Speech(
        voice, lengths_s={}, load=lambda name, clip: loaded.__setitem__(name, len(clip)), fs_hz=FS_HZ, book=ENGLISH
    )
    speech.prepare(["Quicker, lighter steps.", "174.", "93 percent on target.", "Relax your jaw."])
    assert set(loaded) == {"Quicker, lighter steps.", "174.", "93 percent on target."}
    assert speech.length_s("Relax your jaw.") is None
    assert speech.trouble is None


def test_a_piper_voice_that_is_not_there_gives_way() -> None:
    """To espeak-ng, or to the recorded words, and says which file."""
    voice = open_voice(VoiceTable(piper="/nowhere/voice.onnx"), ENGLISH)
    assert voice is not None
    assert len(voice.prepare(["Session over."])["Session over."]) > 0.3 * FS_HZ
    assert voice.trouble is not None
    assert "/nowhere/voice.onnx" in voice.trouble
    voice.close()


def test_nobody_speaks_where_nobody_should() -> None:
    """Engine none."""
    assert open_voice(VoiceTable(engine="none"), ENGLISH) is None


def test_a_language_that_is_not_there_is_named() -> None:
    """With those that are."""
    with pytest.raises(UsageError, match="no phrases in 'sv'; choose de, en, es, fr"):
        find_phrasebook(NO_MACHINE, VoiceTable(language="sv"))


def test_a_clinics_own_phrases_are_said(tmp_path: Path) -> None:
    """A file that changes one of them; one that is not there is one line."""
    ours = tmp_path / "ours.yaml"
    ours.write_text("language: de\nback: Prima!\n", encoding="utf-8")
    book = find_phrasebook(NO_MACHINE, VoiceTable(phrases=str(ours)))
    assert (book.back, book.session_over) == ("Prima!", "Einheit beendet.")
    with pytest.raises(UsageError, match="does not exist; check the name"):
        find_phrasebook(NO_MACHINE, VoiceTable(phrases=str(tmp_path / "gone.yaml")))


def test_a_spoken_cue_is_in_the_recording_where_it_was_said_to_be(tmp_path: Path) -> None:
    """To the frame: from the time the ear answers, the file minus its clicks is the clip."""
    cue = GiveCue(time_s=3.05, kind=CueKind.SPOKEN, text="That's it.", reason=CueReason.BACK, expires_s=9.0)
    files: dict[str, list[Action]] = {"said": [cue], "plain": []}
    begins_s = None
    for name, cues in files.items():
        output = FileOutput(OutputFile(path=tmp_path / f"{name}.wav", name=name), Settings())
        output.perform(SetTempo(time_s=0.0, timeline=Timeline.steady(start_s=0.0, tempo_spm=170.0)))
        output.perform(SetTempo(time_s=2.9, timeline=None))
        begins_s = next((output.perform(one) for one in cues), begins_s)
        output.close(6.0)
    said, plain = (soundfile.read(tmp_path / f"{name}.wav", dtype="int16")[0] for name in files)
    voice = open_voice(VoiceTable(), ENGLISH)
    assert begins_s is not None
    assert voice is not None
    clip = np.asarray(voice.prepare(["That's it."])["That's it."]) / 32767 * Settings().sound.gains()[Bus.VOICE]
    voice.close()
    first = round(begins_s * FS_HZ)
    heard = said[first : first + len(clip)] / 32767
    assert np.array_equal(said[:first], plain[:first])
    assert np.abs(heard - clip).max() < 1e-4
