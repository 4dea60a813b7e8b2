"""Whether a request comes from our own pages."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers

from pilotage.settings import is_loopback

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def comes_from_here(headers: Headers) -> bool:
    """True when the browser itself says that the request was made by one of our pages.

    Both witnesses must agree where both speak. Neither speaking is a refusal: every browser that
    runs our pages sends at least ``Origin`` on an unsafe method and on a WebSocket.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    if origin is not None:
        return is_own_origin(origin, headers.get("host"))
    return site == "same-origin"


def is_own_origin(origin: str, host: str | None) -> bool:
    """True when the origin's host and port are those the request was sent to.

    The scheme is left out: behind a proxy the server does not know on which one it is seen.
    """
    parts = urlsplit(origin)
    return bool(host) and parts.scheme in {"http", "https"} and parts.netloc == host


def is_loopback_host(host: str | None) -> bool:
    """True for a Host header that names this machine, whatever the port.

    Any other name would be a page elsewhere that had its own name point here (DNS rebinding).
    """
    try:
        return bool(host) and is_loopback(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False
