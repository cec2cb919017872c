"""Settings: what is set on this computer, and what is kept on it, with the way to delete it."""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cadencecoach.desk.athletes.forgetting import forget
from cadencecoach.desk.doctor.places import places
from cadencecoach.desk.settings.changing import DEVICE, OF_FILES, Shown, overview, set_setting, unset_setting
from cadencecoach.devices.command_line import command_line
from cadencecoach.errors import CadencecoachError, UsageError
from cadencecoach.live.opening.metronome import click_sounds
from cadencecoach.plan.forms import fill
from cadencecoach.plan.page_texts import PageTexts
from cadencecoach.store.machine import Machine
from cadencecoach.store.phrases import AUTO, known_languages, systems_language
from cadencecoach.store.protocol import Store
from cadencecoach.store.settings import Origin, bounds_of, choices_of, setting_keys, variable_of
from cadencecoach.store.sound_book import SYSTEMS_OWN
from cadencecoach.web.asked import RefusedError
from cadencecoach.web.choices import Choice, output_choices
from cadencecoach.web.rows import json_of, visitor_of
from cadencecoach.web.site import Site

LANGUAGE, CLICK, SPEAKER = "voice.language", "sound.click", "voice.speaker"
IN_A_TERMINAL: Final = {*OF_FILES, SPEAKER}  # names and files of this computer are not taken over HTTP
DEVICE_WORD: Final = "device:"
# What those who speak a language call it; one that is added shows its code until it has a name here.
OWN_NAMES: Final = {"de": "Deutsch", "en": "English", "es": "Español", "fr": "Français"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One setting as the page shows it.

    Attributes:
        key: such as `sound.device`
        label: what it is
        hint: what a person may want to know before changing it; mostly empty
        value: that holds
        choices: value and words, of which one is chosen; none where a number is typed
        bounds: the least and the most of a number
        note: why it cannot be changed here; empty where it can
        default: in words; empty where it holds
    """

    key: str
    label: str
    hint: str
    value: str
    choices: tuple[tuple[str, str], ...]
    bounds: tuple[float, float] | None
    note: str
    default: str


class SettingsPage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    async def show(self, request: Request) -> Response:
        """Show the page."""
        words = await self._site.words(None)
        texts = words.page
        outputs = await asyncio.to_thread(output_choices, texts)
        controls = await asyncio.to_thread(controls_of, self._site.store.machine, texts, outputs)
        groups = [
            (texts.group_reading, [controls[key] for key in (LANGUAGE, "voice.words", *_of(controls, "display"))]),
            (texts.group_sound, [controls[key] for key in _of(controls, "sound")]),
            (texts.group_voice, [controls[key] for key in _of(controls, "voice", LANGUAGE, "voice.words")]),
            (texts.group_sensor, [controls[key] for key in _of(controls, "feet")]),
        ]
        kept = await asyncio.to_thread(_count_kept, self._site.store)
        backup = command_line("backup FILE")
        return await self._site.page(
            request,
            "settings.html",
            None,
            groups=groups,
            kept=kept,
            places=list(places(self._site.store.places(), words.doctor)),
            backup=backup,
        )

    async def set_value(self, request: Request) -> Response:
        """Set a setting."""
        key, told = _key(request), await json_of(request)
        value = told.get("value") if isinstance(told, dict) and told.keys() == {"value"} else None
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise RefusedError(400, 'send {"value": a text or a number}', "value")
        if key == DEVICE:
            value = await self._device(str(value))
        return await _apply(set_setting, self._site.store.machine, key, f"{value}")

    async def unset_value(self, request: Request) -> Response:
        """Take a setting back."""
        return await _apply(unset_setting, self._site.store.machine, _key(request))

    async def _device(self, id_: str) -> str:
        """The device's name, by its id in the list; the sound system is asked only where one is named."""
        if id_ == SYSTEMS_OWN:
            return id_
        texts = (await self._site.words(None)).page
        outputs = _devices(await asyncio.to_thread(output_choices, texts))
        if id_ not in outputs:
            raise RefusedError(400, texts.no_such_choice, "value")
        return outputs[id_].word.removeprefix(DEVICE_WORD)

    async def forget_athlete(self, request: Request) -> Response:
        """Delete an athlete, whose name is sent once more."""
        name, told = request.path_params["name"], await json_of(request)
        if name not in await self._site.names(visitor_of(request)):
            raise RefusedError(404, (await self._site.words(None)).page.no_such_choice, "name")
        if told != {"name": name}:
            raise RefusedError(400, 'send {"name": the same name}: it is deleted for good', "name")
        try:
            await asyncio.to_thread(forget, self._site.store, name)
        except UsageError as error:
            raise RefusedError(409, str(error), "name") from None
        return Response(status_code=204)


def controls_of(machine: Machine, texts: PageTexts, outputs: Mapping[str, Choice]) -> dict[str, Control]:
    """Every setting, by its key.

    Raises:
        UsageError: the settings cannot be used
    """
    return {one.key: _control(machine, one, texts, outputs) for one in overview(machine, None).shown}


def _control(machine: Machine, one: Shown, texts: PageTexts, outputs: Mapping[str, Choice]) -> Control:
    choices = _choices(machine, one, texts, outputs)
    words, value = dict(choices), _number_text(one.value)
    if one.key == DEVICE:  # a name on this computer is shown as the id of the list
        named = (id_ for id_, device in _devices(outputs).items() if device.word.removeprefix(DEVICE_WORD) == value)
        value = next(named, value)
        choices = choices if value in words else (*choices, (value, value))
    return Control(
        key=one.key,
        label=labels(texts)[one.key],
        hint=_hints(texts).get(one.key, ""),
        value=value,
        choices=choices,
        bounds=bounds_of(one.key),
        note=_note(one, texts),
        default="" if one.origin is Origin.DEFAULT else words.get(f"{one.default}", _number_text(one.default)),
    )


def _number_text(value: str | float) -> str:
    return f"{value:g}" if isinstance(value, float) else f"{value}"


def _choices(
    machine: Machine, one: Shown, texts: PageTexts, outputs: Mapping[str, Choice]
) -> tuple[tuple[str, str], ...]:
    if one.key == DEVICE:
        return tuple((id_, device.name) for id_, device in _devices(outputs).items())
    if one.key == CLICK:
        return tuple((name, name) for name in click_sounds())
    if one.key == LANGUAGE:
        systems = systems_language(machine)
        automatic = (AUTO, fill(texts.as_system, language=OWN_NAMES.get(systems, systems)))
        own = [] if one.value in {AUTO, *known_languages(machine)} else [f"{one.value}"]  # with a region
        return (automatic, *((code, OWN_NAMES.get(code, code)) for code in (*known_languages(machine), *own)))
    return tuple((word, words_of(texts).get(word, word)) for word in choices_of(one.key))


def _note(one: Shown, texts: PageTexts) -> str:
    if one.origin is Origin.ENVIRONMENT:
        return fill(texts.by_environment, variable=variable_of(one.key))
    if one.key in IN_A_TERMINAL:
        return fill(texts.by_terminal, command=command_line(f"settings set {one.key} VALUE"))
    return ""


def labels(texts: PageTexts) -> dict[str, str]:
    """What each setting is, by its key."""
    return {
        DEVICE: texts.of_device,
        CLICK: texts.of_click,
        "sound.latency_s": texts.of_latency,
        "sound.lead_in_s": texts.of_lead_in,
        "sound.click_db": texts.of_click_db,
        "sound.voice_db": texts.of_voice_db,
        "sound.earcon_db": texts.of_earcon_db,
        LANGUAGE: texts.of_language,
        "voice.engine": texts.of_engine,
        SPEAKER: texts.of_speaker,
        "voice.piper": texts.of_piper,
        "voice.phrases": texts.of_phrases,
        "voice.words": texts.of_words,
        "voice.rate_wpm": texts.of_rate,
        "feet.unit": texts.of_unit,
        "display.units": texts.of_units,
        "display.speed_as": texts.of_speed_as,
        "desk.author": texts.of_author,
        "store.url": texts.of_store,
        "store.password_file": texts.of_password_file,
        "store.person": texts.of_person,
    }


def _hints(texts: PageTexts) -> dict[str, str]:
    return {
        "sound.latency_s": texts.hint_latency,
        "sound.lead_in_s": texts.hint_lead_in,
        "voice.words": texts.hint_words,
    }


def words_of(texts: PageTexts) -> dict[str, str]:
    """What the values of settings are called; names of programs that speak are called by themselves."""
    return {
        AUTO: texts.as_automatic,
        "system": texts.as_system_voice,
        "recorded": texts.as_recorded,
        "none": texts.as_nobody,
        "few": texts.as_few,
        "usual": texts.as_usual,
        "many": texts.as_many,
        "steps": texts.as_steps,
        "strides": texts.as_strides,
        "metric": texts.as_metric,
        "imperial": texts.as_imperial,
        "speed": texts.as_speed,
        "pace": texts.as_pace,
    }


def _devices(outputs: Mapping[str, Choice]) -> dict[str, Choice]:
    """Outputs that a setting may name: no output at all is chosen for one session only."""
    return {id_: one for id_, one in outputs.items() if one.word == "default" or one.word.startswith(DEVICE_WORD)}


def _of(controls: Iterable[str], table: str, *besides: str) -> list[str]:
    return [key for key in controls if key.startswith(f"{table}.") and key not in besides]


def _count_kept(store: Store) -> list[tuple[str, int | None]]:
    """Each athlete with the number of sessions; None where that cannot be read."""
    kept = list[tuple[str, int | None]]()
    for name in store.athlete_names():
        try:
            kept.append((name, len(store.rows_of(name).rows)))
        except CadencecoachError:
            kept.append((name, None))
    return kept


def _key(request: Request) -> str:
    """The setting that is meant, if it may be changed here."""
    key: str = request.path_params["key"]
    if key not in setting_keys():
        raise RefusedError(404, f"there is no such setting; there are {', '.join(setting_keys())}", "key")
    if key in IN_A_TERMINAL:
        raise RefusedError(
            409, f"a name or a file is not taken here: {command_line(f'settings set {key} VALUE')}", "key"
        )
    return key


async def _apply(change: object, machine: Machine, *words: str) -> Response:
    """What was done, in lines."""
    assert callable(change)
    try:
        lines: tuple[str, ...] = await asyncio.to_thread(change, machine, *words)
    except UsageError as error:
        raise RefusedError(409, str(error), "value") from None
    return JSONResponse({"done": list(lines)})
