"""What is told of the sensors around, in the language of whoever is about to run."""

from each_row import each_row

from cadencecoach.devices.ble.events import Found, Sensor
from cadencecoach.live.opening.around import choice_text, mute_text
from cadencecoach.live.opening.meant import Meant
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import VoiceTable

GERMAN = find_phrasebook(NO_MACHINE, VoiceTable(language="de")).screen
NEAR = Found(sensor=Sensor(address="A", name="Stryd"), signal_dbm=-40, kinds=("foot pod",))
HELD = Found(sensor=Sensor(address="B", name="Stryd"), signal_dbm=None, kinds=("foot pod",))
STRAP = Found(sensor=Sensor(address="C", name="H10"), signal_dbm=-50, kinds=("heart rate",))


@each_row(
    ("texts", "said"),
    [
        (
            ENGLISH_SCREEN,
            (
                "using Stryd (A, -40 dBm), the nearest. Not yours? Name yours: --feet ble:ADDRESS."
                " Also heard: Stryd (B, connected to this computer)"
            ),
        ),
        (
            GERMAN,
            (
                "nehme Stryd (A, -40 dBm), den nächsten. Nicht deiner? Nenn deinen: --feet ble:ADRESSE."
                " Auch zu hören: Stryd (B, mit diesem Rechner verbunden)"
            ),
        ),
    ],
)
def test_the_nearest_is_told_with_the_others(texts: ScreenTexts, said: str) -> None:
    """Each with its address and signal, or that it is connected already."""
    assert choice_text(Meant(one=NEAR, farther=(HELD,)), texts) == said
    assert choice_text(Meant(one=NEAR), texts) == ""


def test_a_sensor_without_steps_is_told() -> None:
    """What it sends, and what to do if it is a pod after all."""
    assert mute_text((NEAR, STRAP), GERMAN) == (
        "H10 (C, -50 dBm) sendet Puls und keine Schritte."
        " Ist einer ein Fußsensor, schalte in seiner App den Laufmodus ein."
    )
    assert mute_text((NEAR,), GERMAN) == ""
