"""Caught by: test_it_goes_down_to_the_bottom. What is right below is what is inherited."""


def inherited(role, juniors):
    return [role, *juniors.get(role, [])]
