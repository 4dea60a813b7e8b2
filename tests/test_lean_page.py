"""A page on its way to the browser: the same words, in few components."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from dash import html
from dash.development.base_component import Component

from layouts import government
from layouts.plain import lean, read_back
from pilotage.domain.status import Standing
from tests.component_text import text_of
from tests.room_case import NASTY, a_branch, a_government_room, at


def components(drawn: Any) -> Iterator[dict[str, Any]]:
    """Every component of a tree written as JSON."""
    if isinstance(drawn, list):
        for one in drawn:
            yield from components(one)
    elif isinstance(drawn, dict):
        yield drawn
        yield from components(drawn["props"].get("children"))


def words(sent: Any) -> str:
    """Every text of what ``lean`` sends, in order."""
    if isinstance(sent, list):
        return "".join(map(words, sent))
    if not isinstance(sent, dict):
        return "" if sent is None else str(sent)
    inside = sent["props"].get("data-plain")
    return read_back(orjson.loads(inside)) if inside else words(sent["props"].get("children"))


def written(drawn: Any) -> Any:
    return orjson.loads(orjson.dumps(drawn, default=Component.to_plotly_json))


def test_a_page_on_its_way_says_the_same_with_few_components() -> None:
    room = a_government_room(*(a_branch("DUR", Standing.ON_TRACK) for _ in range(200)))
    page = government.layout(room, at("/gouvernement"))
    sent = written(lean(page))
    assert words(sent) == text_of(page)
    assert len(list(components(written(page)))) > 1000
    assert len(list(components(sent))) < 20


def test_what_is_named_or_typed_in_stays_a_component() -> None:
    named = html.Div(html.P([html.B("a"), html.Span(id="x")]))
    typed = html.Div(html.Form([html.B("a"), html.Label("b")]))
    for drawn in (named, typed):
        assert not any("data-plain" in one["props"] for one in components(written(lean(drawn))))


def test_an_element_keeps_its_place_and_its_attributes_and_its_words_stay_text() -> None:
    sent = lean(html.Ul([html.Li(html.A(NASTY, href="/x"))], className="turns"))
    assert sent["type"] == "Ul"
    inside = orjson.dumps([["li", {}, ["a", {"href": "/x"}, NASTY]]]).decode()
    assert sent["props"] == {"className": "turns", "data-plain": inside}


def test_what_is_no_component_leaves_as_it_came() -> None:
    given: Any
    for given in ({"version": 3}, ("a", 1, None), "mot", [{"props": {}}]):
        assert lean(given) == given


def test_what_draws_attributes_watches_the_page_before_any_other_script() -> None:
    assets = Path(__file__).parents[1] / "layouts" / "assets"
    assert min(path.name for path in assets.glob("*.js")) == "attributes.js"
