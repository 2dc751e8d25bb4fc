"""Every chart has two pictures: each ground has its ink."""

import pytest

from tests.widgets.charts.drawn import drawn


@pytest.mark.slow("draws pictures")
@pytest.mark.parametrize("chart", ["bars", "dots", "lines"])
def test_each_ground_has_its_ink(chart, request):
    chart = request.getfixturevalue(chart)
    light, dark = drawn(chart.light), drawn(chart.dark)

    assert "#212121" in light and "#e6e6e6" in dark and "#212121" not in dark
    assert "#0072b2" in light and "#56b4e9" in dark
