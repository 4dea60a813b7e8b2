"""What a page asks to write, from an untrusted form to the journal or to a refusal.

What is written over is looked at in the writer's own thread, where nobody else writes meanwhile: of
two people who correct the same text one wins, and the other is told with both texts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any
from uuid import uuid4

from pilotage.domain.indicator import Level
from pilotage.domain.period import Period, parse_period
from pilotage.domain.post import RECORD_LINES, Post, PostKind, Words
from pilotage.domain.status import Standing
from pilotage.domain.viewer import Scope
from pilotage.followup.post import PostError, cleaned, first_version, revised, withdrawn
from pilotage.followup.post_event import KIND, payload
from pilotage.followup.post_permission import (
    may_explain,
    may_hold,
    may_revise,
    may_withdraw,
    may_write,
)
from pilotage.rooms.blocker import author_of
from pilotage.rooms.card import period_of, recents_of
from pilotage.rooms.post import Version, post_of, version_of
from pilotage.store.queries import posts as queries
from pilotage.store.queries.blockers import indicator_titles, one_blocker
from pilotage.store.queries.passport import passport, verdict
from pilotage.store.warehouse import Warehouse

LONGEST_HUDDLE = 600
"""Minutes after which a clock was forgotten; a record says no more."""
_LETTER = {
    PostKind.EXPLANATION: "E",
    PostKind.COMMENT: "C",
    PostKind.RECOGNITION: "R",
    PostKind.HUDDLE: "H",
}


class PostOutcome(StrEnum):
    """What became of the request; the page has a sentence for each."""

    KEPT = "kept"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    NOT_ALLOWED = "not_allowed"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOT_UNDERSTOOD = "not_understood"
    WORDS_MISSING = "words_missing"
    ACTION_MISSING = "action_missing"
    TOO_LONG = "too_long"
    DATE_PAST = "date_past"
    TIE_MISSING = "tie_missing"
    LINES_MISSING = "lines_missing"
    WITHDRAWN_ALREADY = "withdrawn_already"

    @property
    def is_done(self) -> bool:
        """True when what was asked is kept."""
        return self in {PostOutcome.KEPT, PostOutcome.CORRECTED, PostOutcome.WITHDRAWN}


@dataclass(frozen=True)
class Posted:
    """The outcome, and what stands of the post where one is known; ``asked``: what was sent."""

    outcome: PostOutcome
    asked: Mapping[str, str]
    standing: Version | None = None

    @property
    def is_clash(self) -> bool:
        """True when somebody else wrote first."""
        return self.outcome is PostOutcome.CHANGED_MEANWHILE


Writer = Callable[[Scope, Warehouse, Mapping[str, str], str], Posted]


def say(scope: Scope, warehouse: Warehouse, asked: Mapping[str, Any]) -> Posted:
    """Do what the form asks, with the viewer's own rights; never raises on what a client sends."""
    text = {name: value for name, value in asked.items() if isinstance(value, str)}
    write = _WRITERS.get(text.get("move", ""))
    if write is None:
        return Posted(PostOutcome.NOT_UNDERSTOOD, text)
    try:
        # The writer's thread knows nothing of the request: who writes is asked before.
        work = partial(write, scope, warehouse, text, author_of(scope))
        return warehouse.submit(work).result()
    except PostError as error:
        return Posted(PostOutcome(error.reason.value), text)
    except ValueError:
        return Posted(PostOutcome.NOT_UNDERSTOOD, text)


def _explain(scope: Scope, warehouse: Warehouse, asked: Mapping[str, str], author: str) -> Posted:
    pair = (asked.get("indicator_id", ""), asked.get("organisation_id", ""))
    row, described = verdict(scope, warehouse, *pair), passport(scope, warehouse, pair[0])
    owner = described["owner"] if described else None
    if row is None or not may_explain(scope, pair[1], author, owner):
        return Posted(PostOutcome.NOT_ALLOWED, asked)
    period = parse_period(asked.get("period", ""))
    found = queries.explanation_of(scope, warehouse, pair, (int(period.kind), period.start))
    words = replace(_words(asked), period=period)
    if found is None and not _is_off_target(row, period):
        return Posted(PostOutcome.NOT_UNDERSTOOD, asked)
    if clash := _clash(asked, found, words, author):
        return clash
    if found is not None:
        made = revised(post_of(found), words, author, warehouse.today)
        return _kept(warehouse, made, asked, PostOutcome.CORRECTED)
    new = _new(PostKind.EXPLANATION, scope, author, words, pair[1], pair[0])
    return _kept(warehouse, first_version(new, warehouse.today), asked)


