"""Every identifier used by a callback or by a script of ``assets/``; nothing else names one."""

# The frame, always on screen (shell.py). flux.js writes LIVE_VERSION, LIVE_STATE and LIVE_BANNER.
URL = "shell-url"
HEAD = "shell-head"
TOOLS = "shell-tools"
BAND = "shell-band"
PAGE = "page"
PAGE_TITLE = "page-title"
PAGE_DRAWN = "page-drawn"
FOLLOW = "follow"
FOLLOW_ASKED = "follow-asked"
FOLLOW_BODY = "follow-body"
LIVE_VERSION = "live-version"
LIVE_STATE = "live-state"
LIVE_BANNER = "live-banner"

# Search and the list of keys (search.py, assets/search.js, keys.js): search.js writes SEARCH_ASKED.
SEARCH = "search"
SEARCH_ASKED = "search-asked"
SEARCH_SAID = "search-said"
SEARCH_FOUND = "search-found"
KEYS = "keys"

# A level room: strategic, tactical, operational (strategic.py and its neighbours).
ROOM_LEDE = "room-lede"
ROOM_SINCE = "room-since"
ROOM_TABLE = "room-table"
ROOM_REST = "room-rest"
ROOM_SIDE = "room-side"
ROOM_ANSWER = "room-answer"
ROOM_ANSWERED = "room-answered"
ROOM_RECOGNISE = "room-recognise"
ROOM_RECOGNISE_ANSWER = "room-recognise-answer"
ROOM_RECOGNISE_FORM = "room-recognise-form"

# The wall of cards and the tables under it (wall.py, bowling.py), which wall.js draws.
WALL = "wall-cards"
WALL_BOWLING = "wall-bowling"

# The huddle of a room (huddle.py, assets/huddle.js), which keeps the room's own parts.
HUDDLE_RAISE = "huddle-raise"
HUDDLE_RAISED = "huddle-raised"
HUDDLE_INDICATOR = "huddle-indicator"
HUDDLE_ASKED = "huddle-asked"
HUDDLE_ANSWER = "huddle-answer"
HUDDLE_FACTS = "huddle-facts"
HUDDLE_RECORD = "huddle-record"
HUDDLE_FORM = "huddle-form"
HUDDLE_RECORDS = "huddle-records"

# The government room.
GOVERNMENT_BODY = "government-body"

# The one chart of a page (graph.py): chart.js paints CHART from CHART_SPEC.
CHART_SPEC = "chart-spec"
CHART_THEME = "chart-theme"
CHART = "chart-drawn"

# The indicator page (indicator.py).
INDICATOR_LEDE = "indicator-lede"
INDICATOR_PENDING = "indicator-pending"
INDICATOR_CURVE = "indicator-curve"
INDICATOR_ORIGIN = "indicator-origin"
INDICATOR_REACTION = "indicator-reaction"
INDICATOR_STEP = "indicator-step"
INDICATOR_STEP_ANSWER = "indicator-step-answer"
INDICATOR_EXPLANATION = "indicator-explanation"
INDICATOR_EXPLAIN = "indicator-explain"
INDICATOR_EXPLAIN_ANSWER = "indicator-explain-answer"
INDICATOR_EXPLAIN_FORM = "indicator-explain-form"
INDICATOR_THREAD = "indicator-thread"
INDICATOR_COMMENT = "indicator-comment"
INDICATOR_COMMENT_ANSWER = "indicator-comment-answer"
INDICATOR_COMMENT_FORM = "indicator-comment-form"
INDICATOR_GAP = "indicator-gap"
INDICATOR_BLOCKERS = "indicator-blockers"
INDICATOR_TARGETS = "indicator-targets"

# The data page (data.py). upload.js fills DATA_PICK, moves DATA_PROGRESS, writes the two stores.
DATA_PICK = "data-pick"
DATA_PROFILE = "data-profile"
DATA_PROGRESS = "data-progress"
DATA_SAID = "data-said"
DATA_CHECKED = "data-checked"
DATA_LOADED = "data-loaded"
DATA_REPORT = "data-report"
DATA_OUTCOME = "data-outcome"
DATA_HISTORY = "data-history"
LOAD_ASKED = "load-asked"
LOAD_ANSWER = "load-answer"
LOAD_LEDE = "load-lede"
LOAD_QUARANTINE = "load-quarantine"

# Approvals and closed periods (agreement.py). form.js writes AGREEMENT_ASKED.
AGREEMENT_ASKED = "agreement-asked"
AGREEMENT_ANSWER = "agreement-answer"
AGREEMENT_BODY = "agreement-body"

# Whether the chances keep their word (calibration.py).
CALIBRATION_BODY = "calibration-body"

# The questions that the figures raise (questions.py).
QUESTIONS_BODY = "questions-body"

# The cascade (cascade.py).
CASCADE_BODY = "cascade-body"

# The calendar of what is expected (calendar.py).
CALENDAR_BODY = "calendar-body"

# The blockers' page (blockers.py). form.js writes BLOCKERS_ASKED from the form one sends, and
# BLOCKERS_PLACE when another organisation is chosen in it: BLOCKERS_INDICATOR then offers its own.
BLOCKERS_ASKED = "blockers-asked"
BLOCKERS_PLACE = "blockers-place"
BLOCKERS_INDICATOR = "blockers-indicator"
BLOCKERS_ANSWER = "blockers-answer"
BLOCKERS_LEDE = "blockers-lede"
BLOCKERS_BOARD = "blockers-board"
BLOCKERS_DETAIL = "blockers-detail"

# The public page (public.py); and where publications are prepared (publications.py): form.js writes
# PUBLICATIONS_ASKED.
PUBLIC_BODY = "public-body"
PUBLICATIONS_ASKED = "publications-asked"
PUBLICATIONS_ANSWER = "publications-answer"
PUBLICATIONS_BODY = "publications-body"
