"""Practice athletes of a test as if they were patients: research tables and caseloads count nobody else."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

Line = dict[str, Any]


def make_real(data: Path, change: Callable[[str, Sequence[Line]], Iterable[Line]] = lambda _, lines: lines) -> None:
    """Take the mark off every log and journal of a folder of data, and let a test change journals.

    Args:
        data: of the program
        change: the lines of a journal after its header, by its name, and what is to stand there
    """
    for log in data.glob("athletes/*/log.jsonl"):
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        _write(log, (line for line in lines if line.get("what") != "practice"))
    for journal in data.glob("sessions/*.jsonl"):
        header, *lines = (json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines())
        for name in ("practice", "rehearsal"):
            header.pop(name, None)
        _write(journal, [{**header, "feet": "ble"}, *change(journal.stem, lines)])


def break_off(lines: Sequence[Line], at_s: float, gap_s: float = 65.5) -> list[Line]:
    """A session that broke off and went on, after a gap of known length."""
    gap = {"t": at_s, "what": "gap", "gap_s": gap_s, "reason": "broken off"}
    return sorted([*lines, gap, {"t": at_s + 0.25, "what": "feet", "state": "live"}], key=lambda line: line["t"])


def lose_sensor(lines: Sequence[Line], from_s: float, until_s: float) -> list[Line]:
    """Nothing is heard for a while; what was decided meanwhile stands as it was."""
    silent = [line for line in lines if line["what"] in {"reading", "payload"} and from_s <= line["t"] < until_s]
    lost = [{"t": from_s, "what": "feet", "state": "lost"}, {"t": until_s, "what": "feet", "state": "live"}]
    return sorted([*(line for line in lines if line not in silent), *lost], key=lambda line: line["t"])


def _write(path: Path, lines: Iterable[Line]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
