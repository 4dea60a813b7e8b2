"""The disk of the torture: what a power cut may leave of what was written, and what it may not."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.server import HOUSE
from tests.torture.cuts import built
from tests.torture.disk import Body, Change, Disk, recorded

ROOT = "/disk"


def told(*changes: tuple[str, str] | tuple[str, str, int, bytes]) -> Disk:
    """A disk told of these: (kind, path), or (kind, inode, offset, data)."""
    disk = Disk(ROOT)
    inodes: dict[str, int] = {}
    for one in changes:
        kind, path = one[0], str(one[1])
        inode = inodes.setdefault(path, len(inodes) + 1)
        if len(one) == 4:
            disk.tell(Change(kind, inode, int(one[2]), bytes(one[3]), b""))
        else:
            disk.tell(Change(kind, inode, 0, f"{ROOT}/{path}".rstrip("/").encode(), b""))
    return disk


def left(disk: Disk, to: Path, seed: int) -> dict[str, bytes]:
    """The files a cut leaves, by path."""
    to.mkdir()
    disk.cut(to, Random(seed))
    return {str(p.relative_to(to)): p.read_bytes() for p in to.rglob("*") if p.is_file()}


def possible(disk: Disk, place: Path) -> set[tuple[tuple[str, bytes], ...]]:
    """What forty cuts leave."""
    return {tuple(sorted(left(disk, place / str(seed), seed).items())) for seed in range(40)}


def test_a_synced_file_in_a_synced_folder_always_stays(tmp_path: Path) -> None:
    disk = told(("C", "a"), ("W", "a", 0, b"x" * 9000), ("F", "a"), ("F", ""))
    assert possible(disk, tmp_path) == {(("a", b"x" * 9000),)}


def test_a_synced_file_whose_folder_is_not_may_vanish(tmp_path: Path) -> None:
    disk = told(("C", "a"), ("W", "a", 0, b"x"), ("F", "a"))
    assert possible(disk, tmp_path) == {(), (("a", b"x"),)}


def test_what_was_not_synced_may_tear_by_blocks(tmp_path: Path) -> None:
    disk = told(("C", "a"), ("F", ""), ("W", "a", 0, b"x" * 8192))
    found = {dict(one)["a"] for one in possible(disk, tmp_path)}
    assert {b"", b"x" * 8192, b"x" * 4096, bytes(4096) + b"x" * 4096} == found


def test_a_folder_not_synced_above_takes_all_below_with_it(tmp_path: Path) -> None:
    disk = told(("M", "d"), ("C", "d/a"), ("W", "d/a", 0, b"x"), ("F", "d/a"), ("F", "d"))
    assert possible(disk, tmp_path) == {(), (("d/a", b"x"),)}


def test_a_renamed_file_has_one_of_its_names(tmp_path: Path) -> None:
    disk = told(("C", "a"), ("W", "a", 0, b"x"), ("F", "a"), ("F", ""))
    disk.tell(Change("R", 0, 0, f"{ROOT}/a".encode(), f"{ROOT}/b".encode()))
    found = possible(disk, tmp_path)
    assert () not in found
    assert (("b", b"x"),) in found


def test_sizes_and_writes_keep_their_order_within_a_file() -> None:
    body = Body()
    body.pending = [(0, b"abc"), (1, None), (2, b"z")]
    body.sync()
    assert bytes(body.synced) == b"a\0z"


def test_a_process_is_recorded_as_the_kernel_saw_it(tmp_path: Path) -> None:
    library = built(tmp_path)
    if library is None:
        pytest.skip("no C compiler here: nothing can be recorded")
    root = tmp_path / "disk"
    root.mkdir()
    script = (
        "import os;"
        "os.mkdir('d'); f = open('d/a', 'wb'); f.write(b'one'); f.flush(); os.fsync(f.fileno());"
        "f.close(); os.rename('d/a', 'b'); os.truncate('b', 1) if False else None;"
        "fd = os.open('b', os.O_WRONLY); os.pwrite(fd, b'Z', 1); os.ftruncate(fd, 2);"
        "os.unlink('b'); os.rmdir('d')"
    )
    known = {"LD_PRELOAD": str(library), "PILOTAGE_DISK_ROOT": str(root)}
    known |= {"PILOTAGE_DISK_LOG": str(tmp_path / "log"), "PYTHONPATH": str(HOUSE)}
    subprocess.run([sys.executable, "-c", script], cwd=root, env=known, check=True)
    seen = [(c.kind, c.first) for c in recorded(tmp_path / "log")]
    here = str(root).encode()
    assert [kind for kind, _ in seen] == list("MCWFRWSUD")
    assert seen[0][1] == here + b"/d"
    assert seen[2] == ("W", b"one")
    assert seen[7][1] == here + b"/b"
