"""HTML to PDF with WeasyPrint, which needs Pango on the machine; without it, one sentence."""

import logging
from collections.abc import Iterable
from threading import Lock
from typing import Any

from pilotage.errors import Unavailable

_VARIANT = "pdf/ua-1"
"""Tagged for screen readers (ISO 14289-1): titles, tables and language are in the file."""
_one_at_a_time = Lock()


def one_page(versions: Iterable[str]) -> bytes:
    """The PDF of the first version that holds on one page; of the last one, its first page.

    Raises Unavailable where the library or Pango is missing. Long: call it from a thread.
    """
    library, fetcher = _library()
    # Setting type is work for one core: two at a time would only make both wait.
    with _one_at_a_time:
        document: Any = None
        for text in versions:
            document = library.HTML(string=text, url_fetcher=fetcher).render(pdf_variant=_VARIANT)
            if len(document.pages) == 1:
                break
        kept: bytes = document.copy(document.pages[:1]).write_pdf(pdf_variant=_VARIANT)
    return kept


def _library() -> tuple[Any, Any]:
    """WeasyPrint, and a fetcher that fetches nothing: a sheet holds all it shows."""
    try:
        import weasyprint
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError) as error:
        # OSError is how a missing Pango shows itself.
        raise missing() from error
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    return weasyprint, URLFetcher(allowed_protocols=())


def missing() -> Unavailable:
    """What a machine without it answers."""
    return Unavailable(
        "Cette machine ne peut pas encore faire de PDF : il lui manque Pango. Installez "
        "libpango-1.0-0 et libpangoft2-1.0-0, ou imprimez la page de la salle.",
        "This machine cannot make a PDF yet: Pango is missing. Install libpango-1.0-0 and "
        "libpangoft2-1.0-0, or print the page of the room.",
    )
