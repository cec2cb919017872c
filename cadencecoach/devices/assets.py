"""Where the files that come with the program are: inside the wheel, or beside the package in a checkout."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
PACKED = PACKAGE / "_data"  # where the wheel keeps what stands beside the package in a checkout


def asset(*parts: str) -> Path:
    """A file or folder of `sessions`, `sounds` or `config`; for example `asset("sounds")`.

    An installed wheel has them under `_data`; an editable install runs in the checkout and does not.
    """
    packed = PACKED.joinpath(*parts)
    return packed if packed.exists() else PACKAGE.parent.joinpath(*parts)
