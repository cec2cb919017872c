"""The people of a store that several use."""

from typing import TYPE_CHECKING

from cadencecoach.devices.input_file import user_path
from cadencecoach.errors import UsageError
from cadencecoach.store.protocol import UserStore

if TYPE_CHECKING:
    from cadencecoach.store.people import People, Person


def people_of(store: UserStore) -> "People":
    """The people of a database.

    Raises:
        UsageError: the store is files, where whoever opens them sees all
    """
    database = store.tables()
    if database is None:
        raise UsageError("the store is files: whoever can open them sees everybody; people need a database")
    from cadencecoach.store.people import People  # noqa: PLC0415  # only who has a database needs it

    return People(database)


def password_from(file: str) -> str:
    """The password in a private file.

    Raises:
        UsageError: it cannot be read, is empty, or others than its owner may read it
    """
    from cadencecoach.store.sql_address import password_in  # noqa: PLC0415  # as above

    return password_in(user_path(file))


def person_called(people: "People", name: str) -> "Person":
    """Somebody by name.

    Raises:
        UsageError: there is nobody of this name
    """
    found = next((one for one in people.everybody() if one.name == name), None)
    if found is None:
        raise UsageError(f"there is nobody called {name}")
    return found
