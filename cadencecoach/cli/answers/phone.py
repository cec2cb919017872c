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
    from cadencecoach.live.opening.request import Request
    from cadencecoach.live.opening.setup import session_words
    from cadencecoach.plan.forms import fill
    from cadencecoach.session.sensor_words import worn_words
    from cadencecoach.store.user_store import user_store

    texts = session_words(user_store(), Request(plan_name="", feet_text="", sound_text="")).screen
    one = try_phone(begin_phone(text, TERMINAL, texts), texts, tell)
    faults = one.faults(texts)
    if as_json:
        told = {
            "rate_hz": one.rate_hz,
            "signal": one.signal.value,
            "cadence_spm": one.cadence_spm,
            "placement": one.place,
            "missing_ratio": one.missing_ratio,
            "longest_gap_s": one.longest_gap_s,
            "faults": faults,
        }
        show_as_json(told)
    else:
        heard = fill(texts.phone_heard, cadence=f"{one.cadence_spm or 0:.0f}", rate=f"{one.rate_hz:.0f}")
        show_text(f"{heard} {worn_words(one.place, texts)}." if one.place else heard)
        show_text("\n".join(faults) or texts.phone_will_do)
    return EXIT_WILL_NOT_DO if faults else 0
