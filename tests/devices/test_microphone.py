import pytest
from each_row import each_row

from cadencecoach.devices.microphone import FS_HZ, NO_MICROPHONE, Pace, SoundInput, meant_input


def an_input(name: str, *, is_default: bool = False, host_api: str = "Core Audio", behind: str = "") -> SoundInput:
    """A microphone."""
    return SoundInput(index=0, name=name, host_api=host_api, fs_hz=48_000, is_default=is_default, behind=behind)


BUILT_IN = an_input("Built-in Microphone")
HEADSET = an_input("WH-1000 Headset", is_default=True)
USB = an_input("USB Audio Device")


@each_row(
    "one",
    [
        HEADSET,
        an_input("Hands-Free HF Audio (%1)"),
        an_input("Anna's AirPods"),
        an_input("Galaxy Buds2"),
        an_input("bluez_input.00_11_22"),
        an_input("default", behind="bluez_input.00_11_22.0"),
        an_input("Head (HFP)"),
    ],
    ids=lambda one: one.name,
)
def test_a_bluetooth_headset_is_known_by_its_names(one: SoundInput) -> None:
    """Also behind a generic name, where the sound server says so."""
    assert one.is_hands_free


@each_row("one", [BUILT_IN, USB, an_input("default", behind="alsa_input.pci")], ids=lambda one: one.name)
def test_others_are_none(one: SoundInput) -> None:
    """A wired microphone may be opened."""
    assert not one.is_hands_free


def test_the_systems_own_is_taken_where_nobody_says_which() -> None:
    """It stands first."""
    assert meant_input([USB, BUILT_IN], "") == (USB, "")


def test_in_place_of_a_headset_another_is_taken_and_that_is_said() -> None:
    """With the reason: the beat would become telephone sound."""
    device, note = meant_input([HEADSET, BUILT_IN], "")
    assert device == BUILT_IN
    assert "Bluetooth headset" in note
    assert "telephone" in note
    assert "listening with Built-in" in note


def test_a_headset_that_is_named_is_refused_and_others_are_named() -> None:
    """In one line."""
    with pytest.raises(ValueError, match=r"telephone sound.*name another microphone: Built-in Microphone, USB"):
        meant_input([HEADSET, BUILT_IN, USB], "headset")


def test_a_headset_alone_is_refused() -> None:
    """There is nothing else to name."""
    with pytest.raises(ValueError, match="Bluetooth headset"):
        meant_input([HEADSET], "")


def test_a_part_of_a_name_is_enough_and_one_that_fits_none_lists_what_there_is() -> None:
    """In any case of letters."""
    assert meant_input([BUILT_IN, USB], "usb")[0] == USB
    with pytest.raises(ValueError, match="no microphone fits web; there are: Built-in Microphone, USB Audio Device"):
        meant_input([BUILT_IN, USB], "web")
    with pytest.raises(ValueError, match=r"2 microphones fit i: .*write more"):
        meant_input([BUILT_IN, USB], "i")
    with pytest.raises(ValueError, match=NO_MICROPHONE):
        meant_input([], "")


def test_of_one_card_by_several_ways_the_first_is_meant() -> None:
    """Windows lists each once for each host API."""
    both = [an_input("Mic", host_api="MME"), an_input("Mic", host_api="WASAPI")]
    assert meant_input(both, "mic")[0].host_api == "MME"


def noted(late_s: list[float]) -> list[int]:
    """What is missing, of blocks of a tenth of a second that come so late."""
    pace, n, missing = Pace(), 0, list[int]()
    for number, one in enumerate(late_s):
        n += FS_HZ // 10
        missing.append(pace.note(n, 100.0 + 0.1 * (number + 1) + one))
        n += missing[-1]
    return missing


def test_samples_that_come_late_for_good_were_preceded_by_some_that_never_came() -> None:
    """A tenth of a second is made up for, once, when all of two seconds came late."""
    missing = noted([0.0] * 60 + [0.1] * 60)
    assert sum(missing) == pytest.approx(0.1 * FS_HZ, abs=2)
    assert sum(one > 0 for one in missing) == 1


@each_row(
    "late_s",
    [
        [0.0] * 60 + [0.07] * 60,  # below what is a gap
        [0.0] * 60 + [0.3] * 10 + [0.0] * 50,  # late, and made up for
        [0.0001 * number for number in range(600)],  # 100 parts in a million, ten times over
    ],
    ids=["little", "for a while", "slowly"],
)
def test_what_is_late_otherwise_is_not_made_up_for(late_s: list[float]) -> None:
    """A busy machine, or a crystal that is off."""
    assert sum(noted(late_s)) == 0
