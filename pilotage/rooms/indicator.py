"""The page of one indicator in one organisation, down to the file and the line."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pilotage.domain.indicator import Frequency
from pilotage.domain.organisation import Organisation
from pilotage.domain.period import KINDS_OF_FREQUENCY, Period, PeriodKind
from pilotage.domain.status import DataState, Result, Standing, Trajectory
from pilotage.domain.viewer import Scope
from pilotage.errors import NotFound
from pilotage.followup.calendar import working_days
from pilotage.rooms.address import Address
from pilotage.rooms.blocker import BlockerCard, linked_blockers
from pilotage.rooms.curve import RECENT, Curve, Point, curve
from pilotage.rooms.discussion import NO_DISCUSSION, Discussion, discussion
from pilotage.rooms.gap import Gap
from pilotage.rooms.gap_parts import gap_of, is_late
from pilotage.rooms.past import is_past, on_asked_day, told_since
from pilotage.rooms.pending import PendingValue, pending_of
from pilotage.rooms.process import ProcessView, process_view
from pilotage.rooms.provenance import (
    AimVintage,
    ValueRevision,
    Vintage,
    aim_vintages,
    value_revisions,
    value_vintages,
)
from pilotage.rooms.season import adjusted_curve, adjusted_row
from pilotage.rooms.step import Steps, steps_of
from pilotage.rooms.tally import standing_of
from pilotage.rooms.tree import tree
from pilotage.store.queries import passport as passports
from pilotage.store.queries import series
from pilotage.store.queries.directory import organisations
from pilotage.store.warehouse import Warehouse


@dataclass(frozen=True)
class Place:
    """An organisation in which the indicator is measured."""

    organisation_id: str
    label_fr: str
    label_en: str | None


@dataclass(frozen=True)
class Verdict:
    """What is said of the last value; the figures are in the indicator's unit."""

    standing: Standing
    result: Result
    trajectory: Trajectory
    to_confirm: bool
    change: str | None
    data_state: DataState
    period: Period | None
    value: float | None
    value_text: str | None
    previous_value: float | None
    low: float | None
    high: float | None
    target_text: str | None
    baseline: float | None
    due_date: date | None
    path_value: float | None
    progress_rate: float | None
    attainment_rate: float | None
    next_due: date | None
    late_working_days: int
    is_rolled_up: bool
    rolled_value: float | None
    rolled_missing: tuple[str, ...]

    @property
    def has_target(self) -> bool:
        """True when there is a number to compare with."""
        return self.low is not None or self.high is not None


@dataclass(frozen=True)
class Link:
    """An indicator tied to this one: ``side`` is parent, child or counter."""

    side: str
    indicator_id: str
    organisation_id: str
    title_fr: str
    title_en: str | None
    standing: Standing


@dataclass(frozen=True)
class IndicatorRoom:
    """Exactly what the indicator page shows; ``trail`` leads from the top down to the place."""

    indicator_id: str
    judged_on: date
    place: Place
    trail: tuple[Organisation, ...]
    places: tuple[Place, ...]
    passport: Mapping[str, Any]
    verdict: Verdict | None
    curve: Curve
    vintages: tuple[Vintage, ...]
    targets: tuple[AimVintage, ...]
    gap: Gap | None
    silent: tuple[Place, ...]
    links: tuple[Link, ...]
    blockers: tuple[BlockerCard, ...]
    can_raise: bool
    pending: tuple[PendingValue, ...] = ()
    revisions: tuple[ValueRevision, ...] = ()
    is_past: bool = False
    told_since: int = 0
    process: ProcessView | None = None
    has_season: bool = False
    is_adjusted: bool = False
    discussion: Discussion = NO_DISCUSSION


def indicator_room(scope: Scope, warehouse: Warehouse, address: Address) -> IndicatorRoom:
    """``/indicateurs/<id>?org=``; NotFound for an indicator or a place outside the scope.

    Without an organisation, the lead one where it measures the indicator, else the first that does.
    ``?etendue=tout`` asks for the whole history, ``?saison=sans`` for the values less the season.
    """
    indicator_id = address.subject or ""
    warehouse = on_asked_day(warehouse, address)
    today = warehouse.today
    passport = passports.passport(scope, warehouse, indicator_id)
    if passport is None:
        raise NotFound
    measured = passports.places(scope, warehouse, indicator_id)
    asked = address.parameters.get("org")
    row = _chosen(measured, asked, str(passport["organisation_id"]))
    place = _place(row) if row else _unmeasured(scope, passport, asked)
    pair = (indicator_id, place.organisation_id)
    aims = aim_vintages(series.target_vintages(scope, warehouse, pair), passport["direction"])
    blockers, can_raise = linked_blockers(scope, warehouse, pair, today)
    whole = address.parameters.get("etendue") == "tout"
    steps = steps_of(scope, warehouse, row, is_past=is_past(warehouse)) if row else Steps()
    curve = _curve(scope, warehouse, pair, passport, aims, whole)
    adjusted = adjusted_row(row, passport, steps.begins) if row else None
    is_adjusted = adjusted is not None and address.parameters.get("saison") == "sans"
    if adjusted is not None and is_adjusted:
        curve = adjusted_curve(curve, adjusted)
    read = adjusted if is_adjusted else row
    return IndicatorRoom(
        indicator_id=indicator_id,
        judged_on=today,
        place=place,
        trail=_trail(scope, warehouse, place.organisation_id),
        places=tuple(_place(one) for one in measured),
        passport=dict(passport),
        verdict=verdict_of(row, today) if row else None,
        curve=curve,
        vintages=_vintages(scope, warehouse, pair, row),
        targets=aims,
        gap=gap_of(scope, warehouse, pair, passport, today),
        silent=_silent(scope, warehouse, row),
        links=_links(scope, warehouse, indicator_id, today),
        blockers=blockers,
        can_raise=can_raise,
        pending=() if is_past(warehouse) else pending_of(scope, warehouse, pair),
        revisions=_revisions(scope, warehouse, pair, passport),
        is_past=is_past(warehouse),
        told_since=told_since(scope, warehouse, indicator_id=indicator_id),
        process=process_view(read, passport, steps) if read else None,
        has_season=adjusted is not None,
        is_adjusted=is_adjusted,
        discussion=discussion(scope, warehouse, pair, passport["owner"], row, address),
    )


