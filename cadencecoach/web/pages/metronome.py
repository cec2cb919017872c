"""Metronome: the beat alone, tuned, heard, started, or made into a file for a phone."""

import asyncio
import math
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from cadencecoach.coach.metronome import DEFAULT_SPM, LOW_SPM
from cadencecoach.coach.metronome_tempo import TAP_GAP_S, TAPS_KEPT, TAPS_WANTED
from cadencecoach.devices.assets import asset
from cadencecoach.live.opening.metronome import ACCENT_ENDING, click_sounds
from cadencecoach.store.settings import find_settings
from cadencecoach.web.beats import allowed_beat
from cadencecoach.web.choices import AUTO, BY_TAPS, music_choices, output_choices, sensor_choices
from cadencecoach.web.job_kinds import SOUND_FORMS
from cadencecoach.web.site import Site

NOT_FOUND: Final = 404
FILE_MINUTES: Final = 40  # of a file, where no length is asked for
FORMS: Final = tuple(reversed(SOUND_FORMS))  # the one that every phone plays comes first


class MetronomePage:
    """The routes of the page."""

    def __init__(self, site: Site) -> None:
        """Ask the site."""
        self._site = site

    async def show(self, request: Request) -> Response:
        """Show the page."""
        athlete = await self._site.athlete(request)
        words = await self._site.words(athlete)
        texts = words.page
        sensors, musics, outputs, settings, allowed = await asyncio.gather(
            asyncio.to_thread(sensor_choices, self._site.store.machine, texts),
            asyncio.to_thread(music_choices, self._site.store.machine, texts),
            asyncio.to_thread(output_choices, texts),
            asyncio.to_thread(find_settings, self._site.store.machine, None),
            asyncio.to_thread(allowed_beat, self._site.store, athlete, words),
        )
        return await self._site.page(
            request,
            "metronome.html",
            athlete,
            sensors=sorted(
                (one for one in sensors.values() if one.id not in (AUTO, BY_TAPS)), key=lambda one: one.id != "none"
            ),
            musics=musics.values(),
            outputs=outputs.values(),
            spm=min(DEFAULT_SPM, allowed.highest_spm),
            spm_range=(LOW_SPM, allowed.highest_spm),
            allowed=allowed,
            sounds=click_sounds(),
            click=settings.sound.click,
            forms=FORMS,
            file_minutes=min(FILE_MINUTES, (allowed.most_s or math.inf) / 60),
            taps=(TAPS_WANTED, TAPS_KEPT, TAP_GAP_S),
        )

    async def send_sound(self, request: Request) -> Response:
        """One click, to be heard before it is chosen."""
        name = request.path_params["name"]
        if name.removesuffix(ACCENT_ENDING) not in click_sounds():
            return Response(status_code=NOT_FOUND)
        return FileResponse(asset("sounds") / f"{name}.wav", media_type="audio/wav")
