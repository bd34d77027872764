"""Where a webhook may lead: over https to somebody else, or over http to this machine, never in between.

Over https the certificate is held against the name, so that a name which is made to lead elsewhere later is
told nothing. An address of the machine, of its links or of nobody is not even asked.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from thuis.errors import Place, ThuisError

METADATA = ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254")
"""Where machines of a cloud are told their secrets, beside the link's own 169.254.169.254."""
_THIS_NETWORK = ip_network("0.0.0.0/8")
# RFC 6052 and 8215 (NAT64), RFC 4291, 2.5.5.1 (zeros before them), and RFC 2765 (translated).
_TRANSLATED = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0:0/96")))
LOCAL = ("127.0.0.1", "localhost", "::1")
MOST = 500


def checked(url: str) -> None:
    """Raise for what cannot be the address of a webhook.

    :raises ThuisError: when it is not https (http is for this machine alone), or leads inside.
    """
    parts = _parts(url)
    if parts and parts.hostname and not parts.username:
        out = parts.scheme == "https" and not inside(_written(parts.hostname))
        if out or _plain(parts):
            return
    raise ThuisError(f"{url[:100]!r} cannot be a webhook", Place("url"), expected="https://host/path")


def asked(url: str) -> None:
    """Raise when a name leads inside at this moment.

    :raises OSError: then, or when it leads nowhere.
    """
    parts = urlsplit(url)
    if _plain(parts):
        return
    for each in socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM):
        if inside(str(each[4][0])):
            raise OSError(f"{parts.hostname} leads to {each[4][0]}, which is inside")


def inside(address: str) -> bool:
    """Whether an address is of the machine itself, of its links, or of nobody; a name is none.

    >>> [inside(each) for each in ("169.254.169.254", "::ffff:127.0.0.1", "fe80::1%eth0", "192.0.2.1", "nl")]
    [True, True, True, False, False]
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return any(map(_inside, (found, *_carried(found))))


def _inside(found: IPv4Address | IPv6Address) -> bool:
    kinds = (found.is_loopback, found.is_link_local, found.is_multicast, found.is_unspecified)
    v4 = found.version == 4 and (found.is_reserved or found in _THIS_NETWORK)
    return any(kinds) or v4 or str(found) in METADATA


def _carried(found: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    """The addresses of IPv4 that one of IPv6 stands for, where something on the way translates it."""
    if isinstance(found, IPv6Address):
        yield from (each for each in (found.ipv4_mapped, found.sixtofour, *(found.teredo or ())) if each)
        if any(found in each for each in _TRANSLATED):
            yield IPv4Address(int(found) & 0xFFFF_FFFF)


def _parts(url: str) -> SplitResult | None:
    odd = any(each.isspace() or not each.isprintable() for each in url)
    try:
        parts = urlsplit(url)
        return None if odd or len(url) > MOST or parts.port == 0 else parts
    except ValueError:
        return None


def _plain(parts: SplitResult) -> bool:
    return parts.scheme == "http" and parts.hostname in LOCAL


def _written(host: str) -> str:
    """A host as an address, where it is one in another writing: one number, hexadecimals, short."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except OSError:
        return host
