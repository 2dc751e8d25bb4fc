"""The lab's database: MongoDB as far as a lab needs it."""

from labsrv.kit.store.collection import OPERATIONS, Collection
from labsrv.kit.store.database import Store, open_store
from labsrv.kit.store.server import URI, StoreUnavailable

__all__ = ["OPERATIONS", "URI", "Collection", "Store", "StoreUnavailable", "open_store"]
