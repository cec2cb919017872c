"""What a step of Zwift asks for beyond power and cadence."""

from each_row import each_row

from cadencecoach.workouts.model import Asked, Repeat, WorkoutStep
from cadencecoach.workouts.reading.xml_tree import xml_tree
from cadencecoach.workouts.reading.zwift import RAMP, read_zwift


def steps(element: str) -> tuple[WorkoutStep, ...]:
    """The steps of one element, those of a repeat once."""
    text = f"<workout_file><sportType>run</sportType><workout>{element}</workout></workout_file>"
    (part,) = read_zwift(xml_tree(text.encode())).parts
    found = part.parts if isinstance(part, Repeat) else (part,)
    return tuple(one for one in found if isinstance(one, WorkoutStep))


@each_row("name", ["Slope", "Incline", "grade", "Gradient"])
def test_a_slope_is_asked_for(name: str) -> None:
    """It used to vanish."""
    (step,) = steps(f'<SteadyState Duration="300" {name}="5"/>')
    assert (step.targets, step.remarks) == ((Asked("slope 5 %"),), ())


def test_the_turns_of_intervals_have_their_own_slopes() -> None:
    """On and off."""
    on, off = steps('<IntervalsT Repeat="2" OnDuration="60" OffDuration="30" OnIncline="6" OffIncline="1"/>')
    assert (on.targets, off.targets) == ((Asked("slope 6 %"),), (Asked("slope 1 %"),))


@each_row(
    ("element", "remarks"),
    [
        ('<Warmup Duration="60" PowerLow="0.3" PowerHigh="0.7"/>', (RAMP,)),
        ('<Warmup Duration="60" PowerLow="0.5" PowerHigh="0.5"/>', ()),
        ('<SteadyState Duration="60" Power="0.5" FlatRoad="1" show_avg="1"/>', ()),
        ('<SteadyState Duration="60" Power="0.5" Wind="3"/>', ("its wind (3) is not known; left out",)),
        ('<IntervalsT Repeat="2" OnDuration="6" OffDuration="3" Wind="3"/>', ("its wind (3) is not known; left out",)),
    ],
)
def test_what_is_not_taken_is_told(element: str, remarks: tuple[str, ...]) -> None:
    """A ramp, and what nobody here knows; what is about the picture of the game is not."""
    assert steps(element)[0].remarks == remarks
