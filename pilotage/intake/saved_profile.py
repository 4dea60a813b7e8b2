"""Profiles people make on the data page, kept in the home: never changed once saved.

A load's journal names its profile; were the profile changed, the name would tell another story.
"""

import os
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

import tomli_w

from pilotage.errors import Refused
from pilotage.intake.declaration import ProfileError
from pilotage.intake.profile import PROFILES, load_profile
from pilotage.store.durable import make_folder, sync_folder

UNNAMED = "lecture-"
"""How the name of a profile begins that was made for one file and given no name."""
_LONGEST_NAME = 48


@dataclass(frozen=True)
class SavedProfile:
    """A profile that may be chosen: its name, its name for people, what its files contain."""

    name: str
    title: str
    subjects: tuple[str, ...]


def profile_folder(profile: str | Path, home: Path) -> Path:
    """The folder of a profile: saved in this home, else shipped, else a path given as such."""
    for folder in (home / "profiles" / str(profile), PROFILES / str(profile)):
        if (folder / "profile.toml").is_file():
            return folder
    return Path(profile)


def saved_profiles(home: Path) -> tuple[SavedProfile, ...]:
    """The named profiles of a home, by name; one that no longer reads is left out."""
    found = []
    for path in sorted((home / "profiles").glob("*/profile.toml")):
        if path.parent.name.startswith(UNNAMED):
            continue
        try:
            profile = load_profile(path.parent)
        except ProfileError:
            continue
        found.append(SavedProfile(profile.name, profile.source.name_fr, profile.subjects))
    return tuple(found)


def save_profile(home: Path, title: str, document: Mapping[str, Any]) -> str:
    """Keep a profile under the name its title makes; the name. On disk at return.

    Without a title it is named by its content. Raises Refused where another profile has that name,
    ProfileError where the document is no profile.
    """
    text = tomli_w.dumps(document)
    name = plain_name(title) or f"{UNNAMED}{sha256(text.encode()).hexdigest()[:10]}"
    folder = home / "profiles" / name
    if (PROFILES / name).exists() or (folder.exists() and _text(folder) != text):
        raise Refused(
            f"Un autre profil s'appelle déjà « {name} ». Choisissez un autre nom.",
            f"Another profile is already called “{name}”. Choose another name.",
        )
    if not folder.exists():
        _written(folder, text)
    return name


def plain_name(title: str) -> str:
    """A folder's name out of a title: letters without accents, digits and dashes."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_NAME].strip("-")


def _text(folder: Path) -> str:
    path = folder / "profile.toml"
    return path.read_text("utf-8") if path.is_file() else ""


def _written(folder: Path, text: str) -> None:
    """Written aside, read as a profile, then named: a reader never sees half of one."""
    make_folder(folder.parent)
    aside = Path(mkdtemp(dir=folder.parent, prefix=f"{UNNAMED}."))
    try:
        with (aside / "profile.toml").open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        load_profile(aside)
        sync_folder(aside)
        aside.rename(folder)
    except BaseException:
        rmtree(aside, ignore_errors=True)
        raise
    sync_folder(folder.parent)
