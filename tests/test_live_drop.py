"""A dropped file goes through the same door as any other, then aside with its report."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pilotage.intake.loading import stop_checking
from pilotage.live.drop import deal_with, folder_rules
from pilotage.live.inbox import Dropped
from pilotage.live.watch import Desk
from pilotage.store.warehouse import Warehouse, open_warehouse

EXAMPLES = Path(__file__).parents[1] / "data" / "contracts"
HEADER = "indicateur_id;organisation_id;periode;valeur\n"


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """A home that knows the example's organisations and indicators."""
    opened = open_warehouse(tmp_path_factory.mktemp("home"))
    root = tmp_path_factory.mktemp("first")
    for subject in ("organisations", "plans", "objectifs", "indicateurs"):
        path = root / f"{subject}.csv"
        path.write_bytes((EXAMPLES / f"exemple_{subject}.csv").read_bytes())
        assert deal_with(opened, root, Dropped(path, None))
        assert (root / "done" / path.name).is_file()
    yield opened
    stop_checking(opened)
    opened.close()


def drop(root: Path, name: str, content: str, organisation_id: str | None = None) -> Dropped:
    folder = root / organisation_id if organisation_id else root
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return Dropped(path, organisation_id)


def test_a_sound_file_is_loaded_and_put_with_what_is_done(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    before = warehouse.version
    one = drop(tmp_path, "m.csv", f"{HEADER}EX-001;EX-MIN;2025-05;71,5\n", "EX-MIN")
    assert deal_with(warehouse, tmp_path, one)
    assert warehouse.version == before + 1
    assert not one.path.exists()
    kept = tmp_path / "done" / "EX-MIN"
    assert (kept / "m.csv").is_file()
    assert "Chargé" in (kept / "m.csv.rapport.txt").read_text(encoding="utf-8")


def test_a_file_with_an_error_is_refused_with_every_problem_beside_it(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    one = drop(tmp_path, "m.csv", f"{HEADER}EX-001;EX-MIN;2025-06;douze\n")
    deal_with(warehouse, tmp_path, one)
    assert (tmp_path / "refused" / "m.csv").is_file()
    told = (tmp_path / "refused" / "m.csv.problemes.csv").read_text(encoding="utf-8-sig")
    assert "douze" in told


def test_a_folder_loads_for_its_own_organisation_only(warehouse: Warehouse, tmp_path: Path) -> None:
    one = drop(tmp_path, "m.csv", f"{HEADER}EX-001;EX-MIN;2025-07;80\n", "EX-EQU")
    deal_with(warehouse, tmp_path, one)
    told = (tmp_path / "refused" / "EX-EQU" / "m.csv.problemes.csv").read_text(encoding="utf-8-sig")
    assert "not-yours" in told


def test_a_folder_named_after_nobody_is_refused_with_a_sentence(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    one = drop(tmp_path, "m.csv", f"{HEADER}EX-001;EX-MIN;2025-08;80\n", "PERSONNE")
    deal_with(warehouse, tmp_path, one)
    report = tmp_path / "refused" / "PERSONNE" / "m.csv.rapport.txt"
    assert "Aucune organisation" in report.read_text(encoding="utf-8")


def test_two_files_of_one_name_are_both_kept(warehouse: Warehouse, tmp_path: Path) -> None:
    for value in ("1", "deux"):
        one = drop(tmp_path, "m.csv", f"{HEADER}EX-001;EX-MIN;2024-0{value};x\n")
        deal_with(warehouse, tmp_path, one)
    kept = list((tmp_path / "refused").glob("*m.csv"))
    assert len(kept) == 2


def test_the_folder_says_which_policy_applies(tmp_path: Path) -> None:
    one = drop(tmp_path, "m.csv", HEADER, "EX-MIN")
    assert folder_rules(tmp_path, one).policy == "strict"
    (tmp_path / "watch.toml").write_text('policy = "quarantine"\nprofile = "pilote"\n')
    assert folder_rules(tmp_path, one).profile == "pilote"
    (tmp_path / "EX-MIN" / "watch.toml").write_text('policy = "strict"\n')
    assert folder_rules(tmp_path, one).policy == "strict"


@pytest.mark.parametrize("text", ["policy = lax", 'policy = "lax"', "\x00"])
def test_rules_that_do_not_read_refuse_the_file_rather_than_guess(
    warehouse: Warehouse, tmp_path: Path, text: str
) -> None:
    (tmp_path / "watch.toml").write_text(text)
    deal_with(warehouse, tmp_path, drop(tmp_path, "m.csv", HEADER))
    assert "watch.toml" in (tmp_path / "refused" / "m.csv.rapport.txt").read_text(encoding="utf-8")


def test_a_full_disk_leaves_the_file_where_it_is_and_is_tried_again_later(tmp_path: Path) -> None:
    one = drop(tmp_path, "m.csv", HEADER)
    tried: list[Dropped] = []

    def full(dropped: Dropped) -> bool:
        tried.append(dropped)
        raise OSError("no space left")

    desk = Desk(full, retry_s=30)
    desk.take([one], now=100)
    desk.take([one], now=110)
    assert len(tried) == 1
    desk.take([one], now=131)
    assert len(tried) == 2
    assert one.path.exists()


def test_a_file_of_others_is_refused_as_such_even_where_its_bytes_are_known(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    content = f"{HEADER}EX-001;EX-MIN;2025-08;70,5\n"
    assert deal_with(warehouse, tmp_path, drop(tmp_path, "m.csv", content))
    deal_with(warehouse, tmp_path, drop(tmp_path, "m.csv", content, "EX-EQU"))
    told = (tmp_path / "refused" / "EX-EQU" / "m.csv.rapport.txt").read_text(encoding="utf-8")
    assert "déjà chargé" not in told
    assert "refusé" in told
