"""The message a person receives: what changed in what she follows, one line for each page."""

from datetime import date

from pilotage import formats
from pilotage.domain.viewer import Scope
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.digest import Digest
from pilotage.rooms.follow import Followed, follow_room
from pilotage.rooms.turn_words import counts
from pilotage.store.warehouse import Warehouse


def follow_digest(
    scope: Scope, warehouse: Warehouse, lang: Lang, since: date | None
) -> Digest | None:
    """What changed from the end of ``since`` (a week ago for None); None where nothing did."""
    _ = translator(lang)
    asked = {"depuis": since.isoformat()} if since else {}
    room = follow_room(scope, warehouse, Address(("suivi",), asked))
    moved = [one for one in room.followed if one.since is not None and one.since.changes]
    if not moved or room.first_day is None:
        return None
    first = formats.day(room.first_day, lang)
    subject = _.plural(
        "{n} page suivie a changé", "{n} pages suivies ont changé", len(moved)
    ).format(n=len(moved))
    parts = [
        _("Depuis le {day}.").format(day=first),
        "",
        *(_line(one, lang) for one in moved),
        "",
        _("Le détail est à la page Mes suivis de la salle de pilotage."),
    ]
    return Digest(scope.viewer_id, warehouse.today, subject, "\n".join(parts) + "\n")


def _line(one: Followed, lang: Lang) -> str:
    """« - Séjour sur civière (Santé) : 1 passe hors cible »."""
    _ = translator(lang)
    name = label(one.name.label_fr, one.name.label_en, lang) if one.name else ""
    place = label(one.place.label_fr, one.place.label_en, lang) if one.place else ""
    what = f"{name or _('Gouvernement')} ({place})" if place else name or _("Gouvernement")
    told = counts(one.since, lang) if one.since else ""
    return _("- {name} : {told}").format(name=what, told=told)
