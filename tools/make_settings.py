"""Write again all that is made from the table of settings in plan/feedback.py: `python -m tools.make_settings`.

The table in docs/plan-file.md, docs/coach.md, and the schemas of plan, programme and room for editors.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from cadencecoach.live.room.schema import room_schema
from cadencecoach.plan.feedback import SETTINGS
from cadencecoach.plan.feedback_keys import allowed_text, default_text
from cadencecoach.plan.schema import plan_schema
from cadencecoach.programme.text.schema import programme_schema
from tools.coach_page import describe

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "plan-file.md"
BEGIN = "<!-- made from plan/feedback.py by tools/make_settings.py -->\n"
END = "<!-- end of what is made -->\n"
HEAD = "| key | what it says | default | allowed | source |\n|---|---|---|---|---|\n"


def table() -> Iterator[str]:
    """The keys, a table for each group of them, in Markdown."""
    for row in SETTINGS:
        if row.about.heading:
            yield f"\n**{row.about.heading}**\n\n{HEAD}"
        told = (f"`{row.key}`", row.about.meaning, default_text(row), allowed_text(row), row.about.source)
        yield f"| {' | '.join(told)} |\n"


def with_table(page: str) -> str:
    """The page with the table as it is today."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{''.join(table())}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    (ROOT / "docs" / "coach.md").write_text(describe(), encoding="utf-8")
    for name, schema in (("plan", plan_schema()), ("programme", programme_schema()), ("room", room_schema())):
        text = json.dumps(schema, indent=2) + "\n"
        (ROOT / "config" / f"{name}.schema.json").write_text(text, encoding="utf-8")
