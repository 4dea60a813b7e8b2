"""The past targets of a home asked again, the ends of their series hidden."""

import numpy as np

from pilotage.assessment.hindcast import Hindcast, hindcast
from pilotage.store.engine import native
from pilotage.store.verdict import every_batch
from pilotage.store.warehouse import Warehouse


def asked_again(warehouse: Warehouse) -> Hindcast:
    """Every key of the home, as its values and targets stand now."""
    with warehouse.read() as connection:
        batch = every_batch(native(connection))
    return hindcast(batch, np.datetime64(warehouse.today))
