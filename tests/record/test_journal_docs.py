"""The table of lines in docs/journal.md is the one in the code."""

from pathlib import Path

from cadencecoach.record.kinds import KINDS, Kind

DOCUMENT = Path(__file__).parents[2] / "docs" / "journal.md"


def row(kind: Kind) -> str:
    """A kind as the document has it."""
    cells = (_code(kind.name.split(), " "), _code(kind.always), _code(kind.where_known), kind.meaning)
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def _code(names: object, between: str = ", ") -> str:
    return between.join(f"`{name}`" for name in names)  # type: ignore[attr-defined]


def test_every_kind_is_documented_as_it_is() -> None:
    """Kind by kind in the order of the table: its fields, and what it means."""
    text = DOCUMENT.read_text(encoding="utf-8").split("## The lines")[1].split("It is an error")[0]
    rows = [line for line in text.splitlines() if line.startswith("| `")][1:]
    assert rows == [row(kind) for kind in KINDS]
