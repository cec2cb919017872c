"""`cadencecoach demo`: a guided session with a simulated runner, 90 seconds to hear or 20 to look at."""

from pathlib import Path

import click

from cadencecoach.cli.commands import options


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
    """Run a guided session with a simulated runner; no hardware needed.

    It takes 90 s, or 20 s without sound. It leaves its report, demo.html, in this folder.
    """
    # Imported here so that `--help` does not wait for them; the audio process starts before most of them.
    from cadencecoach.live.audio.early import early_audio
    from cadencecoach.store.user_store import user_store

    store = user_store()
    with early_audio(sound_text) as audio:
        from cadencecoach.cli.answers.outcome import show_outcome
        from cadencecoach.cli.terminal import TERMINAL
        from cadencecoach.desk.running.demo import HEARD, RUNNER, lines_after, play_demo
        from cadencecoach.live.opening.request import Request
        from cadencecoach.store.stored import reader_words

        words = reader_words(store, language=language)
        request = Request(
            plan_name=HEARD,
            feet_text=RUNNER,
            sound_text=sound_text,
            config=config,
            language=language,
            seed=seed,
            force=force,
        )
        where = None if journal is None else Path(journal)
        outcome, report = play_demo(store, request, TERMINAL, words, journal=where, audio=audio)
    status = show_outcome(outcome, as_json=as_json)
    TERMINAL.tell(report, *lines_after(words.begin))
    return status
