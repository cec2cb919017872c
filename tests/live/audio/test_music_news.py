"""What a runner is told of the music, and for how long."""

from clicked_songs import clicked_song

from cadencecoach.live.audio.music import Music
from cadencecoach.live.audio.music_news import MOST_BROKEN_TOLD, SHOWN_S, MusicNews
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN as TEXTS

SONGS = tuple(clicked_song(name=name, fs_hz=1000, duration_s=2.0).song for name in "abc")


def news() -> MusicNews:
    """Of three songs."""
    return MusicNews(Music(songs=SONGS, by_stage=((0, 1, 2),)), TEXTS)


def test_what_has_happened_is_shown_for_a_while() -> None:
    """A song that cannot be read, while the next one plays already; and a late moment."""
    told = news()
    told.note(10.0, {0: "gone"}, 0)
    told.play(10.0, 1, is_wanted=True)
    told.look(10.0 + SHOWN_S - 1)
    assert told.message == "a cannot be read; the next song plays"
    told.look(10.0 + SHOWN_S + 1)
    assert told.message == ""
    told.note(30.0, {0: "gone"}, 1)
    assert told.message == TEXTS.music_late
    told.look(30.0 + SHOWN_S + 1)
    assert told.message == ""


def test_why_the_click_is_heard_is_shown_until_a_song_is_or_none_is_wanted() -> None:
    """No song fits; and a process that is lost: both stand as long as they are so."""
    told = news()
    told.play(0.0, None, is_wanted=True)
    told.look(100.0)
    assert told.message == TEXTS.music_fits_not
    told.play(100.0, None, is_wanted=False)
    assert told.message == ""
    told.play(110.0, 2, is_wanted=True)
    told.lose(120.0)
    told.look(200.0)
    assert (told.message, told.song, told.next_index) == (TEXTS.music_gone, "", 3)
    told.play(201.0, 0, is_wanted=True)
    assert (told.message, told.song) == ("", "a")


def test_a_stick_that_is_pulled_out_does_not_fill_the_journal() -> None:
    """Thousands of songs that cannot be read are a few lines."""
    songs = SONGS * 500
    told = MusicNews(Music(songs=songs, by_stage=(tuple(range(len(songs))),)), TEXTS)
    told.note(1.0, dict.fromkeys(range(len(songs)), "gone"), 0)
    assert len(list(told.take_lines())) == MOST_BROKEN_TOLD
