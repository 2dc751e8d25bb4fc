"""A package whose parts can be imported without all the rest: what a zygote does not have, no fork has to copy.

`pymongo` imports its clients wherever an error of its is wanted. A submission has no database to connect to; whoever
asks the package for more than its parts gets the whole of it, a little later.
"""

import importlib
import importlib.util
import sys
from types import ModuleType
from typing import Any


class PartialPackage(ModuleType):
    """Stands for a package until something of the package itself is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        parts = {key: part for key, part in self.__dict__.items() if isinstance(part, ModuleType)}
        del sys.modules[self.__name__]
        whole = importlib.import_module(self.__name__)
        whole.__dict__.update(parts)
        self.__dict__.update(whole.__dict__)
        return getattr(whole, name)


def import_in_parts(package: str) -> None:
    """Let a package's parts be imported without the rest, if nobody has imported it yet."""
    found = importlib.util.find_spec(package) if package not in sys.modules else None
    if found and found.submodule_search_locations:
        lean = PartialPackage(package)
        lean.__path__ = list(found.submodule_search_locations)
        lean.__spec__, lean.__file__ = found, found.origin
        sys.modules[package] = lean
