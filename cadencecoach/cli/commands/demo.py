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

    It takes 90 s; where there is no sound, 20 s to look at. It leaves its report, demo.html, in this folder.
    """
    # Imported here so that `--help` does not wait for them; the audio process starts before most of them.
    from cadencecoach.live.audio.early import early_audio
    from cadencecoach.store.file_store import user_store

    store = user_store()
    with early_audio(sound_text) as audio:
        from dataclasses import replace
        from tempfile import TemporaryDirectory

        from cadencecoach.cli.answers.outcome import show_outcome
        from cadencecoach.cli.terminal import TERMINAL
        from cadencecoach.desk.running.demo import (
            HEARD,
            RUNNER,
            SEEN,
            lines_after,
            lines_before,
            why_unheard,
            write_report,
        )
        from cadencecoach.live.live_session import SOUNDS, run_session
        from cadencecoach.live.opening.outputs import check_sound
        from cadencecoach.live.opening.setup import Request
        from cadencecoach.store.stored import reader_words

        words = reader_words(language=language)
        request = Request(
            plan_name=HEARD,
            feet_text=RUNNER,
            sound_text=sound_text,
            config=config,
            language=language,
            seed=seed,
            force=force,
        )
        check_sound(request, allowed=SOUNDS)
        why = why_unheard(sound_text, words.begin)
        if why:
            request = replace(request, plan_name=SEEN, sound_text="none")
        TERMINAL.tell(*lines_before(request.plan_name, why, words.begin))
        with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            where = Path(folder, "demo.jsonl") if journal is None else Path(journal)
            outcome = run_session(store, request, TERMINAL, journal=where, audio=audio if not why else None)
            report = write_report(outcome.journal or where, words, may_replace=force)
    status = show_outcome(outcome if journal is not None else replace(outcome, journal=None), as_json=as_json)
    TERMINAL.tell(report, *lines_after(words.begin))
    return status