def _is_off_target(row: Mapping[str, Any], period: Period) -> bool:
    """The period asks for an explanation: off target, or the one now judged."""
    off = {one.period for one in recents_of(row) if one.standing is Standing.OFF_TARGET}
    return period in off or period == period_of(row)


def _comment(scope: Scope, warehouse: Warehouse, asked: Mapping[str, str], author: str) -> Posted:
    pair = (asked.get("indicator_id", ""), asked.get("organisation_id", ""))
    if verdict(scope, warehouse, *pair) is None or not may_write(scope, pair[1]):
        return Posted(PostOutcome.NOT_ALLOWED, asked)
    told = asked.get("period", "")
    words = Words(asked.get("body", ""), parse_period(told) if told else None)
    new = _new(PostKind.COMMENT, scope, author, words, pair[1], pair[0])
    return _once(scope, warehouse, first_version(new, warehouse.today), asked)


def _recognise(scope: Scope, warehouse: Warehouse, asked: Mapping[str, str], author: str) -> Posted:
    place = asked.get("organisation_id", "")
    tie, _, name = asked.get("tie", "").partition(":")
    indicator = name if tie == "indicator" else None
    blocker = name if tie == "blocker" else None
    is_known = (not indicator or bool(indicator_titles(scope, warehouse, [indicator]))) and (
        not blocker or one_blocker(scope, warehouse, blocker) is not None
    )
    if not is_known or not may_write(scope, place):
        return Posted(PostOutcome.NOT_ALLOWED, asked)
    new = _new(PostKind.RECOGNITION, scope, author, _praise(asked), place, indicator, blocker)
    return _once(scope, warehouse, first_version(new, warehouse.today), asked)


def _close_huddle(
    scope: Scope, warehouse: Warehouse, asked: Mapping[str, str], author: str
) -> Posted:
    place = asked.get("organisation_id", "")
    words = _record(asked)
    if not may_hold(scope, place, words.level):
        return Posted(PostOutcome.NOT_ALLOWED, asked)
    new = _new(PostKind.HUDDLE, scope, author, words, place)
    return _once(scope, warehouse, first_version(new, warehouse.today), asked)


def _record(asked: Mapping[str, str]) -> Words:
    """Five lines, who was there (one field for each), and how long where a timer ran."""
    lasted = asked.get("minutes", "")
    return Words(
        body=_lines(asked),
        level=Level(asked.get("level", "")),
        present=present_of(asked),
        minutes=min(int(lasted), LONGEST_HUDDLE) if lasted.isascii() and lasted.isdigit() else None,
    )


def _lines(asked: Mapping[str, str]) -> str:
    return "\n".join(" ".join(asked.get(f"line{n}", "").split()) for n in range(RECORD_LINES))


def present_of(asked: Mapping[str, str]) -> tuple[str, ...]:
    """Who is said to be there: boxes ticked, « present:<name> », then names typed, by commas."""
    ticked = [name.removeprefix("present:") for name in asked if name.startswith("present:")]
    typed = asked.get("others", "").replace("\n", ",").replace(";", ",").split(",")
    return tuple(dict.fromkeys(name.strip() for name in (*ticked, *typed) if name.strip()))


