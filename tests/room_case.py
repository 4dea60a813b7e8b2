"""Hand-made rooms for tests that draw without a store."""

from dataclasses import replace
from datetime import date, datetime

from pilotage.domain.blocker import BlockerState, LadderLevel, Seriousness
from pilotage.domain.indicator import Direction, Level
from pilotage.domain.organisation import Organisation, OrganisationKind
from pilotage.domain.period import Period, PeriodKind, starting
from pilotage.domain.signal import Assurance, VariationKind
from pilotage.domain.status import Change, DataState, Result, Standing, Trajectory
from pilotage.followup.blocker import Blocker
from pilotage.followup.ladder import age
from pilotage.rooms.address import Address, parse_address
from pilotage.rooms.blocker import BlockerCard, Named
from pilotage.rooms.branch import Branch
from pilotage.rooms.cap import Aim, Cap
from pilotage.rooms.card import Card, Origin, Recent
from pilotage.rooms.government import GovernmentRoom
from pilotage.rooms.level import LevelRoom, Task
from pilotage.rooms.signal import Signal
from pilotage.rooms.tally import tally
from pilotage.rooms.waiting import Waiting

TODAY = date(2026, 11, 10)
HEALTH = Organisation("MSSS", "QC", OrganisationKind.MINISTRY, "Santé", "Health", "Santé")
GOVERNMENT = Organisation("QC", None, OrganisationKind.GOVERNMENT, "Gouvernement", None, None)
NASTY = "<img src=x onerror=alert(1)>"


def month(number: int) -> Period:
    return starting(PeriodKind.MONTH, datetime(2026, number, 1))


def recents(*values: float | None) -> tuple[Recent, ...]:
    return tuple(
        Recent(month(number), value, 16 - number / 10, Standing.OFF_TARGET)
        for number, value in enumerate(values, start=1)
    )


def a_signal(**changes: object) -> Signal:
    signal = Signal(
        known=24,
        mean=15.2,
        lower=12.9,
        upper=17.2,
        variation=VariationKind.CONCERN,
        rule="limit",
        is_high=True,
        assurance=Assurance.FAIL,
        is_run=True,
        next_meets=0.06,
        next_aim=14.0,
        due_meets=0.04,
        due_middle=17.7,
        due_lower=15.1,
        due_upper=20.3,
        due_day=date(2027, 3, 31),
        due_aim=14.0,
    )
    return replace(signal, **changes)  # type: ignore[arg-type]


def a_card(standing: Standing = Standing.OFF_TARGET, **changes: object) -> Card:
    card = Card(
        indicator_id="urg/01",
        organisation_id="MSSS",
        title_fr="Séjour sur civière",
        title_en="Stretcher stay",
        unit="h",
        decimals=1,
        direction=Direction.AT_MOST,
        standing=standing,
        result=Result.FUTURE,
        trajectory=Trajectory.OFF_TRACK,
        data_state=DataState.OK,
        is_to_confirm=False,
        period=month(10),
        value=17.4,
        value_text=None,
        low=None,
        high=14.0,
        target_text=None,
        due_date=date(2027, 3, 31),
        progress_rate=-12.5,
        attainment_rate=None,
        change=Change.WORSENING,
        confidence=None,
        next_due=date(2026, 12, 8),
        system_of_record="BDCU",
        objective_id=None,
        recents=recents(15, 15.5, None, 16, 17, 17.4),
        origin=Origin(12, 214, "urgences.csv", is_recomputed=False),
        signal=a_signal(),
    )
    return replace(card, **changes)  # type: ignore[arg-type]


def a_blocker(
    name: str = "B-1", since: date = date(2026, 10, 20), **changes: object
) -> BlockerCard:
    blocker = Blocker(
        blocker_id=name,
        title="Salles fermées",
        seriousness=Seriousness.MAJOR,
        state=BlockerState.ESCALATED,
        level=LadderLevel.STRATEGIC,
        organisation_id="DUR",
        raised_on=since,
        level_since=since,
    )
    blocker = replace(blocker, **changes)  # type: ignore[arg-type]
    place = Named("DUR", "Direction des urgences", None)
    indicator = Named("urg/01", "Séjour sur civière", None)
    return BlockerCard(blocker, place, age(blocker, TODAY), (indicator,), (), 3)


def a_branch(name: str = "DUR", *standings: Standing, function: str | None = None) -> Branch:
    kind = OrganisationKind.DIRECTORATE
    one = Organisation(name, "MSSS", kind, f"Direction {name}", None, function)
    return Branch(one, ("tactique", name), tally(standings), tally(standings))


def a_level_room(*cards: Card, **changes: object) -> LevelRoom:
    aim = Aim("O-1", "objective", "Réduire l'attente", None, tally([Standing.ON_TRACK]), ())
    room = LevelRoom(
        level=Level.STRATEGIC,
        organisation=HEALTH,
        above=(GOVERNMENT,),
        judged_on=TODAY,
        cards=cards,
        shown=12,
        cap=Cap("Plan", None, "Soigner.", None, date(2027, 3, 31), (aim,)),
        blockers=Waiting(here=(a_blocker(),), below=2),
        tasks=(Task("Ouvrir des lits", None, "action", "to_do", "Mme Roy", TODAY, None, False),),
        branches=(a_branch("DUR", Standing.OFF_TARGET, Standing.ON_TRACK),),
        levels={Level.STRATEGIC: tally(card.standing for card in cards)},
        line=tally(card.standing for card in cards),
    )
    return replace(room, **changes)  # type: ignore[arg-type]


def a_government_room(*branches: Branch) -> GovernmentRoom:
    late = ((HEALTH, 2),)
    return GovernmentRoom(
        GOVERNMENT, TODAY, Level.STRATEGIC, tally([]), branches, late, (a_blocker(),), False
    )


def at(path: str, search: str = "") -> Address:
    return parse_address(path, search)
