"""Which sensors a lane means."""

from each_row import each_row

from cadencecoach.devices.ble.events import Sensor
from cadencecoach.live.sensors.lane_pods import lane_wanted

POD = Sensor(address="C0:00:00:00:00:01", name="Pod A")


@each_row(
    ("text", "is_the_one", "may_be"),
    [
        ("C0:00:00:00:00:01", True, True),
        ("c0:00:00:00:00:01", True, True),
        ("C0:00:00:00:00:02", False, False),
        ("pod a", False, True),
        ("Pod", False, True),
        ("Pod B", False, False),
    ],
)
def test_a_sensor_is_the_one_by_address_and_may_be_by_name(text: str, is_the_one: bool, may_be: bool) -> None:  # noqa: FBT001  # a row
    """Whatever the case of the letters."""
    (wanted,) = lane_wanted(text)
    assert (wanted.matches(POD), wanted.may_be(POD)) == (is_the_one, may_be)


def test_several_are_told_apart_by_commas_and_the_first_leads() -> None:
    """Empty ones are none."""
    wanted = lane_wanted(" Pod A, ,Strap ")
    assert [one.may_be(POD) for one in wanted] == [True, False]
    assert lane_wanted("") == ()
