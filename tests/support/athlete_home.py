"""Machines of their own, with athletes, journals and logs on them."""

import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from sessions_folder import keep_journal

from cadencecoach.programme.model import Programme
from cadencecoach.store.programme_files import open_programme

DAY = date(2026, 3, 2)
AT = "2026-03-02T07:00:00Z"
KINDS = ("data", "config", "cache")
TINY = """programme: Tiny
allow: {dose: a test}
limits: {target: +7.5 %, minutes: 45, sessions-a-week: 4}
plans:
  short:
    plan: Short
    baseline: athlete
    stages:
      - {name: Run, duration: 0.2 s, target: +7.5 %, takes: [target]}
days:
  - session: One
    plan: short
    target: +7.5 %
    exercises: [{name: Calf raises, sets: 3, repetitions: 15}]
  - rest: 1 day
  - {session: Two, plan: short, target: +7.5 %}
"""


@cache
def opened(text: str) -> tuple[bytes, Programme]:
    """A programme of one's own, as it is kept, and what it says: read once for all athletes that are put on it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tiny.yaml"
        path.write_text(text, encoding="utf-8")
        return open_programme(path)


@dataclass(frozen=True, slots=True)
class Home:
    """One machine.

    Attributes:
        root: everything of it
    """

    root: Path

    def move_in(self, monkeypatch: pytest.MonkeyPatch) -> "Home":
        """This is the machine from now on."""
        for kind in KINDS:
            folder = f"cadencecoach.devices.user_folders.user_{kind}_path"
            monkeypatch.setattr(folder, lambda name, kind=kind: self.root / kind / name)
        return self

    @property
    def sessions(self) -> Path:
        """The folder of journals."""
        return self.root / "data" / "cadencecoach" / "sessions"

    def athlete(self, name: str) -> Path:
        """The folder of an athlete."""
        return self.root / "data" / "cadencecoach" / "athletes" / name

    def journal(self, day: str, athlete: str, **header: object) -> Path:
        """A session of an athlete."""
        return keep_journal(self.sessions, day, athlete=athlete, **header)

    def holding(self, word: str) -> list[str]:
        """Files anywhere on the machine that hold a word, in their name or in themselves."""
        files = [path for path in self.root.rglob("*") if path.is_file()]
        named = [path for path in self.root.rglob("*") if word in path.name]
        found = {*named, *(path for path in files if word.encode() in path.read_bytes())}
        return sorted(str(path.relative_to(self.root)) for path in found)
