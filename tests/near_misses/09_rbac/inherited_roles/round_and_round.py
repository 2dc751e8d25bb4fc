"""Caught by: test_a_circle_ends. Nobody writes a circle."""

from functools import lru_cache


def inherited(role, juniors):
    @lru_cache(None)
    def below(each):
        found = {each}
        for junior in juniors.get(each, []):
            found |= below(junior)
        return found

    return list(below(role))
