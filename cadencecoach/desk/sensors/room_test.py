"""Whether a microphone would hear the steps in this room: listened to for some seconds while somebody runs."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.signals import StopRequests
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.gait.hearing.verdict import Unheard
from cadencecoach.gait.microphone import decode_heard
from cadencecoach.live.sensors.microphone_child import Heard, Listening
from cadencecoach.live.sensors.microphone_port import MicrophonePort, open_port
from cadencecoach.plan.forms import fill
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.store.protocol import Store
from cadencecoach.store.stored import reader_words

LISTENED_S = 20.0
TURN_S = 0.5
NOTHING_AFTER_S = 5.0
WILL_DO = 0.5  # of the looks

TellRatio = Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTest:
    """What was heard.

    Attributes:
        device: with which microphone
        n_looks, n_told: how often it could judge, twice a second, and how often it would have told a step rate
        cadence_spm: the middle of those; None where there is none
        found_spm, alike: of the best period in the middle, told or not, and how alike its steps are, 0 to 1
        level_db: of the sound in the middle, 0 is the loudest there can be; None: silence
        notes: held at a time, of voices or music
        unheard: why it mostly told nothing; None where the room will do
    """

    device: str
    n_looks: int
    n_told: int
    cadence_spm: float | None
    found_spm: float | None
    alike: float
    level_db: float | None
    notes: float
    unheard: Unheard | None

    @property
    def will_do(self) -> bool:
        """Whether steps would be told here most of the time."""
        return self.unheard is None


def judge_room(tell_ratio: TellRatio, path: Path, store: Store) -> None:
    """Listen with the system's own microphone, and write in one line whether this room will do. No sound is kept.

    Args:
        tell_ratio: told how far it is
        path: of the file
        store: whose settings say the language
    Raises:
        DeviceError: there is no microphone that may be opened, or it stopped speaking
    """
    port, listening = open_port("")
    test = listen_to_room(port, listening, tell_ratio)
    path.write_text(f"{result_line(test, reader_words(store).page)}\n", encoding="utf-8")


def listen_to_room(
    port: MicrophonePort, listening: Listening, tell_ratio: TellRatio = lambda _: None, seconds: float = LISTENED_S
) -> RoomTest:
    """Listen for so long, or until somebody asks to stop; the microphone is given back.

    Raises:
        DeviceError: it stopped speaking
    """
    heard = list[Heard]()
    clock = HostClock()
    newest_s = 0.0
    try:
        with StopRequests() as stop:
            while clock.now_s() < seconds and not stop.is_set:
                word = port.wait(TURN_S)
                tell_ratio(clock.now_s() / seconds)
                if isinstance(word, Heard):
                    heard.append(word)
                    newest_s = clock.now_s()
                elif word is not None or clock.now_s() - newest_s > NOTHING_AFTER_S:
                    raise DeviceError(f"{listening.device} stopped while listening", Reason.VANISHED)
    finally:
        port.close()
    return judge(listening.device, heard)


def judge(device: str, heard: list[Heard]) -> RoomTest:
    """What all that was heard comes to."""
    words = [decode_heard(one.payload) for one in heard]
    judged = [one for one in words if one.unheard != Unheard.STARTING]
    told = [one.cadence_spm for one in judged if one.cadence_spm is not None]
    why = Counter(one.unheard for one in judged if one.unheard)
    main = Unheard(why.most_common(1)[0][0]) if why else Unheard.STARTING
    found = [(one.found_spm, one.alike) for one in heard if one.found_spm is not None]
    levels = [one.level_db for one in heard if one.level_db > float("-inf")]
    return RoomTest(
        device=device,
        n_looks=len(judged),
        n_told=len(told),
        cadence_spm=median(told) if told else None,
        found_spm=median(spm for spm, _ in found) if found else None,
        alike=median(alike for _, alike in found) if found else 0.0,
        level_db=median(levels) if levels else None,
        notes=median(one.notes for one in heard) if heard else 0.0,
        unheard=None if told and len(told) >= WILL_DO * len(judged) else main,
    )


def result_line(test: RoomTest, texts: PageTexts) -> str:
    """Whether this room will do, in a person's words."""
    if test.unheard is None:
        return fill(texts.room_will_do, cadence=f"{test.cadence_spm:.0f}", device=test.device)
    return fill(texts.room_will_not_do, reason=reason_words(test.unheard, texts), device=test.device)


def reason_words(unheard: Unheard, texts: PageTexts) -> str:
    """Why nothing is told, and what helps."""
    reasons = {
        Unheard.MACHINE: texts.room_machine,
        Unheard.NOTES: texts.room_notes,
        Unheard.CHANGING: texts.room_changing,
        Unheard.EXACT: texts.room_exact,
        Unheard.ZEROS: texts.room_zeros,
        Unheard.STARTING: texts.room_too_short,
    }
    return reasons.get(unheard, texts.room_no_steps)


def lines_of(test: RoomTest, texts: PageTexts) -> tuple[str, ...]:
    """What was heard, and whether this room will do."""
    level = "silence" if test.level_db is None else f"{test.level_db:.0f} dB"
    if test.found_spm is None:
        found = "no rhythm"
    else:
        found = f"the best rhythm was {test.found_spm:.0f} a minute, {100 * test.alike:.0f} % alike"
    heard = f"Level {level}, {test.notes:.1f} notes held at a time (voices, music: from 0.9); {found}."
    spoke = f"It would have told a cadence at {test.n_told} of {test.n_looks} looks, two a second."
    return heard, spoke, result_line(test, texts)
