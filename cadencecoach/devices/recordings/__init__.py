"""Recorded runs that play as sensors: FIT, TCX, CSV and GPX files, read and their clocks repaired."""

from cadencecoach.devices.recordings.model import Counts, RecordedRow, Recording
from cadencecoach.devices.recordings.read import READERS, is_export_of_ours, is_recording, read_recording

__all__ = ["READERS", "Counts", "RecordedRow", "Recording", "is_export_of_ours", "is_recording", "read_recording"]
