"""The ledger of figures in the report."""

from presstm import facts, report, tables
from presstm.settings import ReportSettings
from tests import small_study


def test_a_sum_of_nested_facts_names_the_facts_and_leads_to_its_sentence():
    study = small_study.made()
    rows = study["figure_mutations"].to_pylist()
    figures = study["figures"].to_pylist()
    summed = next(row for row in rows if any(row["start"] == each["start"] for each in figures))
    summed["sum_of_nested"] = "couriers + weekly"
    study["figure_mutations"] = tables.from_rows("figure_mutations", rows)
    couriers = small_study.FACTS["couriers"]
    weekly = facts.Fact(**{**vars(couriers), "key": "weekly", "name": {"en": "couriers of a week"}})
    known = {**small_study.FACTS, "weekly": weekly}
    made = dict(report.build(study, small_study.codebook(), known, ReportSettings(language="en")))
    table = made["index.html"].decode().split("Sums that count the same people twice</caption>")[1].split("</table>")[0]
    assert "couriers of the region + couriers of a week" in table
    assert f"articles/{summed['article_id']}.html#s" in table


def test_a_form_at_the_beginning_of_a_sentence_is_no_other_form():
    study = small_study.made()
    rows = study["figures"].to_pylist()
    linked = [row for row in rows if row["fact"] == "couriers"]
    for number, row in enumerate(linked):
        row["text"] = "Quatorze" if number else "quatorze"
    study["figures"] = tables.from_rows("figures", rows)
    made = dict(report.build(study, small_study.codebook(), small_study.FACTS, ReportSettings()))
    assert ">quatorze<" in made["index.html"].decode()
    assert "quatorze · Quatorze" not in made["index.html"].decode()
