"""Every output of the program, onto everything that may stand where it goes: nothing is lost in silence."""

import os
import re
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from athlete_home import AT, Home
from copied_commands import needs_copies, typed
from sampling import slow_but
from workout_samples import ZWIFT_RUN

from cadencecoach.cli.main import main

THEIRS = b"an hour of somebody's work\n"
PLAN = "plan: Short\nstages:\n  - {name: A, duration: 1 s, target: 170 spm}\n"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and modes of POSIX")


@dataclass(frozen=True)
class Output:
    """One kind of file that the program writes.

    Attributes:
        words: of the command; OUT is the file's place
        name: of the file
        has_mark: one that the program wrote is known by it, and may be replaced
    """

    words: str
    name: str
    has_mark: bool = True

    def call(self, path: Path, *more: str) -> list[str]:
        """The command for one place."""
        return [*(word.replace("OUT", str(path)) for word in self.words.split()), *more]


LIVE = re.compile(r"^run |(mp3|flac)$")  # in real time, or a format that takes long to write
OUTPUTS = {
    **{
        f"{command} {ending}": Output(f"{words} --sound file:OUT", f"a.{ending}")
        for command, words in {
            "rehearse": "rehearse short.yaml",
            "metronome": "metronome 170 --for 1s",
        }.items()
        for ending in ("wav", "flac", "mp3")
    },
    "run wav": Output("run short.yaml --feet sim --journal run/a.jsonl --sound file:OUT", "a.wav"),
    "rehearse journal": Output("rehearse short.yaml --journal OUT", "a.jsonl"),
    "metronome journal": Output("metronome 170 --for 1s --sound file:metronome.wav --journal OUT", "a.jsonl"),
    "report": Output("history report run.jsonl -o OUT", "a.html"),
    "progress": Output("history report --athlete maple -o OUT", "a.html"),
    **{
        f"export {form}": Output(f"history export run.jsonl -o OUT --format {form}", f"a.{form}", has_mark=False)
        for form in ("fit", "tcx", "csv", "json")
    },
    "package": Output("athlete export maple -o OUT", "a.zip", has_mark=False),
    "new": Output("plan new OUT --for r7 --baseline 164 --aim 5 --weeks 0 --with-help full", "a.yaml", has_mark=False),
    "import": Output("plan import ride.zwo -o OUT", "a.yaml", has_mark=False),
    "workout": Output("plan export short.yaml -o OUT --format fit", "a.fit", has_mark=False),
    "picture": Output("plan show short.yaml --svg OUT", "a.svg"),
}


def foreign_file(path: Path) -> None:
    """Of somebody else."""
    path.write_bytes(THEIRS)


def link_to_a_file(path: Path) -> None:
    """Of somebody else."""
    path.with_name("theirs").write_bytes(THEIRS)
    path.symlink_to("theirs")


def dangling_link(path: Path) -> None:
    """To a file that would be made."""
    path.symlink_to("not-there")


def link_to_a_device(path: Path) -> None:
    """To one that takes everything."""
    path.symlink_to("/dev/null")


def link_to_a_full_device(path: Path) -> None:
    """To one that takes nothing."""
    path.symlink_to("/dev/full")


def pipe(path: Path) -> None:
    """Nobody reads it."""
    if sys.platform != "win32":
        os.mkfifo(path)


def folder(path: Path) -> None:
    """With something in it."""
    path.mkdir()
    (path / "theirs").write_bytes(THEIRS)


def file_as_folder(path: Path) -> None:
    """A file where a folder must be."""
    path.parent.rmdir()
    path.parent.write_bytes(THEIRS)


def missing_folder(path: Path) -> None:
    """A misspelt one."""
    path.parent.rmdir()


PLACES: list[Callable[[Path], None]] = [
    *(foreign_file, link_to_a_file, dangling_link, link_to_a_device, link_to_a_full_device),
    *(pipe, folder, file_as_folder, missing_folder),
]
STREAMS = {link_to_a_device, link_to_a_full_device, pipe}  # a journal may be sent there: it appends


def is_right(kind: str, make: Callable[[Path], None]) -> bool:
    """An output that may go there: a journal's folder is made, an export goes into a folder under its own name."""
    if "journal" in kind:
        return make in STREAMS | {missing_folder}
    return "export" in kind and make is folder


