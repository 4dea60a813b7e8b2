"""Foreign keys: the organisations, indicators, plans… that a row names."""

from dataclasses import replace

from pilotage.intake.column import Column, Reading
from pilotage.intake.reference import KEYS, KINDS_MASK


def key_column(reading: Reading, blank: Column, subject: str) -> Column:
    """A foreign key: known in the store, or named by the file where a subject names itself."""
    table, key = KEYS[subject]
    name, store = blank.field.name, blank.field.store
    _known_keys(reading, blank, table, key)
    known = f"m_{name}.{store if store.endswith('_key') else key} is not null"
    own = reading.source.columns.get(reading.contract.primary_key[0])
    if subject == reading.contract.subject and own:
        mine = f"select trim({own}) from {reading.source.table}"
        known = f"({known} or trim(r.{blank.raw}) in ({mine}))"
    value = f"m_{name}.{store}" if store.endswith("_key") else f"trim(r.{blank.raw})"
    return replace(
        blank,
        select={store: value},
        extra=(f"{known} as known_{name}",),
        join=f"left join m_{name} on r.{blank.raw} = m_{name}.text",
        bad=f"(raw_{name} is not null and not known_{name})",
    )


def _known_keys(reading: Reading, blank: Column, table: str, key: str) -> None:
    """``m_<field>``: each text and the reference row it names.

    Every text seen; of a file read in one pass, every known key under its own writing.
    """
    kinds = ""
    if table == "indicators":
        cases = " ".join(f"when '{f}' then {mask}" for f, mask in KINDS_MASK.items())
        kinds = f", (case k.frequency {cases} end)::integer as kinds"
    texts = f"select {key} as text from ref_{table}"
    if reading.source.is_whole:
        texts = f"select distinct {blank.raw} as text from {reading.source.table}"
    reading.connection.execute(
        f"create or replace temp table m_{blank.field.name} as select a.text, k.*{kinds}"
        f" from ({texts}) a left join ref_{table} k on trim(a.text) = k.{key}"
        " where a.text is not null"
    )
