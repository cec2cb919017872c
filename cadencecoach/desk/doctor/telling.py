"""The figures of a measured beat in words, one line each."""

from collections.abc import Iterator

from cadencecoach.desk.doctor.beat import Measured
from cadencecoach.desk.doctor.figures import Spread
from cadencecoach.desk.doctor.finding import Finding


def tell_findings(measured: Measured) -> Iterator[Finding]:
    """One finding for each thing measured."""
    yield _beat(measured)
    lost = f"{measured.slip_frames} frames lost and skipped, {measured.n_flags} under-runs reported"
    todo = (
        ""
        if measured.slip_frames == 0
        else "raise sound.latency_s in the settings, or close programs that keep the machine busy"
    )
    yield Finding(about="slips", is_well=measured.slip_frames == 0, text=lost, todo=todo)
    clock = f"{measured.card_ppm:+.0f} ppm compared with this computer's; the beat counts only the card's samples"
    yield Finding(about="card's clock", is_well=True, text=clock)
    load = measured.load_percent
    text = f"{load.median:.1f} % of a block's time, p99 {load.p99:.1f}, worst {load.worst:.1f}"
    yield Finding(about="load", is_well=load.p99 < 100, text=text)  # noqa: PLR2004  # all of the time there is
    yield _delay("command to card", measured.to_leave_ms)
    yield _delay("command to ear", measured.to_ear_ms)


def _beat(measured: Measured) -> Finding:
    beat = measured.beat
    if beat is None:
        return Finding(about="beat", is_well=False, text="too short to measure", todo="measure for 5 s or more")
    text = (
        f"{beat.n_intervals} intervals at {measured.tempo_spm:g} spm on {measured.device}: "
        f"SD {beat.sd_us:.2f} us, p99 {beat.p99_us:.2f} us, worst {beat.worst_us:.2f} us ({beat.worst_samples:.4f} "
        f"samples); clicks begin at most {beat.worst_onset_frames:.3f} frames from their exact time; "
        f"drift {beat.drift_ppm:+.4f} ppm"
    )
    return Finding(about="beat", is_well=beat.worst_samples < 1.0, text=text)


def _delay(about: str, spread: Spread | None) -> Finding:
    if spread is None:
        return Finding(about=about, is_well=False, text="could not be measured", todo="try again on a quiet machine")
    text = f"median {spread.median:.1f} ms, p99 {spread.p99:.1f}, worst {spread.worst:.1f}"
    return Finding(about=about, is_well=True, text=text)
