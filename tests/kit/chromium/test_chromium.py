"""The model is held against a real Chromium, cell by cell: both do the same, and the sites' record of both is compared.

A cell is a situation and one thing that is compared in it. The families stand in files beside this one, and a usual run
asks some of them (AUTHLAB_CHROMIUM=all: all); `differences.py` lists the cells that differ, each with the rule that
causes it.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.kit.chromium import cookies as chromium_cookies
from tests.kit.chromium import cors as chromium_cors
from tests.kit.chromium import frames as chromium_frames
from tests.kit.chromium import pages as chromium_pages
from tests.kit.chromium import redirects as chromium_redirects
from tests.kit.chromium import referrers as chromium_referrers
from tests.kit.chromium import rows as chromium_rows
from tests.kit.chromium import visits as chromium_visits
from tests.kit.chromium.cells import Verdict, judged, total
from tests.kit.chromium.differences import DIFFERENCES
from tests.kit.chromium.world import World, world

ROOMS = (
    chromium_cookies,
    chromium_redirects,
    chromium_frames,
    chromium_cors,
    chromium_referrers,
    chromium_visits,
    chromium_rows,
    chromium_pages,
)
FAMILIES = {name: family for room in ROOMS for name, family in room.FAMILIES.items()}
# What repeats another family in other circumstances, and takes long: only where all is asked for.
VARIANTS = {
    "cookies sent, two minutes later",
    "cookies sent, third parties blocked",
    "redirects, other statuses",
    "frames in frames, redirected",
    "referrer policies of redirects",
    "referrer policies in meta",
    "referrer policies of links",
}
HELD = [name for name in FAMILIES if name not in VARIANTS or os.environ.get("AUTHLAB_CHROMIUM") == "all"]


@pytest.fixture(scope="module")
def browsers(chromium: str, chromium_browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with world(chromium, chromium_browser, tmp_path_factory.mktemp("profiles")) as both:
        yield both


@pytest.fixture(scope="module")
def verdicts(record_figure: Callable[[str, object], None]) -> Iterator[dict[str, Verdict]]:
    """Collect the verdicts, and count them when all families are through."""
    found: dict[str, Verdict] = {}
    yield found
    record_figure("browser model vs Chromium", total(found.values()).figure)


@pytest.mark.parametrize("family", HELD)
def test_like_chromium(
    family: str, browsers: World, verdicts: dict[str, Verdict], record_figure: Callable[[str, object], None]
) -> None:
    found = FAMILIES[family](browsers)

    verdicts[family] = judged(family, found)

    record_figure(f"browser model vs Chromium, {family}", verdicts[family].figure)
    wrong = verdicts[family].wrong
    assert not wrong, "\n".join(wrong)
    assert found


def test_differences_belong_to_families() -> None:
    assert set(DIFFERENCES) <= set(FAMILIES)
    assert set(FAMILIES) > VARIANTS
