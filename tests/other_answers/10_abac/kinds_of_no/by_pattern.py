"""One pattern for an answer that is understood, and a table of words for the rest."""

from typing import Any

WORDS = {(True, False): "forbidden", (False, False): "not found"}


def carry_out(answer: Any, able: list[str]) -> list[dict[str, Any]] | None:
    match answer:
        case {"outcome": "permit", "demands": [*demands]}:
            return list(demands) if all(can_do(each, able) for each in demands) else None

    return None


def can_do(demand: Any, able: list[str]) -> bool:
    match demand:
        case {"name": str(name)}:
            return name in able

    return False


def answer_for(user: str | None, knows: bool, proof_helps: bool) -> str:
    return "log in" if user is None else WORDS.get((knows, proof_helps), "prove more")
