"""The short version of the power cuts and of the failing disk; ``make torture`` is the long one."""

import json
import shutil
import subprocess
import sys

import pytest

from tests.server import HOUSE

pytestmark = pytest.mark.skipif(
    shutil.which("cc") is None, reason="no C compiler here: the disk cannot be recorded"
)
CUT = "from tests.torture.cuts import cut; t = cut(12, seed=3, lives=2, loads=4)"
FAIL = "from tests.torture.faults import failed; t = failed({kind!r}, {points})"
SAY = "; import json; print(json.dumps(t.__dict__))"


def told(script: str) -> dict[str, object]:
    # In a process of its own: it forks, and must hold no thread and no store of other tests.
    words = [sys.executable, "-c", script + SAY]
    done = subprocess.run(words, cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_a_power_cut_loses_nothing_acknowledged_and_the_home_opens_by_itself() -> None:
    tally = told(CUT)
    assert tally["cuts"] == 12
    assert (tally["lost"], tally["half_visible"], tally["stuck"]) == (0, 0, 0), tally["faults"]


@pytest.mark.parametrize(
    ("kind", "points", "status"),
    [("sync fails", 16, "503"), ("write fails", 6, "503"), ("disk full", 6, "507")],
)
def test_a_failing_disk_is_one_sentence_and_never_a_false_acknowledgement(
    kind: str, points: int, status: str
) -> None:
    tally = told(FAIL.format(kind=kind, points=points))
    assert (tally["points"], tally["unsaid"]) == (points, [])
    assert (tally["lost"], tally["half_visible"], tally["stuck"]) == (0, 0, 0)
    sentences = tally["sentences"]
    assert isinstance(sentences, dict)
    assert all(said.startswith(status) for said in sentences)
    assert sentences
