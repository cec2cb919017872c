"""What waits on this computer until the database answers: a private file for each thing that was written.

A file has its name only when it is on the disk, and goes when the database has what is in it. Handing over is
idempotent, so a kill at any moment loses nothing and doubles nothing.
"""

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cadencecoach.devices.clock import wall_time_utc
from cadencecoach.devices.private_file import not_written, write_private
from cadencecoach.errors import UsageError
from cadencecoach.record.entry_lines import log_bytes

ENDING: Final = ".json"
BROKEN: Final = ".broken"
FORM: Final = 1
MAX_BYTES: Final = 20_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something that waits.

    Attributes:
        name: of its file
        athlete: pseudonym
        at: when it was written, a label
        lines: of the log, as they were written
        profile: the bytes of a profile; empty where there is none
        profile_before: what it was changed from
    """

    name: str
    athlete: str
    at: str
    lines: tuple[bytes, ...] = ()
    profile: bytes = b""
    profile_before: bytes = b""


class Queue:
    """The files in a folder, in the order in which they were put there."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made yet."""
        self._folder = folder

    def put(
        self,
        athlete: str,
        *,
        lines: Sequence[dict[str, object]] = (),
        raw_lines: Sequence[bytes] = (),
        profile: bytes = b"",
        profile_before: bytes = b"",
    ) -> str:
        """Have something wait; it outlives a power cut when this returns. To be called under the lock of the copy.

        The answer is the name of its file, which no other ever has: whoever has handed one over and drops it late drops
        nothing that was put here since.

        Raises:
            UsageError: it cannot be written
        """
        told: dict[str, Any] = {"form": FORM, "athlete": athlete, "at": wall_time_utc()}
        if lines or raw_lines:
            told["lines"] = [raw.decode() for raw in (*map(log_bytes, lines), *raw_lines)]
        if profile:
            told |= {"profile": profile.decode(), "profile_before": profile_before.decode()}
        last = max((int(path.stem.partition("-")[0]) for path in self._files()), default=0)
        path = self._folder / f"{last + 1:012d}-{secrets.token_hex(4)}{ENDING}"
        try:
            write_private(path, json.dumps(told).encode())
        except OSError as error:
            raise UsageError(not_written(path, error)) from error
        return path.name

    def waiting(self) -> Iterator[Waiting]:
        """All of it, the oldest first; what is broken stays where it is, for a person to look at."""
        for path in self._files():
            try:
                told = json.loads(path.read_bytes()[:MAX_BYTES])
                yield Waiting(
                    name=path.name,
                    athlete=str(told["athlete"]),
                    at=str(told["at"]),
                    lines=tuple(line.encode() for line in told.get("lines", ())),
                    profile=str(told.get("profile", "")).encode(),
                    profile_before=str(told.get("profile_before", "")).encode(),
                )
            except FileNotFoundError:
                continue
            except (ValueError, KeyError, AttributeError, TypeError) as error:
                path.rename(path.with_suffix(BROKEN))
                raise UsageError(f"{path.name} in {self._folder} cannot be read; it was set aside") from error

    def list_broken(self) -> tuple[Path, ...]:
        """What was set aside, for a person to look at."""
        return tuple(sorted(self._folder.glob(f"*{BROKEN}")))

    def drop(self, name: str) -> None:
        """The database has it."""
        (self._folder / name).unlink(missing_ok=True)

    def __len__(self) -> int:
        return len(self._files())

    def _files(self) -> list[Path]:
        return sorted(path for path in self._folder.glob(f"*{ENDING}") if path.stem[:12].isdigit())
