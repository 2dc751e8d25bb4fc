"""The card on the store tells the truth: its examples run as they stand, on a store in memory."""

import doctest
from pathlib import Path

import pytest

from labsrv.kit.store import OPERATIONS, URI

CARD = Path(__file__).resolve().parents[2] / "docs" / "store.md"
# What the card has to show: somebody who knows these gets through every exercise that takes a table.
NEEDED = ["a **copy**", "$set", "$inc", "$unset", "$lt", "$gt", "modified_count", "deleted_count", "DuplicateKeyError"]


def test_its_examples_run(monkeypatch):
    monkeypatch.delenv(URI, raising=False)
    results = doctest.testfile(str(CARD), module_relative=False, encoding="utf-8")

    assert results.attempted > 10
    assert not results.failed


@pytest.mark.parametrize("word", NEEDED)
def test_it_says_what_exercises_need(word):
    assert word in CARD.read_text(encoding="utf-8")


def test_its_operations_are_those_of_the_store():
    text = CARD.read_text(encoding="utf-8")
    named = {each for each in OPERATIONS if f"{each}(" in text}

    assert {"insert_one", "find_one", "update_one", "delete_one", "find_one_and_update"} <= named


def test_it_is_one_screen_and_its_lines_fit_the_house():
    lines = CARD.read_text(encoding="utf-8").splitlines()

    assert len(lines) <= 80
    assert [line for line in lines if len(line) > 120] == []
