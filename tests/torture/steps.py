"""The store against a plain dict, for thousands of steps: load, withdraw, rebuild, as of."""

from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.test_store_vintage import Life

_STEPS_OF_A_LIFE = 40


@dataclass
class StepTally:
    """Lives lived, steps compared with the dict, and what differed."""

    lives: int = 0
    steps: int = 0
    divergences: int = 0
    fault: str = ""


def compared(steps: int) -> StepTally:
    """At least that many steps, in lives of forty; the first divergence ends them."""
    tally = StepTally()

    class Counted(Life):
        def teardown(self) -> None:
            super().teardown()
            tally.lives += 1

        def check_invariants(self, *given: Any, **named: Any) -> None:
            super().check_invariants(*given, **named)
            tally.steps += 1

    while tally.steps < steps and not tally.divergences:
        try:
            run_state_machine_as_test(
                Counted,
                settings=settings(
                    deadline=None,
                    database=None,
                    max_examples=max(1, min(25, (steps - tally.steps) // _STEPS_OF_A_LIFE)),
                    stateful_step_count=_STEPS_OF_A_LIFE,
                    suppress_health_check=list(HealthCheck),
                ),
            )
        except Exception as fault:
            tally.divergences += 1
            tally.fault = f"{type(fault).__name__}: {str(fault)[:500]}"
    return tally
