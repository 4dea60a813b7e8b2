"""Asking the whole house as a browser does: look as someone, call any callback, send any form."""

import json
from typing import Any

from tests.web_house import ADDRESS, TestClient

OWN = {"origin": ADDRESS, "content-type": "application/json"}


def sit(browser: TestClient, viewer: str) -> TestClient:
    headers = {"origin": ADDRESS}
    answer = browser.post(
        "/voir-comme", data={"viewer": viewer}, headers=headers, follow_redirects=False
    )
    assert answer.status_code == 303
    return browser


def callbacks(browser: TestClient) -> list[dict[str, Any]]:
    found = browser.get("/_dash-dependencies").json()
    return [one for one in found if not one.get("clientside_function")]


def call(browser: TestClient, callback: dict[str, Any], values: list[Any]) -> Any:
    """Post a callback with these values for its inputs, then its states, as any client may."""
    names = [*callback["inputs"], *callback["state"]]
    given = [{**name, "value": value} for name, value in zip(names, values, strict=False)]
    cut = len(callback["inputs"])
    output = callback["output"]
    places = [
        dict(zip(("id", "property"), one.rsplit(".", 1), strict=True))
        for one in output.strip(".").split("...")
    ]
    body = {
        "output": output,
        "outputs": places if output.startswith("..") else places[0],
        "inputs": given[:cut],
        "state": given[cut:],
        "changedPropIds": [f"{given[0]['id']}.{given[0]['property']}"],
    }
    return browser.post("/_dash-update-component", content=json.dumps(body), headers=OWN)


def posted(browser: TestClient, store: str, asked: dict[str, Any], page: str) -> Any:
    """Send what a form would, to the callback that listens to its store."""
    listening = next(
        one for one in callbacks(browser) if [given["id"] for given in one["inputs"]] == [store]
    )
    path, _, search = page.partition("?")
    return call(browser, listening, [asked, path, f"?{search}"])
