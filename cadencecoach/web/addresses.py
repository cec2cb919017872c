"""Where the server is reached: on this computer, and in the local network where that is wished."""

from dataclasses import dataclass

from cadencecoach.devices.reach.place import HOME


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where a request may come in.

    Attributes:
        port: the same at each address
        network: addresses of this computer in local networks at which it is reached; none without `--lan`
        names: those of the certificate; with them connections from the network are encrypted
    """

    port: int
    network: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def is_encrypted(self) -> bool:
        """Whether nobody in the network can read what is sent."""
        return bool(self.names)

    @property
    def cookie_name(self) -> str:
        """What its cookies are called: a browser tells them apart by host, and not by port."""
        return f"cadencecoach-{self.port}"

    @property
    def scheme(self) -> str:
        """How addresses in the network begin."""
        return "https" if self.is_encrypted else "http"

    def hosts(self, reached: str) -> set[str]:
        """The names that a request may give this server, by the address at which it was reached."""
        if reached == HOME:
            return {f"{name}:{self.port}" for name in (HOME, "localhost")}
        # By its address, never by a name that somebody may have made point here; a certificate's names are its own.
        return {f"{name}:{self.port}" for name in (reached, *self.names)} if reached in self.network else set()

    def network_urls(self) -> list[str]:
        """What is typed on another device, the most likely first."""
        names = [name for name in self.names if name not in self.network] if self.is_encrypted else []
        return [f"{self.scheme}://{name}:{self.port}" for name in (*names, *self.network)]
