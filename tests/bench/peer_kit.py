"""The peers' environments, data and servers, and the scripts of ``../shared`` that measure them.

Nothing of the kit is part of the house: what it needs is installed in ``var/peers`` the first time.
"""

import json
import os
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import httpx

from tests.server import HOUSE, free_port, pilotage

KIT = HOUSE.parent / "shared" / "bench" / "peers"
ENVIRONMENTS = HOUSE / "var" / "peers"
PACKAGES = {
    "streamlit": ["streamlit==1.67.0", "duckdb==1.5.6", "psutil", "httpx", "playwright==1.65.2"],
    "vizro": ["vizro==1.0.0", "duckdb==1.5.6", "gunicorn", "orjson"],
}
ORGANISATION = 7
AS_OF = "2026-11-15"
_PATIENCE_S = 120


def environment_of(peer: str) -> Path:
    """The ``bin`` of the peer's environment, made where it is not there yet."""
    place = ENVIRONMENTS / peer
    if not (place / "installed").exists():
        print(f"Installing {peer} in {place} (once)…", flush=True)
        venv.create(place, with_pip=True, clear=True)
        words = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*words, *PACKAGES[peer]], check=True)
        (place / "installed").touch()
    return place / "bin"


def write_data(folder: Path) -> Path:
    """The kit's own data set of 200 organisations × 100 indicators × 60 months: its DuckDB file."""
    build = "import pathlib, sys, gen_data; gen_data.build(pathlib.Path(sys.argv[1]), 42)"
    subprocess.run([sys.executable, "-c", build, str(folder)], cwd=KIT, check=True)
    return folder / "bench.duckdb"


_CONTRACTS = {
    "organisations": """
        select 'GV' as organisation_id, 'gouvernement' as genre, 'Gouvernement' as libelle_fr,
            null as parent_id
        union all
        select code, 'ministère', nom, 'GV' from organisations order by parent_id nulls first, 1""",
    "indicateurs": """
        select i.code as indicateur_id, i.nom as titre_fr, unite,
            if(sens = 'hausse', 'au moins', 'au plus') as sens, 'résultat' as nature,
            'stratégique' as niveau, 'mensuelle' as frequence, o.code as organisation_id,
            2 as decimales, 'gouvernement' as visibilite
        from indicateurs i join organisations o using (org_id) order by 1""",
    "cibles": """
        select i.code as indicateur_id, o.code as organisation_id, '2026' as periode,
            if(sens = 'hausse', replace(cible::varchar, '.', ','), null) as cible_min,
            if(sens = 'hausse', null, replace(cible::varchar, '.', ',')) as cible_max
        from cibles join indicateurs i using (indicator_id) join organisations o using (org_id)
        order by 1""",
    "mesures": """
        select i.code as indicateur_id, o.code as organisation_id,
            strftime(date, '%Y-%m') as periode, replace(valeur::varchar, '.', ',') as valeur
        from mesures join indicateurs i using (indicator_id) join organisations o using (org_id)
        order by 1, 3""",
}


def write_home(folder: Path, data: Path) -> Path:
    """The same figures as contract files, loaded as a ministry's would be: our home."""
    files = []
    with duckdb.connect(str(data), read_only=True) as source:
        for subject, asked in _CONTRACTS.items():
            path = folder / f"{subject}.csv"
            source.execute(f"copy ({asked}) to '{path}' (header, delimiter ';')")
            files.append(str(path))
    home = folder / "home"
    pilotage(home, "load", *files, PILOTAGE_AS_OF=AS_OF).check_returncode()
    return home


@contextmanager
def streamlit(data: Path, *, ttl_s: int = 300, every_s: int = 0) -> Iterator[tuple[int, int]]:
    """Its server on the data; port and process."""
    port = free_port()
    words = [environment_of("streamlit"), data, port, ttl_s, every_s]
    with _started("streamlit_app", words, port) as pid:
        yield port, pid


@contextmanager
def vizro(data: Path) -> Iterator[tuple[int, int]]:
    """Its server on the data, two workers; port and process."""
    port = free_port()
    told = {"PEER_DB": str(data), "PEER_ORG": str(ORGANISATION)}
    with _started("vizro_app", [environment_of("vizro"), port], port, **told) as pid:
        yield port, pid


@contextmanager
def _started(app: str, words: list[Any], port: int, **variables: str) -> Iterator[int]:
    process = subprocess.Popen(
        ["sh", str(KIT / app / "start.sh"), *map(str, words)],
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _await(f"http://127.0.0.1:{port}/")
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def _await(address: str) -> None:
    """Until it answers. Raises RuntimeError where it never does."""
    end = time.monotonic() + _PATIENCE_S
    while time.monotonic() < end:
        try:
            httpx.get(address, timeout=30).raise_for_status()
            return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise RuntimeError(f"{address} does not answer")


def told_by(script: str, *words: str, python: Path | str = sys.executable) -> list[dict[str, Any]]:
    """Run one of the kit's scripts; the objects it prints, each on a line or the whole at once."""
    done = subprocess.run(
        [str(python), str(KIT / script), *words],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{script}: {done.stderr[-2000:]}")
    said = done.stdout.strip()
    if said.startswith("{\n"):
        return [json.loads(said)]
    lines = (line.removeprefix("BEST ") for line in said.splitlines())
    return [json.loads(line) for line in lines if line.startswith("{")]
