"""The door: bytes of a file in, a workout out, by what is in them and not by what the file is called."""

import re
from collections.abc import Mapping

from cadencecoach.errors import WorkoutError
from cadencecoach.workouts.model import Workout
from cadencecoach.workouts.reading.fit import read_fit
from cadencecoach.workouts.reading.garmin import read_garmin
from cadencecoach.workouts.reading.intervals import read_intervals
from cadencecoach.workouts.reading.intervals_lists import looks_like_intervals
from cadencecoach.workouts.reading.json_text import json_value
from cadencecoach.workouts.reading.runnerup import KEY, read_runnerup
from cadencecoach.workouts.reading.xml_tree import Element, xml_tree
from cadencecoach.workouts.reading.zwift import read_zwift

MAX_WORKOUT_BYTES = 1_000_000  # the longest workouts have some ten thousand
TAKEN = "a workout of Zwift (.zwo), intervals.icu (text), Garmin Connect or RunnerUp (JSON), or FIT"
SIGNS = (  # how files begin that are plainly something else
    (b"PK\x03\x04", "a ZIP archive; unpack it first"),
    (b"\x1f\x8b", "packed with gzip; unpack it first"),
    (b"%PDF", "a PDF"),
)
ROOTS = {
    "trainingcenterdatabase": "a TCX file: a recorded run, or a workout of old Garmin programs, which is not read",
    "gpx": "a GPX file: a recorded run or a route",
    "html": "a web page; save the workout itself",
}
COURSE = re.compile(rb"\s*\[COURSE (?:HEADER|DATA)\]", re.IGNORECASE)
PLAN = re.compile(r"^(?:plan|stages|programme)\s*:", re.MULTILINE)


def read_workout(data: bytes) -> Workout:
    """The workout in a file's bytes.

    Args:
        data: callers need not read further than one byte beyond MAX_WORKOUT_BYTES
    Raises:
        WorkoutError: none of the formats, or one that cannot be read; one line
    """
    if len(data) > MAX_WORKOUT_BYTES:
        raise WorkoutError(f"larger than {MAX_WORKOUT_BYTES} bytes; too large for a workout")
    if not data.strip():
        raise WorkoutError(f"the file is empty; {TAKEN} is needed")
    for sign, kind in SIGNS:
        if data.startswith(sign):
            raise WorkoutError(f"this is {kind}")
    if data[8:12] == b".FIT":
        return read_fit(data)
    if COURSE.match(data):
        raise WorkoutError("this is an ERG or MRC file: power over time for a bicycle; no step rate is in it")
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in {b"{", b"["}:
        return _of_json(json_value(data))
    if start == b"<" or data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return _of_xml(xml_tree(data.lstrip()))
    return _of_text(data)


def _of_xml(root: Element) -> Workout:
    tag = root.tag.rpartition(" ")[2].lower()
    if tag == "workout_file":
        return read_zwift(root)
    raise WorkoutError(f"this is {ROOTS.get(tag, f'XML with <{root.tag[:40]}> in it')}; {TAKEN} is needed")


def _of_json(value: object) -> Workout:
    if isinstance(value, list) and len(value) == 1:
        return _of_json(value[0])
    if isinstance(value, list):
        raise WorkoutError(f"a list of {len(value)}; only a file with one workout can be read")
    if isinstance(value, Mapping) and KEY in value:
        return read_runnerup(value)
    if isinstance(value, Mapping) and "workoutSegments" in value:
        return read_garmin(value)
    raise WorkoutError(f"JSON, but no workout of Garmin Connect or RunnerUp in it; {TAKEN} is needed")


def _of_text(data: bytes) -> Workout:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise WorkoutError(f"not text (byte {error.start} is no UTF-8); {TAKEN} is needed") from error
    if PLAN.search(text):
        raise WorkoutError("this is a plan or programme of this program already; there is nothing to import")
    if not looks_like_intervals(text):
        raise WorkoutError(f"text in which few or no lines are a step like '- Run 5m 85rpm'; {TAKEN} is needed")
    return read_intervals(text)
