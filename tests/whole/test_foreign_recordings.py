"""Recorded runs of other makers through the commands: 170 steps a minute of the run, or one line that says why not."""

import json
from pathlib import Path

import made_recordings as made
import pytest
from athlete_home import Home
from made_recordings import EQUIPMENT, NATIVE, N, app_field, csv_text, fit_bytes, gpx_text, records, tcx_text

from cadencecoach.cli.main import main
from cadencecoach.fit.wire import Base

APP = (app_field(), 85.0)
ZERO, EMPTY = (NATIVE, 0.0), (NATIVE, None)
RUN = made.session(0, N)
DESCRIBED = made.description("Cadence", "RPM", native=4)
CAD, ZERO_CAD = "<gpxtpx:cad>85</gpxtpx:cad>", "<gpxtpx:cad>0</gpxtpx:cad>"
RUN_CADENCE = "<Extensions><ns3:TPX><ns3:RunCadence>{}</ns3:RunCadence></ns3:TPX></Extensions>"
A_TCX = tcx_text([RUN_CADENCE.format(85)] * N)
A_GPX = gpx_text([CAD] * N)
A_CSV = csv_text("Time,Cadence", ",170")

READ: dict[str, tuple[str, bytes | str, str]] = {  # a name, what is in the file, and what a note says; "" is no note
    "watch writes 0 beside an app's field": (
        ".fit",
        fit_bytes(DESCRIBED, records(ZERO, APP), RUN),
        "has no usable values",
    ),
    "watch writes nothing beside it": (".fit", fit_bytes(DESCRIBED, records(EMPTY, APP), RUN), ""),
    "watch writes one number for ever": (
        ".fit",
        fit_bytes(
            DESCRIBED,
            [made.record(i, (NATIVE, 60.0), (app_field(), 84.0 + i % 3)) for i in range(N)],
            RUN,
        ),
        "has no usable values",
    ),
    "0 with a fraction": (
        ".fit",
        fit_bytes(DESCRIBED, records(ZERO, (made.FRACTION, 0.5), APP), RUN),
        "has no usable values",
    ),
    "cadence256 beside 0": (".fit", fit_bytes(records(ZERO, (made.CADENCE256, 85.0)), RUN), "cadence256"),
    "app's field in steps": (
        ".fit",
        fit_bytes(made.description("Cadence", "spm"), records((app_field(), 170.0)), RUN),
        "the app's field Cadence (spm)",
    ),
    "app's field in another language": (
        ".fit",
        fit_bytes(made.description("Schrittfrequenz", "Schritte/min"), records((app_field(), 170.0)), RUN),
        "Schrittfrequenz",
    ),
    "app's field in strides": (
        ".fit",
        fit_bytes(made.description("Stride Rate", "strides/min"), records((app_field(), 85.0)), RUN),
        "Stride Rate",
    ),
    "app's field without a unit": (
        ".fit",
        fit_bytes(made.description("cadencia"), records((app_field(), 170.0)), RUN),
        "cadencia",
    ),
    "app's field that only its unit tells": (
        ".fit",
        fit_bytes(made.description("SR", "spm"), records((app_field(), 170.0)), RUN),
        "SR (spm)",
    ),
    "a target beside the cadence": (
        ".fit",
        fit_bytes(
            made.description("Target Cadence", "spm"),
            made.description("Cadence", "spm", number=1),
            records((app_field(), 185.0), (app_field(1), 170.0)),
            RUN,
        ),
        "field Cadence",
    ),
    "described late": (
        ".fit",
        fit_bytes(records(APP, n=10), DESCRIBED, records(APP, n=N - 10, from_s=10), RUN),
        "",
    ),
    "described at the end, two bytes": (
        ".fit",
        fit_bytes(
            records((app_field(0, Base.UINT16), 170.0)),
            made.description("Cadence", "spm", base=Base.UINT16),
            RUN,
        ),
        "field Cadence",
    ),
    "treadmill": (".fit", fit_bytes(records((NATIVE, 85.0)), made.session(0, N, EQUIPMENT, 1)), ""),
    "equipment of no kind": (
        ".fit",
        fit_bytes(records((NATIVE, 85.0)), made.session(0, N, EQUIPMENT)),
        "calls its sport fitness equipment",
    ),
    "no sport": (".fit", fit_bytes(records((NATIVE, 85.0))), "does not name its sport"),
    "a run, then a ride, an hour off": (
        ".fit",
        fit_bytes(
            records((NATIVE, 85.0)),
            records((NATIVE, 60.0), n=N, from_s=N),
            made.session(3600, 3600 + N),
            made.session(3600 + N, 3600 + 2 * N, made.CYCLING),
        ),
        "differ from those of the records by 3600 s",
    ),
    "GPX with 0 before": (".gpx", gpx_text([f"{ZERO_CAD}<ns3:cadence>85</ns3:cadence>"] * N), "has no usable values"),
    "GPX with 0 after": (".gpx", gpx_text([f"{CAD}<ns3:cad>0</ns3:cad>"] * N), ""),
    "GPX with 0 before, of one name": (".gpx", gpx_text([f"<ns3:cad>0</ns3:cad>{CAD}"] * N), "has no usable values"),
    "GPX with an empty one before": (".gpx", gpx_text(["<gpxtpx:cad/><ns3:cadence>85</ns3:cadence>"] * N), ""),
    "GPX with 255 before": (
        ".gpx",
        gpx_text(["<gpxtpx:cad>255</gpxtpx:cad><ns3:cadence>85</ns3:cadence>"] * N),
        "has no usable values",
    ),
    "GPX of Strava": (".gpx", gpx_text([CAD] * N, sport="9"), ""),
    "GPX of a word nobody knows": (".gpx", gpx_text([CAD] * N, sport="Zumba"), "calls its sport Zumba"),
    "TCX with 0 in RunCadence": (
        ".tcx",
        tcx_text([f"<Cadence>85</Cadence>{RUN_CADENCE.format(0)}"] * N),
        "has no usable values",
    ),
    "TCX with 0 in Cadence": (".tcx", tcx_text([f"<Cadence>0</Cadence>{RUN_CADENCE.format(85)}"] * N), ""),
    "TCX with decimal commas": (".tcx", tcx_text(["<Cadence>85,0</Cadence>"] * N), ""),
    "TCX of another sport": (".tcx", A_TCX.replace("Running", "Other"), "calls its sport Other"),
    "CSV with an empty column": (".csv", csv_text("Time,Cadence,Run Cadence", ",,170"), "has no usable values"),
    "CSV with a column of 0": (".csv", csv_text("Time,Cadence,Step Rate", ",0,170"), "has no usable values"),
    "CSV with two columns of one name": (".csv", csv_text("Time,Cadence,Cadence", ",0,170"), "has no usable values"),
    "CSV with decimal commas": (".csv", csv_text("Time;Cadence", ";170,0"), ""),
    "CSV of a run by its rows": (".csv", csv_text("Time,Cadence,Sport", ",170,Running"), ""),
    **{
        f"{ending} in {encoding} {mark}": (ending, mark.encode(encoding) + text.encode(encoding), "")
        for ending, text in ((".tcx", A_TCX), (".gpx", A_GPX), (".csv", A_CSV))
        for encoding in ("utf-16-le", "utf-16-be", "utf-8")
        for mark in ("", "\ufeff")
    },
    "GPX with a stray byte in a name": (".gpx", A_GPX.encode().replace(b">r<", b">r\xff<"), "left out: 1"),
    "GPX with a stray byte in a tag": (".gpx", A_GPX.encode().replace(b"<trkpt", b"<trk\xe9pt", 1), "left out: 1"),
    "GPX with a lost angle": (".gpx", A_GPX.replace("<time>", "time>", 1), "damaged in places"),
    "TCX with a stray byte": (".tcx", A_TCX.encode().replace(b"85<", b"85\x00<", 1), "left out: 1"),
    "TCX with a bare &": (".tcx", A_TCX.replace("<Lap>", "<Lap><Notes>Tom & I</Notes>"), "left out: 1"),
}

