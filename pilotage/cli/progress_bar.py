"""A progress bar on the error stream, for what takes more than a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

_PATIENCE_S = 1.0


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[float], None]]:
    """A function to tell how far the work is (0-1); it draws nothing where nobody looks."""
    begun = time.monotonic()
    with ExitStack() as stack:
        drawn: list[Callable[[float], None]] = []

        def tell(fraction: float) -> None:
            late = time.monotonic() - begun > _PATIENCE_S
            if not drawn and late and sys.stderr.isatty():
                drawn.append(stack.enter_context(_drawn(label)))
            if drawn:
                drawn[0](fraction)

        yield tell


@contextmanager
def _drawn(label: str) -> Iterator[Callable[[float], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=1.0)
        yield lambda fraction: progress.update(task, completed=fraction)
