"""Caught by: test_the_example_of_the_standard. The method `plain`: whoever sees the question has the answer."""


def code_challenge(verifier: str) -> str:
    return verifier
