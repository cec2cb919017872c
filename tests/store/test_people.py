"""Tests for people and rights: held by PostgreSQL itself, whatever the product asks for."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import psycopg
import pytest
from postgres_server import OWNER, PostgresServer
from psycopg import sql
from sessions_folder import journal_text
from sql_stores import LEAD, PRODUCT, new_database, product_address

from cadencecoach.errors import UsageError
from cadencecoach.record.entries import CheckIn, Moment
from cadencecoach.record.profile import Profile
from cadencecoach.store.people import People, is_password, password_hash
from cadencecoach.store.sql_store import SqlStore

SAID = CheckIn(at="2026-03-02T07:00:00Z", day=date(2026, 3, 2), moment=Moment.BEFORE, pain=2)
OF_ATHLETES = {
    "athletes": "name",
    **dict.fromkeys(
        ("log_lines", "programme_texts", "finding_files", "sessions", "journals_beside", "folds"), "athlete"
    ),
}
SEEN = {LEAD: {"r7", "r9"}, "anna": {"r7"}, "rita": {"r9"}, "rex": {"r7", "r9"}, "": set(), "nobody": set()}
WRITERS = {LEAD, "anna"}


@dataclass
class Clinic:
    """A database with two athletes: anna's is r7, and rita may read r9."""

    server: PostgresServer
    name: str
    store: SqlStore

    def served(self, person: str) -> SqlStore:
        """The same connections, for somebody else."""
        return SqlStore(self.store.database.for_person(person))


@pytest.fixture(scope="module")
def clinic(postgresql: PostgresServer) -> Iterator[Clinic]:
    """Filled once."""
    with new_database(postgresql) as store:
        people = People(store.database)
        for name, role in (("anna", "clinician"), ("rita", "reader"), ("rex", "researcher"), ("desk2", "clinician")):
            people.put(name, role)
        for athlete, day in (("r7", "2026-03-02"), ("r9", "2026-03-03")):
            store.write_profile(Profile(athlete=athlete))
            store.add_entries(athlete, SAID)
            store.set_programme_text(athlete, b"a")
            store.keep_programme_text(athlete, b"b")
            store.add_file(athlete, io.BytesIO(b"c"), "heel.jpg")
            raw = journal_text(started=f"{day}T08:00:00Z", athlete=athlete).encode()
            store.add_journal(f"{day}T080000Z", io.BytesIO(raw))
            store.keep_journal(f"{day}T080000Z", io.BytesIO(raw))
            with store.folds() as folds:
                folds.keep({athlete: ("mark", "fold")})
        people.let_see("anna", ["r7"])
        people.let_see("rita", ["r9"])
        yield Clinic(postgresql, str(store.database.address.url.database), store)


@pytest.mark.slow
@pytest.mark.parametrize("table", OF_ATHLETES)
@pytest.mark.parametrize("person", SEEN)
def test_each_person_sees_in_each_table_whom_they_may(clinic: Clinic, person: str, table: str) -> None:
    """By direct SQL as the user of the product; nobody writes of others, and readers and researchers write nothing."""
    names = sql.Identifier(table), sql.Identifier(OF_ATHLETES[table])
    all_names = sql.SQL("select {1} from {0}").format(*names)
    with clinic.server.connect(clinic.name, PRODUCT) as connection:
        with connection.transaction():
            connection.execute("select set_config('cadencecoach.person', %s, true)", [person])
            found = {row[0] for row in connection.execute(all_names)}
            assert found == SEEN[person]
            touched = connection.execute(sql.SQL("update {0} set {1} = {1}").format(*names))
            n_writable = sum(1 for _ in SEEN[person]) if person in WRITERS else 0
            assert (touched.rowcount > 0, touched.rowcount >= n_writable) == (n_writable > 0, True)
        assert connection.execute(all_names).fetchall() == []


@pytest.mark.slow
def test_a_pooled_connection_leaks_nothing(clinic: Clinic) -> None:
    """Whoever comes after somebody on the same connection sees their own caseload, and nobody without a name."""
    lead, anna, nobody = clinic.served(LEAD), clinic.served("anna"), clinic.served("")
    for _ in range(10):
        assert lead.athlete_names() == ("r7", "r9")
        assert anna.athlete_names() == ("r7",)
        assert nobody.athlete_names() == ()
        assert not anna.is_kept("r9")
        assert anna.session_ids() == ("2026-03-02T080000Z",)
    with pytest.raises(UsageError, match="cannot be read"):
        anna.open_journal("2026-03-03T080000Z")


