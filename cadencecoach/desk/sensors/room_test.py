"""Whether a microphone would hear the steps in this room: listened to for some seconds while somebody runs."""

from collections import Counter
from dataclasses import dataclass
from statistics import median

from cadencecoach.devices.clock import HostClock
from cadencecoach.devices.signals import StopRequests
from cadencecoach.errors import DeviceError, Reason
from cadencecoach.gait.hearing.verdict import Unheard
from cadencecoach.gait.microphone import decode_heard
from cadencecoach.live.sensors.microphone_child import Heard, Listening
from cadencecoach.live.sensors.microphone_port import MicrophonePort

LISTENED_S = 20.0
TURN_S = 0.5
NOTHING_AFTER_S = 5.0
WILL_DO = 0.5  # of the looks

REASONS = {
    Unheard.NO_RHYTHM: "no steps were heard. If somebody ran meanwhile, put the computer nearer to the deck",
    Unheard.MACHINE: "a machine's rhythm covers the steps. Put the computer farther from the motor",
    Unheard.NOTES: "voices or music cover the steps. Switch them off",
    Unheard.CHANGING: "what was heard changed all the time. Run evenly and try again",
    Unheard.EXACT: "what was heard is too even to be somebody running: a metronome or a machine",
    Unheard.ZEROS: "the microphone sends nothing but silence. Switch it on, or allow it in the privacy settings",
    Unheard.STARTING: "too little was heard. Try again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomTest:
    """What was heard.

    Attributes:
        device: with which microphone
        n_looks, n_told: seconds it could judge, and in which it would have told a step rate
        cadence_spm: the middle of those; None where there is none
        found_spm, alike: of the best period in the middle, told or not, and how alike its steps are, 0 to 1
        level_db: of the sound in the middle, 0 is the loudest there can be; None: silence
        notes: held at a time, of voices or music
        reason: why it mostly told nothing; empty where the room will do
    """

    device: str
    n_looks: int
    n_told: int
    cadence_spm: float | None
    found_spm: float | None
    alike: float
    level_db: float | None
    notes: float
    reason: str

    @property
    def will_do(self) -> bool:
        """Whether steps would be told here most of the time."""
        return not self.reason


def listen_to_room(port: MicrophonePort, listening: Listening, seconds: float = LISTENED_S) -> RoomTest:
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
        reason="" if told and len(told) >= WILL_DO * len(judged) else REASONS.get(main, REASONS[Unheard.NO_RHYTHM]),
    )


def lines_of(test: RoomTest) -> tuple[str, ...]:
    """What a person is told."""
    level = "silence" if test.level_db is None else f"{test.level_db:.0f} dB"
    if test.found_spm is None:
        found = "no rhythm"
    else:
        found = f"the best rhythm was {test.found_spm:.0f} a minute, {100 * test.alike:.0f} % alike"
    heard = f"Level {level}, {test.notes:.1f} notes held at a time (voices, music: from 0.9); {found}."
    spoke = f"It would have told a cadence in {test.n_told} of {test.n_looks} seconds."
    if test.will_do:
        return heard, spoke, f"This room will do: {test.cadence_spm:.0f} steps a minute. Is that what you ran?"
    return heard, spoke, f"This room will not do as it is: {test.reason}."
