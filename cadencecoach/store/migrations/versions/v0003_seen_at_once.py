"""Who is seen is found out once for a question, and not for each row: with 10 000 sessions that took 20 seconds."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# As `cadencecoach_sees`, the other way round, since a session of nobody who is kept is everybody's.
HIDDEN = """
create function cadencecoach_hidden() returns setof text language sql stable security definer
set search_path = pg_catalog, {schema} set cadencecoach.within = 'on' as $$
  select name::text from athletes
  where (select cadencecoach_role()) not in ('lead', 'researcher') and name not in
    (select athlete from caseload where person = (select cadencecoach_person()))
$$"""
OF_ATHLETES = ("log_lines", "programme_texts", "finding_files", "finding_links", "sessions", "journals_beside", "folds")


def upgrade() -> None:
    """Exchange what is asked of each row that is read, changed or deleted; what is put in is asked one by one."""
    if op.get_bind().dialect.name != "postgresql":
        return
    schema = op.get_bind().execute(sa.text("select current_schema()")).scalar_one()
    op.execute(HIDDEN.replace("{schema}", schema))
    for table, column in (("athletes", "name"), *((one, "athlete") for one in OF_ATHLETES)):
        sees = f"(select cadencecoach_role()) <> '' and {column}::text not in (select cadencecoach_hidden())"
        writes = f"(select cadencecoach_writes()) and {sees}"
        op.execute(f"alter policy seen on {table} using ({sees})")
        op.execute(f"alter policy changed on {table} using ({writes})")
        op.execute(f"alter policy gone on {table} using ({writes})")
