"""The data page: deposit a file, see it checked, decide; what came before; the contracts."""

from typing import Any

from dash import html
from dash.development.base_component import Component

from layouts import ids, vocabulary
from layouts import load as load_page
from layouts.load import counts_words
from layouts.parts import empty, item, section, table
from layouts.sheet import take
from layouts.upload import upload_field, upload_stores, upload_told
from pilotage import formats
from pilotage.i18n import Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.data import ContractFiles, DataRoom, LoadLine, LoadRoom
from pilotage.rooms.upload import UploadRoom


def title(room: DataRoom | LoadRoom, address: Address) -> str:
    """The page's name, or the file's."""
    if isinstance(room, LoadRoom):
        return load_page.title(room, address)
    return translator(address.lang)("Données")


def layout(room: DataRoom | LoadRoom, address: Address) -> list[Component]:
    """The deposit and the history beside the contracts; or one load."""
    if isinstance(room, LoadRoom):
        return load_page.layout(room, address)
    _ = translator(address.lang)
    main = [
        *(
            []
            if room.is_technical or room.is_past
            else [section(_("Déposer un fichier"), deposit(room, address))]
        ),
        section(_("Versements"), history(room, address), name=ids.DATA_HISTORY),
    ]
    side = section(_("Contrats et exemples"), _examples(room, address))
    return [
        html.H1(_("Données")),
        html.P(_lede(room, address), className="lede"),
        *_doors(room, address),
        html.Div([html.Div(main), html.Aside(side)], className="cols"),
    ]


def _doors(room: DataRoom, address: Address) -> list[Any]:
    """The pages below this one."""
    if room.is_technical:
        return []
    _ = translator(address.lang)
    words = _("Approbations et clôtures")
    if room.to_sign:
        words = _.plural(
            "{n} fichier attend votre approbation",
            "{n} fichiers attendent votre approbation",
            room.to_sign,
        ).format(n=room.to_sign)
    calendar = html.A(
        _("Calendrier : attendu et en retard"), href=address.link("donnees", "calendrier")
    )
    agreements = html.A(words, href=address.link("donnees", "accords"))
    return [html.P([calendar, agreements], className="tabs")]


def _lede(room: DataRoom, address: Address) -> str:
    _ = translator(address.lang)
    if room.is_technical:
        return _(
            "Votre rôle sert aux comptes et aux réglages : il ne montre aucune donnée et n'en "
            "reçoit aucune."
        )
    if not room.can_load or room.is_past:
        return _("Ce qui a été versé, d'où cela vient, et ce que chaque fichier a changé.")
    names = ", ".join(label(one.label_fr, one.label_en, address.lang) for one in room.loads_for[:3])
    if not names:
        return _("Un fichier CSV déposé ici est vérifié en entier avant que rien ne change.")
    words = _("Vous déposez pour : {names}. Un fichier est vérifié avant que rien ne change.")
    return words.format(names=names)


def deposit(room: DataRoom, address: Address) -> list[Any]:
    """The place of the file field (upload.js), the progress, and the regions its report fills."""
    _ = translator(address.lang)
    if not room.can_load:
        words = _("Votre rôle ne permet pas de déposer de fichier.")
        return [empty(words, _("Les gestionnaires et les responsables des données le peuvent."))]
    return [
        *upload_stores(),
        upload_field(address.lang),
        *_profiles(room, address),
        *upload_told(address.lang),
    ]


def _profiles(room: DataRoom, address: Address) -> list[Any]:
    """The saved profiles a file may be read with; nothing where there is none."""
    _ = translator(address.lang)
    if not room.profiles:
        return []
    known = [
        html.Option(
            f"{one.title} ({vocabulary.subject_words(', '.join(one.subjects), address.lang)})",
            value=one.name,
        )
        for one in room.profiles
    ]
    none = html.Option(_("aucun : le fichier suit un contrat"), value="")
    field = html.Select([none, *known], id=ids.DATA_PROFILE)
    return [html.Label([html.Span(_("Lire avec le profil")), field], className="profile")]


def outcome(room: UploadRoom, address: Address) -> list[Any]:
    """How the load ended, in one sentence, with the door to what it left."""
    _ = translator(address.lang)
    if not room.sentence:
        return []
    kind = "told" if room.state in {"loaded", "held"} else "told refused"
    said: list[Any] = [room.sentence]
    if room.load_seq:
        href = address.link("donnees", "versements", str(room.load_seq))
        said += [" ", html.A(_("Voir le versement"), href=href, className="link")]
    return [html.P(said, className=kind)]


