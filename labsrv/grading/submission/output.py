"""What a child prints."""

import threading
from collections.abc import Callable

MOST_OUTPUT = 1 << 20


class Output:
    """What a child prints: kept up to a bound, and reported when it is too much."""

    def __init__(self, descriptor: int, flooded: Callable[[], None]):
        self.kept = bytearray()
        self.over = False
        self.thread = threading.Thread(target=self.read, args=(descriptor, flooded), daemon=True)
        self.thread.start()

    def read(self, descriptor: int, flooded: Callable[[], None]) -> None:
        """Read until the last writer is gone; stop reading at the bound."""
        with open(descriptor, "rb", buffering=0) as pipe:
            while part := pipe.read(65536):
                self.kept += part
                if len(self.kept) > MOST_OUTPUT:
                    self.over = True
                    flooded()
                    return

    @property
    def text(self) -> str:
        return self.kept.decode("utf-8", "replace")
