"""Everything stays on this machine, and is its owner's alone."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

PLAN = "plan: Live\nstages:\n  - {name: A, duration: 2 s, target: 170 spm}\n"
# Loaded by every process of Python's that a command starts, at its very beginning. Whatever reaches for a network is
# noted: sockets of the internet's two families, addresses that are none of this machine's own, names asked for.
WATCH = """
import os, socket, sys
ASKING = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"}
REACHING = {"socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"}
note = os.open(os.environ["NOTES"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
os.write(note, b"began\\n")
def watch(event, args):
    is_made = event == "socket.__new__" and args[1] in {socket.AF_INET, socket.AF_INET6}
    is_far = event in REACHING and args[0].family != getattr(socket, "AF_UNIX", None)
    if event in ASKING or is_made or is_far:
        os.write(note, f"{event} {args[1:]}\\n".encode())
sys.addaudithook(watch)
"""


class Home:
    """A user's home, and commands that are run in it while they are watched."""

    def __init__(self, folder: Path) -> None:
        """Empty, but for who watches."""
        self.home, self.watch, self.notes = folder / "home", folder / "watch", folder / "notes"
        self.home.mkdir()
        self.watch.mkdir()
        (self.watch / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
        self.sessions = self.home / "data" / "cadencecoach" / "sessions"

    def run(self, *words: str) -> None:
        """One command."""
        self.python("-m", "cadencecoach", *words)

    def python(self, *words: str) -> None:
        """One process of Python's, and those it starts."""
        folders = {f"XDG_{kind}_HOME": str(self.home / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE")}
        env = {**os.environ, **folders, "HOME": str(self.home), "NOTES": str(self.notes), "PYTHONPATH": str(self.watch)}
        subprocess.run([sys.executable, *words], check=True, capture_output=True, timeout=120, env=env)

    def noted(self) -> list[str]:
        """What was noted, the beginning of every process left out."""
        lines = self.notes.read_text(encoding="utf-8").splitlines()
        assert "began" in lines
        return [line for line in lines if line != "began"]


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home after a rehearsal with a voice and a sound file, listed and shown."""
    folder = tmp_path_factory.mktemp("privacy")
    home = Home(folder)
    journal, plan = home.sessions / "2026-03-01T080000Z.jsonl", folder / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    home.run("rehearse", str(plan), "--journal", str(journal), "--sound", f"file:{folder / 'plan.wav'}")
    home.run("history", "list")
    home.run("history", "show", "last")
    return home


def test_who_watches_sees_a_network(tmp_path: Path) -> None:
    """The tests below can fail: a socket of the internet is noted, also in a process that another one started."""
    code = "import socket; socket.socket(socket.AF_INET).close()"
    home = Home(tmp_path)
    home.python("-c", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {code!r}], check=True)")
    assert [line.split()[0] for line in home.noted()] == ["socket.__new__"]


@pytest.mark.slow
def test_no_network_is_touched_by_a_rehearsal_and_by_history(rehearsed: Home) -> None:
    """Nothing is asked for and nothing is sent, by the voice's process neither."""
    assert rehearsed.noted() == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX")
def test_what_is_written_is_its_owners_alone(rehearsed: Home) -> None:
    """Every file has mode 0600 and every folder 0700: data, settings, caches, whatever the program makes at home."""
    made = {path: stat.S_IMODE(path.stat().st_mode) for path in rehearsed.home.rglob("*")}
    assert rehearsed.sessions / "2026-03-01T080000Z.jsonl" in made
    assert rehearsed.sessions.parent / "index.sqlite" in made
    assert any(path.suffix == ".pcm" for path in made)
    assert {path: oct(mode) for path, mode in made.items() if mode != (0o700 if path.is_dir() else 0o600)} == {}


@pytest.mark.slow
def test_no_network_is_touched_by_a_live_session(tmp_path: Path) -> None:
    """With the sound card looked for, its own process, and everything written down.

    It listens for the page on the loopback interface, which no other machine reaches, and on nothing else.
    """
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    home = Home(tmp_path)
    home.run("run", str(tmp_path / "plan.yaml"), "--feet", "sim", "--sound", "default")
    assert home.noted() == ["socket.__new__ (2, 1, 6)", "socket.bind (('127.0.0.1', 0),)"]
    assert len(list(home.sessions.glob("*.jsonl"))) == 1