def history(room: DataRoom, address: Address) -> list[Any]:
    """The loads, newest first, each opening its own page."""
    _ = translator(address.lang)
    if not room.loads:
        if room.is_technical:
            return [empty(_("Chaque organisation voit ici ses propres versements."))]
        if room.is_past:
            return [empty(_("Aucun fichier n'avait encore été reçu à la fin de ce jour-là."))]
        words = _("Rien n'a encore été versé parmi ce que vous voyez.")
        step = _("Commencez par un fichier d'exemple, à droite.") if room.can_load else None
        return [empty(words, step)]
    heads = [_("Fichier"), _("Sujet"), _("Reçu"), _("Lignes"), _("État")]
    rows = [_load_row(one, address) for one in room.loads]
    caption = _("Versements, du plus récent au plus ancien")
    said: list[Any] = [
        table(heads, rows, caption, "loads", "versements"),
        take(address, "versements"),
    ]
    doors = []
    if not room.is_first_page:
        doors.append(html.A(_("les plus récents"), href=address.here(avant=None)))
    if room.earlier is not None:
        doors.append(html.A(_("plus anciens"), href=address.here(avant=str(room.earlier))))
    return [*said, html.P(doors, className="tabs")] if doors else said


def _load_row(one: LoadLine, address: Address) -> html.Tr:
    lang = address.lang
    href = address.link("donnees", "versements", str(one.load_seq))
    by = f"{vocabulary.author_words(one.author, lang)} · {_way(one, lang)}"
    received = [formats.moment(one.received_at, lang), html.Span(by, className="quiet")]
    cells: list[Any] = [
        vocabulary.subject_words(one.subject, lang),
        received,
        _counts(one, lang),
        load_state(one, lang),
    ]
    head = html.Th(html.A(one.file_name, href=href), scope="row")
    return html.Tr([head, *(html.Td(cell) for cell in cells)])


def _counts(one: LoadLine, lang: Lang) -> html.Span:
    """What the load did, and how many of its rows still wait to be corrected."""
    said: list[Any] = [counts_words(one, lang)]
    if one.rows_waiting:
        words = translator(lang).plural("{n} à corriger", "{n} à corriger", one.rows_waiting)
        shown = words.format(n=formats.number(one.rows_waiting, 0, lang))
        said.append(html.Span(shown, className="waiting"))
    return html.Span(said)


def _way(one: LoadLine, lang: Lang) -> str:
    return vocabulary.word(vocabulary.WAYS_IN, one.way_in, lang)


def load_state(one: LoadLine, lang: Lang) -> html.Span:
    """The state of a load, in words and by its class."""
    words = vocabulary.word(vocabulary.LOAD_STATES, one.state, lang)
    return html.Span(words, className=f"state {one.state}")


def _examples(room: DataRoom, address: Address) -> list[Any]:
    """One's own file to fill in, for whoever may send it; then the contracts, each explained."""
    _ = translator(address.lang)
    shown: list[Any] = []
    if room.can_load and room.loads_for:
        href = "/api/contrats/mesures-a-remplir.csv"
        link = html.A(_("télécharger"), href=href, download="mesures-a-remplir.csv")
        words = _("Vos indicateurs, une ligne par période échue ; il reste les valeurs.")
        own = item(_("Vos mesures à remplir"), words, more=[html.P(link, className="link")])
        shown.append(own)
    told = _(
        "Les exemples ci-dessous parlent d'une organisation fictive : ils montrent la forme "
        "d'un fichier, ils ne peuvent pas être versés tels quels."
    )
    return [
        *shown,
        html.P(told, className="quiet"),
        *(_contract(c, address) for c in room.contracts),
    ]


def _contract(one: ContractFiles, address: Address) -> html.Article:
    _ = translator(address.lang)
    name = label(one.title_fr, one.title_en, address.lang)
    required = _("Colonnes obligatoires : {names}").format(names=", ".join(one.required))
    example, schema = one.example_file, one.schema_file
    links: list[Any] = [
        html.A(_("exemple"), href=f"/api/contrats/{example}", download=example),
        " · ",
        html.A(_("contrat"), href=f"/api/contrats/{schema}", download=schema),
    ]
    return item(name, required, more=[html.P(links, className="link")])


def _provenance(room: DataRoom | LoadRoom, address: Address) -> Component | None:
    return load_page.provenance_table(room, address) if isinstance(room, LoadRoom) else None


TABLES = {load_page.PROVENANCE: _provenance}
"""Tables to take away that the page draws otherwise."""
