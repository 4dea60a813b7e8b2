"""The XmR rules of statistics.md § 1, written out slowly, one point after the other.

The shipped rules work on whole arrays; here each line is the line of the document.
"""

import math

Label = tuple[str, int]
COMMON: Label = ("common", 0)


def sign(number: float) -> int:
    return (number > 0) - (number < 0)


def labels(values: list[float]) -> list[Label]:
    """The rule and side of every point of one phase; values all known, more than one distinct."""
    n = len(values)
    mean = math.fsum(values) / n
    ranges = [abs(values[i] - values[i - 1]) for i in range(1, n)]
    first = math.fsum(ranges) / len(ranges)
    kept = [r for r in ranges if r < 3.267 * first]
    average = math.fsum(kept) / len(kept) or first
    side = [sign(y - mean) for y in values]
    outside = [abs(y - mean) > 2.66 * average for y in values]
    close = [
        not out and abs(y - mean) > 2 * 2.66 / 3 * average
        for y, out in zip(values, outside, strict=True)
    ]
    trend = [False] * n
    for end in range(6, n):
        steps = [sign(values[i] - values[i - 1]) for i in range(end - 5, end + 1)]
        if abs(sum(steps)) == 6:
            trend[end - 6 : end + 1] = [True] * 7
    pair, shift = [False] * n, [False] * n
    for end in range(2, n):
        window = range(end - 2, end + 1)
        if sum(close[i] for i in window) >= 2 and abs(sum(side[i] for i in window)) == 3:
            for i in window:
                pair[i] = pair[i] or close[i]
    for end in range(6, n):
        if abs(sum(side[end - 6 : end + 1])) == 7:
            shift[end - 6 : end + 1] = [True] * 7
    answer = []
    for i in range(n):
        if outside[i]:
            answer.append(("limit", side[i]))
        elif trend[i]:
            answer.append(("trend", way(values, trend, i)))
        elif pair[i]:
            answer.append(("two in three", side[i]))
        else:
            answer.append(("shift", side[i]) if shift[i] else COMMON)
    return answer


def way(values: list[float], trend: list[bool], i: int) -> int:
    """Towards the next point of the trend, else from the one before."""
    onward = sign(values[i + 1] - values[i]) if i + 1 < len(values) and trend[i + 1] else 0
    return onward or sign(values[i] - values[i - 1])


def is_knife_edge(values: list[float]) -> bool:
    """Whether some value lies on a line but for rounding."""
    n = len(values)
    mean = math.fsum(values) / n
    ranges = [abs(values[i] - values[i - 1]) for i in range(1, n)]
    first = math.fsum(ranges) / len(ranges)
    if any(abs(r - 3.267 * first) < 1e-6 * (first + 1) for r in ranges):
        return True
    kept = [r for r in ranges if r < 3.267 * first]
    width = 2.66 * (math.fsum(kept) / len(kept) or first)
    lines = (0.0, width, 2 / 3 * width)
    return any(abs(abs(y - mean) - line) < 1e-6 * (width + 1) for y in values for line in lines)
