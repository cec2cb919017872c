"""What hears a live session: the audio process, with everything it may need prepared before the start.

Stream time runs behind session time by a constant: long enough that every command reaches the engine before its frame
is due. A constant delay does not change the beat; it is part of the latency the journal states.
"""

from functools import partial

from cadencecoach.app.hearing.engine_factory import make_engine
from cadencecoach.app.hearing.performer import Performer
from cadencecoach.app.hearing.score import Score, score_of
from cadencecoach.app.hearing.speech import Speech
from cadencecoach.app.hearing.voices import open_voice
from cadencecoach.app.opening.settings import Settings
from cadencecoach.coach.actions import Action
from cadencecoach.devices.assets import asset
from cadencecoach.devices.audio_port import AudioSettings, AudioStatus, LiveAudio
from cadencecoach.devices.clock import HostClock
from cadencecoach.plan.model import Plan
from cadencecoach.record.lines import Line, sound_line
from cadencecoach.sound.rate import FS_HZ

GONE = "the sound device is gone: the session goes on silent"
REACH_S = 0.08  # from deciding to the engine: one turn of the session's loop, the pipe, one block


class CardClock:
    """Session time to stream time of a card that plays: by the measured map, plus the constant delay."""

    def __init__(self, audio: LiveAudio, clock: HostClock) -> None:
        """Fix the delay."""
        self._audio = audio
        self._clock = clock
        self.delay_s = audio.status().latency_s + REACH_S

    def stream_s(self, session_s: float) -> float:
        """The stream time that is heard `delay_s` after a session time."""
        host_s = self._clock.origin_s + session_s + self.delay_s
        return self._audio.clock_map().frame(host_s) / FS_HZ

    def session_s(self, stream_s: float) -> float:
        """The session time at which a stream time is heard."""
        return self._audio.clock_map().host_s(stream_s * FS_HZ) - self._clock.origin_s


class CardEar:
    """Plays a session.

    Attributes:
        message: what the runner should know about the sound; empty while all is well
    """

    trouble = None  # a card keeps nothing

    def __init__(self, audio: LiveAudio, performer: Performer, *, delay_s: float, message: str) -> None:
        """Take over what `open_card_ear` has started."""
        self._audio = audio
        self._performer = performer
        self._delay_s = delay_s
        self._slip_frames = 0
        self._state = ""
        self._voice_message = message
        self.message = message

    @property
    def busy_until_s(self) -> float:
        """When the last words ordered are over, in session time."""
        return self._performer.busy_until_s

    def perform(self, action: Action) -> float | None:
        """Carry out one action."""
        return self._performer.perform(action)

    def follow(self, time_s: float) -> Line | None:
        """Look at the card; a line for the journal when something about it has changed."""
        status = self._audio.status()
        state = "playing" if status.is_running else "lost"
        if state == self._state and status.slip_frames == self._slip_frames:
            return None
        self._state, self._slip_frames = state, status.slip_frames
        self.message = GONE if state == "lost" else self._voice_message
        return self._line(time_s, status)

    def close(self, time_s: float) -> None:  # noqa: ARG002  # the face
        """Let what is buffered sound, and let go of the card."""
        self._audio.close()

    def _line(self, time_s: float, status: AudioStatus) -> Line:
        return sound_line(time_s, state=self._state, slip_frames=status.slip_frames, latency_s=self._delay_s)


def open_card_ear(
    plan: Plan, settings: Settings, clock: HostClock, device: str | None, *, score: Score | None = None
) -> CardEar:
    """Start the audio process, wait until it plays, and prepare every sentence.

    Raises:
        DeviceError: there is no sound here; the message says why and what to do
    """
    score = score or score_of(plan)
    gains = settings.sound.gains()
    audio = LiveAudio()
    audio.start(
        partial(make_engine, asset("sounds"), gains, score.n_channels),
        AudioSettings(device=device, latency_s=settings.sound.latency_s),
    )
    from cadencecoach.sound.bank import load_bank  # noqa: PLC0415  # numpy, while the audio process has begun to load it

    bank = load_bank(asset("sounds"))
    voice = open_voice(settings.voice, score.words)
    speech = Speech(voice, bank=bank, load=audio.load, fs_hz=FS_HZ, book=score.words)
    speech.prepare(score.sentences)
    speech.close()
    card = CardClock(audio, clock)
    performer = Performer(send=audio.tell, length_s=speech.length_s, gains=gains, clock=card)
    return CardEar(audio, performer, delay_s=card.delay_s, message=speech.trouble or "")
