"""How a file is read, shown on its first rows, and the form that corrects it (``reading.js``)."""

from typing import Any

from dash import html

from layouts import vocabulary
from layouts.parts import aria, data, more, table
from pilotage import formats
from pilotage.i18n import N_, Lang, label, translator
from pilotage.rooms.address import Address
from pilotage.rooms.reading import FROM_COLUMN, FROM_TITLES, SAME, ContractField, Reading

_ENCODINGS = {
    "ascii": "UTF-8",
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "windows-1252",
    "windows-1252": "windows-1252",
    "mac_roman": "Mac Roman",
    "mac-roman": "Mac Roman",
    "cp850": "DOS (850)",
}
_DELIMITERS = {
    ";": N_("point-virgule"),
    ",": N_("virgule"),
    "\t": N_("tabulation"),
    "|": N_("barre verticale"),
}
_QUOTES = {'"': N_("guillemet double"), "'": N_("apostrophe")}
_DECIMALS = {",": N_("virgule"), ".": N_("point")}
_Options = list[tuple[str, str]]


def reading(one: Reading, upload_id: str, address: Address, *, is_needed: bool) -> list[Any]:
    """What was decided of the file; opened on the form where nothing was recognised."""
    _ = translator(address.lang)
    held = [
        html.P(_decided(one, address.lang), className="quiet"),
        _rows(one, address.lang),
        _form(one, upload_id, address),
    ]
    title = _("Corriger la lecture, associer les colonnes")
    return [html.H3(_("Lecture du fichier")), more(title, held, is_open=is_needed)]


def _decided(one: Reading, lang: Lang) -> str:
    """The dialect in a sentence, with how sure it is."""
    _ = translator(lang)
    sure = formats.percent(100 * one.confidence, lang)
    line = one.found["header_line"] or "—"
    if one.found["encoding"] == "xlsx":
        words = _("Première feuille du classeur ; en-tête à la ligne {line}. Confiance : {sure}.")
        return words.format(line=line, sure=sure)
    words = _(
        "Encodage {encoding}, séparateur {delimiter}, en-tête à la ligne {line}. "
        "Confiance : {sure}."
    )
    found = one.found
    return words.format(
        encoding=_ENCODINGS.get(found["encoding"], found["encoding"]),
        delimiter=_named(_DELIMITERS, found["delimiter"], lang),
        line=line,
        sure=sure,
    )


def _rows(one: Reading, lang: Lang) -> html.Div:
    caption = translator(lang)("Premières lignes, telles qu'elles sont lues")
    rows = [html.Tr([html.Td(cell) for cell in row]) for row in one.rows]
    return table(one.columns, rows, caption, "sketch")


def _form(one: Reading, upload_id: str, address: Address) -> html.Form:
    _ = translator(address.lang)
    parts = [
        _part(_("Comment le lire"), _dialect(one, address.lang)),
        _part(_("Ce que disent ses colonnes"), _fields(one, address.lang)),
        _part(_("S'en resservir"), _keep(one, address.lang)),
        html.P(role="status", className="wide", **data(said="reading")),
        html.Div(html.Button(_("Vérifier avec cette lecture"), type="submit"), className="actions"),
    ]
    # Another subject, another form: React must not keep the fields of the one before.
    told = f"{upload_id} {one.subject} {len(one.columns)} {one.found['header_line']}"
    key = f"{told} {one.exchanged}"
    return html.Form(html.Div(parts, key=key), className="reading", **data(reads=upload_id))


def _part(title: str, fields: list[Any]) -> html.Fieldset:
    return html.Fieldset([html.Legend(title), html.Div(fields, className="form")])


