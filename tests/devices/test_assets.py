from pathlib import Path

import pytest
from each_row import each_row

from cadencecoach.devices import assets
from cadencecoach.devices.assets import asset


@each_row("parts", [("sessions", "demo.yaml"), ("sounds", "click.wav"), ("config", "defaults.toml"), ("sounds",)])
def test_what_comes_with_the_program_is_found(parts: tuple[str, ...]) -> None:
    """Files and folders, whether it runs in a checkout or from a wheel."""
    assert asset(*parts).exists()


def test_what_the_wheel_brought_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed program uses its own files, whatever lies beside the package."""
    (tmp_path / "_data" / "sessions").mkdir(parents=True)
    packed = tmp_path / "_data" / "sessions" / "demo.yaml"
    packed.write_text("plan: Packed\n", encoding="utf-8")
    monkeypatch.setattr(assets, "PACKED", tmp_path / "_data")
    assert asset("sessions", "demo.yaml") == packed
    assert asset("sounds", "click.wav").is_file()


def test_what_is_nowhere_is_a_path_that_does_not_exist() -> None:
    """Whoever opens it says so; nothing is raised here."""
    assert not asset("sessions", "nowhere.yaml").exists()
