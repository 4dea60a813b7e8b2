"""The tables of the projection, shared by DuckDB and PostgreSQL through SQLAlchemy Core.

Rows that came from a file are **versioned**: they carry ``load_seq`` and ``load_line`` (and
``load_file`` where a load has several inputs), ``published_at``, and ``superseded_seq``, the
sequence of the event that replaced or withdrew them. The current row of a key is the one whose
``superseded_seq`` is null. Nothing is deleted.

Moments are naive: local midnights (America/Toronto) for days and longer, UTC for hours and for
``received_at`` / ``published_at``.
"""

import sqlalchemy as sa

metadata = sa.MetaData()


def _versioned() -> list[sa.Column[object]]:
    return [
        sa.Column("published_at", sa.DateTime, nullable=False),
        sa.Column("load_seq", sa.Integer, nullable=False),
        sa.Column("load_line", sa.Integer, nullable=False),
        sa.Column("load_file", sa.Text),
        sa.Column("superseded_seq", sa.Integer),
    ]


projection_state = sa.Table(
    "projection_state",
    metadata,
    sa.Column("last_seq", sa.Integer, nullable=False),
    sa.Column("schema_version", sa.Integer, nullable=False),
    sa.Column("judged_at", sa.Date),
    sa.Column("rules", sa.Text, nullable=False),  # a name of assessment/xmr.py
)

loads = sa.Table(
    "loads",
    metadata,
    sa.Column("load_seq", sa.Integer, primary_key=True),
    sa.Column("load_id", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),  # loaded, refused, withdrawn; and, of a load
    # that waits for an approval: held, then approved (the load it became has its held_seq) or
    # returned
    sa.Column("subject", sa.Text),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("size_bytes", sa.BigInteger, nullable=False),
    sa.Column("profile", sa.Text),
    sa.Column("policy", sa.Text, nullable=False),
    sa.Column("encoding", sa.Text),
    sa.Column("delimiter", sa.Text),
    sa.Column("organisation_id", sa.Text),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("way_in", sa.Text, nullable=False),  # page, folder, api, command
    sa.Column("received_at", sa.DateTime, nullable=False),
    sa.Column("published_at", sa.DateTime, nullable=False),
    sa.Column("rows_read", sa.Integer, nullable=False),
    sa.Column("rows_new", sa.Integer, nullable=False),
    sa.Column("rows_changed", sa.Integer, nullable=False),
    sa.Column("rows_unchanged", sa.Integer, nullable=False),
    sa.Column("rows_refused", sa.Integer, nullable=False),
    sa.Column("withdrawn_seq", sa.Integer),
    sa.Column("held_seq", sa.Integer),
)

problems = sa.Table(
    "problems",
    metadata,
    sa.Column("load_seq", sa.Integer, nullable=False),
    sa.Column("load_file", sa.Text),
    sa.Column("line", sa.Integer),
    sa.Column("column_letter", sa.Text),
    sa.Column("column_name", sa.Text),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),  # error, warning, notice
    sa.Column("found", sa.Text),
    sa.Column("detail", sa.Text),  # JSON: the named fields of the sentence
)

organisations = sa.Table(
    "organisations",
    metadata,
    sa.Column("organisation_key", sa.Integer, nullable=False),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("parent_id", sa.Text),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("label_fr", sa.Text, nullable=False),
    sa.Column("label_en", sa.Text),
    sa.Column("state_function", sa.Text),
    sa.Column("staff", sa.Double),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    *_versioned(),
)

plans = sa.Table(
    "plans",
    metadata,
    sa.Column("plan_id", sa.Text, nullable=False),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("label_fr", sa.Text, nullable=False),
    sa.Column("label_en", sa.Text),
    sa.Column("mission_fr", sa.Text),
    sa.Column("mission_en", sa.Text),
    sa.Column("state", sa.Text),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date),
    *_versioned(),
)

objectives = sa.Table(
    "objectives",
    metadata,
    sa.Column("objective_id", sa.Text, nullable=False),
    sa.Column("plan_id", sa.Text, nullable=False),
    sa.Column("parent_id", sa.Text),
    sa.Column("kind", sa.Text, nullable=False),  # issue, orientation, axis, objective
    sa.Column("label_fr", sa.Text, nullable=False),
    sa.Column("label_en", sa.Text),
    *_versioned(),
)

