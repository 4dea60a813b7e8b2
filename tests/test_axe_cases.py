"""Every kind of page stands in the list of what axe looks at, and its sample leaves no pair out."""

from callbacks.shell import PAGES, SUBPAGES
from pilotage.rooms.address import parse_address
from tests.axe.case import Subjects, cases
from tests.axe.plan import every_pair, pairs, sample

KNOWN = cases(Subjects("M", "N", "D", "E", (("off target", "I?org=M"),), "B", "1", "2", "3"))


def test_every_kind_of_page_is_looked_at() -> None:
    seen = [parse_address(one.path.partition("?")[0], "").parts for one in KNOWN]
    assert set(PAGES) <= {parts[0] for parts in seen if parts}
    assert set(SUBPAGES) <= {parts[:2] for parts in seen}


def test_no_two_pages_share_a_name() -> None:
    names = [one.name for one in KNOWN]
    assert len(names) == len(set(names))


def test_the_sample_looks_at_every_page_once_and_meets_every_pair_of_choices() -> None:
    chosen = sample(KNOWN)
    assert sorted(case.name for case, _ in chosen) == sorted(one.name for one in KNOWN)
    assert every_pair() <= set().union(*(pairs(way) for _, way in chosen))
