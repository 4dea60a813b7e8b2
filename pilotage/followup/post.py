"""What may become of what people write: pure functions from one version to the next.

Nothing is changed nor erased: a correction is a new version, a withdrawal a version with a reason.
"""

import unicodedata
from dataclasses import replace
from datetime import date
from enum import StrEnum

from pilotage.domain.post import (
    LONGEST_BODY,
    LONGEST_LINE,
    LONGEST_NAME,
    MOST_PRESENT,
    RECORD_LINES,
    Post,
    PostKind,
    Words,
)


class PostRefused(StrEnum):
    """Why a text was not kept."""

    WORDS_MISSING = "words_missing"
    ACTION_MISSING = "action_missing"
    TOO_LONG = "too_long"
    DATE_PAST = "date_past"
    TIE_MISSING = "tie_missing"
    LINES_MISSING = "lines_missing"
    WITHDRAWN_ALREADY = "withdrawn_already"


class PostError(ValueError):
    """A text that cannot be kept as it is; ``reason`` says which rule."""

    def __init__(self, reason: PostRefused) -> None:
        """Refuse for that reason."""
        super().__init__(reason.value)
        self.reason = reason


def clean(text: str) -> str:
    """A text as it is kept: what cannot be shown is left out, line ends are one sign, no margins.

    Markup stays: it is text. Half a character of a broken writer is dropped, so that the text can
    be stored; control characters too, but for tabs and line ends.
    """
    whole = text.encode("utf-8", "ignore").decode("utf-8")
    lines = whole.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) != "Cc"
    ).strip()


def first_version(post: Post, today: date) -> Post:
    """The post as it is first kept. Raises PostError."""
    return replace(post, version=1, words=_checked(post, post.words, today))


def revised(post: Post, words: Words, by: str, today: date) -> Post:
    """The next version, with other words. Raises PostError."""
    if post.is_withdrawn:
        raise PostError(PostRefused.WITHDRAWN_ALREADY)
    return replace(post, version=post.version + 1, by=by, words=_checked(post, words, today))


def withdrawn(post: Post, reason: str, by: str) -> Post:
    """The next version, withdrawn for that reason. Raises PostError."""
    if post.is_withdrawn:
        raise PostError(PostRefused.WITHDRAWN_ALREADY)
    said = clean(reason)
    if not said:
        raise PostError(PostRefused.WORDS_MISSING)
    if len(said) > LONGEST_NAME:
        raise PostError(PostRefused.TOO_LONG)
    return replace(post, version=post.version + 1, by=by, withdrawn_for=said)


def cleaned(words: Words) -> Words:
    """The words as they are kept; a text of spaces alone is none."""
    return replace(
        words,
        body=clean(words.body),
        under_way=_kept(words.under_way),
        honoured=_kept(words.honoured),
        practice=_kept(words.practice),
        present=tuple(dict.fromkeys(name for name in map(clean, words.present) if name)),
    )


def _checked(post: Post, words: Words, today: date) -> Words:
    kept = cleaned(words)
    if not kept.body:
        raise PostError(PostRefused.WORDS_MISSING)
    _check_lengths(kept)
    if post.kind is PostKind.EXPLANATION:
        if kept.under_way is None:
            raise PostError(PostRefused.ACTION_MISSING)
        if kept.back_on is not None and kept.back_on < today:
            raise PostError(PostRefused.DATE_PAST)
    is_tied = post.indicator_id or post.blocker_id or kept.practice
    if post.kind is PostKind.RECOGNITION and not is_tied:
        raise PostError(PostRefused.TIE_MISSING)
    if post.kind is PostKind.HUDDLE:
        _check_record(kept)
    return kept


def _check_record(words: Words) -> None:
    lines = words.body.split("\n")
    if len(lines) != RECORD_LINES or not all(line.strip() for line in lines):
        raise PostError(PostRefused.LINES_MISSING)
    if any(len(line) > LONGEST_LINE for line in lines) or len(words.present) > MOST_PRESENT:
        raise PostError(PostRefused.TOO_LONG)


def _kept(text: str | None) -> str | None:
    return clean(text) or None if text is not None else None


def _check_lengths(words: Words) -> None:
    texts = (words.body, words.under_way or "")
    names = (words.honoured or "", words.practice or "", *words.present)
    if any(len(one) > LONGEST_BODY for one in texts) or any(
        len(one) > LONGEST_NAME for one in names
    ):
        raise PostError(PostRefused.TOO_LONG)


def first_line(text: str) -> str:
    """What a card shows of a text: its first line."""
    return text.split("\n", 1)[0].strip()
