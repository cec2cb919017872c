from each_row import each_row

from cadencecoach.gait.steps import Placement
from cadencecoach.gait.unit import Unit
from cadencecoach.plan.screen_texts import ENGLISH_SCREEN, ScreenTexts
from cadencecoach.session.sensor_words import unit_words, worn_words


@each_row("unit", Unit)
def test_each_unit_has_words_of_its_own(unit: Unit) -> None:
    """The key goes to another unit, and another text says so."""
    assert unit_words(unit, ENGLISH_SCREEN)
    assert unit_words(unit, ENGLISH_SCREEN) != unit_words(unit.next, ENGLISH_SCREEN)


def test_an_open_unit_has_none() -> None:
    """Nothing is shown of what nobody knows."""
    assert unit_words(None, ENGLISH_SCREEN) == ""


def test_the_words_are_those_of_the_language() -> None:
    """From the table that is handed in."""
    assert unit_words(Unit.STEPS, ScreenTexts(counts_steps="Schritte")) == "Schritte"


@each_row("placement", Placement)
def test_each_place_has_words_of_its_own_in_the_language(placement: Placement) -> None:
    """A journal keeps the English one."""
    texts = ScreenTexts(
        worn_foot="Fuß", worn_hip="Hüfte", worn_chest="Brust", worn_trunk="Hüfte oder Brust", worn_wrist="Handgelenk"
    )
    assert worn_words(placement.value, ENGLISH_SCREEN) == f"steps from acceleration, {placement.value}"
    assert placement.value not in worn_words(placement.value, texts)
