"""What a runner reads of sensors and of the radio, in the runner's language."""

from each_row import each_row

from cadencecoach.desk.sensors.kinds import kind_words
from cadencecoach.devices.ble.gatt import NOT_USED
from cadencecoach.errors import Reason
from cadencecoach.gait.sources import RADIO_SOURCES
from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.phrases import find_phrasebook
from cadencecoach.store.settings import VoiceTable
from cadencecoach.web.readiness import radio_words
from cadencecoach.web.sensing import Seen, session_words

GERMAN = find_phrasebook(NO_MACHINE, VoiceTable(language="de")).page
POD = Seen(id="a", name="Pod", address="C0", kinds=("foot pod",))
OTHER = Seen(id="c", name="Other", address="C2", kinds=("acceleration",))
STRAP = Seen(id="b", name="Strap", address="C1", kinds=("heart rate", "treadmill"))
NOTHING = {"uses": None, "waits_for": None}


@each_row("kind", [*(one.kind for one in RADIO_SOURCES), *NOT_USED.values()])
def test_every_kind_of_sensor_has_a_word(kind: str) -> None:
    """In English its own name, in German another; one of a later version is shown as it is."""
    assert kind_words([kind], ENGLISH_PAGE) == kind
    assert kind_words([kind], GERMAN) != kind
    assert kind_words(["oximeter"], GERMAN) == "oximeter"


def test_a_sensor_of_several_kinds_names_each() -> None:
    """In the order it has them."""
    assert kind_words(STRAP.kinds, GERMAN) == "Puls, Laufband"


@each_row(
    ("told", "found", "says"),
    [
        ({"uses": "C0", "waits_for": None}, [STRAP, POD], "Eine Einheit nimmt Pod."),
        ({"uses": None, "waits_for": "Mine"}, [POD], "Eine Einheit wartet auf Mine, gerade nicht zu hören."),
        (NOTHING, [POD, OTHER, STRAP], GERMAN.sensor_several.format(sensors="Pod, Other")),
        (NOTHING, [STRAP], GERMAN.sensor_silent),
        (NOTHING, [], GERMAN.sensor_silent),
    ],
)
def test_what_a_session_would_do_is_told(told: dict[str, str | None], found: list[Seen], says: str) -> None:
    """With the sensor by its name."""
    assert session_words(told, found, GERMAN) == says


@each_row("reason", Reason)
def test_whatever_is_wrong_with_the_radio_is_told_in_the_runners_language(reason: Reason) -> None:
    """Each in a sentence without the words of one system."""
    said = radio_words(reason, GERMAN)
    assert said not in {"", radio_words(reason, ENGLISH_PAGE)}
    assert "{" not in said
