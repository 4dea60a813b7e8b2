"""Every identifier used by a callback or by a script of ``assets/``; nothing else names one."""

# The frame, always on screen (shell.py). flux.js writes LIVE_VERSION, LIVE_STATE and LIVE_BANNER.
URL = "shell-url"
HEAD = "shell-head"
TOOLS = "shell-tools"
BAND = "shell-band"
PAGE = "page"
PAGE_TITLE = "page-title"
PAGE_DRAWN = "page-drawn"
LIVE_VERSION = "live-version"
LIVE_STATE = "live-state"
LIVE_BANNER = "live-banner"

# A level room: strategic, tactical, operational (strategic.py and its neighbours).
ROOM_LEDE = "room-lede"
ROOM_CAP = "room-cap"
ROOM_RESULTS = "room-results"
ROOM_BOWLING = "room-bowling"
ROOM_BLOCKERS = "room-blockers"
ROOM_BELOW = "room-below"

# The wall of cards (wall.py, assets/wall.js): what is drawn, where, and the mark that it is drawn.
WALL = "wall-cards"
WALL_STORE = "wall-store"
WALL_DRAWN = "wall-drawn"

# The government room.
GOVERNMENT_BODY = "government-body"
