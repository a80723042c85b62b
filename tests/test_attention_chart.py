import pytest

from presstm import attention_chart
from presstm.errors import InputError


def matrix(outlets: int, months: int) -> list[dict[str, object]]:
    return [
        {"outlet": f"Titre {outlet:02}", "month": f"2019-{month:02}", "share": 0.5}
        for outlet in range(outlets)
        for month in range(months)
    ]


def test_the_grouping_of_more_groups_goes_down_whichever_is_named_first():
    rows = matrix(3, 20)
    assert attention_chart.svg(rows, ["outlet", "month"], "p", "fr") == attention_chart.svg(
        rows, ["month", "outlet"], "p", "fr"
    )


def test_a_matrix_with_no_room_for_its_cells_says_how_to_narrow_it():
    with pytest.raises(InputError, match=r"at most 14 columns, not 15 of outlet and 20 of month: narrow with --where"):
        attention_chart.svg(matrix(15, 20), ["outlet", "month"], "p", "fr")


def test_kinds_of_outlets_have_their_names():
    row = {"outlet_kind": "national_daily", "articles": 2, "share": 0.5, "low": None, "high": None, "text_share": None}
    assert "quotidien national (2)" in attention_chart.svg([row], ["outlet_kind"], "p", "fr").decode()
