"""Variation, assurance and chances on the screen: the figure first, then whether to react."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import accumulate

import numpy as np
import pytest
from dash import html

from layouts.chart import figure
from layouts.lede import opening
from layouts.reaction import reaction
from layouts.signal import bounded_percent, chance, reading, sentences
from layouts.spark import spark
from layouts.wall import wall_store
from pilotage.access.operator import OPERATOR
from pilotage.domain.indicator import Level
from pilotage.domain.period import PeriodKind, following, starting
from pilotage.domain.signal import Assurance, VariationKind
from pilotage.domain.status import Change, Standing
from pilotage.intake import loading
from pilotage.rooms.address import parse_address
from pilotage.rooms.card import Card, by_attention
from pilotage.rooms.indicator import IndicatorRoom, indicator_room
from tests.component_text import found, text_of
from tests.door import MEASUREMENTS, TARGETS, Door, HereChecker, opened_door
from tests.room_case import a_card, a_signal, month

MONTHS = [f"{2024 + n // 12}-{n % 12 + 1:02d}" for n in range(26)]
STEADY = np.random.default_rng(3).normal(50, 4, 26).round(1)
ADDRESS = parse_address("/indicateurs/I-M", "")


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loading, "Checker", HereChecker)
        with opened_door(tmp_path_factory.mktemp("signaux")) as opened:
            opened.warehouse.as_of = date(2026, 3, 15)
            values = [*STEADY[:-1], 95.0]
            lines = [f"I-M;M;{month};{v}" for month, v in zip(MONTHS, values, strict=True)]
            opened.load(MEASUREMENTS + "\n".join(lines) + "\n")
            opened.load(TARGETS + "I-M;M;2026-12;;40;\n")
            yield opened


def room(door: Door) -> IndicatorRoom:
    return indicator_room(OPERATOR, door.warehouse, ADDRESS)


def test_the_sentence_says_that_it_is_no_chance_and_what_the_chance_is(door: Door) -> None:
    said = text_of(opening(room(door), ADDRESS))
    assert "La série se dégrade, et ce n'est pas le hasard." in said
    assert "de chances d'atteindre la cible" in said


def test_the_chart_has_its_limits_its_orange_point_and_its_fan(door: Door) -> None:
    drawn = figure(room(door), "fr")
    band = drawn["layout"]["shapes"][0]
    assert band["y0"] < STEADY.mean() < band["y1"] < 95
    orange = [one for one in drawn["data"] if one.get("marker", {}).get("color") == "var(--watch)"]
    assert 95.0 in orange[0]["y"]
    fan = next(one for one in drawn["data"] if one.get("fill") == "toself")
    assert fan["x"][0] == fan["x"][-1] == "2026-02-28T00:00:00"
    low, high = drawn["layout"]["yaxis"]["range"]
    assert low < min(fan["y"])
    assert max(fan["y"]) < high
    said = " ".join(label["text"] for label in drawn["layout"]["annotations"])
    assert "chances : " in said


def test_the_zone_says_what_to_do_and_how_to_read_it(door: Door) -> None:
    said = text_of(reaction(room(door), ADDRESS))
    assert "La dernière valeur sort des limites habituelles." in said
    assert "dégradation réelle" in said
    assert "Chances à l'échéance" in said
    assert "Comment lire ce graphique" in said


def test_without_a_value_there_is_nothing_to_judge(door: Door) -> None:
    address = parse_address("/indicateurs/I-T", "")
    empty = indicator_room(OPERATOR, door.warehouse, address)
    assert "Aucune valeur : rien à juger." in text_of(reaction(empty, address))


@pytest.mark.parametrize("variation", list(VariationKind))
@pytest.mark.parametrize("assurance", [None, *Assurance])
def test_every_pair_has_its_words_in_both_languages(
    variation: VariationKind, assurance: Assurance | None
) -> None:
    rule = None if variation is VariationKind.COMMON_CAUSE else "shift"
    signal = a_signal(variation=variation, assurance=assurance, rule=rule)
    for lang in ("fr", "en"):
        assert all(sentence.endswith(".") for sentence in sentences(signal, lang))
        icons = found(reading(signal, lang), html.Span)
        assert all(text_of(one) or "sign" in (one.className or "") for one in icons)


def test_too_few_values_are_said_and_no_icon_is_shown() -> None:
    few = a_signal(known=3, variation=None, assurance=None, rule=None)
    trial = a_signal(known=9, variation=None, assurance=None, rule=None)
    assert sentences(few, "fr") == ["Trop peu de valeurs pour juger d'une variation : 3 sur 13."]
    assert sentences(trial, "fr")[0].startswith("Limites à l'essai : 9 valeurs")
    assert reading(few, "fr") == []


@pytest.mark.parametrize(
    ("share", "words", "short"),
    [(None, "", ""), (0.0, "moins de 1", "< 1"), (0.424, "42", "42"), (1.0, "plus de 99", "> 99")],
)
def test_a_chance_is_never_certain(share: float | None, words: str, short: str) -> None:
    assert bounded_percent(share, "fr").startswith(words)
    assert chance(a_signal(due_meets=share), "fr").startswith(short)


def test_a_card_draws_its_habits_and_what_stands_out() -> None:
    card = a_card()
    shape = spark(card)
    assert shape is not None
    assert shape["b"] == sorted(shape["b"])
    record = wall_store([card], Level.STRATEGIC, ADDRESS)["cards"][0]
    assert record["i"][:2] == ["up concern", "dégradation réelle"]
    assert record["j"][:2] == ["fail", "ne tient pas"]
    assert record["l"] == "4\N{NO-BREAK SPACE}%"


def test_a_figure_that_is_withheld_says_nothing_of_its_process() -> None:
    record = wall_store([a_card(Standing.STALE)], Level.STRATEGIC, ADDRESS)["cards"][0]
    assert not {"i", "j", "l"} & set(record)


def test_of_two_off_target_the_one_that_got_worse_comes_first() -> None:
    calm = a_card(
        indicator_id="a", signal=a_signal(variation=VariationKind.COMMON_CAUSE, rule=None)
    )
    worse = a_card(indicator_id="b", signal=a_signal(rule="shift"))
    worst = a_card(indicator_id="c")
    late = a_card(Standing.AT_RISK, indicator_id="0")
    order = [one.indicator_id for one in by_attention([late, calm, worse, worst])]
    assert order == ["c", "b", "a", "0"]


def test_a_fall_too_short_for_a_signal_comes_after_signals_and_before_usual_variation() -> None:
    short = a_signal(known=9, variation=None, rule=None)
    usual = a_signal(variation=VariationKind.COMMON_CAUSE, rule=None)
    better = a_signal(variation=VariationKind.IMPROVEMENT)
    falling = a_card(indicator_id="z", signal=short, change=Change.WORSENING)
    behind = a_card(indicator_id="y", signal=short, change=Change.STABLE, progress_rate=-67.0)
    still = a_card(indicator_id="x", signal=short, change=Change.STABLE, progress_rate=9.0)
    calm = a_card(indicator_id="w", signal=usual, change=Change.WORSENING)
    mending = a_card(indicator_id="a", signal=better, progress_rate=-5.0)
    signalled = a_card(indicator_id="zz", signal=a_signal(rule="trend"))
    order = by_attention([mending, calm, still, behind, falling, signalled])
    assert [one.indicator_id for one in order] == ["zz", "y", "z", "w", "x", "a"]


def test_four_quarters_amiss_weigh_more_than_ten_months() -> None:
    def amiss(name: str, kind: PeriodKind, periods: int) -> Card:
        first = starting(kind, datetime(2025, 1, 1))
        run = accumulate(range(periods - 1), lambda at, _: following(at), initial=first)
        base = a_card(indicator_id=name)
        lived = [replace(base.recents[-1], period=one) for one in run]
        return replace(base, recents=tuple(lived))

    months, quarters = amiss("a", PeriodKind.MONTH, 10), amiss("b", PeriodKind.QUARTER, 4)
    assert [one.indicator_id for one in by_attention([months, quarters])] == ["b", "a"]


def test_of_two_alike_the_one_amiss_longer_comes_first_then_the_one_of_less_chance() -> None:
    def amiss(name: str, periods: int, chance: float) -> Card:
        states = [Standing.ON_TRACK] * (6 - periods) + [Standing.OFF_TARGET] * periods
        card = a_card(indicator_id=name, signal=a_signal(due_meets=chance))
        base = card.recents[-1]
        lived = [
            replace(base, standing=one, period=month(at)) for at, one in enumerate(states, start=1)
        ]
        return replace(card, recents=tuple(lived))

    cards = [amiss("b", 2, 0.1), amiss("c", 5, 0.4), amiss("a", 5, 0.6), amiss("d", 2, 0.05)]
    assert [one.indicator_id for one in by_attention(cards)] == ["c", "a", "d", "b"]
    assert [one.days_amiss for one in cards] == [61, 150, 150, 61]
