"""A phone at the command line of `sensors`: whether one is meant, and what a test of it came to."""

import click

from cadencecoach.cli.printing import show_as_json, show_text, tell

EXIT_WILL_NOT_DO = 1


def phone_of(feet_text: str, sensor: str, *, also: str = "") -> str | None:
    """What stands behind `phone:`; None where a Bluetooth sensor is meant.

    Args:
        feet_text: as typed
        sensor: as typed, of a Bluetooth sensor
        also: what else the command allows, as the error ends
    """
    kind, _, rest = feet_text.partition(":")
    if kind not in {"ble", "phone"} or (kind == "ble" and rest):
        raise click.UsageError(f"--feet '{feet_text}': allowed are ble, phone, phone:HOST[:PORT]{also}")
    if kind == "ble":
        return None
    if sensor:
        raise click.UsageError(f"{sensor} names a Bluetooth sensor, and --feet {feet_text} a phone; leave one out")
    return rest


def test_phone(text: str, *, as_json: bool) -> int:
    """Test a phone that is named by what stands behind `phone:`; the exit status."""
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.sensors.phone import try_phone
    from cadencecoach.live.opening.phone import begin_phone

    one = try_phone(begin_phone(text, TERMINAL), tell)
    if as_json:
        told = {
            "rate_hz": one.rate_hz,
            "signal": one.signal.value,
            "cadence_spm": one.cadence_spm,
            "placement": one.place,
            "missing_ratio": one.missing_ratio,
            "longest_gap_s": one.longest_gap_s,
            "faults": one.faults,
        }
        show_as_json(told)
    else:
        cadence = f"{one.cadence_spm:.0f} steps a minute" if one.cadence_spm else "no steps"
        where = f", worn at {one.place}" if one.place else ""
        show_text(f"Heard: {cadence}{where}; {one.rate_hz:.0f} samples a second, in {one.signal.value}.")
        show_text("\n".join(one.faults) or "This phone will do.")
    return EXIT_WILL_NOT_DO if one.faults else 0
