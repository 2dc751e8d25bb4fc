"""Lines say where they end, and differ by form as well as by colour."""

from tests.widgets.charts.drawn import drawn


def test_lines_say_where_they_end(lines):
    assert lines.said == "Chance: after 100 days: no limit 100 %; five 9.5 %."
    assert lines.as_text().splitlines() == [
        "Chance",
        "no limit   65.1 % after 10 days,   100 % after 100 days,   100 % after 100 days",
        "five          1 % after 10 days,   9.5 % after 100 days,   9.5 % after 100 days",
    ]


def test_lines_differ_by_dashes_and_marks_as_well_as_by_colour(lines):
    assert "stroke-dasharray" in drawn(lines.light)
    assert "#0072b2" in drawn(lines.light) and "#b34a00" in drawn(lines.light)
