"""Where `--sound` sends a session."""

from each_row import each_row

from cadencecoach.live.audio.destination import Destination, destination_of


@each_row(
    ("text", "meant"),
    [
        ("default", Destination()),
        ("device:USB Audio", Destination(device="USB Audio")),
        ("device:USB Audio@3-4", Destination(device="USB Audio", pair=(3, 4))),
        ("device:a@b", Destination(device="a@b")),
        ("sink:headphones-1", Destination(sink="headphones-1")),
    ],
)
def test_a_place_is_a_device_a_pair_or_a_sink(text: str, meant: Destination) -> None:
    """As it is typed."""
    assert destination_of(text) == meant
    assert destination_of(text, is_only=True).is_shared
    assert meant.is_shared is (meant.pair is not None or meant.sink != "")
