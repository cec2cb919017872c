import subprocess
import sys


def test_a_plan_in_memory_needs_no_parser() -> None:
    """The plan's values and the Timeline load neither yaml nor pydantic: the sound's process needs neither."""
    code = (
        "import sys, cadencecoach.plan.model, cadencecoach.plan.targets, cadencecoach.plan.timeline, "
        "cadencecoach.plan.defaults; print(sorted({'yaml', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
