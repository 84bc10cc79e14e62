"""Which network addresses may be fetched from: only public ones, so that no page reaches into a network."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from index.errors import ReadingError

_TRANSLATED = ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones behind a translator."""


@dataclass(frozen=True, slots=True)
class AddressRules:
    """What may be connected to."""

    allow_private: bool = False
    """Whether loopback, private and other special addresses are allowed."""
    also: tuple[IPv4Network | IPv6Network, ...] = ()
    """Networks that are allowed besides the public ones."""

    def allow(self, address: str) -> bool:
        """Whether `address` (an IP address, with or without a zone) may be connected to."""
        try:
            plain = ip_address(address.split("%")[0])
        except ValueError:
            return False
        if self.allow_private or any(
            plain in network for network in self.also if network.version == plain.version
        ):
            return True
        return all(_is_public(a) for a in _meanings(plain))


def _meanings(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """What the address leads to: itself, or the IPv4 addresses that it stands for or carries."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped is not None:
        return [address.ipv4_mapped]
    if address in _TRANSLATED:
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    carried = [address.sixtofour, *(address.teredo or ())]
    return [address, *(a for a in carried if a is not None)]


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not (
        address.is_multicast
        or address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_reserved
        or address.is_unspecified
    )


@dataclass(frozen=True, slots=True)
class Target:
    """A web address, taken apart and resolved."""

    url: str
    scheme: str
    host: str
    port: int
    addresses: tuple[str, ...]
    """IP addresses, each allowed, in the resolver's order."""


def resolve(url: str, rules: AddressRules) -> Target:
    """`url` with the IP addresses of its host. Errors: ReadingError when any of them is refused."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ReadingError(f"is no web address: {error}") from error
    if parts.scheme not in ("http", "https") or not host:
        raise ReadingError("is no web address; it must start with http:// or https://")
    if parts.username or parts.password:
        raise ReadingError("holds a name or password; leave them out")
    port = port or (443 if parts.scheme == "https" else 80)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise ReadingError(f"its host {host} is not known") from error
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(rules.allow(a) for a in addresses):
        raise ReadingError(
            f"its host {host} is at a private or special address; --allow-private permits that"
        )
    return Target(url, parts.scheme, host, port, addresses)
