"""What the header of a journal says of the programme a session belongs to."""

from cadencecoach.programme.model import Programme


def programme_header(programme: Programme, item: int | None) -> dict[str, object]:
    """The programme's name, the hash of what was prescribed, and which of its sessions this is (from 0).

    Args:
        programme: in force
        item: index into its sessions; None for a refresher
    """
    session = programme.refresher if item is None else programme.sessions[item]
    return {
        "name": programme.name,
        "sha256": programme.sha256,
        "item": item,
        "session": "" if session is None else session.name,
        "works_on": programme.works_on,
    }