indicators = sa.Table(
    "indicators",
    metadata,
    sa.Column("indicator_key", sa.Integer, nullable=False),
    sa.Column("indicator_id", sa.Text, nullable=False),
    sa.Column("title_fr", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text),
    sa.Column("definition_fr", sa.Text),
    sa.Column("definition_en", sa.Text),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("decimals", sa.Integer),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("nature", sa.Text, nullable=False),
    sa.Column("level", sa.Text, nullable=False),
    sa.Column("frequency", sa.Text, nullable=False),
    sa.Column("time_aggregation", sa.Text),
    sa.Column("roll_up", sa.Text),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("objective_id", sa.Text),
    sa.Column("minimum", sa.Double),
    sa.Column("maximum", sa.Double),
    sa.Column("change_threshold", sa.Double),
    sa.Column("delay_days", sa.Integer),
    sa.Column("visibility", sa.Text, nullable=False),
    sa.Column("system_of_record", sa.Text),
    sa.Column("owner", sa.Text),
    sa.Column("steward", sa.Text),
    sa.Column("method", sa.Text),
    sa.Column("proxy", sa.Text),
    sa.Column("verification", sa.Text),
    *_versioned(),
)

indicator_links = sa.Table(
    "indicator_links",
    metadata,
    sa.Column("parent_id", sa.Text, nullable=False),
    sa.Column("child_id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("weight", sa.Double),
    *_versioned(),
)

targets = sa.Table(
    "targets",
    metadata,
    sa.Column("indicator_key", sa.Integer, nullable=False),
    sa.Column("organisation_key", sa.Integer, nullable=False),
    sa.Column("period_kind", sa.SmallInteger),  # null: an undated target
    sa.Column("period_start", sa.DateTime),
    sa.Column("period_end", sa.DateTime),
    sa.Column("low", sa.Double),
    sa.Column("high", sa.Double),
    sa.Column("tolerance", sa.Double),
    sa.Column("baseline", sa.Double),
    sa.Column("baseline_date", sa.Date),
    sa.Column("trajectory", sa.Text),  # linear, step, explicit
    sa.Column("justification", sa.Text),
    sa.Column("target_text", sa.Text),
    sa.Column("confidence", sa.Text),
    sa.Column("confidence_note", sa.Text),
    *_versioned(),
)

measurements = sa.Table(
    "measurements",
    metadata,
    sa.Column("indicator_key", sa.Integer, nullable=False),
    sa.Column("organisation_key", sa.Integer, nullable=False),
    sa.Column("period_kind", sa.SmallInteger, nullable=False),
    sa.Column("period_start", sa.DateTime, nullable=False),
    sa.Column("period_end", sa.DateTime, nullable=False),
    sa.Column("value", sa.Double),
    sa.Column("numerator", sa.Double),
    sa.Column("denominator", sa.Double),
    sa.Column("state", sa.SmallInteger, nullable=False),  # 0 final, 1 provisional, 2 withdrawn,
    # 3 disputed, 4 in error, 5 unverified
    sa.Column("comment", sa.Text),
    sa.Column("dispute", sa.Text),
    sa.Column("value_text", sa.Text),
    *_versioned(),
)

verdicts = sa.Table(
    "verdicts",
    metadata,
    sa.Column("indicator_key", sa.Integer, nullable=False),
    sa.Column("organisation_key", sa.Integer, nullable=False),
    sa.Column("indicator_id", sa.Text, nullable=False),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("judged_at", sa.Date, nullable=False),
    # the last value
    sa.Column("period_kind", sa.SmallInteger),
    sa.Column("period_start", sa.DateTime),
    sa.Column("period_end", sa.DateTime),
    sa.Column("value", sa.Double),
    sa.Column("numerator", sa.Double),
    sa.Column("denominator", sa.Double),
    sa.Column("value_text", sa.Text),
    sa.Column("value_state", sa.SmallInteger),
    sa.Column("value_source", sa.Text),  # published, rollup
    sa.Column("previous_value", sa.Double),
    sa.Column("value_load", sa.Integer),
    sa.Column("value_line", sa.Integer),
    sa.Column("value_file", sa.Text),
    # the target in force at judged_at
    sa.Column("low", sa.Double),
    sa.Column("high", sa.Double),
    sa.Column("tolerance", sa.Double),
    sa.Column("target_text", sa.Text),
    sa.Column("baseline", sa.Double),
    sa.Column("baseline_date", sa.Date),
    sa.Column("due_date", sa.Date),
    sa.Column("path_value", sa.Double),
    sa.Column("target_load", sa.Integer),
    sa.Column("target_line", sa.Integer),
    sa.Column("target_file", sa.Text),
    # the judgement
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("progress_rate", sa.Double),
    sa.Column("progress_rate_clipped", sa.Double),
    sa.Column("attainment_rate", sa.Double),
    sa.Column("trajectory", sa.Text, nullable=False),
    sa.Column("to_confirm", sa.Boolean, nullable=False),
    sa.Column("change", sa.Text),
    sa.Column("data_state", sa.Text, nullable=False),
    sa.Column("next_due", sa.Date),
    sa.Column("confidence", sa.Text),
    sa.Column("confidence_note", sa.Text),
    sa.Column("dispute", sa.Text),
    sa.Column("rolled_value", sa.Double),
    sa.Column("rolled_missing", sa.Text),
    sa.Column("rule_version", sa.Text, nullable=False),
    # whether to react: the last 48 periods against one another and against the target
    sa.Column("process_known", sa.Integer),
    sa.Column("process_mean", sa.Double),
    sa.Column("process_lower", sa.Double),
    sa.Column("process_upper", sa.Double),
    sa.Column("variation", sa.Text),  # null under thirteen values
    sa.Column("cause", sa.SmallInteger),  # rule of the last value, see assessment/xmr_rule.py
    sa.Column("assurance", sa.Text),
    sa.Column("drifts", sa.Boolean),  # each value is like the one before: limits cry wolf
    sa.Column("run_signal", sa.Boolean),
    sa.Column("next_meets", sa.Double),
    sa.Column("next_aim", sa.Double),
    sa.Column("due_meets", sa.Double),
    sa.Column("due_middle", sa.Double),
    sa.Column("due_lower", sa.Double),
    sa.Column("due_upper", sa.Double),
    sa.Column("due_day", sa.Date),  # of the coming target
    sa.Column("due_aim", sa.Double),
    sa.Column("recent_causes", sa.ARRAY(sa.SmallInteger)),
    # what cards, bowling charts and a change of judging date read
    sa.Column("recent_starts", sa.ARRAY(sa.DateTime)),
    sa.Column("recent_values", sa.ARRAY(sa.Double)),
    sa.Column("recent_paths", sa.ARRAY(sa.Double)),
    sa.Column("recent_statuses", sa.ARRAY(sa.SmallInteger)),
    sa.Column("target_dues", sa.ARRAY(sa.Date)),
    sa.Column("target_lows", sa.ARRAY(sa.Double)),
    sa.Column("target_highs", sa.ARRAY(sa.Double)),
)

blockers = sa.Table(
    "blockers",
    metadata,
    sa.Column("blocker_id", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text),
    sa.Column("description", sa.Text),
    sa.Column("seriousness", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("level", sa.SmallInteger, nullable=False),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("owner", sa.Text),
    sa.Column("originator", sa.Text),
    sa.Column("raised_on", sa.Date, nullable=False),
    sa.Column("level_since", sa.Date, nullable=False),
    sa.Column("due_on", sa.Date),
    sa.Column("resolved_on", sa.Date),
    sa.Column("indicator_ids", sa.ARRAY(sa.Text)),
    sa.Column("last_note", sa.Text),
    *_versioned(),
)

actions = sa.Table(
    "actions",
    metadata,
    sa.Column("action_id", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text),
    sa.Column("organisation_id", sa.Text, nullable=False),
    sa.Column("indicator_id", sa.Text),
    sa.Column("blocker_id", sa.Text),
    sa.Column("owner", sa.Text),
    sa.Column("due_on", sa.Date),
    sa.Column("state", sa.Text),  # to_do, in_progress, done
    sa.Column("kind", sa.Text),  # recovery_plan, action, decision
    sa.Column("note", sa.Text),
    *_versioned(),
)

blocker_events = sa.Table(
    "blocker_events",
    metadata,
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("blocker_id", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # raised, taken, escalated, returned, …
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
)
