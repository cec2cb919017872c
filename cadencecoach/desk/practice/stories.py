"""Where stories are found: those that come with the program by name, others by path."""

from pathlib import Path

from cadencecoach.desk.practice.reading import read_story
from cadencecoach.desk.practice.story import Story
from cadencecoach.devices.assets import asset
from cadencecoach.devices.input_file import file_bytes
from cadencecoach.plan.syntax.text import MAX_PLAN_BYTES
from cadencecoach.store.plan_files import find_among

ENDING = ".yaml"


def packed_stories() -> dict[str, Path]:
    """The stories that come with the program, by name."""
    return {path.stem: path for path in sorted(asset("config", "stories").glob(f"*{ENDING}"))}


def open_story(name: str) -> Story:
    """A story by its path, or by the name of one that comes with the program.

    Raises:
        UsageError: there is no such story; the message lists the names there are
        PlanError: it has mistakes; the message lists them all
    """
    path = find_among(packed_stories(), name, what="story")
    return read_story(file_bytes(path, what="story", limit_bytes=MAX_PLAN_BYTES + 1), str(path))
