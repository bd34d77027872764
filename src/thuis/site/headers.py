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