def _trail(scope: Scope, warehouse: Warehouse, organisation_id: str) -> tuple[Organisation, ...]:
    known = tree(organisations(scope, warehouse))
    here = known.organisations.get(organisation_id)
    return (*known.ancestors(organisation_id), here) if here else ()


def _silent(scope: Scope, warehouse: Warehouse, row: Mapping[str, Any] | None) -> tuple[Place, ...]:
    """Organisations below whose value a roll-up lacks; only those this viewer may see by name."""
    ids = json.loads(row["rolled_missing"] or "[]") if row else []
    if not ids:
        return ()
    known = {one.organisation_id: one for one in organisations(scope, warehouse)}
    return tuple(
        Place(one, known[one].label_fr, known[one].label_en) for one in ids if one in known
    )


def _chosen(
    measured: Sequence[Mapping[str, Any]], asked: str | None, lead: str
) -> Mapping[str, Any] | None:
    by_place = {row["organisation_id"]: row for row in measured}
    if asked is not None:
        return by_place.get(asked)
    return by_place.get(lead) or (measured[0] if measured else None)


def _place(row: Mapping[str, Any]) -> Place:
    return Place(row["organisation_id"], row["label_fr"], row["label_en"])


def _unmeasured(scope: Scope, passport: Mapping[str, Any], asked: str | None) -> Place:
    lead = str(passport["organisation_id"])
    if asked not in {None, lead} or not scope.may_see(lead):
        raise NotFound
    return Place(lead, passport["lead_fr"] or lead, passport["lead_en"])


def verdict_of(row: Mapping[str, Any], today: date) -> Verdict:
    """A verdict's row in the words of the trade."""
    kind = row["period_kind"]
    next_due, late = row["next_due"], is_late(row, today)
    return Verdict(
        standing=standing_of(row, is_late=late),
        result=Result(row["result"]),
        trajectory=Trajectory(row["trajectory"]),
        to_confirm=bool(row["to_confirm"]),
        change=row["change"],
        data_state=DataState(row["data_state"]),
        period=Period(PeriodKind(kind), row["period_start"], row["period_end"]) if kind else None,
        value=row["value"],
        value_text=row["value_text"],
        previous_value=row["previous_value"],
        low=row["low"],
        high=row["high"],
        target_text=row["target_text"],
        baseline=row["baseline"],
        due_date=row["due_date"],
        path_value=row["path_value"],
        progress_rate=row["progress_rate"],
        attainment_rate=row["attainment_rate"],
        next_due=next_due,
        late_working_days=working_days(next_due, today) if late else 0,
        is_rolled_up=row["value_source"] == "rollup",
        rolled_value=row["rolled_value"],
        rolled_missing=tuple(json.loads(row["rolled_missing"] or "[]")),
    )


def _curve(
    scope: Scope,
    warehouse: Warehouse,
    pair: tuple[str, str],
    passport: Mapping[str, Any],
    aims: Sequence[AimVintage],
    whole_history: bool,
) -> Curve:
    frequency = Frequency(passport["frequency"])
    kinds = KINDS_OF_FREQUENCY[frequency]
    since = None
    if frequency in RECENT and not whole_history:
        latest = series.latest_end(scope, warehouse, pair, kinds)
        since = latest - RECENT[frequency] if latest else None
    rows = series.values(scope, warehouse, pair, kinds, since)
    points = [
        Point(
            Period(PeriodKind(row["period_kind"]), row["period_start"], row["period_end"]),
            row["value"],
            is_provisional=row["state"] == 1,
            is_disputed=row["state"] in {3, 4},
            comment=row["comment"],
            text=row["value_text"],
        )
        for row in rows
    ]
    return curve(points, [one.aim for one in aims], shows_everything=since is None)


def _vintages(
    scope: Scope, warehouse: Warehouse, pair: tuple[str, str], row: Mapping[str, Any] | None
) -> tuple[Vintage, ...]:
    if row is None or row["period_kind"] is None:
        return ()
    found = series.value_vintages(scope, warehouse, pair, row["period_kind"], row["period_start"])
    return value_vintages(found)


def _revisions(
    scope: Scope, warehouse: Warehouse, pair: tuple[str, str], passport: Mapping[str, Any]
) -> tuple[ValueRevision, ...]:
    kinds = KINDS_OF_FREQUENCY[Frequency(passport["frequency"])]
    return value_revisions(series.revised_values(scope, warehouse, pair, kinds))


def _links(scope: Scope, warehouse: Warehouse, indicator_id: str, today: date) -> tuple[Link, ...]:
    return tuple(
        Link(
            "counter" if row["kind"] == "counter" else row["side"],
            row["indicator_id"],
            row["organisation_id"],
            row["title_fr"],
            row["title_en"],
            standing_of(row, is_late=is_late(row, today)),
        )
        for row in passports.linked(scope, warehouse, indicator_id)
    )
