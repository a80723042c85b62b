import numpy as np
import pytest

from presstm import codes, tables, themes
from presstm.codes import correction, predictions
from presstm.errors import InputError
from presstm.settings import ThemesSettings
from presstm.theming import shares
from tests import small_study

THEMES = [theme.key for theme in small_study.codebook()]
HEAD = "article_id,sentence_id,themes,coder,probability\n"


def coded(by_hand):
    """The small study, with its sentences coded by the rules and some by hand."""
    read = small_study.made()
    return themes.code(
        read["articles"],
        read["sentences"],
        read["reuse"],
        small_study.codebook(),
        ThemesSettings(min_group=2),
        by_hand=by_hand,
    )


def test_a_share_is_worked_by_hand():
    # The coders agree with the first sentence, drawn with 1/2, and see the theme in the third, drawn with 1.
    predicted, clusters = np.array([1.0, 1, 0, 0]), np.array([0, 1, 2, 2])
    coded = np.array([0, 2]), np.array([1.0, 1]), np.array([0.5, 1])
    assert correction.corrected(predicted, clusters, *coded).share == pytest.approx(2 / 4 + 1 / 3)
    # Each cluster counts the same: the third sentence for one half, so its error weighs 1/2 beside 2.
    found = correction.corrected(predicted, clusters, *coded, np.array([1, 1, 0.5, 0.5]))
    assert found.share == pytest.approx(2 / 3 + 0.5 / 2.5)


def test_without_codes_the_table_is_empty():
    found = coded(({}, {}))
    assert len(found.corrected) == len(found.quality) == 0
    assert found.metrics["coded_by_hand"] == 0
    assert "quality" not in found.metrics


def test_where_every_sentence_is_coded_the_corrected_shares_are_those_of_the_coders():
    read = small_study.made()
    said = predictions.read(read["theme_sentences"], THEMES)
    human = {key: tuple(float(n % 3 == 0) for _ in THEMES) for n, key in enumerate(said.keys)}
    found = coded((human, dict.fromkeys(human, 1.0)))
    row = next(row for row in found.corrected.to_pylist() if row["grouping"] == "all" and row["unit"] == "sentence")
    assert row["corrected"] == pytest.approx(np.mean([values[0] for values in human.values()]))
    assert row["n"] == row["coded"] == len(said.keys)
    assert found.metrics["coded_by_hand"] == len(human)
    assert found.metrics["quality"]["macro"]["sentences"] == len(human)
    assert list(found.metrics["quality"]) == [*THEMES, "macro"]
    for row in found.quality.to_pylist():
        told = found.metrics["quality"][row["theme"]]
        assert {name: value for name, value in row.items() if name != "theme"} == pytest.approx(told, abs=1e-4)
    by_article = {}
    for key, values in human.items():
        by_article.setdefault(key.rpartition(":")[0], []).append(values[0])
    row = next(row for row in found.corrected.to_pylist() if row["grouping"] == "all" and row["unit"] == "article")
    assert row["corrected"] == pytest.approx(np.mean([np.mean(values) for values in by_article.values()]))
    assert row["n"] == len(by_article)
    intensities = {(r["grouping"], r["group"], r["theme"], r["weighting"]): r for r in found.shares.to_pylist()}
    for row in found.corrected.to_pylist():
        if row["unit"] != "sentence":
            same = intensities[row["grouping"], row["group"], row["theme"], row["unit"]]
            naive = [row[name] for name in ("naive", "naive_low", "naive_high")]
            assert naive == pytest.approx([same[name] for name in ("intensity", "intensity_low", "intensity_high")])


def test_a_code_of_a_sentence_that_is_gone_is_named():
    with pytest.raises(InputError, match=r"sentence zz:1 is not in the results"):
        coded(({"zz:1": (1.0,) * len(THEMES)}, {"zz:1": 0.5}))


