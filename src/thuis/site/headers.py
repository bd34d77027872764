"""The headers a monitor is served with, by the preview, by the live service and by the web server that
publishes it.

``docs/how-to/publish.md`` gives the same for the usual hosts; a test compares the two.
"""

from __future__ import annotations

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""No inline script and nothing from elsewhere. The search index is WebAssembly; the page for
addresses that are not there carries its style inside itself."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}

EMBED = "/embed/"
"""How the address of a page ends that is made to stand in the pages of others."""


def headers(address: str) -> dict[str, str]:
    """The headers of an address: as :data:`HEADERS`, but what is made to be embedded may be framed.

    >>> headers("/nl/")["Content-Security-Policy"].rpartition("; ")[2]
    "frame-ancestors 'none'"
    >>> headers("/nl/indicator/voted/sex/embed/")["Content-Security-Policy"].rpartition("; ")[2]
    'frame-ancestors *'
    """
    return HEADERS | ({"Content-Security-Policy": framed(POLICY)} if address.endswith(EMBED) else {})


def framed(policy: str) -> str:
    """A policy that lets pages elsewhere show what it is sent with."""
    return policy.replace("frame-ancestors 'none'", "frame-ancestors *")
