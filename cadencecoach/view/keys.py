"""The table of keys as a person is told of it: in `--help` and as a table of README and docs."""

from itertools import zip_longest

from cadencecoach.coach.key_table import Mode, rows_of
from cadencecoach.plan.key_texts import ENGLISH_KEYS, KeyTexts

# Keeps the lines of `--help` as they are written (click).
AS_WRITTEN = "\b"


def key_help(mode: Mode) -> str:
    """The keys of one kind of session as a paragraph of `--help`, one row a line."""
    return "\n".join([AS_WRITTEN, "Keys:", *(f"  {line}" for line in key_list(mode, ENGLISH_KEYS))])


def key_list(mode: Mode, texts: KeyTexts) -> list[str]:
    """The keys of one kind of session and what they do, one row a line."""
    rows = key_rows(mode, texts)
    width = max(len(shown) for shown, _ in rows)
    return [f"{shown.ljust(width)}  {help_text}" for shown, help_text in rows]


def key_rows(mode: Mode, texts: KeyTexts) -> list[tuple[str, str]]:
    """The keys of one kind of session, and what they do."""
    return [(row.names_text(words, texts), words.help(texts)) for row, words in rows_of(mode)]


def key_page(mode: Mode) -> str:
    """The keys of one kind of session as a table in Markdown, in two columns."""
    cells = [f"| {row.names_text(words, ENGLISH_KEYS)} | {words.help(ENGLISH_KEYS)} |" for row, words in rows_of(mode)]
    n_left = (len(cells) + 1) // 2
    pairs = zip_longest(cells[:n_left], cells[n_left:], fillvalue="| | |")
    lines = [f"{left}{right.removeprefix('|')}" for left, right in pairs]
    return "\n".join(["| key | does | key | does |", "|---|---|---|---|", *lines]) + "\n"
