"""What is told of a session's music: its song, why the click comes in its place, each once."""

from collections import deque
from collections.abc import Iterable, Mapping

from cadencecoach.live.audio.music import Music
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.record.lines import MusicLine

SHOWN_S = 8.0  # of what has happened and is over
MOST_BROKEN_TOLD = 10  # at once


class MusicNews:
    """The news of one session.

    Attributes:
        next_index: the place of the song after the one played last
    """

    def __init__(self, music: Music, texts: ScreenTexts) -> None:
        """Nothing is heard yet."""
        self._music, self._texts = music, texts
        self._lines: deque[MusicLine] = deque()
        self._broken: set[int] = set()
        self._n_late = 0
        self._song: int | None = None
        self.next_index = music.first
        self._has_told_of_click = False
        self._why_click = ""  # until a song is heard
        self._happened, self._happened_s = "", 0.0

    @property
    def message(self) -> str:
        """What the runner should know; empty while all is well."""
        return self._happened or self._why_click

    def look(self, time_s: float) -> None:
        """What has happened long ago is not told any more."""
        if time_s > self._happened_s + SHOWN_S:
            self._happened = ""

    @property
    def song(self) -> str:
        """The title of the song that is heard; empty where none is."""
        return "" if self._song is None else self._music.title(self._song)

    def play(self, time_s: float, index: int | None, *, is_wanted: bool) -> None:
        """A song is heard from a session time on; None: the click is."""
        self._song = index
        if index is not None:
            self.next_index = index + 1
            self._lines.append(MusicLine(time_s, state="playing", song=self._music.title(index)))
            self._why_click = ""
        elif not is_wanted:
            self._why_click = ""
        elif not self._has_told_of_click:
            self._has_told_of_click = True
            self._lines.append(MusicLine(time_s, state="click", song=""))
            self._why_click = self._texts.music_fits_not

    def end_beat(self) -> None:
        """Nothing is heard."""
        self._song = None

    def note(self, time_s: float, broken: Mapping[int, str], n_late: int) -> None:
        """What could not be read so far, and how often the music came too late."""
        new = sorted(broken.keys() - self._broken)
        self._broken.update(new)
        for index in new[:MOST_BROKEN_TOLD]:  # a stick that was pulled out is thousands of songs
            self._lines.append(MusicLine(time_s, state="broken", song=self._music.title(index)))
            self._tell(time_s, fill(self._texts.music_broken, song=self._music.title(index)))
        if n_late > self._n_late:
            if not self._n_late:
                self._tell(time_s, self._texts.music_late)
            self._n_late = n_late
            self._lines.append(MusicLine(time_s, state="late", song=self.song))

    def lose(self, time_s: float) -> None:
        """The process that makes music is lost; another one counts anew how often it is late."""
        self._song, self._n_late = None, 0
        self._why_click = self._texts.music_gone
        self._lines.append(MusicLine(time_s, state="gone", song=""))

    def _tell(self, time_s: float, text: str) -> None:
        self._happened, self._happened_s = text, time_s

    def take_line(self) -> MusicLine | None:
        """The oldest line that was not taken yet."""
        return self._lines.popleft() if self._lines else None

    def take_lines(self) -> Iterable[MusicLine]:
        """All of them."""
        while self._lines:
            yield self._lines.popleft()
