"""The browsers of the comparison: each kind of Chromium is started once, when it is asked for first."""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.conftest import QUIET_CHROMIUM
from tests.kit.chromium.pair import Pair
from tests.kit.chromium.sites import serving

# What one sets at chrome://settings/cookies: "Allow third-party cookies"
ALLOW_THIRD_PARTY = {"profile": {"cookie_controls_mode": 0, "block_third_party_cookies": False}}
# A cookie without SameSite gets no two minutes: as if it had been set long ago
NO_TWO_MINUTES = "--enable-features=SameSiteDefaultChecksMethodRigorously"


class World:
    """The pairs of browsers, all with the same sites."""

    def __init__(self, chromium: str, running: Any, folder: Path, stack: ExitStack):
        self.chromium = chromium
        self.running = running
        self.folder = folder
        self.stack = stack
        self.sites = stack.enter_context(serving())
        self.known: dict[str, Pair] = {}

    @property
    def pair(self) -> Pair:
        """Return a Chromium that allows third-party cookies, and our browser."""
        return self.of("allowing", lambda: self.profile("allowing"))

    @property
    def by_default(self) -> Pair:
        """Return a Chromium as it comes, which blocks third-party cookies, and our browser."""
        return self.of("default", self.running.new_context)

    @property
    def later(self) -> Pair:
        """Return both browsers as they are when the two minutes of a fresh cookie are over."""
        return self.of("later", lambda: self.profile("later", NO_TWO_MINUTES), lax_allow_unsafe_seconds=0)

    def of(self, kind: str, start: Any, **jar: Any) -> Pair:
        """Return the pair of this kind."""
        if kind not in self.known:
            context = start()
            self.stack.callback(context.close)
            self.known[kind] = Pair(self.sites, context.new_page(), **jar)
        return self.known[kind]

    def profile(self, name: str, *flags: str) -> Any:
        """Start a Chromium with a profile that allows third-party cookies."""
        folder = self.folder / name
        (folder / "Default").mkdir(parents=True)
        (folder / "Default" / "Preferences").write_text(json.dumps(ALLOW_THIRD_PARTY))
        # Chromium refuses its sandbox to root.
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        return self.running.browser_type.launch_persistent_context(
            folder, executable_path=self.chromium, headless=True, args=[*QUIET_CHROMIUM, *root, *flags]
        )


@contextmanager
def world(chromium: str, running: Any, folder: Path) -> Iterator[World]:
    """Yield the browsers; close them in the end."""
    with ExitStack() as stack:
        yield World(chromium, running, folder, stack)
