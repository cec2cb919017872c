"""Every command that is printed for a person to type runs as it is printed, in the shell from which it was started.

In short, of each command a shell reads the first line in which something is quoted; the words of all others are parted
here as a shell does, and the command is a copy of a process that has loaded the package. With `--long` a shell reads
every line, and each command is a Python started anew. Of commands that take long and differ in a number alone, or in
that one has more words, the short form runs one.
"""

import ast
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import soundfile
from copied_commands import typed
from made_songs import FS_HZ, even_beats, rock
from sessions_folder import keep_journal
from source_trees import MODULES, PACKAGE, nodes_of

from cadencecoach.cli.table import COMMANDS

PROGRAM = f"{shlex.quote(sys.executable)} -m cadencecoach"
NAMES = "|".join(COMMANDS)
MAY_SAY_COMMAND = re.compile(rf"cadencecoach(?![.\w])|`(?:{NAMES}) ")  # whatever a text is put together of
SAYS_COMMAND = re.compile(rf"cadencecoach (?:{NAMES}) \S+|`(?:{NAMES}) [^`]+`")
QUOTED = re.compile(rf"[`']({re.escape(PROGRAM)} [^`\n]+?)[`'](?= |;|,|\.|$)", re.MULTILINE)
ON_A_LINE = re.compile(rf"^(?:  |[^`\n]*: )({re.escape(PROGRAM)} [^`\n]+?)(?:  \(.*)?$", re.MULTILINE)
LONG = re.compile(r" (?:run|metronome|demo) ?(?!.*--help)")  # begun, and interrupted once it has run for a moment
TAKES_LONG = re.compile(r" (?:run|metronome|demo|cohort build) ?(?!.*--help)")
INTERRUPTED_AFTER_S = {True: 4, False: 2}  # with `--long`, where a Python has to start first, and in short
N_SHELLS = 4
IN_FILES = (
    "drafting/session.py",
    "drafting/weeks.py",
    "drafting/draft.py",
)  # comments of files that are kept and hashed
# Hints that only a radio, a machine without sound or a terminal bring about; they are run by themselves.
BY_THEMSELVES = {
    *("doctor", "doctor --delay", "sensors scan", "checkin --withdraw", "sensors test"),
    *("backup FILE", "open --lan", "room ROOM.yaml", "finding add NAME --what WORD --file FILE"),
    *("history report", "store person password NAME"),  # where the store is a database
    "athlete new NAME",  # on the page of an empty caseload
    "music add FOLDER",  # with music, and no song of one's own
    *(
        "cohort build FOLDER",
        "cohort build FOLDER --for research",
        "store prepare ADDRESS",
    ),  # of people with many athletes
    *("plan check", "run --resume", "history finish --all"),  # after a change of a file, a kill in mid-run, two of them
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell")


@dataclass
class Newcomer:
    """Somebody at a shell with nothing kept yet.

    Attributes:
        folder: where they stand, and where everything of theirs is kept
        is_long: whether a shell reads every line
        read_by_shell: commands of which a shell has read a line in which something is quoted
        hints: commands that were printed to them
    """

    folder: Path
    is_long: bool
    read_by_shell: set[str] = field(default_factory=set)
    hints: set[str] = field(default_factory=set)

    def types(self, words: str, answers: str = "") -> str:
        """Type a command of ours, and read what it prints; what is to be typed next is noted."""
        done = self._run(f"{PROGRAM} {words}", answers)
        said = done.stdout + done.stderr
        found = {*QUOTED.findall(said), *ON_A_LINE.findall(said)}
        self.hints |= {one for one in found if "[OPTIONS]" not in one}  # the line of usage is none
        return said

    def follows(self, hint: str) -> str:
        """Type what was printed; what is complained about. What would last is interrupted, as by Ctrl-C."""
        after_s = INTERRUPTED_AFTER_S[self.is_long] if LONG.search(hint) else None
        return self._run(hint, "0\n" * 8, after_s).stderr

    def follows_all(self, hints: Iterable[str]) -> dict[str, str]:
        """Type all of them; those that would last, which mostly wait, a few at a time."""
        lasting, short = (sorted(one for one in hints if bool(LONG.search(one)) is lasts) for lasts in (True, False))
        answers = {hint: self.follows(hint) for hint in short}
        with ThreadPoolExecutor(N_SHELLS) as shells:
            return answers | dict(zip(lasting, shells.map(self.follows, lasting), strict=True))

    def _run(self, line: str, answers: str, interrupted_after_s: int | None = None) -> subprocess.CompletedProcess[str]:
        rest = line.removeprefix(f"{PROGRAM} ")
        words = shlex.split(rest)
        is_known = words[0] in self.read_by_shell or shlex.join(words) == rest
        self.read_by_shell |= set() if is_known else {words[0]}
        if not self.is_long and is_known:
            return typed(
                words,
                folder=self.folder,
                environment=self._environment(),
                answers=answers,
                interrupted_after_s=interrupted_after_s,
            )
        interrupted = f"exec /usr/bin/timeout --signal=INT --kill-after=20 {interrupted_after_s} "
        return subprocess.run(  # noqa: S602  # as a person would type it
            line if interrupted_after_s is None else f"{interrupted}{line}",
            shell=True,
            check=False,
            capture_output=True,
            text=True,
            input=answers,
            cwd=self.folder,
            env=self._environment(),
            timeout=50,
        )

    def _environment(self) -> dict[str, str]:
        places = {f"XDG_{kind}_HOME": str(self.folder / kind) for kind in ("DATA", "CONFIG", "CACHE")}
        return {**os.environ, **places, "COLUMNS": "300"}


@pytest.fixture
def newcomer(tmp_path: Path, pytestconfig: pytest.Config) -> Newcomer:
    """In an empty folder, whose name the shell would part."""
    folder = tmp_path / "my runs"
    folder.mkdir()
    return Newcomer(folder, is_long=pytestconfig.getoption("long"))


def meet_every_hint(newcomer: Newcomer) -> None:
    """Do what brings them about: what a new user, a runner and a clinician do wrong, or for the first time."""
    sessions = newcomer.folder / "DATA" / "cadencecoach" / "sessions"
    for words in ("begin", "learn", "history list", "history show last", "programme next", "runn", "run"):
        newcomer.types(words)
    newcomer.types("demo --sound none")
    keep_journal(sessions, "2026-03-01")
    broken = keep_journal(sessions, "2026-03-02")
    broken.write_text(broken.read_text(encoding="utf-8").rsplit("\n", 2)[0] + "\n", encoding="utf-8")
    for words in (
        *("history list", "history list --since 2030-01-01", "history report", "history report --athlete nobody"),
        *("history show nowhere", "metronome 170 --from 165", "sensors test"),
        *("athlete new r7", "programme next --athlete r7", "baseline --athlete r7"),
        "plan new --for r9 --baseline 164 --aim +5% --weeks 0 --with-help faded 'my plan.yaml'",
        "programme start field6wk --athlete r7",
        *("message add r7 'Land softly.'", "programme next --athlete r7"),
        "checkin --athlete r7 --before --pain 9 --site knee",
        *("athlete practise p1 --weeks 1", "caseload"),
        "athlete export r7 -o r7.zip",
        *("restore r7.zip", "settings", "backup kept.zip"),
        f"plan check {shlex.quote(str(PACKAGE.parent / 'sessions' / 'programmes' / 'field6wk.yaml'))}",
    ):
        newcomer.types(words)
    (alert, *_) = json.loads(newcomer.types("caseload --json"))["patients"][0]["alerts"]
    newcomer.types(f"caseload close r7 {alert['id']} --reason 'called'")
    shutil.rmtree(sessions.parent / "athletes" / "p1")  # as a program leaves it that was killed
    newcomer.types("athlete practise p1 --weeks 1")
    (newcomer.folder / "steps.txt").write_text("- 5m 85rpm\n- Run 10m 85rpm\n", encoding="utf-8")
    newcomer.types("plan import steps.txt -o 'from elsewhere.yaml'")
    soundfile.write(newcomer.folder / "loop.wav", rock(even_beats(172.0, 12.0), 12.0), FS_HZ)
    newcomer.types("music add loop.wav")
    newcomer.types("music tap loop.wav --at 1.0,1.35,1.7,2.05,2.4,2.75,3.1,3.45")
    newcomer.types('checkin --athlete r7 --correct last --because "typed by mistake"', "")
    rows = "".join(f"{second},168,2.5\n" for second in range(600))
    (newcomer.folder / "run.csv").write_text(f"t_s,cadence_spm,speed_mps\n{rows}", encoding="utf-8")
    for words in (
        *("finding add r7 --what valgus --value 8 --unit deg", "finding add r7 --what valgus --value 5 --unit cm"),
        *(
            "athlete new r8",
            "athlete add-run r7 run.csv --day 2026-03-05",
            "athlete add-run r8 run.csv --day 2026-03-05",
        ),
    ):
        newcomer.types(words)
    text = newcomer.folder / "DATA" / "cadencecoach" / "athletes" / "r7" / "programme.yaml"
    if text.is_file():
        text.write_text("# another text\n", encoding="utf-8")
        newcomer.types("programme next --athlete r7")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_every_hint_runs_as_it_is_printed(newcomer: Newcomer) -> None:
    """None is wrong usage: it does what it says, or names what it misses by now; and every one in the code was met."""
    meet_every_hint(newcomer)
    met = {hint.removeprefix(f"{PROGRAM} ") for hint in newcomer.hints}
    unmet = {words for words in hints_in_code() if not any(one.startswith(words) for one in met)}
    assert unmet <= BY_THEMSELVES
    hints = newcomer.hints | {f"{PROGRAM} {one}" for one in unmet}
    answers = newcomer.follows_all(hints if newcomer.is_long else one_of_a_kind(hints))
    wrong = {hint: said for hint, said in answers.items() if "Usage: " in said or "unexpected error" in said}
    assert len(answers) > 20
    assert wrong == {}


def one_of_a_kind(hints: Iterable[str]) -> set[str]:
    """All, but of those that take long each that differs from a longer one in more than a number."""
    kept = {one: one for one in hints if not TAKES_LONG.search(one)}
    for hint in sorted({*hints} - {*kept}, key=len, reverse=True):
        kind = re.sub(r"\d+", "0", hint.removeprefix(PROGRAM))
        if not any(f"{one} ".startswith(f"{kind} ") for one in kept):
            kept[kind] = hint
    return set(kept.values())


def hints_in_code() -> Iterator[str]:
    """How the commands begin that the code has printed, as far as they are written there."""
    for path in (one for one in MODULES if "command_line(" in one.read_text(encoding="utf-8")):
        for node in nodes_of(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "command_line":
                (words,) = node.args or [ast.Constant("")]
                first = words.values[0] if isinstance(words, ast.JoinedStr) else words
                if isinstance(first, ast.Constant) and first.value:
                    yield str(first.value).strip()


def test_no_text_names_a_command_by_hand() -> None:
    """A command that is printed is made by `command_line`; docstrings, and files that are kept, have the plain name."""
    found = {str(path.relative_to(PACKAGE)): list(commands_in_texts(path)) for path in MODULES}
    assert {name: texts for name, texts in found.items() if texts and not name.endswith(IN_FILES)} == {}


def commands_in_texts(path: Path) -> Iterator[str]:
    """Texts of a module, no docstrings, that name a command of ours with a word after it."""
    if not MAY_SAY_COMMAND.search(path.read_text(encoding="utf-8")):  # eight of nine need not be parsed
        return
    nodes = nodes_of(path)
    bodies = (node.body for node in nodes if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)))
    docs = {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield from SAYS_COMMAND.findall(node.value)
