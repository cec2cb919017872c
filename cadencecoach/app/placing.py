"""Where a file goes that somebody asked for, in the words of the option it was asked for with."""

from collections.abc import Callable
from pathlib import Path

from cadencecoach.app.opening.files import shown
from cadencecoach.devices.output_file import OutputFile


def output_file(
    path: Path,
    option: str,
    *,
    may_replace: bool,
    is_ours: Callable[[Path], bool] | None = None,
    sources: tuple[Path, ...] = (),
) -> OutputFile:
    """The file a person named.

    Args:
        path: as it was asked for
        option: by which; empty for an argument
        may_replace: `--force` was given
        is_ours: tells a file of this kind that the program wrote; None where the format has no mark
        sources: what is read meanwhile
    """
    name = f"{option} {shown(path)}".lstrip()
    return OutputFile(path=path, name=name, may_replace=may_replace, is_ours=is_ours, sources=sources)


def starts_with(mark: bytes) -> Callable[[Path], bool]:
    """Whether a file begins as those of the program do."""

    def is_ours(path: Path) -> bool:
        with path.open("rb") as file:
            return file.read(len(mark)) == mark

    return is_ours


def why_not(error: OSError | ValueError) -> str:
    """What the system says of a place that cannot be written."""
    return str(getattr(error, "strerror", None) or error)