def test_codes_come_from_the_tables_of_a_folder(tmp_path):
    (tmp_path / "a.csv").write_text(HEAD + "a,1,ai,anne,0.25\na,2,,anne,0.5\n")
    (tmp_path / "b.csv").write_text(HEAD + "a,1,,luc,0.25\n")
    human, chances = codes.by_hand(tmp_path, ["law", "ai"])
    assert human == {"a:1": (0.0, 0.5), "a:2": (0.0, 0.0)}
    assert chances == {"a:1": 0.25, "a:2": 0.5}
    assert codes.by_hand(tmp_path / "none", ["ai"]) == ({}, {})


def test_codes_saved_by_a_french_spreadsheet_are_read(tmp_path):
    (tmp_path / "a.csv").write_bytes(
        (HEAD + "a,1,ai,anne,0.25\n").replace(",", ";").replace("0.25", "0,25").encode("utf-8-sig")
    )
    assert codes.by_hand(tmp_path, ["law", "ai"]) == ({"a:1": (0.0, 1.0)}, {"a:1": 0.25})


def test_a_folder_of_codes_that_is_named_has_to_be_there(tmp_path):
    assert codes.folder_of(tmp_path, "corpus/codes") == tmp_path / "corpus/codes"
    with pytest.raises(InputError, match=r"mes-codes does not exist \(named in themes.codes\)"):
        codes.folder_of(tmp_path, "mes-codes")
    (tmp_path / "mes-codes").mkdir()
    assert codes.folder_of(tmp_path, "mes-codes").is_dir()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("article_id,sentence_id,themes,coder\na,1,,anne\n", "line 2: no probability of the sample"),
        (HEAD + "a,1,,anne,0\n", "line 2: probability 0.0 is not between 0 and 1"),
        (HEAD + "a,1,,anne,0.5\na,1,,luc,0.4\n", "line 3: probability 0.4 is not"),
    ],
)
def test_codes_without_a_probability_are_refused(tmp_path, text, message):
    (tmp_path / "a.csv").write_text(text)
    with pytest.raises(InputError, match=message):
        codes.by_hand(tmp_path, ["ai"])


def test_the_share_in_one_cluster_has_no_interval():
    read = small_study.made()
    human = {predictions.read(read["theme_sentences"], THEMES).keys[0]: (0.0,) * len(THEMES)}
    found = coded((human, dict.fromkeys(human, 0.5))).corrected.to_pylist()
    alone = {row["naive_low"] for row in found if row["unit"] == "cluster" and row["n"] == 1}
    assert alone == {None}
    assert all(row["naive_low"] <= row["naive_high"] for row in found if row["unit"] == "cluster" and row["n"] > 1)


def test_small_groups_are_flagged():
    assert shares.flag("month", 9, 30, 10) == "few_clusters"
    assert shares.flag("month", 10, 9, 10) == "few_outlets"
    assert shares.flag("outlet", 10, 1, 10) == ""
    found = tables.from_rows("theme_shares", small_study.made()["theme_shares"].to_pylist())
    assert set(found["flag"].to_pylist()) == {"few_clusters"}
    assert min(found["n_outlets"].to_pylist()) >= 1


def test_of_two_coders_who_differ_the_corrected_share_lies_in_the_middle():
    given = {"anne": [("law",), ("law",), (), ()], "luc": [("law",), (), ("law",), ()]}
    all_codes = [codes.Code(f"a:{n}", coder, themes) for coder, rows in given.items() for n, themes in enumerate(rows)]
    human = np.array([values[0] for _, values in sorted(codes.majority(all_codes, ["law"]).items())])
    assert human.tolist() == [1.0, 0.5, 0.5, 0.0]
    nothing, each = np.zeros(4), np.arange(4)
    assert (
        correction.corrected(nothing, each, np.arange(4), human, np.ones(4)).share == 0.5
    )  # what Anne says, and what Luc says


def test_of_three_coders_the_majority_counts():
    votes = [codes.Code("a:0", coder, themes) for coder, themes in (("x", ("law",)), ("y", ("law",)), ("z", ()))]
    assert codes.majority(votes, ["law", "ai"]) == {"a:0": (1.0, 0.0)}