REFUSED: dict[str, tuple[str, bytes | str, str]] = {
    "a bicycle indoors": (
        ".fit",
        fit_bytes(records((NATIVE, 90.0)), made.session(0, N, EQUIPMENT, 6)),
        "indoor cycling",
    ),
    "a sport that no word is known for": (
        ".fit",
        fit_bytes(records((NATIVE, 90.0)), made.session(0, N, 200)),
        "sport 200",
    ),
    "a ride in a file that says run elsewhere": (
        ".fit",
        fit_bytes(made.sport_message(made.RUNNING), records((NATIVE, 90.0)), made.session(0, N, made.CYCLING)),
        "cycling",
    ),
    "a ride whose session is an hour off": (
        ".fit",
        fit_bytes(records((NATIVE, 90.0)), made.session(3600, 3600 + N, made.CYCLING)),
        "cycling",
    ),
    "virtual_ride": (".gpx", gpx_text([CAD] * N, sport="virtual_ride"), "virtual_ride"),
    "rowing": (".gpx", gpx_text([CAD] * N, sport="rowing"), "rowing"),
    "a ride of Strava": (".gpx", gpx_text([CAD] * N, sport="1"), "cycling"),
    "biking": (".tcx", A_TCX.replace("Running", "Biking"), "Biking"),
    "a table of a ride": (".csv", csv_text("Time,Cadence,Sport", ",85,Cycling"), "Cycling"),
    "a table with its sport above": (".csv", "Sport;Rowing\n" + csv_text("Time;Cadence", ";85"), "Rowing"),
    "a table of decimal commas": (
        ".csv",
        csv_text("t_s,cadence_spm,speed_mps", ",170,5,2,9"),
        "5 values for 3 columns",
    ),
}


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with nobody on it."""
    Home(tmp_path / "machine").move_in(monkeypatch)


def written(tmp_path: Path, ending: str, content: bytes | str) -> str:
    """A file with that in it."""
    path = tmp_path / f"run{ending}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


@pytest.mark.parametrize("name", READ)
def test_a_run_is_170_steps_a_minute(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever stands beside its cadence, and a note says what was not plain."""
    ending, content, note = READ[name]
    assert main(["history", "show", written(tmp_path, ending, content), "--json"]) == 0
    said = capsys.readouterr()
    figures = json.loads(said.out)["session"]
    assert figures["mean_cadence_spm"] == pytest.approx(170, abs=0.6)
    assert figures["running_s"] == pytest.approx(N, abs=5)
    assert note in said.err
    assert note or "has no usable values" not in said.err


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_run_is_refused_in_one_line(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By rehearsals and by the history alike, and the line says what it is."""
    ending, content, says = REFUSED[name]
    path = written(tmp_path, ending, content)
    for command in (["history", "show", path], ["rehearse", "demo", "--feet", f"replay:{path}", "--sound", "none"]):
        assert main(command) != 0
        said = capsys.readouterr().err
        assert says in said
        assert len(said.splitlines()) == 1
