"""`cadencecoach doctor`: what works on this machine, and what to do about what does not."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import show_as_json, show_text

if TYPE_CHECKING:
    from cadencecoach.desk.doctor.checkup import Report

BEAT_S = 10.0
EXIT_DEVICE = 3


@click.command("doctor")
@click.option(
    "--beat",
    "beat_s",
    type=click.FloatRange(2.0, 3600.0),
    is_flag=False,
    flag_value=BEAT_S,
    metavar="[SECONDS]",
    help="Play a beat and measure it: jitter, drift, slips, latency, load.",
)
@click.option("--delay", "wants_delay", is_flag=True, help="Measure the delay of your headphones by tapping along.")
@click.option(
    "--sound", "sound_text", metavar="OUTPUT", default="default", show_default=True, help="default or device:NAME."
)
@options.CONFIG
@click.option("--json", "as_json", is_flag=True, help="Print the findings as one JSON object.")
def doctor(*, beat_s: float | None, wants_delay: bool, sound_text: str, config: str | None, as_json: bool) -> int:
    """Check this machine: sound, Bluetooth and the sensors nearby. `--beat` measures the beat as played.

    The exit status is 3 if something needs attention.
    """
    # Imported here so that `--help` does not wait for them.
    from cadencecoach.cli.terminal import TERMINAL
    from cadencecoach.desk.doctor.checkup import beat, delay, look
    from cadencecoach.plan.phrasebook import ENGLISH
    from cadencecoach.store.stored import reader_words
    from cadencecoach.store.user_store import user_store

    store = user_store()
    machine, words = store.machine, ENGLISH if as_json else reader_words(store)
    if wants_delay:
        return _show(delay(machine, sound_text, config, TERMINAL, words.doctor), as_json=as_json)
    if beat_s is not None:
        return _show(beat(machine, beat_s, sound_text, config), as_json=as_json)
    return _show(look(machine, store.places(), config, words), as_json=as_json)


def _show(report: "Report", *, as_json: bool) -> int:
    """Print it; the answer is the exit status."""
    if as_json:
        found = {"findings": [asdict(one) for one in report.findings], **report.figures}
        show_as_json(found)
    for one in () if as_json else report.findings:
        show_text(f"{'ok   ' if one.is_well else 'CHECK'}  {one.about}: {one.text}")
        if one.todo:
            show_text(f"       -> {one.todo}")
    return 0 if all(one.is_well for one in report.findings) else EXIT_DEVICE
