"""What is told of a session's music: its song, why the click comes in its place, each once."""

from collections import deque
from collections.abc import Iterable, Mapping

from cadencecoach.live.audio.music import Music
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.record.lines import MusicLine


class MusicNews:
    """The news of one session.

    Attributes:
        message: what the runner should know; empty while all is well
    """

    def __init__(self, music: Music, texts: ScreenTexts) -> None:
        """Nothing is heard yet."""
        self._music, self._texts = music, texts
        self._lines: deque[MusicLine] = deque()
        self._broken: set[int] = set()
        self._n_late = 0
        self._song: int | None = None
        self._has_told_of_click = False
        self.message = ""

    @property
    def song(self) -> str:
        """The title of the song that is heard; empty where none is."""
        return "" if self._song is None else self._music.title(self._song)

    def play(self, time_s: float, index: int | None, *, is_wanted: bool) -> None:
        """A song is heard from a session time on; None: the click is."""
        self._song = index
        if index is not None:
            self._lines.append(MusicLine(time_s, state="playing", song=self._music.title(index)))
            self.message = ""
        elif is_wanted and not self._has_told_of_click:
            self._has_told_of_click = True
            self._lines.append(MusicLine(time_s, state="click", song=""))
            self.message = self._texts.music_fits_not

    def end_beat(self) -> None:
        """Nothing is heard."""
        self._song = None

    def note(self, time_s: float, broken: Mapping[int, str], n_late: int) -> None:
        """What could not be read so far, and how often the music came too late."""
        for index in broken.keys() - self._broken:
            self._broken.add(index)
            self._lines.append(MusicLine(time_s, state="broken", song=self._music.title(index)))
            self.message = fill(self._texts.music_broken, song=self._music.title(index))
        if n_late > self._n_late:
            if not self._n_late:
                self.message = self._texts.music_late
            self._n_late = n_late
            self._lines.append(MusicLine(time_s, state="late", song=self.song))

    def lose(self, time_s: float) -> None:
        """Nobody makes music any more."""
        self._song = None
        self.message = self._texts.music_gone
        self._lines.append(MusicLine(time_s, state="gone", song=""))

    def take_line(self) -> MusicLine | None:
        """The oldest line that was not taken yet."""
        return self._lines.popleft() if self._lines else None

    def take_lines(self) -> Iterable[MusicLine]:
        """All of them."""
        while self._lines:
            yield self._lines.popleft()
