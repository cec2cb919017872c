"""A piper voice in a process of its own: `python -m cadencecoach.devices.voices.piperd MODEL RATE_WPM DATA_PATH`.

The model is an `.onnx` file of the user's, with its `.onnx.json` beside it. piper is GPL-3 and brings onnxruntime, so
it stays out of our process; it answers like `speechd`. It comes with the extra `piper`.
"""

import json
import sys
from typing import Any, BinaryIO

from cadencecoach.devices.speechd import answer

USUAL_WPM = 175.0  # piper's own pace, about


def serve(voice: Any, config: Any, requests: BinaryIO, answers: BinaryIO) -> None:  # noqa: ANN401  # untyped library
    """Answer every line until there are no more."""
    for line in requests:
        try:
            chunks = list(voice.synthesize(json.loads(line), syn_config=config))
        except (ValueError, RuntimeError) as error:
            answer(answers, {"error": f"piper: {error}"})
            continue
        payload = b"".join(chunk.audio_int16_bytes for chunk in chunks)
        answer(answers, {"fs_hz": int(voice.config.sample_rate), "n_frames": len(payload) // 2}, payload)


def main(model: str, rate_wpm: str, _data_path: str = "") -> None:
    """Load the voice, say so, serve stdin."""
    try:
        from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415  # an extra

        voice = PiperVoice.load(model)
        # Without chance in its timing and tone the same text gives the same clip.
        config = SynthesisConfig(length_scale=USUAL_WPM / int(rate_wpm), noise_scale=0.0, noise_w_scale=0.0)
    except ImportError as error:
        answer(
            sys.stdout.buffer,
            {"error": f"piper is not installed ({error}); in the folder of the program: uv tool install '.[piper]'"},
        )
    except (OSError, ValueError, RuntimeError) as error:
        answer(sys.stdout.buffer, {"error": f"piper cannot load {model}: {error}"})
    else:
        answer(sys.stdout.buffer, {"fs_hz": int(voice.config.sample_rate), "n_frames": 0})
        serve(voice, config, sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main(*sys.argv[1:])
