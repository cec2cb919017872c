"""The formats there are, by their names, which are also the endings of their files."""

from collections.abc import Callable
from dataclasses import dataclass

from cadencecoach.record.exports.activity import Activity
from cadencecoach.record.exports.csv_table import csv_bytes
from cadencecoach.record.exports.fit_file import fit_bytes
from cadencecoach.record.exports.json_document import json_bytes
from cadencecoach.record.exports.parquet import parquet_bytes
from cadencecoach.record.exports.tcx import tcx_bytes


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file.

    Attributes:
        make: an activity in, bytes out; raises CadencecoachError where it cannot
        is_text: can be shown in a terminal
    """

    make: Callable[[Activity], bytes]
    is_text: bool


FORMATS: dict[str, Format] = {
    "fit": Format(fit_bytes, is_text=False),
    "tcx": Format(tcx_bytes, is_text=True),
    "csv": Format(csv_bytes, is_text=True),
    "json": Format(json_bytes, is_text=True),
    "parquet": Format(parquet_bytes, is_text=False),
}
