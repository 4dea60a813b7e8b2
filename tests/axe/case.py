"""The pages looked at, each with what it is about. A new page gets its line in ``cases``."""

from collections.abc import Iterator
from dataclasses import dataclass

VIEWERS = ("public", "team", "manager", "deputy", "treasury", "administrator")
FULL, EMPTY = "full", "empty"
PAST = "au=2026-01-31"


@dataclass(frozen=True)
class Subjects:
    """What the pages of one home are about: identifiers, empty where that home has none.

    ``indicators``: (what it is like, ``id?org=…``). Loads by their sequence.
    """

    ministry: str
    other_ministry: str
    directorate: str
    team: str
    indicators: tuple[tuple[str, str], ...]
    blocker: str
    load: str
    troubled_load: str
    held_load: str
    draft: str = ""


@dataclass(frozen=True)
class Case:
    """One page in one state.

    ``seen_by`` sees it whole; for the others it may say that it is not theirs; empty: anyone does.
    ``deed`` is a name of ``deed.DEEDS``, done once the page is drawn; ``home`` is ``FULL`` or
    ``EMPTY``.
    """

    name: str
    path: str
    seen_by: str = "deputy"
    deed: str = ""
    home: str = FULL


def cases(known: Subjects) -> tuple[Case, ...]:
    """Every page and state there is something to show of."""
    found = [*_rooms(known), *_cascade(known), *_indicators(known), *_blockers(known)]
    return (*found, *_data(known), *_public(known), *_others())


def _rooms(known: Subjects) -> Iterator[Case]:
    yield Case("home", "/", "")
    yield Case("government", "/gouvernement", "treasury")
    yield Case("government, as of", f"/gouvernement?{PAST}", "treasury")
    yield Case("strategic, choice", "/strategique", "treasury")
    yield Case("strategic", f"/strategique/{known.ministry}")
    yield Case("strategic, as of", f"/strategique/{known.ministry}?{PAST}")
    yield Case("strategic, no day", f"/strategique/{known.ministry}?au=hier")
    yield Case("strategic, another's", f"/strategique/{known.other_ministry}", "treasury")
    yield Case("tactical, choice", "/tactique", "manager")
    yield Case("tactical", f"/tactique/{known.directorate}", "manager")
    yield Case("operational, choice", "/operationnel", "team")
    yield Case("operational", f"/operationnel/{known.team}", "team")
    yield Case("operational, huddle", f"/operationnel/{known.team}/caucus", "team")
    yield Case("followed", "/suivi")
    yield Case("operational, as of", f"/operationnel/{known.team}?{PAST}", "team")


def _cascade(known: Subjects) -> Iterator[Case]:
    yield Case("cascade", "/cascade", "treasury")
    yield Case("cascade, ministry", f"/cascade/{known.ministry}")
    yield Case("cascade, as of", f"/cascade/{known.ministry}?{PAST}")
    yield Case("cascade, in rows", f"/cascade/{known.directorate}?vue=tableau", "manager")


def _indicators(known: Subjects) -> Iterator[Case]:
    for like, place in known.indicators:
        yield Case(f"indicator, {like}", f"/indicateurs/{place}")
    like, place = known.indicators[0]
    yield Case(f"indicator, {like}, as of", f"/indicateurs/{place}&{PAST}")
    yield Case(f"indicator, {like}, whole history", f"/indicateurs/{place}&etendue=tout")
    if seasonal := dict(known.indicators).get("seasonal"):
        yield Case("indicator, less its season", f"/indicateurs/{seasonal}&saison=sans")


def _blockers(known: Subjects) -> Iterator[Case]:
    yield Case("blockers", "/bloquants")
    yield Case("blockers, nothing found", f"/bloquants?etat=regles&miens=1&org={known.team}")
    yield Case("blockers, form", "/bloquants?signaler=1")
    if known.blocker:
        yield Case("blockers, one opened", f"/bloquants?b={known.blocker}")


def _data(known: Subjects) -> Iterator[Case]:
    yield Case("data", "/donnees", "manager")
    yield Case("data, earlier", f"/donnees?avant={known.load}", "treasury")
    yield Case("data, file checked", "/donnees", "manager", "sound file")
    yield Case("data, file refused", "/donnees", "manager", "refused file")
    yield Case("data, file unread", "/donnees", "manager", "unread file")
    yield Case("load", f"/donnees/versements/{known.load}", "treasury")
    yield Case("load, with problems", f"/donnees/versements/{known.troubled_load}", "manager")
    yield Case("load, waits for approval", f"/donnees/versements/{known.held_load}")
    yield Case("approvals", "/donnees/accords")
    yield Case("calendar", "/donnees/calendrier")


def _public(known: Subjects) -> Iterator[Case]:
    yield Case("public", "/public", "")
    yield Case("public, no such publication", "/public?publication=hier", "")
    yield Case("public, nothing published", "/public", "", home=EMPTY)
    yield Case("publications", "/publications", "treasury")
    if known.draft:
        draft = f"/publications?publication={known.draft}"
        yield Case("publications, a draft", draft, "treasury")


def _others() -> Iterator[Case]:
    yield Case("calibration", "/calibration", "")
    yield Case("questions", "/questions")
    yield Case("menu opened", "/", "", "menu")
    yield Case("not found", "/nulle-part", "")
    yield Case("not found, indicator", "/indicateurs/INCONNU", "")
    for path in ("/", "/gouvernement", "/bloquants", "/donnees", "/donnees/calendrier"):
        yield Case(f"nothing loaded, {path}", path, "", home=EMPTY)
