"""How the kit's browser sits down in our rooms: ``--login tests.bench.peer_login:sit_down``."""

from typing import Any
from urllib.parse import urlsplit


def sit_down(context: Any, address: str) -> None:
    """As the secretary who sees every ministry; nothing of it is timed."""
    place = urlsplit(address)
    origin = f"{place.scheme}://{place.netloc}"
    context.request.post(
        f"{origin}/voir-comme",
        form={"viewer": "treasury"},
        headers={"Origin": origin},
        max_redirects=0,
    )
    _let_the_kit_evaluate(context)


def _let_the_kit_evaluate(context: Any) -> None:
    """The kit waits for expressions that it evaluates in the page; our policy refuses them."""
    opened = context.new_page

    def new_page() -> Any:
        page = opened()
        context.new_cdp_session(page).send("Page.setBypassCSP", {"enabled": True})
        return page

    context.new_page = new_page
