"""One of each part a callback may name, whatever page it stands on.

Dash checks its callbacks against this, so that a misspelt identifier is caught at the first page
and ``suppress_callback_exceptions`` is not needed.
"""

from dash import dcc, html

from layouts import ids
from layouts.shell import shell

_STORES = (
    ids.CHART_SPEC,
    ids.CHART_THEME,
    ids.INDICATOR_STEP,
    ids.INDICATOR_EXPLAIN,
    ids.INDICATOR_COMMENT,
    ids.ROOM_RECOGNISE,
    ids.ROOM_ANSWER,
    ids.HUDDLE_RAISE,
    ids.HUDDLE_ASKED,
    ids.DATA_CHECKED,
    ids.DATA_LOADED,
    ids.BLOCKERS_ASKED,
    ids.BLOCKERS_PLACE,
    ids.LOAD_ASKED,
    ids.AGREEMENT_ASKED,
    ids.PUBLICATIONS_ASKED,
)
_PARTS = (
    ids.SEARCH_SAID,
    ids.SEARCH_FOUND,
    ids.WALL,
    ids.WALL_BOWLING,
    ids.ROOM_LEDE,
    ids.ROOM_SINCE,
    ids.ROOM_TABLE,
    ids.ROOM_REST,
    ids.ROOM_SIDE,
    ids.HUDDLE_RAISED,
    ids.FOLLOW,
    ids.FOLLOW_BODY,
    ids.HUDDLE_ANSWER,
    ids.HUDDLE_FACTS,
    ids.HUDDLE_RECORD,
    ids.HUDDLE_RECORDS,
    ids.ROOM_ANSWERED,
    ids.ROOM_RECOGNISE_ANSWER,
    ids.ROOM_RECOGNISE_FORM,
    ids.GOVERNMENT_BODY,
    ids.INDICATOR_LEDE,
    ids.INDICATOR_PENDING,
    ids.INDICATOR_CURVE,
    ids.INDICATOR_GAP,
    ids.INDICATOR_REACTION,
    ids.INDICATOR_STEP_ANSWER,
    ids.INDICATOR_EXPLANATION,
    ids.INDICATOR_EXPLAIN_ANSWER,
    ids.INDICATOR_EXPLAIN_FORM,
    ids.INDICATOR_THREAD,
    ids.INDICATOR_COMMENT_ANSWER,
    ids.INDICATOR_COMMENT_FORM,
    ids.INDICATOR_ORIGIN,
    ids.INDICATOR_BLOCKERS,
    ids.INDICATOR_TARGETS,
    ids.DATA_REPORT,
    ids.DATA_OUTCOME,
    ids.DATA_HISTORY,
    ids.LOAD_ANSWER,
    ids.LOAD_LEDE,
    ids.LOAD_QUARANTINE,
    ids.AGREEMENT_ANSWER,
    ids.AGREEMENT_BODY,
    ids.CALENDAR_BODY,
    ids.CASCADE_BODY,
    ids.CALIBRATION_BODY,
    ids.QUESTIONS_BODY,
    ids.PUBLIC_BODY,
    ids.PUBLICATIONS_ANSWER,
    ids.PUBLICATIONS_BODY,
    ids.BLOCKERS_ANSWER,
    ids.BLOCKERS_INDICATOR,
    ids.BLOCKERS_LEDE,
    ids.BLOCKERS_DETAIL,
    ids.BLOCKERS_BOARD,
)


def everything() -> html.Div:
    """Never shown."""
    stores = [dcc.Store(id=name) for name in _STORES]
    graph = dcc.Graph(id=ids.CHART)
    return html.Div([shell(), *stores, graph, *(html.Div(id=name) for name in _PARTS)])
