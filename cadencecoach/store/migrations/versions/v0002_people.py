"""Tables for people, who may see whom, and what was done; PostgreSQL itself holds people apart."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

APP = "cadencecoach_app"  # owns nothing; whoever logs in is a member of it
# Who is served: whoever has a login of their own is that person whatever is set; else whom the product named.
PERSON = """
create function cadencecoach_person() returns text language sql stable security definer
set search_path = pg_catalog, {schema} as $$
  select case when exists (select 1 from people where name = session_user) then session_user::text
  else coalesce(current_setting('cadencecoach.person', true), '') end
$$"""
ROLE = """
create function cadencecoach_role() returns text language sql stable security definer
set search_path = pg_catalog, {schema} as $$
  select coalesce((select role from people where name = cadencecoach_person() and is_active), '')
$$"""
# A guest's session, and one of a mere label, is seen by everybody who works here.
SEES = """
create function cadencecoach_sees(whom text) returns boolean language sql stable security definer
set search_path = pg_catalog, {schema} set cadencecoach.within = 'on' as $$
  select case cadencecoach_role()
    when '' then false
    when 'lead' then true
    when 'researcher' then true
    else exists (select 1 from caseload where person = cadencecoach_person() and athlete = whom)
      or not exists (select 1 from athletes where name = whom)
  end
$$"""
WRITES = """
create function cadencecoach_writes() returns boolean language sql stable
set search_path = pg_catalog, {schema} as $$ select cadencecoach_role() in ('lead', 'clinician') $$"""
# Whoever makes an athlete has them in their caseload; a name that is there gets nobody in.
MADE = """
create function cadencecoach_made() returns trigger language plpgsql security definer
set search_path = pg_catalog, {schema} set cadencecoach.within = 'on' as $$
begin
  if not exists (select 1 from athletes where lower(name) = lower(new.name)) then
    insert into caseload (person, athlete)
    select name, new.name from people where name = cadencecoach_person() on conflict do nothing;
  end if;
  return new;
end $$"""
# The hash of a password is compared by the product; nobody reads the others.
HASH_OF_PERSON = """
create function cadencecoach_password(whom text) returns text language sql stable security definer
set search_path = pg_catalog, {schema} as $$ select password from people where name = whom and is_active $$"""
# Of somebody who is forgotten the audit keeps the hash, and no caseload the name.
FORGET = """
create function cadencecoach_forget(whom text, hash text) returns void language plpgsql security definer
set search_path = pg_catalog, {schema} set cadencecoach.within = 'on' as $$
begin
  if cadencecoach_writes() and cadencecoach_sees(whom) then
    update audit set about = hash where about = whom;
    delete from caseload where athlete = whom;
  end if;
end $$"""
OF_ATHLETES = ("log_lines", "programme_texts", "finding_files", "finding_links", "sessions", "journals_beside", "folds")


def upgrade() -> None:
    """Make the tables, and the walls between people."""
    op.create_table(
        "people",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("is_active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "caseload",
        sa.Column("person", sa.String(40), sa.ForeignKey("people.name", ondelete="CASCADE"), primary_key=True),
        sa.Column("athlete", sa.String(40), primary_key=True),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("about", sa.Text, nullable=False),
    )
    op.create_index("audit_by_about", "audit", ["about"])
    op.create_index("athletes_alike", "athletes", [sa.text("lower(name)")], unique=True)
    if op.get_bind().dialect.name == "postgresql":
        _hold_apart()


def _hold_apart() -> None:
    schema, owner = op.get_bind().execute(sa.text("select current_schema(), current_user")).one()
    is_there = op.get_bind().execute(sa.text("select 1 from pg_roles where rolname = :app"), {"app": APP}).scalar()
    if not is_there:
        op.execute(f"create role {APP} nologin nosuperuser nobypassrls")
    for function in (PERSON, ROLE, SEES, WRITES, MADE, HASH_OF_PERSON, FORGET):
        op.execute(function.replace("{schema}", schema))
    op.execute(f"grant usage on schema {schema} to {APP}")
    op.execute(f"grant select on alembic_version to {APP}")
    _guard("athletes", "name", owner)
    for table in OF_ATHLETES:
        _guard(table, "athlete", owner)
    op.execute("create trigger made before insert on athletes for each row execute function cadencecoach_made()")
    for table in ("forgotten", "counters"):
        op.execute(f"grant select, insert, update, delete on {table} to {APP}")
        _row_level(table)
        known = "cadencecoach_role() <> ''"
        op.execute(f"create policy here on {table} to {APP} using ({known}) with check ({known})")
        _open_to_owner(table, owner)
    _guard_people(owner)


def _row_level(table: str) -> None:
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")


def _open_to_owner(table: str, owner: str) -> None:
    """For our functions, which run as the owner: who owns the tables sees nobody in passing."""
    within = "coalesce(current_setting('cadencecoach.within', true), '') = 'on'"
    op.execute(f'create policy within_only on {table} to "{owner}" using ({within}) with check ({within})')


def _guard(table: str, column: str, owner: str) -> None:
    """A table whose rows are an athlete's: seen by whoever sees them, written by whoever may write."""
    sees = f"cadencecoach_sees({column})"
    writes = f"cadencecoach_writes() and {sees}"
    op.execute(f"grant select, insert, update, delete on {table} to {APP}")
    _row_level(table)
    op.execute(f"create policy seen on {table} for select to {APP} using ({sees})")
    op.execute(f"create policy made on {table} for insert to {APP} with check ({writes})")
    op.execute(f"create policy changed on {table} for update to {APP} using ({writes}) with check ({writes})")
    op.execute(f"create policy gone on {table} for delete to {APP} using ({writes})")
    _open_to_owner(table, owner)


def _guard_people(owner: str) -> None:
    lead = "cadencecoach_role() = 'lead'"
    op.execute(f"grant select (name, role, is_active), insert, update, delete on people to {APP}")
    op.execute("alter table people enable row level security")  # not forced: our functions look in it as its owner
    op.execute(f"create policy seen on people for select to {APP} using (cadencecoach_role() <> '')")
    op.execute(f"create policy led on people to {APP} using ({lead}) with check ({lead})")
    op.execute(f"grant select, insert, update, delete on caseload to {APP}")
    op.execute("alter table caseload enable row level security")
    op.execute(f"create policy own on caseload for select to {APP} using (person = cadencecoach_person())")
    op.execute(f"create policy led on caseload to {APP} using ({lead}) with check ({lead})")
    op.execute(f"grant select, insert on audit to {APP}")
    op.execute(f"grant usage on sequence audit_number_seq to {APP}")
    _row_level("audit")
    op.execute(f"create policy own on audit for insert to {APP} with check (person = cadencecoach_person())")
    op.execute(f"create policy led on audit for select to {APP} using ({lead})")
    _open_to_owner("audit", owner)
