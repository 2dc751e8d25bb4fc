"""The lab's database: MongoDB as far as a lab needs it."""

from labsrv.kit.store.collection import OPERATIONS, Collection
from labsrv.kit.store.database import URI, Store, StoreUnavailable, open_store

__all__ = ["OPERATIONS", "URI", "Collection", "Store", "StoreUnavailable", "open_store"]
