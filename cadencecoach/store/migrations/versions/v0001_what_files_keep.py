"""Tables for what the store of files keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "athletes",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("is_kept", sa.Boolean, nullable=False),
        sa.Column("profile", sa.LargeBinary),
        sa.Column("programme", sa.LargeBinary),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("n_changes", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "log_lines",
        _of_athlete(),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("entry", sa.String(64), nullable=False),
        sa.Column("raw", sa.LargeBinary, nullable=False),
    )
    op.create_index("log_lines_by_entry", "log_lines", ["athlete", "entry"])
    for table in ("programme_texts", "finding_files", "finding_links"):
        is_whole = table != "finding_files"
        last = sa.Column("place", sa.Text, nullable=False) if table == "finding_links" else None
        op.create_table(
            table,
            _of_athlete(),
            sa.Column("name", sa.String(80), primary_key=True),
            *([] if is_whole else [sa.Column("part", sa.Integer, primary_key=True)]),
            sa.Column("raw", sa.LargeBinary, nullable=False) if last is None else last,
        )
    _make_sessions()
    op.create_table(
        "folds",
        sa.Column("athlete", sa.String(40), primary_key=True),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("fold", sa.Text, nullable=False),
    )
    op.create_table(
        "forgotten",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )


def _make_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("athlete", "started", "day", "kind")),
        sa.Column("duration_s", sa.Float),
        sa.Column("is_ended", sa.Boolean, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("form", sa.Integer, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.Column("written_s", sa.Float, nullable=False),
        sa.Column("n_bytes", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index("sessions_by_athlete", "sessions", ["athlete", "day"])
    op.create_index("sessions_by_change", "sessions", ["changed"])
    op.create_index("sessions_unread", "sessions", ["form"])
    op.create_table(
        "journals_beside",
        sa.Column("session", sa.Text, primary_key=True),
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("athlete", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def _of_athlete() -> sa.Column[str]:
    return sa.Column("athlete", sa.String(40), sa.ForeignKey("athletes.name", ondelete="CASCADE"), primary_key=True)