CASES = [
    pytest.param(kind, make, id=f"{kind}-{make.__name__}")
    for kind in OUTPUTS
    for make in PLACES
    if not is_right(kind, make)
]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> Path:
    """A folder of its own for the output, on a machine with a plan, a workout, a run, and an athlete if wanted."""
    home = Home(tmp_path / "home").move_in(monkeypatch)
    work = tmp_path / "work"
    (work / "out").mkdir(parents=True)
    monkeypatch.chdir(work)
    monkeypatch.setattr("cadencecoach.devices.clock.wall_time_utc", lambda: AT)
    if "maple" in OUTPUTS[kind].words:
        assert main(["athlete", "new", "maple"]) == 0
    home.journal("2026-03-02", "maple")
    run = home.journal("2026-03-03", "maple").read_bytes()
    (work / "run.jsonl").write_bytes(run)
    (work / "short.yaml").write_text(PLAN, encoding="utf-8")
    (work / "ride.zwo").write_bytes(ZWIFT_RUN)
    return work / "out"


def say_no_words(config: Path) -> None:
    """Set a user's voice to none: words would be made again for each output."""
    settings = config / "cadencecoach" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[voice]\nengine = "none"\n', encoding="utf-8")


def seen(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything in a place, links not followed."""
    found = [folder, *folder.rglob("*")] if folder.exists() else []
    return {
        str(one): (one.lstat().st_mode, one.read_bytes() if stat.S_ISREG(one.lstat().st_mode) else b"") for one in found
    }


@pytest.mark.parametrize(("kind", "make"), CASES)
def test_nothing_is_lost_whatever_stands_there(
    kind: str, make: Callable[[Path], None], place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2 and one line; what is there is as it was, and with --force too unless it is a plain file."""
    output = OUTPUTS[kind]
    path = place / output.name
    make(path)
    before = seen(place)
    capsys.readouterr()
    for force in ([], ["--force"]) if make is not foreign_file else ([],):
        status = main(output.call(path, *force))
        said = capsys.readouterr()
        assert (status, len(said.err.splitlines()), said.out) == (2, 1, "")
        assert output.name in said.err
        assert seen(place) == before
    assert not Path("run").exists() or not list(Path("run").iterdir())


@pytest.mark.parametrize("kind", slow_but(OUTPUTS, *(kind for kind in OUTPUTS if not LIVE.search(kind))))
def test_a_file_may_be_replaced_if_ours_or_given_up(kind: str, place: Path) -> None:
    """A foreign one with --force; one of ours, known by its mark, without; both are their owner's only."""
    output = OUTPUTS[kind]
    path = place / output.name
    say_no_words(place.parents[1] / "home" / "config")
    path.write_bytes(THEIRS)
    path.chmod(0o644)
    assert main(output.call(path, "--force")) == 0
    ours = path.read_bytes()
    assert ours != THEIRS
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {one.name for one in place.iterdir()} <= {path.name, "plan.schema.json"}
    assert main(output.call(path)) == (0 if output.has_mark else 2)
    assert path.stat().st_size > 0


@pytest.mark.slow
@needs_copies
@pytest.mark.parametrize("kind", OUTPUTS)
def test_a_full_disk_costs_nothing(kind: str, place: Path) -> None:
    """Files may have 700 bytes: what was there is still there, nothing else is, and the status says so."""
    output = OUTPUTS[kind]
    path = place / output.name
    path.write_bytes(THEIRS)
    home = place.parents[1] / "home"
    say_no_words(home / "c")
    apart = {"XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "c"), "XDG_CACHE_HOME": str(home / "h")}
    words = output.call(path, "--force")
    done = typed(words, folder=Path.cwd(), environment=os.environ | apart, most_bytes=700)
    assert "Traceback" not in done.stderr
    if done.returncode == 0:  # small enough for it
        assert 0 < path.stat().st_size <= 700
    else:
        assert done.returncode == 2
        assert "File too large" in done.stderr
        assert path.read_bytes() == THEIRS
    assert {one.name for one in place.iterdir()} <= {path.name, "plan.schema.json"}
