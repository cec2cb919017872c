"""The metronome's page in a real browser; each story is of the desk, at this computer."""

import http.client
import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from chromium import Browser, chromium
from clicked_songs import clicked_song
from page_rig import PATIENCE_S, Server, wait_until

from cadencecoach.devices.song_file import mark_of
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.store.song_book import KeptSong, SongBook

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]


def show(page: Browser, server: Server, width: int = 390, height: int = 844) -> None:
    """Open the page, with nothing left of an earlier story."""
    page.evaluate("sessionStorage.clear()")
    page.visit(f"http://127.0.0.1:{server.port}/metronome", width=width, height=height)
    page.wait_for("document.querySelector('[data-value=length]').textContent")


def put(page: Browser, **values: object) -> None:
    """Type into fields, wherever they are folded."""
    for name, value in values.items():
        page.evaluate(
            f"(one => {{ one.value = '{value}'; one.dispatchEvent(new Event('input', {{bubbles: true}})) }})"
            f"(document.querySelector('[name={name}]'))"
        )


def tap(page: Browser, selector: str) -> None:
    """Scroll to something, and touch it."""
    page.evaluate(f"document.querySelector('{selector}').scrollIntoView({{block: 'center'}})")
    page.tap(selector)


def tempo(page: Browser) -> str:
    """What the page shows."""
    return str(page.evaluate("document.getElementById('spm').value"))


