"""How far one comes by guessing at codes of six digits, each guess at a code drawn anew: computed, not tried.

After n guesses the chance that one was right is 1 - (1 - 1/1,000,000) ** n.
"""

CODES = 1_000_000
DAYS = (1 / 24, 1 / 8, 0.25, 0.5, 1, 2, 4, 7, 14, 30, 60, 120, 240, 365)

# Guesses a day that are compared, by what is counted. A mailbox gets five codes in a quarter of an hour.
LIMITS = {
    "no limit (100 a second)": 100 * 24 * 3600,
    "five per code": 5 * 5 * 4 * 24,
    "five per account and quarter of an hour": 5 * 4 * 24,
    "twenty per account and day": 20,
}


def chance(guesses: float) -> float:
    """Return the chance that one of so many guesses was right."""
    return 1.0 - (1.0 - 1.0 / CODES) ** guesses


def curves() -> dict[str, list[tuple[float, float]]]:
    """Return, for each limit, (days, chance in per cent) over a year of trying without a pause."""
    return {name: [(days, 100 * chance(days * limit)) for days in DAYS] for name, limit in LIMITS.items()}
