"""Sessions of recorded runs that are made up row by row, and the lines of their journals."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from quiet_host import QuietHost

from cadencecoach.desk.running.rehearsing import rehearse_session
from cadencecoach.live.opening.request import Request
from cadencecoach.record.journal import read_journal
from cadencecoach.record.line_json import json_of_line
from cadencecoach.store.user_store import user_files

Row = tuple[float, float | None, float | None]  # t, spm, m/s; None is not told


def replay_rows(folder: Path, plan: str, rows: Iterable[Row]) -> list[dict[str, Any]]:
    """The lines of a rehearsal of a plan, by name or as a file, with a recorded run; left in `run.jsonl`."""
    cells = [",".join("" if value is None else f"{value:.2f}" for value in row) for row in rows]
    (folder / "run.csv").write_text("\n".join(["t_s,cadence_spm,speed_mps", *cells]) + "\n", encoding="utf-8")
    return replay(folder, plan, folder / "run.csv", "run")


def replay(folder: Path, plan: str, run: Path, name: str) -> list[dict[str, Any]]:
    """The lines of a rehearsal with a run of a file, which go into a journal of this name."""
    request = Request(plan_name=plan, feet_text=f"replay:{run}", sound_text="none", started="2026-03-01T09:30:00Z")
    journal = folder / f"{name}.jsonl"
    rehearse_session(user_files(), request, QuietHost(), journal=journal, open_stage="5 min")
    with journal.open("rb") as file:
        return [json_of_line(line) for line in read_journal(file).lines]
