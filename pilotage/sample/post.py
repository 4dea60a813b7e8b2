"""Explanations, comments and recognitions of the sample: as fictitious as it, and dated back."""

from collections.abc import Container, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from pilotage.access.operator import OPERATOR
from pilotage.access.person import person as known_person
from pilotage.domain.period import Period, PeriodKind, starting
from pilotage.domain.post import Post, PostKind, Words
from pilotage.followup.post_event import KIND, payload
from pilotage.sample import pool
from pilotage.sample.blocker import blocker_id
from pilotage.sample.chance import person
from pilotage.sample.huddle import huddle_posts
from pilotage.sample.moment import days_before
from pilotage.store.queries.directory import organisations
from pilotage.store.queries.passport import verdict
from pilotage.store.queries.posts import one_post
from pilotage.store.warehouse import Warehouse

_KINDS = {
    "explication": PostKind.EXPLANATION,
    "commentaire": PostKind.COMMENT,
    "bravo": PostKind.RECOGNITION,
}


def write_posts(warehouse: Warehouse, anchor: date) -> int:
    """Write what is not written yet, counted back from ``anchor``; how many versions it came to.

    What no longer fits what is loaded is left out: nobody explains what is on target.
    """
    count = 0
    places = {one.organisation_id for one in organisations(OPERATOR, warehouse)}
    told = chain(_posts(warehouse, places, anchor), huddle_posts(places, anchor))
    for post, said_at in list(told):
        known = one_post(OPERATOR, warehouse, post.post_id)
        if known is None or known["version"] < post.version:
            warehouse.record(KIND, post.by, payload(post, said_at))
            count += 1
    return count


def _posts(
    warehouse: Warehouse, places: Container[str], anchor: date
) -> Iterator[tuple[Post, datetime]]:
    versions: dict[str, int] = {}
    for row in pool.rows("ecrits"):
        kind, name = _KINDS[row["genre"]], row["indicateur"]
        judged = verdict(OPERATOR, warehouse, name, row["organisation"]) if name else None
        is_known = row["organisation"] in places and (judged is not None or not name)
        if not is_known or (kind is PostKind.EXPLANATION and not _is_off_target(judged)):
            continue
        post_id = f"EX-{int(row['no']):03d}"
        versions[post_id] = versions.get(post_id, 0) + 1
        author = known_person(row["auteur"]) or person("writes", row["organisation"])
        yield (
            Post(
                post_id=post_id,
                kind=kind,
                version=versions[post_id],
                organisation_id=row["organisation"],
                author=author,
                author_id=row["auteur"],
                by=author,
                words=_words(row, judged, anchor),
                indicator_id=name or None,
                blocker_id=blocker_id(int(row["bloquant"])) if row["bloquant"] else None,
            ),
            days_before(anchor, int(row["jours"]), int(row["no"])),
        )


def _is_off_target(judged: Mapping[str, Any] | None) -> bool:
    return judged is not None and (
        judged["trajectory"] == "off_track" or judged["result"] == "not_met"
    )


def _words(row: Mapping[str, str], judged: Mapping[str, Any] | None, anchor: date) -> Words:
    back = row["retour"]
    return Words(
        body=row["texte"],
        period=_period(judged, int(row["recul"])) if row["recul"] and judged else None,
        under_way=row["action"] or None,
        back_on=anchor + timedelta(days=int(back)) if back else None,
        honoured=row["a_qui"] or None,
        practice=row["pratique"] or None,
    )


def _period(judged: Mapping[str, Any], back: int) -> Period | None:
    """The last period, or so many before it."""
    starts = [start for start in judged["recent_starts"] or [] if start is not None]
    if judged["period_kind"] is None or len(starts) <= back:
        return None
    return starting(PeriodKind(judged["period_kind"]), starts[-1 - back])
