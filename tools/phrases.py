"""Writes the English phrasebook, which stands in the code: `python -m tools.phrases > config/phrases.en.yaml`."""

import sys
from dataclasses import asdict, fields, is_dataclass

import yaml

from cadencecoach.plan.phrasebook import ENGLISH, OF_FILES, OF_NO_FILE, Phrasebook

HEAD = """# What the coach says in English. Made from the code: python -m tools.phrases
# {target}, {percent} and {minutes} are numbers; a target is a sentence of its own. At most seven words to act on.
# From "screen" on stands what is read and not heard; a language that lacks a text of it shows the English one.
"""


def written(book: Phrasebook) -> str:
    """A phrasebook as a file that reads back the same."""
    names = [field.name.removeprefix("own_") for field in fields(Phrasebook) if field.name not in OF_NO_FILE]
    names = [name for name in names if name not in OF_FILES or getattr(book, name)]  # English stands as it is
    values = {name.replace("_", "-"): _plain(name, getattr(book, name)) for name in names}
    return yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=110)


def _plain(name: str, value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):  # a table of texts
        return {row.replace("_", "-"): text for row, text in asdict(value).items() if row != "forms"}
    if name == "signs" or name in OF_FILES:
        assert isinstance(value, tuple)
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


if __name__ == "__main__":
    sys.stdout.write(HEAD + written(ENGLISH))
