"""One problem of a file: where it is, what was found, and the sentence that says what to do."""

import json
from dataclasses import dataclass, field
from typing import Any

from pilotage.formats.figure import number
from pilotage.formats.writing import NO_VALUE
from pilotage.i18n import N_, Lang, translator
from pilotage.intake.cell import INVISIBLE
from pilotage.intake.code import RULES, Severity

_FOUND_SHOWN = 80
_NAME_SHOWN = 200
_UNKNOWN = N_("Corrigez l'identifiant, ou versez d'abord le fichier qui le décrit.")
_UNITS = {N_("lignes"), N_("colonnes"), N_("caractères"), N_("octets"), N_("Mio")}
"""The words a table is measured in, beside their number."""
_NOBODY = N_(
    "Cette ligne ne nomme aucune organisation pour laquelle vous pouvez verser. "
    "Demandez-le à votre responsable des données."
)


@dataclass(frozen=True)
class Problem:
    """One thing wrong at one place: physical line (from 1), column letter and name, the text."""

    code: str
    line: int | None = None
    column_letter: str | None = None
    column_name: str | None = None
    found: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    file: str | None = None

    @property
    def severity(self) -> Severity:
        """How much it costs."""
        return RULES[self.code][0]

    @property
    def column_shown(self) -> str | None:
        """The column's name, cut where it is long: a whole line may have been taken for one."""
        name = self.column_name
        return name if name is None or len(name) <= _NAME_SHOWN else name[:_NAME_SHOWN] + "…"


class _Fields(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def sentence(problem: Problem, lang: Lang) -> str:
    """What is wrong and what to write instead, without the place."""
    _ = translator(lang)
    fields = _Fields(found=_shown(problem.found), column=problem.column_shown or "")
    fields.update({key: _spoken(value, lang) for key, value in problem.detail.items()})
    if fields.get("suggestion"):
        fields["suggestion"] = " " + _("Vouliez-vous dire « {nearest} » ?").format(
            nearest=fields["suggestion"]
        )
    elif problem.code == "foreign-key":
        fields["suggestion"] = " " + _(_UNKNOWN)
    if problem.code == "format-error" and problem.found:
        # What the bytes are is our word, not the file's.
        fields["found"] = _(problem.found)
    if problem.code == "table-dimensions":
        fields["found"] = " ".join(
            _(word) if word in _UNITS else word for word in fields["found"].split()
        )
    nameless = problem.code == "not-yours" and not fields["found"]
    return _(_NOBODY if nameless else RULES[problem.code][1]).format_map(fields)


def _shown(found: str | None) -> str:
    """The offending text, cut where it is long, its invisible characters named."""
    text = (found or "").strip()
    text = text if len(text) <= _FOUND_SHOWN else text[:_FOUND_SHOWN] + "…"
    return INVISIBLE.sub(lambda met: f"[U+{ord(met[0]):04X}]", text)


def _spoken(value: Any, lang: Lang) -> Any:
    """A detail in the reader's language: words translated, measured values as figures."""
    if value is None:
        return NO_VALUE
    if isinstance(value, dict):
        return value.get(lang, "")
    if isinstance(value, float):
        return number(value, None, lang)
    return translator(lang)(value) if isinstance(value, str) and value else value


def located(problem: Problem, file_name: str, lang: Lang) -> str:
    """The sentence with its place: file, line and column first, as a person looks for it."""
    _ = translator(lang)
    name = problem.file or file_name
    told = sentence(problem, lang)
    if problem.line is None:
        return _("{file} : {sentence}").format(file=name, sentence=told)
    if problem.column_shown is None:
        return _("{file}, ligne {line} : {sentence}").format(
            file=name, line=problem.line, sentence=told
        )
    return _("{file}, ligne {line}, colonne {letter} « {column} » : {sentence}").format(
        file=name,
        line=problem.line,
        letter=problem.column_letter or "",
        column=problem.column_shown,
        sentence=told,
    )


def from_row(row: dict[str, Any]) -> Problem:
    """A problem read back from the table it was kept in."""
    return Problem(
        code=row["code"],
        line=row["line"],
        column_letter=row["column_letter"],
        column_name=row["column_name"],
        found=row["found"],
        detail=json.loads(row["detail"]) if row["detail"] else {},
        file=row["load_file"],
    )


__all__ = ["RULES", "Problem", "Severity", "from_row", "located", "sentence"]
