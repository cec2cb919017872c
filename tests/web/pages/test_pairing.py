"""Digits that are typed on a device, and what has happened since they were made."""

import asyncio
from pathlib import Path

from asgi import Answered, Asked
from reached_rig import entry_in

from cadencecoach.plan.page_texts import ENGLISH_PAGE
from cadencecoach.record.profile import Profile
from cadencecoach.store.file_store import FileStore
from cadencecoach.web.rows import Role, Visitor, routes_of
from cadencecoach.web.server.routes import all_rows
from cadencecoach.web.site import Site


def test_digits_for_an_athlete_who_was_deleted_let_nobody_in(tmp_path: Path) -> None:
    """Whoever is called so in two minutes may be somebody else; as long as the athlete is kept they do."""
    store, entry = FileStore(tmp_path), entry_in(tmp_path, "192.168.1.7")
    asked = Asked([*routes_of(all_rows(Site(store, entry)))])

    async def pair(id_: str) -> Answered:
        digits = entry.open_code(Role.RUNNER, "r7", id_).digits
        if id_ == "late":
            store.forget("r7")
        return await asked.ask(Visitor(Role.STRANGER), "POST", "/api/pair", {"id": id_, "digits": digits})

    store.write_profile(Profile(athlete="r7"))
    assert asyncio.run(pair("in time")).status == 201
    late = asyncio.run(pair("late"))
    assert (late.status, late.told["error"]) == (409, ENGLISH_PAGE.pair_closed)
    assert [one.athlete for one in entry.devices.all(0.0)] == ["r7"]  # of before: this store has no page of its own