def fetched(server: Server, path: str) -> bytes:
    """A file as a download gets it."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_S)
    connection.request("GET", path, headers={"Authorization": f"Bearer {server.token}"})
    answer = connection.getresponse()
    assert answer.status == 200
    content = answer.read()
    connection.close()
    return content


def test_the_tempo_is_turned_typed_tapped_and_keyed(page: Browser, server: Server) -> None:
    """A quarter of a turn is fifteen beats; nothing leads out of the range."""
    show(page, server)
    box = "document.getElementById('wheel').getBoundingClientRect()"
    x, y, r = page.evaluate(f"(b => [b.x + b.width / 2, b.y + b.height / 2, b.width * 0.4])({box})")
    for kind, at in (("mousePressed", (x, y - r)), ("mouseMoved", (x + r, y)), ("mouseReleased", (x + r, y))):
        page.call("Input.dispatchMouseEvent", type=kind, x=at[0], y=at[1], button="left", buttons=1, clickCount=1)
    assert tempo(page) == "185"
    page.evaluate("document.getElementById('wheel').focus()")
    for key, now in (("ArrowUp", "186"), ("PageDown", "181"), ("End", "260"), ("ArrowUp", "260"), ("Home", "60")):
        page.type(key)
        assert tempo(page) == now
    page.evaluate("document.activeElement.blur()")
    page.type("PageUp")
    assert tempo(page) == "65"
    page.tap("[data-by='-5']")
    page.tap("[data-by='-1']")
    assert tempo(page) == "60"
    for _ in range(4):
        page.type("t")
    assert tempo(page) == "260"  # a test taps quicker than anybody
    assert page.evaluate("document.getElementById('wheel').getAttribute('aria-valuenow')") == "260"


def test_what_does_not_go_together_is_said_at_its_field(page: Browser, server: Server) -> None:
    """A ramp without a time opens its fold, and nothing is started."""
    show(page, server)
    put(page, to=180)
    page.tap("#start")
    page.wait_for("document.getElementById('ramp-part').open")
    message = page.evaluate("document.querySelector('[name=over]').validationMessage")
    assert message == ENGLISH_PAGE.ramp_needs_time
    assert server.live() == []


def test_a_sound_is_heard_before_it_is_chosen(page: Browser, server: Server) -> None:
    """Choosing it fetches our own clicks and plays them."""
    show(page, server)
    page.evaluate("document.querySelector('[name=click][value=wood]').closest('details').open = true")
    tap(page, "[name=click][value=wood]")
    page.wait_for("document.querySelector('[data-value=click]').textContent === 'wood'")
    page.wait_for(
        "performance.getEntriesByType('resource').some((one) => one.name.endsWith('/sounds/wood-accent.wav'))"
    )
    assert page.complaints == []


def test_a_file_is_made_and_cancelled(page: Browser, server: Server) -> None:
    """Progress is shown; afterwards nothing is left, and another can be made."""
    show(page, server)
    page.evaluate("document.querySelector('[name=form][value=wav]').click()")
    put(page, **{"for": 120})
    tap(page, "#make")
    page.wait_for("document.getElementById('progress').value > 0")
    results = list((server.home / "cache" / "cadencecoach" / "work").rglob("*.wav"))
    assert len(results) == 1
    tap(page, "#cancel")
    page.wait_for("document.getElementById('progress').hidden && document.getElementById('make').offsetParent")
    wait_until(lambda: not results[0].exists())
    assert page.evaluate("document.getElementById('download').hidden")


def test_a_file_is_made_and_its_beats_are_where_they_should_be(page: Browser, server: Server) -> None:
    """A minute at 150, found again by a page that was loaded anew: every click 0.4 s after the one before."""
    show(page, server)
    page.evaluate("document.querySelector('[name=form][value=wav]').click()")
    put(page, spm=150, **{"for": 1})
    tap(page, "#make")
    page.wait_for("document.getElementById('progress').value > 0 || !document.getElementById('download').hidden")
    page.wait_for(
        "!document.getElementById('download').hidden"
    )  # it lets everybody else go first: on a busy machine long
    page.visit(f"http://127.0.0.1:{server.port}/metronome", width=390, height=844)
    page.wait_for("!document.getElementById('download').hidden")
    assert "metronome-150-1min.wav" in page.evaluate("document.getElementById('made').textContent")
    path = page.evaluate("document.getElementById('download').getAttribute('href')")
    samples, fs_hz = soundfile.read(io.BytesIO(fetched(server, path)))
    loud = np.flatnonzero(np.abs(samples) > 0.05)
    begins = loud[np.insert(np.diff(loud) > 0.2 * fs_hz, 0, values=True)]
    begins = begins[begins < 60 * fs_hz]  # what follows is the sound of the end
    assert len(begins) == 150
    assert np.abs(np.diff(begins) / fs_hz - 0.4).max() < 0.001


def test_a_file_has_the_music_of_the_folder_that_was_chosen(page: Browser, server: Server, tmp_path: Path) -> None:
    """Of two folders that hold songs: the sound goes on between the beats, on two sides."""
    book = SongBook(server.home / "cache" / "cadencecoach" / "songs")
    for name, spm in (("easy", 150.0), ("fast", 174.0)):
        made = clicked_song(spm, fs_hz=16_000, duration_s=24.0)
        path = tmp_path / name / "song.flac"
        path.parent.mkdir()
        soundfile.write(path, made.sound, 16_000)
        book.keep(KeptSong(replace(made.song, path=path.resolve()), mark_of(path)))
    show(page, server)
    shown = page.evaluate("[...document.querySelector('[name=music]').options].map((one) => one.text).join('|')")
    assert shown == "My music|My music: easy|My music: fast|Click"
    page.evaluate("(one => { one.value = one.options[2].value; })(document.querySelector('[name=music]'))")
    page.evaluate("document.querySelector('[name=form][value=wav]').click()")
    put(page, spm=172, **{"for": 1})
    tap(page, "#make")
    page.wait_for("document.getElementById('progress').value > 0 || !document.getElementById('download').hidden")
    page.wait_for("!document.getElementById('download').hidden")
    path = page.evaluate("document.getElementById('download').getAttribute('href')")
    samples, fs_hz = soundfile.read(io.BytesIO(fetched(server, path)))
    assert samples.shape[1] == 2
    assert np.mean(np.abs(samples[2 * fs_hz : 20 * fs_hz]) > 1e-4) > 0.9
    book.forget_all()


def test_a_start_takes_all_that_is_asked_for(page: Browser, server: Server) -> None:
    """The session shows the tempo; its journal tells accent and gaps."""
    show(page, server)
    put(page, spm=176, on=60, off=30, say=5)
    page.evaluate("document.querySelector('[name=accent][value=left]').click()")
    page.evaluate("document.querySelector('[name=sound]').value = 'none'")
    page.tap("#start")
    page.wait_for("location.pathname.startsWith('/live/')")
    page.wait_for("document.getElementById('cadence')?.textContent === '176'")
    (session,) = server.live()
    server.ask("DELETE", f"/api/sessions/{session}")
    wait_until(lambda: server.live() == [])
    (journal,) = (server.home / "data" / "cadencecoach" / "sessions").glob("*.jsonl")
    assert '"left"' in journal.read_text()
