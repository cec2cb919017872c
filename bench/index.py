"""How long ten thousand sessions take to be listed, beside what any command of this program takes.

`python bench/index.py [N]`. The journals are short; the index does not know how long they were, and the list reads
none of them. Figures are the best of several runs: the machine may have other things to do.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from sessions_folder import journal_text

from cadencecoach.store.indexing import FileSessions
from cadencecoach.view.glyphs import UNICODE
from cadencecoach.view.session_list import SHOWN, session_lines

N_RUNS = 7
LONG_S = 3600


def best_s(work: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Shortest of some runs, by the clock on the wall or by the processor's."""
    taken = []
    for _ in range(N_RUNS):
        began_s = clock()
        work()
        taken.append(clock() - began_s)
    return min(taken)


def both(work: Callable[[], object]) -> str:
    """Shortest of some runs, by both clocks."""
    return f"{best_s(work):7.3f} s, processor {best_s(work, time.process_time):.3f} s"


def command(data: Path, *words: str) -> Callable[[], object]:
    """A whole process of the program."""
    line = [sys.executable, "-m", "cadencecoach", *words]
    env = {**os.environ, "XDG_DATA_HOME": str(data)}
    return lambda: subprocess.run(line, check=True, capture_output=True, env=env)


def long_journal(path: Path) -> None:
    """An hour of running with a reading and an estimate each second."""
    run = [
        line
        for t in range(LONG_S)
        for line in (
            {"t": t, "what": "payload", "source": "rsc", "hex": "07e60251d600410d0000"},
            {"t": t, "what": "reading", "cadence_spm": 165.0, "speed_mps": 2.9},
            {"t": t, "what": "estimate", "cadence_spm": 165.0, "age_s": 0.0, "quality": 1.0},
        )
    ]
    path.write_text(journal_text(*run, started="2026-03-01T08:00:00Z"), encoding="utf-8")


def main(n_sessions: int) -> None:
    """Make the journals, list them, print the figures."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        folder = data / "cadencecoach" / "sessions"
        folder.mkdir(parents=True)
        text = journal_text(started="2026-03-01T08:00:00Z", athlete="A7")
        for n in range(n_sessions):
            day = date(2000, 1, 1) + timedelta(days=n)
            (folder / f"{day}T080000Z.jsonl").write_text(text, encoding="utf-8")
        began_s = time.perf_counter()
        with FileSessions(folder) as sessions:
            sessions.refresh()
        print(f"index built from {n_sessions} short journals  {time.perf_counter() - began_s:7.3f} s, once")

        def listed() -> list[str]:
            with FileSessions(folder) as sessions:
                sessions.refresh()
                return list(session_lines(sessions.values(SHOWN), UNICODE))

        def queried() -> None:
            with FileSessions(folder) as sessions:
                sessions.values(SHOWN)

        assert len(listed()) == n_sessions + 1
        empty = data / "empty"
        help_s = best_s(command(empty, "history", "list", "--help"))
        empty_s, whole_s = best_s(command(empty, "history", "list")), best_s(command(data, "history", "list"))
        print(f"opened, checked and queried            {both(queried)}")
        print(f"... journals looked at, lines made     {both(listed)}")
        print(f"history list, whole process            {whole_s:7.3f} s")
        print(f"history list with no session at all    {empty_s:7.3f} s   ({whole_s - empty_s:.3f} s less)")
        print(f"history list --help                    {help_s:7.3f} s")
        long = data / "long.jsonl"
        long_journal(long)
        show_s = best_s(command(data, "history", "show", str(long), "--json"))
        print(f"an hour's journal, shown               {show_s:7.3f} s   {long.stat().st_size / 1e6:.1f} MB")
        print(json.dumps({"n": n_sessions, "listed_s": best_s(listed), "whole_s": whole_s}))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
