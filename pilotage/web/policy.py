"""What every answer carries, and which doors stand open to whom."""

from collections.abc import Sequence

from pilotage.domain.viewer import Role

SWITCH = "/voir-comme"
TABLES_DOOR = "/telecharger"
PUBLIC_PAGE = "/public"
OPEN_PATHS = ("/healthz", "/favicon.ico", "/_favicon.ico")
OPEN_PREFIXES = ("/assets/", "/_dash-component-suites/")
PUBLIC_PATHS = frozenset(
    {
        "/",
        PUBLIC_PAGE,
        "/calibration",
        SWITCH,
        TABLES_DOOR,
        "/flux",
        "/api/version",
        "/_dash-layout",
        "/_dash-dependencies",
        "/_dash-update-component",
    }
)
"""What the public's own pages need; each answers through the public's scope. Nothing else opens."""

OPEN_TO_ALL = frozenset({PUBLIC_PAGE, TABLES_DOOR})
"""What opens without a session: the page of what is published, and its tables alone."""

CLOSED_PATHS = frozenset(
    {"/docs", "/redoc", "/openapi.json", "/_reload-hash", "/_dash-ws-callback"}
)


def is_open(path: str) -> bool:
    """True for what carries no data and answers without a session."""
    return path in OPEN_PATHS or (path.startswith(OPEN_PREFIXES) and ".." not in path)


def kept_for(path: str, query: bytes) -> str:
    """How long a browser may keep an answer that says nothing of it.

    Pages are not kept at all: « précédent » must not show what the former viewer saw.
    """
    if not is_open(path):
        return "no-store"
    # Dash writes the date of a file of assets/ into its address: another file, another address.
    is_dated = path.startswith("/assets/") and query.startswith(b"m=")
    return "public, max-age=31536000, immutable" if is_dated else "no-cache"


def may_enter(path: str, role: Role, has_session: bool) -> bool:
    """Whether that role may knock at that door at all; the scope decides what is behind it."""
    if path in CLOSED_PATHS:
        return False
    if not has_session:
        return is_open(path) or path == SWITCH or path in OPEN_TO_ALL
    return role is not Role.PUBLIC or is_open(path) or path in PUBLIC_PATHS


def security_headers(csp_hashes: Sequence[str]) -> tuple[tuple[bytes, bytes], ...]:
    """The headers of every answer. ``csp_hashes`` as Dash gives them, quoted."""
    scripts = " ".join(["script-src 'self'", *csp_hashes])
    policy = "; ".join(
        [
            "default-src 'none'",
            scripts,
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "font-src 'self' data:",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            "form-action 'self'",
            "object-src 'none'",
        ]
    )
    return (
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    )
