"""What a person is told of a sensor that counts something else than was thought, or makes no sense."""

from cadencecoach.gait.unit import Unit
from cadencecoach.plan.forms import fill
from cadencecoach.plan.screen_texts import ScreenTexts
from cadencecoach.units import MAX_CADENCE_SPM


def _unit_word(unit: Unit, texts: ScreenTexts) -> str:
    """What a sensor of this unit counts."""
    return {Unit.STRIDES: texts.strides, Unit.STEPS: texts.steps, Unit.DOUBLED: texts.twice_the_steps}[unit]


def unit_words(unit: Unit | None, texts: ScreenTexts) -> str:
    """How a sensor's numbers are read; empty while that is open."""
    words = {
        Unit.STRIDES: texts.counts_strides,
        Unit.STEPS: texts.counts_steps,
        Unit.DOUBLED: texts.counts_doubled,
    }
    return "" if unit is None else words[unit]


def worn_words(placement: str, texts: ScreenTexts) -> str:
    """That steps come from acceleration, and where the sensor sits; `placement` as a journal has it."""
    from cadencecoach.gait.steps import Placement  # noqa: PLC0415  # numpy, which whoever reads acceleration has loaded

    words = {
        Placement.FOOT: texts.worn_foot,
        Placement.HIP: texts.worn_hip,
        Placement.CHEST: texts.worn_chest,
        Placement.TRUNK: texts.worn_trunk,
        Placement.WRIST: texts.worn_wrist,
    }
    return fill(texts.from_acceleration, placement=words[Placement(placement)])


def unit_overturned(sensor: str, before: Unit | None, after: Unit | None, texts: ScreenTexts) -> str:
    """That a sensor's numbers were impossible as they were read, and how they are read now."""
    if before is None or after is None:
        return ""
    name = sensor or texts.the_sensor
    return fill(texts.unit_overturned, sensor=name, after=_unit_word(after, texts), before=_unit_word(before, texts))


def unit_open(sensor: str, texts: ScreenTexts) -> str:
    """That nothing yet tells steps from strides."""
    return fill(texts.unit_open, sensor=sensor) if sensor else texts.unit_open_unnamed


def sensor_senseless(sensor: str, raw_per_min: float | None, unit: Unit | None, texts: ScreenTexts) -> str:
    """That a sensor speaks and makes no sense, and the key that mends it, where one does."""
    name = sensor or texts.the_sensor
    if raw_per_min is None or unit is None:
        return fill(texts.sensor_jumps, sensor=name)
    spm = raw_per_min * unit.value
    if spm <= MAX_CADENCE_SPM:
        return fill(texts.sensor_no_cadence, sensor=name)
    return fill(texts.sensor_senseless, sensor=name, cadence=f"{spm:.0f}")
