"""Recorded runs that play as sensors: FIT, TCX and CSV files, read and their clocks repaired."""

from cadencecoach.devices.recordings.model import Counts, RecordedRow, Recording
from cadencecoach.devices.recordings.read import read_recording

__all__ = ["Counts", "RecordedRow", "Recording", "read_recording"]
