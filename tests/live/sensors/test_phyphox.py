"""The experiment file uses only what phyphox documents, and its parts fit together."""

from dataclasses import replace
from xml.etree import ElementTree as ET

from each_row import each_row

from cadencecoach.gait.phone_messages import PHYPHOX
from cadencecoach.live.sensors.phyphox import FORMAT, experiment
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN

# What phyphox's documentation of its file format has in format 1.9, as far as it is used here:
# element -> its parent, the attributes it must have, and those it may have with the values allowed for them.
ANY = None
DOCUMENTED: dict[str, tuple[str, set[str], dict[str, set[str] | None]]] = {
    "phyphox": ("", {"version"}, {"version": ANY, "locale": ANY}),
    "title": ("phyphox", set(), {}),
    "category": ("phyphox", set(), {}),
    "description": ("phyphox", set(), {}),
    "data-containers": ("phyphox", set(), {}),
    "container": ("data-containers", set(), {"size": ANY, "init": ANY, "static": {"true", "false"}}),
    "input": ("phyphox", set(), {}),
    "sensor": (
        "input",
        {"type"},
        {"type": {"accelerometer", "linear_acceleration"}, "rate": ANY, "average": {"true", "false"}},
    ),
    "output": ("sensor", {"component"}, {"component": {"x", "y", "z", "t", "abs", "accuracy"}}),
    "network": ("phyphox", set(), {}),
    "connection": (
        "network",
        {"address", "service"},
        {
            "id": ANY,
            "privacy": ANY,
            "address": ANY,
            "service": {"http/get", "http/post"},
            "conversion": {"none", "csv", "json"},
            "interval": ANY,
            "autoConnect": {"true", "false"},
        },
    ),
    "send": ("connection", {"id"}, {"id": ANY, "type": {"buffer", "meta"}}),
    "views": ("phyphox", set(), {}),
    "view": ("views", {"label"}, {"label": ANY}),
    "info": ("view", {"label"}, {"label": ANY}),
    "value": ("view", {"label"}, {"label": ANY, "precision": ANY, "unit": ANY, "size": ANY, "factor": ANY}),
}
ADDRESS = "http://192.168.1.5:8713/s3cret/NUMBER"
ROOT = ET.fromstring(experiment(ADDRESS, ENGLISH_SCREEN))  # noqa: S314  # our own


def test_every_element_and_attribute_is_documented() -> None:
    """In its place, with all it must have; `input` names a container inside a value, and the hardware elsewhere."""
    parents = {child: parent for parent in ROOT.iter() for child in parent}
    for element in ROOT.iter():
        parent = parents[element].tag if element in parents else ""
        if (parent, element.tag) == ("value", "input"):
            assert element.attrib == {}
            continue
        where, needed, allowed = DOCUMENTED[element.tag]
        assert parent == where, element.tag
        assert needed <= element.attrib.keys(), element.tag
        for name, value in element.attrib.items():
            assert name in allowed, f"{element.tag} {name}"
            values = allowed[name]
            assert values is None or value in values, f"{element.tag} {name}"


def test_every_buffer_that_is_named_is_declared_and_filled() -> None:
    """Those that are sent under the names the receiver reads."""
    declared = [one.text for one in ROOT.iter("container")]
    assert sorted(map(str, declared)) == sorted(PHYPHOX)
    assert {one.text for one in ROOT.iter("output")} == set(declared)
    assert {one.get("id"): one.text for one in ROOT.iter("send")} == {name: name for name in PHYPHOX}
    assert {one.text for one in ROOT.findall(".//value/input")} <= set(declared)


def test_the_sensor_is_the_one_with_gravity() -> None:
    """Which tells the unit and the place."""
    (sensor,) = ROOT.iter("sensor")
    assert sensor.get("type") == "accelerometer"
    assert {one.get("component"): one.text for one in sensor} == dict(zip("txyz", PHYPHOX, strict=True))


def test_a_push_holds_more_than_one_interval() -> None:
    """So that what one push loses the next one brings: eight of them hold every sample."""
    (connection,) = ROOT.iter("connection")
    (sensor,) = ROOT.iter("sensor")
    kept_s = int(next(ROOT.iter("container")).get("size", "")) / float(sensor.get("rate", ""))
    assert kept_s / float(connection.get("interval", "")) == 8.0
    assert connection.get("address") == ADDRESS
    assert ROOT.get("version") == FORMAT == "1.9"


@each_row("text", ["<&>", '"quoted"', "é ü ñ 中"])
def test_any_text_is_text(text: str) -> None:
    """A language of the user's own may hold anything."""
    told = ET.fromstring(experiment(ADDRESS, replace(ENGLISH_SCREEN, phone_title=text, phone_info=text)))  # noqa: S314
    assert told.findtext("title") == text
    assert next(told.iter("info")).get("label") == text
