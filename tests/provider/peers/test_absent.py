"""Where other people's clients cannot run, their tests say why: they skip, or fail where they are required."""

import pytest

from tests.provider.peers.conftest import node_or_skip


@pytest.fixture
def programs(tmp_path):
    """Return what makes a Node of some version, without packages beside it."""

    def make(version):
        path = tmp_path / "node"
        path.write_text(f"#!/bin/sh\necho {version}\n")
        path.chmod(0o755)
        return str(path)

    return make


ABSENT = {
    "no Node": (None, "no Node on this machine"),
    "an old Node": ("v18.20.4", "Node v18.20.4 is too old"),
    "no packages": ("v20.19.0", "`npm ci` was not run"),
}


@pytest.mark.parametrize(("version", "words"), ABSENT.values(), ids=ABSENT)
@pytest.mark.parametrize("required", [False, True])
def test_what_is_absent_is_said(tmp_path, programs, version, words, required):
    outcome = pytest.fail.Exception if required else pytest.skip.Exception
    with pytest.raises(outcome, match=words):
        node_or_skip(version and programs(version), tmp_path / "node_modules", required)


def test_what_is_there_is_returned(tmp_path, programs):
    node = programs("v22.12.0")

    assert node_or_skip(node, tmp_path, required=True) == node
