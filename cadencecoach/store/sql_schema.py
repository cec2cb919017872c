"""The tables. What a person wrote is kept as the bytes it was written in; of a session only its summary is columns."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

VERSIONS: Final = (
    "0001",
    "0002",
    "0003",
)  # of the schema, as the files of `migrations/versions` are numbered; the last is ours
VERSION_TABLE: Final = "alembic_version"

metadata = MetaData()

athletes = Table(
    "athletes",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("is_kept", Boolean, nullable=False),  # there is a profile or a log: not only a programme's text
    Column("profile", LargeBinary),
    Column("programme", LargeBinary),
    Column("made", BigInteger, nullable=False),  # one who was forgotten and made anew has another
    Column("n_changes", BigInteger, nullable=False),  # of profile, log and programme: what a fold goes by
    Index("athletes_alike", text("lower(name)"), unique=True),  # some disks take the two for the same
)
log_lines = Table(
    "log_lines",
    metadata,
    Column("athlete", ForeignKey("athletes.name", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True),  # from 0, as they stand in the log
    Column("entry", String(64), nullable=False),  # id of the entry; empty for a header
    Column("raw", LargeBinary, nullable=False),  # the line as it was written, with its end
    Index("log_lines_by_entry", "athlete", "entry"),
)
texts = Table(
    "programme_texts",
    metadata,
    Column("athlete", ForeignKey("athletes.name", ondelete="CASCADE"), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("raw", LargeBinary, nullable=False),
)
files = Table(
    "finding_files",
    metadata,
    Column("athlete", ForeignKey("athletes.name", ondelete="CASCADE"), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("part", Integer, primary_key=True),  # a video is kept in pieces
    Column("raw", LargeBinary, nullable=False),
)
links = Table(
    "finding_links",
    metadata,
    Column("athlete", ForeignKey("athletes.name", ondelete="CASCADE"), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("place", Text, nullable=False),  # a path on the computer that linked it
)
sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("athlete", Text, nullable=False),  # of the header; empty for a guest. No key: a journal may name anybody
    Column("started", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("duration_s", Float),
    Column("is_ended", Boolean, nullable=False),
    Column("problem", Text, nullable=False),
    Column("form", Integer, nullable=False),  # of the summary; 0 where the journal has not been read
    Column("summary", Text, nullable=False),  # all values of the row, as JSON
    Column("changed", BigInteger, nullable=False),  # counts up: the journal last put in has the most
    Column("written_s", Float, nullable=False),  # when it was put in
    Column("n_bytes", BigInteger, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),  # gzipped
    Index("sessions_by_athlete", "athlete", "day"),
    Index("sessions_by_change", "changed"),
    Index("sessions_unread", "form"),
)
beside = Table(
    "journals_beside",
    metadata,
    Column("session", Text, primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("athlete", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
folds = Table(
    "folds",
    metadata,
    Column("athlete", String(40), primary_key=True),
    Column("mark", Text, nullable=False),
    Column("fold", Text, nullable=False),
)
forgotten = Table(
    "forgotten",
    metadata,
    Column("sha256", String(64), primary_key=True),  # of the pseudonym: a restore asks whether it was forgotten
    Column("at", Text, nullable=False),
)
counters = Table(
    "counters",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
people = Table(
    "people",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("password", Text, nullable=False),  # its hash; empty where there is none
    Column("is_active", Boolean, nullable=False),
)
caseload = Table(
    "caseload",
    metadata,
    Column("person", ForeignKey("people.name", ondelete="CASCADE"), primary_key=True),
    Column("athlete", String(40), primary_key=True),
)
audit = Table(
    "audit",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("what", String(20), nullable=False),
    Column("about", Text, nullable=False),  # pseudonym, or its hash once they were forgotten
    Index("audit_by_about", "about"),
)
