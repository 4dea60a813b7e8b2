"""Values that wait for an approval, as those inside their organisation see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilotage.domain.period import Period, PeriodKind
from pilotage.domain.viewer import Scope
from pilotage.rooms.blocker import Named
from pilotage.store.queries.sign_off import pending_values
from pilotage.store.warehouse import Warehouse

SHOWN_VALUES = 20


@dataclass(frozen=True)
class PendingValue:
    """A value that waits, beside what stands; in the indicator's unit, None for none."""

    load_seq: int
    indicator: Named
    organisation: Named
    unit: str
    decimals: int | None
    period: Period
    before: float | None
    value: float | None


def pending_of(
    scope: Scope, warehouse: Warehouse, pair: tuple[str, str]
) -> tuple[PendingValue, ...]:
    """The first values of an indicator in an organisation that wait; empty outside of it."""
    rows = pending_values(scope, warehouse, SHOWN_VALUES, pair=pair)
    return tuple(_value(row) for row in rows)


def pending_of_load(scope: Scope, warehouse: Warehouse, load_seq: int) -> tuple[PendingValue, ...]:
    """The values a load holds; one more than is shown says that there are others."""
    rows = pending_values(scope, warehouse, SHOWN_VALUES + 1, load_seq=load_seq)
    return tuple(_value(row) for row in rows)


def _value(row: Mapping[str, Any]) -> PendingValue:
    return PendingValue(
        row["load_seq"],
        Named(row["indicator_id"], row["title_fr"], row["title_en"]),
        Named(row["organisation_id"], row["label_fr"], row["label_en"]),
        row["unit"],
        row["decimals"],
        Period(PeriodKind(row["period_kind"]), row["period_start"], row["period_end"]),
        row["before_value"],
        row["value"],
    )