def _revise(scope: Scope, warehouse: Warehouse, asked: Mapping[str, str], author: str) -> Posted:
    found = queries.one_post(scope, warehouse, asked.get("post_id", ""))
    if found is None or found["kind"] == PostKind.EXPLANATION:
        return Posted(PostOutcome.NOT_ALLOWED, asked)
    post = post_of(found)
    told = asked.get("period", "")
    if post.kind is PostKind.HUDDLE:
        words = replace(post.words, body=_lines(asked))
    else:
        words = replace(_praise(asked), period=parse_period(told) if told else None)
    # Somebody withdrew it meanwhile: that is told before rights, which it changes.
    if clash := _clash(asked, found, words, author):
        return clash
    if not may_revise(scope, post, author):
        return Posted(PostOutcome.NOT_ALLOWED, asked)
    made = revised(post, words, author, warehouse.today)
    return _kept(warehouse, made, asked, PostOutcome.CORRECTED)


def _withdraw(scope: Scope, warehouse: Warehouse, asked: Mapping[str, str], author: str) -> Posted:
    found = queries.one_post(scope, warehouse, asked.get("post_id", ""))
    if found is None:
        return Posted(PostOutcome.NOT_ALLOWED, asked)
    if clash := _clash(asked, found):
        return clash
    post = post_of(found)
    if not may_withdraw(scope, post):
        return Posted(PostOutcome.NOT_ALLOWED, asked)
    made = withdrawn(post, asked.get("reason", ""), author)
    return _kept(warehouse, made, asked, PostOutcome.WITHDRAWN)


_WRITERS: Mapping[str, Writer] = {
    "explain": _explain,
    "comment": _comment,
    "recognise": _recognise,
    "close_huddle": _close_huddle,
    "revise": _revise,
    "withdraw": _withdraw,
}


def _words(asked: Mapping[str, str]) -> Words:
    back_on = asked.get("back_on")
    return Words(
        body=asked.get("body", ""),
        under_way=asked.get("under_way"),
        back_on=date.fromisoformat(back_on) if back_on else None,
    )


def _praise(asked: Mapping[str, str]) -> Words:
    return Words(
        body=asked.get("body", ""),
        honoured=asked.get("honoured"),
        practice=asked.get("practice"),
    )


def _new(
    kind: PostKind,
    scope: Scope,
    author: str,
    words: Words,
    organisation_id: str,
    indicator_id: str | None = None,
    blocker_id: str | None = None,
) -> Post:
    return Post(
        post_id=f"{_LETTER[kind]}-{uuid4().hex[:12]}",
        kind=kind,
        version=1,
        organisation_id=organisation_id,
        author=author,
        author_id=scope.viewer_id,
        by=author,
        words=words,
        indicator_id=indicator_id or None,
        blocker_id=blocker_id or None,
    )


def _clash(
    asked: Mapping[str, str],
    found: Mapping[str, Any] | None,
    words: Words | None = None,
    author: str = "",
) -> Posted | None:
    """The answer where what stands is not what the form was written over; None where it is.

    Where it is what the same person has just sent, it was sent twice, and is kept once.
    """
    seq = str(found["seq"]) if found else "0"
    if asked.get("seq", "0") == seq:
        return None
    if found is None:
        return Posted(PostOutcome.CHANGED_MEANWHILE, asked)
    post = post_of(found)
    if words and not post.is_withdrawn and (post.by, post.words) == (author, cleaned(words)):
        return Posted(PostOutcome.KEPT, asked, version_of(found))
    return Posted(PostOutcome.CHANGED_MEANWHILE, asked, version_of(found))


def _once(scope: Scope, warehouse: Warehouse, post: Post, asked: Mapping[str, str]) -> Posted:
    """Keep it, unless it is the very text that person has just sent: a form sent twice."""
    last = queries.last_by(scope, warehouse, post.kind, post.organisation_id, post.author_id)
    if last is not None:
        before = post_of(last)
        again = replace(post, post_id=before.post_id)
        if not before.is_withdrawn and before == again:
            return Posted(PostOutcome.KEPT, asked, version_of(last))
    return _kept(warehouse, post, asked)


def _kept(
    warehouse: Warehouse,
    post: Post,
    asked: Mapping[str, str],
    outcome: PostOutcome = PostOutcome.KEPT,
) -> Posted:
    warehouse.commit(KIND, post.by, payload(post))
    return Posted(outcome, asked)


__all__ = ["PostOutcome", "Posted", "present_of", "say"]
