"""Records of the sample's huddles: as fictitious as the sample, and dated back."""

from collections.abc import Container, Iterator
from datetime import date, datetime

from pilotage.access.person import person as known_person
from pilotage.domain.indicator import Level
from pilotage.domain.post import Post, PostKind, Words
from pilotage.sample import pool
from pilotage.sample.moment import days_before


def huddle_posts(places: Container[str], anchor: date) -> Iterator[tuple[Post, datetime]]:
    """The records of the places that exist, counted back from ``anchor``, the oldest first."""
    for row in pool.rows("rencontres"):
        if row["organisation"] not in places:
            continue
        present = tuple(row["presents"].split(", "))
        author = known_person(row["auteur"]) or present[0]
        lines = (
            f"Présents ({len(present)}) : {', '.join(present)}",
            f"Résultats : {row['resultats']}",
            f"Bloquants : {row['bloquants']}",
            f"Actions : {row['actions']}",
            f"À retenir : {row['retenir']}",
        )
        words = Words(
            body="\n".join(lines),
            level=Level(row["niveau"]),
            present=present,
            minutes=int(row["minutes"]),
        )
        post = Post(
            post_id=f"HX-{int(row['no']):03d}",
            kind=PostKind.HUDDLE,
            version=1,
            organisation_id=row["organisation"],
            author=author,
            author_id=row["auteur"],
            by=author,
            words=words,
        )
        yield post, days_before(anchor, int(row["jours"]), int(row["no"]))
