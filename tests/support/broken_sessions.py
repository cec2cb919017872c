"""Sessions that broke off, made from whole ones: cut at a moment, and so long ago."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def break_off(
    path: Path, *, at_s: float, ago_s: float, keeps_end: bool = False, clock: dict[str, Any] | None = None
) -> None:
    """Make a whole journal one that broke off.

    Args:
        path: of the journal, which is written anew
        at_s: session time of the last line that is left
        ago_s: how long ago that was, by the wall clock
        keeps_end: the `end` line stays, at that time, as the runner's own
        clock: what the plan's line says of the computer's own clock; None leaves nothing there
    """
    header, *lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    started_s = time.time() - ago_s - at_s
    header["started"] = datetime.fromtimestamp(started_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    header["day"] = datetime.fromtimestamp(started_s, UTC).date().isoformat()
    left = [line for line in lines if line["t"] <= at_s and line["what"] != "end"]
    for line in left:
        line.pop("boot", None)
        if line["what"] == "plan" and clock is not None:
            line["boot"] = clock
    left.append({"t": at_s, "what": "alive"})
    if keeps_end:
        left.append({"t": at_s, "what": "end", "reason": "stopped"})
    path.write_text("".join(json.dumps(line) + "\n" for line in (header, *left)), encoding="utf-8")


def add_line(path: Path, **line: object) -> None:
    """Write one more line at the end of a journal."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
