"""No question reaches the store without saying through whose eyes it is asked."""

import ast
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

import pytest

from pilotage.domain.viewer import Scope
from pilotage.store import queries
from pilotage.store.warehouse import Warehouse

ANSWERS_NOTHING = {"scoped", "row"}
"""Modules that turn a scope or an answer into another form, and ask nothing themselves."""

FOR_EVERYONE = {
    "receipt.loaded_with_hash": "the same bytes are loaded once, whoever sends them",
    "sign_off.standing_delegations": "it names people and days, and no figure",
}
"""Questions whose answer is the same through any eyes, and why."""


def public_functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in pkgutil.iter_modules(queries.__path__):
        if module.name in ANSWERS_NOTHING:
            continue
        imported = importlib.import_module(f"{queries.__name__}.{module.name}")
        for name, thing in vars(imported).items():
            is_its_own = getattr(thing, "__module__", None) == imported.__name__
            if inspect.isfunction(thing) and is_its_own and not name.startswith("_"):
                yield f"{module.name}.{name}", thing


QUERIES = dict(public_functions())


def clauses_only(function: Callable[..., Any]) -> bool:
    """A function that never sees the store: it makes where-clauses for those that do."""
    return Warehouse not in get_type_hints(function).values()


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_every_query_takes_the_scope_first(name: str) -> None:
    function = QUERIES[name]
    hints = get_type_hints(function)
    parameters = list(inspect.signature(function).parameters)
    assert parameters[0] == "scope", f"{name}: the first parameter is « {parameters[0]} »"
    assert hints["scope"] is Scope
    if not clauses_only(function):
        assert parameters[1] == "warehouse"


@pytest.mark.parametrize("name", sorted(QUERIES.keys() - FOR_EVERYONE.keys()))
def test_every_query_uses_the_scope_it_was_given(name: str) -> None:
    tree = ast.parse(inspect.getsource(QUERIES[name]))
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and _is_read(node)}
    assert "scope" in used


def _is_read(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Load)


def test_there_are_queries_to_look_at() -> None:
    assert len(QUERIES) > 10
