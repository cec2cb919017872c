"""A room is tested from the page, on a private sound server; all sound is simulated."""

import re
from pathlib import Path

import numpy as np
import pytest
from chromium import browser, chromium
from microphone_room import MicrophoneRoom
from page_rig import page_server
from sound_servers import HAS_PULSE, NO_PULSE
from treadmill_scenes import Scene, sound_of

PROGRAM = chromium()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not HAS_PULSE, reason=NO_PULSE),
    pytest.mark.skipif(PROGRAM is None, reason="no Chromium here"),
]
STATE = "document.getElementById('room-state').textContent"


def test_the_desk_tests_a_room_from_the_page_and_no_sound_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cancelled first, which gives the microphone back; then one line says how fast somebody ran, in their language."""
    assert PROGRAM is not None
    made = sound_of(Scene(spm=168), 30.0, seed=7)  # 84 steps: it goes on as it began
    settings = tmp_path / "config" / "cadencecoach" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[voice]\nlanguage = "de"\n', encoding="utf-8")
    with MicrophoneRoom(np.tile(made.samples, 5) * 0.4) as room:
        for name, value in room.environment.items():
            monkeypatch.setenv(name, value)
        with page_server(tmp_path) as server, browser(PROGRAM) as page:
            page.visit(server.address, width=390, height=844)
            page.visit(f"http://127.0.0.1:{server.port}/sensors", width=390, height=844)
            room.begin()
            page.evaluate("document.getElementById('listen').focus()")
            page.type("Enter")
            page.wait_for("document.getElementById('listened').value > 0")
            page.evaluate("document.getElementById('stop-listening').click()")
            page.wait_for("document.getElementById('listened').hidden")
            assert page.evaluate(STATE) == ""
            page.evaluate("document.getElementById('listen').click()")
            page.wait_for(f"document.getElementById('listened').hidden && {STATE}")
            words = page.evaluate(STATE)
    found = re.match(r"Dieser Raum genügt: (\d+) Schritte pro Minute", words)
    assert found is not None, words
    assert abs(int(found[1]) - 168) <= 2  # by the seconds that were listened to
    assert "ccpulse" in words
    kept = {path.suffix for path in tmp_path.rglob("*") if path.is_file()}
    assert not kept & {".txt", ".wav", ".flac", ".ogg", ".mp3"}
