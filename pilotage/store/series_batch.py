"""What the projection knows of some keys, in the padded arrays that judgement reads."""

from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from pilotage.assessment.code import DIRECTIONS, FREQUENCIES, ROLL_UPS, Codes, Flags, Floats
from pilotage.assessment.judgement import RECENT, SeriesBatch
from pilotage.formats.unit import NEVER_NEGATIVE
from pilotage.store.series_step import begins_of
from pilotage.store.series_target import Targets, targets_of
from pilotage.store.series_value import Recents, provenance, recents_of

_COUNTED = ", ".join(f"'{unit}'" for unit in sorted(NEVER_NEGATIVE))
_KEYS = (
    "create or replace temp table batch_keys as select (row_number() over ("
    "order by i.indicator_id, o.organisation_id) - 1)::integer as k,"
    " t.indicator_key, t.organisation_key, i.indicator_id, o.organisation_id, i.direction,"
    " i.frequency, coalesce(i.roll_up, 'none') as roll_up, coalesce(i.decimals, -1) as decimals,"
    " coalesce(i.delay_days, 0) as delay_days, i.change_threshold,"
    f" coalesce(i.minimum, if(lower(i.unit) in ({_COUNTED}), 0, null)) as floor,"
    " coalesce(i.maximum, if(i.unit = '%', 100, null)) as ceiling,"
    " i.organisation_id = o.organisation_id and (coalesce(i.roll_up, 'none') <> 'none'"
    " or m.low is null or (m.low = t.organisation_key and m.high = t.organisation_key)) as is_led"
    " from (select distinct indicator_key, organisation_key from {keys}) t"
    " join indicators i on i.indicator_key = t.indicator_key and i.superseded_seq is null"
    " join organisations o"
    " on o.organisation_key = t.organisation_key and o.superseded_seq is null"
    " left join (select indicator_key, min(organisation_key) as low, max(organisation_key) as high"
    " from measurements where superseded_seq is null group by indicator_key) m"
    " on m.indicator_key = t.indicator_key"
)


@dataclass(frozen=True)
class Keys:
    """n keys by indicator_id then organisation_id, and what the indicators' passports say."""

    indicator_key: NDArray[np.int32]
    organisation_key: NDArray[np.int32]
    indicator_id: pa.Array
    organisation_id: pa.Array
    direction: Codes
    frequency: Codes
    roll_up: Codes
    decimals: NDArray[np.int16]
    delay_days: NDArray[np.int32]
    change_threshold: Floats
    floor: Floats
    ceiling: Floats
    is_led: Flags  # where the indicator is expected: led, and not measured in others alone

    @classmethod
    def of(cls, rows: pa.Table) -> "Keys":
        """Keys out of the rows of ``batch_keys``."""

        def codes(name: str, words: tuple[str, ...]) -> Codes:
            found = pc.index_in(rows[name], pa.array([str(word) for word in words]))
            positions: Codes = found.to_numpy().astype(np.int8)
            return positions

        return cls(
            rows["indicator_key"].to_numpy(),
            rows["organisation_key"].to_numpy(),
            rows["indicator_id"].combine_chunks(),
            rows["organisation_id"].combine_chunks(),
            codes("direction", DIRECTIONS),
            codes("frequency", FREQUENCIES),
            codes("roll_up", ROLL_UPS),
            rows["decimals"].to_numpy().astype(np.int16),
            rows["delay_days"].to_numpy(),
            rows["change_threshold"].to_numpy().astype(np.float64),
            rows["floor"].to_numpy().astype(np.float64),
            rows["ceiling"].to_numpy().astype(np.float64),
            rows["is_led"].to_numpy().astype(np.bool_),
        )

    def taken(self, rows: NDArray[Any]) -> "Keys":
        """Some of the keys."""
        return Keys(
            **{
                name: column.take(pa.array(rows)) if isinstance(column, pa.Array) else column[rows]
                for name, column in vars(self).items()
            }
        )


@dataclass(frozen=True)
class Series:
    """Keys, their recent values and their targets; where each came from can be asked."""

    keys: Keys
    recents: Recents
    targets: Targets
    begins: Flags

    @property
    def size(self) -> int:
        """How many keys."""
        return len(self.keys.indicator_key)

    @property
    def is_received(self) -> Flags:
        """Keys of which something was sent, be it a text or a withdrawal."""
        return self.recents.first < RECENT

    @property
    def is_known(self) -> Flags:
        """Keys to judge: received, with a target, or where the indicator is led."""
        return self.keys.is_led | self.is_received | self.has_target

    @property
    def has_target(self) -> Flags:
        """Keys with a target, be it a text."""
        found: Flags = np.asarray((self.targets.rows >= 0).any(axis=1))
        return found

    def taken(self, rows: NDArray[Any]) -> "Series":
        """Some of the keys, with all that is known of them."""
        return replace(
            self,
            keys=self.keys.taken(rows),
            recents=self.recents.taken(rows),
            targets=self.targets.taken(rows),
            begins=self.begins[rows],
        )

    def batch(self) -> SeriesBatch:
        """The arrays to judge."""
        starts, ends = self.recents.periods()
        return SeriesBatch(
            direction=self.keys.direction,
            decimals=self.keys.decimals,
            frequency=self.keys.frequency,
            delay_days=self.keys.delay_days,
            change_threshold=self.keys.change_threshold,
            floor=self.keys.floor,
            ceiling=self.keys.ceiling,
            has_text_target=self.targets.has_text,
            recent_starts=starts,
            recent_ends=ends,
            recent_values=self.recents.values,
            recent_states=self.recents.states,
            begins=self.begins,
            **self.targets.columns,
        )

    def provenance(
        self, duck: duckdb.DuckDBPyConnection, begun: NDArray[Any]
    ) -> dict[str, pa.Array]:
        """Origin and parts of each key's value of the period starting at ``begun``; NaT: none."""
        wanted = pa.table(
            {
                "indicator_key": self.keys.indicator_key,
                "organisation_key": self.keys.organisation_key,
                "kind": self.recents.clock.kind,
                "begun": pa.array(begun.astype("M8[us]")),
            }
        )
        return provenance(duck, wanted)


def series_of(
    duck: duckdb.DuckDBPyConnection,
    keys: str,
    with_denominators: bool = False,
) -> Series:
    """The series of the keys in the table ``keys`` (indicator_key, organisation_key).

    Keys whose indicator or organisation is unknown are left out; in the order of the temp table
    ``batch_keys``, which is left behind.
    """
    duck.execute(_KEYS.format(keys=keys))
    known = duck.execute("select * from batch_keys order by k").to_arrow_table()
    n = known.num_rows
    recents = recents_of(duck, n, with_denominators)
    begins = begins_of(duck, recents.clock, n)
    return Series(Keys.of(known), recents, targets_of(duck, n), begins)