def _dialect(one: Reading, lang: Lang) -> list[Any]:
    """What the reader may be told; each change reads the first rows again."""
    _ = translator(lang)
    line = _input(_("Ligne de l'en-tête"), "header_line", one.said.get("header_line", ""), "number")
    if one.found["encoding"] == "xlsx":
        return [line]
    encodings = [(n, _ENCODINGS[n]) for n in ("utf-8", "windows-1252", "utf-16", "mac-roman")]
    return [
        _choice(_("Encodage"), "encoding", one, encodings, lang, is_read=True),
        _choice(_("Séparateur"), "delimiter", one, _all(_DELIMITERS, lang), lang, is_read=True),
        _choice(_("Guillemet"), "quote", one, _all(_QUOTES, lang), lang, is_read=True),
        line,
        _choice(_("Marque décimale"), "decimal", one, _all(_DECIMALS, lang), lang),
        _input(_("Ce qui veut dire « rien », séparé par des ;"), "nothing", one.nothing),
    ]


def _choice(
    words: str, name: str, one: Reading, choices: _Options, lang: Lang, *, is_read: bool = False
) -> html.Label:
    none = [("", translator(lang)("selon le fichier"))]
    return _select(words, name, [*none, *choices], one.said.get(name, ""), is_read=is_read)


def _fields(one: Reading, lang: Lang) -> list[Any]:
    """The subject, then one line per column of its contract, the required ones first."""
    _ = translator(lang)
    subjects = [(name, label(fr, en, lang)) for name, fr, en in one.subjects]
    asked = _select(_("Le fichier contient"), "subject", subjects, one.subject, is_read=True)
    needed = [_field(field, one, lang) for field in one.fields if field.is_usual]
    others = [_field(field, one, lang) for field in one.fields if not field.is_usual]
    swaps = html.Label(
        [
            html.Span(_("Textes à remplacer, un par ligne : lu = écrit")),
            html.Textarea(
                one.exchanged,
                name="exchanged",
                rows=max(2, min(8, one.exchanged.count("\n") + 1)),
                placeholder=_("Délai moyen = SAN-S01"),
            ),
        ],
        className="wide",
    )
    rest = [more(_("Colonnes facultatives"), html.Div(others, className="form"))] if others else []
    return [
        html.Div(asked, className="wide subject"),
        *needed,
        swaps,
        html.Div(rest, className="wide"),
    ]


def _field(field: ContractField, one: Reading, lang: Lang) -> html.Div:
    """Where one column of the contract comes from."""
    _ = translator(lang)
    choices = [("", "—"), *((f"{FROM_COLUMN}{name}", name) for name in one.columns)]
    if field.may_be_titles:
        choices.append((FROM_TITLES, _("les titres des autres colonnes")))
    choices.append((SAME, _("le même texte partout :")))
    name = f"{field.name} ★" if field.is_required else field.name
    words = _("{column} : le même texte partout").format(column=field.name)
    same = html.Span(
        **data(field="text", name=f"same-{field.name}", value=field.same, label=words),
        className="same",
    )
    return html.Div([_select(name, f"from-{field.name}", choices, field.origin), same])


def _keep(one: Reading, lang: Lang) -> list[Any]:
    _ = translator(lang)
    told = _(
        "Un nom garde cette lecture comme profil : il se choisira au dépôt du prochain fichier de "
        "même forme. Sans nom, elle ne sert qu'à ce fichier."
    )
    name = _input(_("Nom du profil (facultatif)"), "name", one.said.get("name", ""))
    return [name, html.P(told, className="quiet wide")]


def _select(
    words: str, name: str, choices: _Options, chosen: str, *, is_read: bool = False
) -> html.Label:
    options = [html.Option(said, value=value, selected=value == chosen) for value, said in choices]
    held = html.Select(options, name=name, **(data(relook=True) if is_read else {}))
    return html.Label([html.Span(words), held])


def _input(words: str, name: str, value: str, kind: str = "text") -> html.Label:
    field = html.Span(**data(field=kind, name=name, value=value), **aria(hidden=False))
    return html.Label([html.Span(words), field])


def _all(words: dict[str, str], lang: Lang) -> _Options:
    return [(stored, translator(lang)(said)) for stored, said in words.items()]


def _named(words: dict[str, str], stored: str, lang: Lang) -> str:
    return vocabulary.word(words, stored or None, lang)
