"""A card that loses blocks, and one whose clock only hiccups."""

from dataclasses import dataclass

from each_row import each_row

from cadencecoach.devices.slip import BELIEVED_AFTER_BLOCKS, Loss, SlipMeter

FS_HZ = 48_000
BLOCK = 256


@dataclass
class Card:
    """A card on a simulated clock that can lose frames, drift, or report nonsense.

    Attributes:
        ppm: how much its crystal is off against the clock it reports
    """

    ppm: float = 0.0
    now_s: float = 100.0

    def block(self) -> float:
        """One block passes; when it began."""
        began_s = self.now_s
        self.now_s += BLOCK / FS_HZ * (1 + self.ppm * 1e-6)
        return began_s

    def lose(self, n_frames: int) -> None:
        """So many frames of sound that were not there in time."""
        self.now_s += n_frames / FS_HZ


def run(meter: SlipMeter, card: Card, n_blocks: int, *, has_flag: bool = False) -> int:
    """Frames reported as lost over some blocks."""
    return sum(meter.slip_frames(dac_s=card.block(), n_frames=BLOCK, has_flag=has_flag) for _ in range(n_blocks))


@each_row(("lost", "believed"), [(23_999, 0), (24_000, 24_000), (96_000, 96_000), (240_001, 0)])
def test_half_a_second_and_more_is_a_loss_without_a_flag(lost: int, believed: int) -> None:
    """No estimate of a buffer's delay errs by as much; beyond five seconds the machine slept."""
    meter, card = SlipMeter(fs_hz=FS_HZ), Card()
    run(meter, card, 200)
    card.lose(lost)
    assert run(meter, card, 50) == believed
    assert run(meter, card, 1000) == 0


@each_row("is_anew", [False, True])
@each_row(("n_blocks", "believed"), [(29, 0), (179, 0), (180, 67_000), (200, 67_000)])
def test_a_clock_that_is_set_within_the_first_second_is_no_loss(n_blocks: int, believed: int, *, is_anew: bool) -> None:
    """A server that was started a moment ago, or has just thrown away what it held; believed after eight blocks."""
    meter, card = SlipMeter(fs_hz=FS_HZ), Card()
    if is_anew:
        run(meter, card, 1000)
        meter.begin_anew(card.now_s)
    run(meter, card, n_blocks)
    card.lose(67_000)
    assert run(meter, card, 50) == believed
    assert run(meter, card, 1000) == 0


@each_row("lost", [300, 2048, 45_696])
def test_lost_frames_are_counted_once(lost: int) -> None:
    """After a flag and a few blocks the whole loss is known, to the frame, and not again."""
    meter, card = SlipMeter(fs_hz=FS_HZ), Card()
    assert run(meter, card, 100) == 0
    card.lose(lost)
    assert run(meter, card, 1, has_flag=True) == 0
    assert run(meter, card, 50) == lost
    assert run(meter, card, 1000) == 0


@each_row("n_blocks", [1, 2, 7])
@each_row("late_frames", [-100, 0, 100])
def test_a_server_loses_whole_blocks(n_blocks: int, late_frames: int) -> None:
    """Its clock is off by 2 ms after the loss; the beat is brought back by blocks, exactly, and not again."""
    meter, card = SlipMeter(fs_hz=FS_HZ, loss=Loss.BLOCKS), Card()
    run(meter, card, 100)
    card.lose(n_blocks * BLOCK + late_frames)
    assert run(meter, card, 20, has_flag=True) == n_blocks * BLOCK
    card.lose(-late_frames)
    assert run(meter, card, 1000, has_flag=True) == 0


def test_losses_in_a_row_are_counted_whole() -> None:
    """One flag may stand for many lost blocks."""
    meter, card = SlipMeter(fs_hz=FS_HZ), Card()
    run(meter, card, 100)
    total = run(meter, card, 1, has_flag=True)
    for _ in range(16):
        card.lose(BLOCK)
        total += run(meter, card, 1)
    assert total + run(meter, card, 200, has_flag=True) == 16 * BLOCK


@each_row("ppm", [-500.0, -50.0, 50.0, 500.0])
def test_a_crystal_that_is_off_is_no_slip(ppm: float) -> None:
    """An hour on a card 500 ppm fast or slow: the beat counts samples and nothing else."""
    meter, card = SlipMeter(fs_hz=FS_HZ), Card(ppm=ppm)
    assert run(meter, card, 100_000, has_flag=True) == 0


def test_a_hiccup_of_the_clock_is_no_slip() -> None:
    """A reported time that jumps and comes back within a few blocks moves nothing."""
    meter, card = SlipMeter(fs_hz=FS_HZ), Card()
    run(meter, card, 100)
    for _ in range(BELIEVED_AFTER_BLOCKS - 1):
        wrong_s = card.block() + 0.036
        assert meter.slip_frames(dac_s=wrong_s, n_frames=BLOCK, has_flag=True) == 0
    assert run(meter, card, 1000) == 0


def test_a_jump_without_a_flag_is_no_slip() -> None:
    """A clock that is set is not a loss of sound."""
    meter, card = SlipMeter(fs_hz=FS_HZ), Card()
    run(meter, card, 100)
    card.lose(20_000)
    assert run(meter, card, 1000) == 0


@each_row("early_frames", [-5_000, 0, 10_000])
def test_a_card_that_threw_away_what_it_held_is_early_or_late_and_then_even(early_frames: int) -> None:
    """So many frames, once; what a flag before it complained of is over."""
    meter, card = SlipMeter(fs_hz=FS_HZ), Card()
    run(meter, card, 99)
    run(meter, card, 1, has_flag=True)
    card.lose(-early_frames)
    assert meter.begin_anew(card.now_s) == early_frames
    assert run(meter, card, 1000) == 0


def test_a_card_that_has_played_nothing_is_not_early() -> None:
    """There is nothing it could be compared with."""
    assert SlipMeter(fs_hz=FS_HZ).begin_anew(5.0) == 0


def test_a_machine_that_slept_does_not_run_after_the_beat() -> None:
    """An hour's gap is a pause, not three thousand beats to skip."""
    meter, card = SlipMeter(fs_hz=FS_HZ), Card()
    run(meter, card, 100)
    card.lose(3600 * FS_HZ)
    assert run(meter, card, 1000, has_flag=True) == 0
