"""`cadencecoach demo`: a guided session of 90 seconds with a simulated runner."""

from pathlib import Path

import click

from cadencecoach.cli.commands import options
from cadencecoach.cli.printing import tell

RUNNER = "sim:wander=2,drift=-6"  # tires quickly, so that ninety seconds are enough for a correction


@click.command("demo")
@options.together(
    options.SOUND, options.JOURNAL, options.CONFIG, options.LANGUAGE, options.SEED, options.FORCE, options.JSON
)
def demo(  # one argument for each option
    *,
    sound_text: str,
    journal: str | None,
    config: str | None,
    language: str | None,
    seed: int,
    force: bool,
    as_json: bool,
) -> int:
    """Run a 90 s guided session with a simulated runner; no hardware needed."""
    # Imported here so that `--help` does not wait for them; the audio process starts before most of them.
    from cadencecoach.live.audio.early import early_audio
    from cadencecoach.store.file_store import user_store

    store = user_store()
    tell("A 90 s demonstration; the runner and the foot pod are simulated.")
    with early_audio(sound_text) as audio:
        from cadencecoach.cli.answers.outcome import show_outcome
        from cadencecoach.cli.terminal import TERMINAL
        from cadencecoach.live.live_session import run_session
        from cadencecoach.live.opening.setup import Request

        request = Request(
            plan_name="demo",
            feet_text=RUNNER,
            sound_text=sound_text,
            config=config,
            language=language,
            seed=seed,
            force=force,
        )
        outcome = run_session(store, request, TERMINAL, journal=None if journal is None else Path(journal), audio=audio)
    return show_outcome(outcome, as_json=as_json)
