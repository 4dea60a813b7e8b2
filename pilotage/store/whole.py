"""Every series judged again at once: a new day, other rules; and whether that says a new chance."""

from datetime import date

import sqlalchemy as sa

from pilotage.store.chance_row import has_new_chances
from pilotage.store.engine import native
from pilotage.store.journal import Event
from pilotage.store.projection import touched_organisations
from pilotage.store.tables import projection_state
from pilotage.store.verdict import ALL_KEYS, judge_all, rules_in_force

JUDGED = "judged"
"""Kind of the event that says that everything was judged again, and the chances this gave."""


def judge_for_day(connection: sa.Connection, today: date) -> bool | None:
    """None where the day is the one judged already; else whether a chance is given anew."""
    judged = connection.execute(sa.select(projection_state.c.judged_at)).scalar()
    if judged == today:
        return None
    judge_all(native(connection), today)
    connection.execute(projection_state.update().values(judged_at=today))
    return has_new_chances(connection)


def judge_by_rules(connection: sa.Connection, rules: str, today: date) -> bool | None:
    """None where these rules are in force already; else whether a chance is given anew."""
    if rules_in_force(native(connection)) == rules:
        return None
    connection.execute(projection_state.update().values(rules=rules))
    judge_all(native(connection), today)
    return has_new_chances(connection)


def everything(connection: sa.Connection, event: Event) -> frozenset[str]:
    """Every key put in ``touched``; every organisation."""
    duck = native(connection)
    duck.execute(f"create or replace temp table touched as {ALL_KEYS}")
    return touched_organisations(duck, event.seq)
