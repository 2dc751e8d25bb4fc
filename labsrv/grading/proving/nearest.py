"""Which check came nearest to noticing a mutant that survives: where to look first.

It is the check with points that notices most of the other mutants of the same line; where none does, of the same
function or constant; else of the whole solution. It looks at what was changed, and not closely enough.
"""

from collections import Counter
from collections.abc import Mapping

from labsrv.grading.proving.answers import KnownAnswer
from labsrv.grading.proving.mutants import Mutant


def nearest(survivor: Mutant, noticed: Mapping[KnownAnswer, str]) -> str:
    """Return the check's name and how many of which mutants it notices; `noticed` has the killed ones' checks."""
    killed = [(each.mutant, check) for each, check in noticed.items() if each.mutant]
    places = {
        "this line": [check for each, check in killed if each.line == survivor.line],
        survivor.place: [check for each, check in killed if each.place == survivor.place],
        "the solution": [check for _, check in killed],
    }
    for where, checks in places.items():
        if checks:
            ((name, many),) = Counter(checks).most_common(1)
            return f"{name}, which notices {many} other mutant{'' if many == 1 else 's'} of {where}"
    return ""
