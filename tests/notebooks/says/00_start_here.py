"""What the cells of the tour must say, by cell."""

from tests.notebooks.course import NO_POINTS, SUCCEEDED

SAYS = {
    "start": (r"<Lab start_here: http://shop",),
    "alice-enters": (r'<Page 200 .*/tasting "The tasting room">',),
    "look-at-it": (r"POST .*/tasting +200",),
    "mallory-enters": (SUCCEEDED,),
    "check-again": (NO_POINTS, r"^✗ Mallory shows a number that was never sold"),
    "run-mine": (SUCCEEDED,),
}