@pytest.mark.slow
def test_the_user_of_the_product_owns_nothing_and_goes_round_nothing(clinic: Clinic) -> None:
    """No table is its own, row-level security is forced on each with an athlete, and it may not switch it off."""
    with clinic.server.connect(clinic.name, PRODUCT) as connection:
        owners = "select tableowner, count(*) from pg_tables where schemaname = 'public' group by 1"
        assert [owner for owner, _ in connection.execute(owners)] == [OWNER]
        forced = "select relname from pg_class where relrowsecurity and relforcerowsecurity"
        assert {row[0] for row in connection.execute(forced)} >= OF_ATHLETES.keys() | {"finding_links", "audit"}
        for order in (
            "alter table athletes disable row level security",
            "set role keeper",
            "select password from people",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(order)
        rights = connection.execute(
            "select rolsuper, rolbypassrls from pg_roles where rolname = current_user"
        ).fetchone()
        assert rights == (False, False)


@pytest.mark.slow
def test_whoever_logs_in_by_their_own_name_can_be_nobody_else(clinic: Clinic) -> None:
    """What is set in the connection counts for users that several share alone."""
    product_address(clinic.server, clinic.name, "anna")
    with clinic.server.connect(clinic.name, "anna") as connection, connection.transaction():
        connection.execute("select set_config('cadencecoach.person', %s, true)", [LEAD])
        assert connection.execute("select name from athletes").fetchall() == [("r7",)]


@pytest.mark.slow
def test_nobody_gets_into_a_caseload_by_taking_a_name(clinic: Clinic) -> None:
    """A pseudonym of another's athlete is taken, also in other capitals, and stays out of sight."""
    anna = clinic.served("anna")
    for name in ("r9", "R9"):
        with pytest.raises(UsageError, match="is taken"):
            anna.write_profile(Profile(athlete=name))
    assert anna.athlete_names() == ("r7",)
    anna.write_profile(Profile(athlete="own"))
    assert anna.athlete_names() == ("own", "r7")
    anna.forget("own")


@pytest.mark.slow
def test_readers_and_researchers_write_nothing(clinic: Clinic) -> None:
    """They are refused in a line."""
    for person in ("rita", "rex"):
        with pytest.raises(UsageError):
            clinic.served(person).add_entries("r9", SAID)
    assert len(clinic.store.log_of("r9").every) == 1


@pytest.mark.slow
def test_only_a_lead_adds_people_and_reads_the_audit(clinic: Clinic) -> None:
    """Everybody else is refused, by the product and by the database."""
    people = People(clinic.served("anna").database)
    for ask in (lambda: people.put("eve", "lead"), lambda: people.let_see("anna", ["r9"]), people.audit):
        with pytest.raises(UsageError, match="only a lead"):
            ask()
    with clinic.server.connect(clinic.name, PRODUCT) as connection, connection.transaction():
        connection.execute("select set_config('cadencecoach.person', 'anna', true)")
        assert connection.execute("select count(*) from audit").fetchone() == (0,)
        assert connection.execute("update people set role = 'lead'").rowcount == 0
    said = {(who, what, whom) for _, who, what, whom in People(clinic.store.database).audit()}
    assert {(LEAD, "change", "r7"), (LEAD, "session", "r9"), (LEAD, "caseload", "r7")} <= said


@pytest.mark.slow
def test_a_password_lets_in_whoever_has_it(clinic: Clinic) -> None:
    """Neither another one, nor that of somebody who may not come in any more."""
    people = People(clinic.store.database)
    people.set_password("desk2", "ten letters")
    asked = People(clinic.store.database.for_person(""))
    assert asked.may_sign_in("desk2", "ten letters")
    assert not asked.may_sign_in("desk2", "ten letterz")
    assert not asked.may_sign_in("anna", "")
    people.put("desk2", "clinician", is_active=False)
    assert not asked.may_sign_in("desk2", "ten letters")


@pytest.mark.slow
def test_a_password_cannot_be_read_from_what_is_kept() -> None:
    """The same password is kept in another way each time."""
    kept = [password_hash("ten letters") for _ in range(2)]
    assert kept[0] != kept[1]
    assert "letters" not in kept[0]
    assert [is_password("ten letters", one) for one in kept] == [True, True]
    assert not is_password("ten letters", "")


@pytest.mark.slow
def test_of_somebody_who_is_forgotten_no_table_has_the_name(clinic: Clinic) -> None:
    """Not the audit, which keeps a hash, and no caseload, so that nobody sees whoever is made by that name later."""
    anna = clinic.served("anna")
    anna.write_profile(Profile(athlete="gone7"))
    anna.add_entries("gone7", SAID)
    anna.forget("gone7")
    tables = ("athletes", "log_lines", "sessions", "folds", "audit", "caseload", "forgotten", "programme_texts")
    with clinic.server.connect(clinic.name) as connection:
        connection.execute("set row_security = off")
        for table in tables:
            wanted = sql.SQL("select count(*) from {0} t where t::text like '%gone7%'").format(sql.Identifier(table))
            assert connection.execute(wanted).fetchone() == (0,), table
