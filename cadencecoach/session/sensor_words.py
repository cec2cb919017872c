"""What a person is told of a sensor that counts something else than was thought, or makes no sense."""

from cadencecoach.gait.unit import Unit
from cadencecoach.units import MAX_CADENCE_SPM

_COUNTS = {Unit.STRIDES: "strides", Unit.STEPS: "steps", Unit.DOUBLED: "twice the steps"}


def unit_overturned(sensor: str, before: Unit | None, after: Unit | None) -> str:
    """That a sensor's numbers were impossible as they were read, and how they are read now."""
    name = sensor or "The sensor"
    if before is None or after is None:
        return ""
    return (
        f"{name} counts {_COUNTS[after]}, not {_COUNTS[before]}: nobody runs or walks as it said before. "
        "If that is wrong, press u."
    )


def unit_open(sensor: str) -> str:
    """That nothing yet tells steps from strides."""
    return f"Cannot tell yet whether {sensor or 'the sensor'} counts steps or strides. Run a little faster, or press u."


def sensor_senseless(sensor: str, raw_per_min: float | None, unit: Unit | None) -> str:
    """That a sensor speaks and makes no sense, and the key that mends it, where one does."""
    name = sensor or "The sensor"
    if raw_per_min is None or unit is None:
        return f"{name}'s numbers jump about and make no sense. If that goes on, put it on again or change its battery."
    spm = raw_per_min * unit.value
    if spm <= MAX_CADENCE_SPM:
        return f"{name} sends something other than a cadence, perhaps power. Change that in the sensor's own app."
    return f"{name}'s numbers make no sense: {spm:.0f} steps a minute. Press u to count them the other way."
