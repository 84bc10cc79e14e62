"""How the server may be reached: what the command line and `create_app` share."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass

from assistant import UsageError

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """Who may speak to the server, and how often. The defaults are for one person on this machine."""

    token: str | None = None
    """Asked of every client when set."""
    hosts: frozenset[str] = LOOPBACK_NAMES
    """Names that a request's Host header may carry, in lower case and without port."""
    any_address: bool = False
    """Whether Host may also be any IP address: an address cannot be rebound as a name can."""
    rate: str = "9000 per 3 seconds"
    """Requests of one client (an address); static files are not counted."""


def options_for(host: str, token: str | None, names: tuple[str, ...] = ()) -> ServerOptions:
    """Options for listening on `host`; `names` are further names under which clients know this machine.

    Errors: UsageError where an address other than loopback has no token, or too short a one.
    """
    given = frozenset(name.lower() for name in names)
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise UsageError(f"the token is too short: use {SHORTEST_TOKEN} characters or more", "token")
    if is_loopback(host):
        return ServerOptions(token, LOOPBACK_NAMES | given)
    if token is None:
        raise UsageError(
            f"listening on {host} needs a token: set PARLEY_TOKEN or --token-file, or listen on 127.0.0.1",
            "host",
        )
    own = {host.lower(), socket.gethostname().lower()}
    return ServerOptions(token, LOOPBACK_NAMES | given | own, any_address=True, rate="120 per 3 seconds")


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address. A name other than localhost counts as reachable."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
