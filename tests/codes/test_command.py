from click.testing import CliRunner

from presstm import cli, tables
from tests import small_study


def run(*args: object):
    return CliRunner().invoke(cli.main, [str(arg) for arg in args])


def test_a_sample_goes_out_and_its_codes_are_judged(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "params.yaml").write_text("")
    for name, table in small_study.made().items():
        tables.write(tmp_path / "results", name, table)
    assert run("code", "sample", "--size", 8).exit_code == 0
    assert run("code", "export", "csv", "--predictions", "--out", "out").exit_code == 0
    assert "## ai : " in (tmp_path / "out" / "codebook.md").read_text(encoding="utf-8").replace("\u00a0", " ")
    result = run("code", "import", "csv", "out/codes.csv", "--coder", "anne", "--out", "all.csv")
    assert result.exit_code == 0, result.output
    assert "of 8 sampled" in result.output
    result = run("code", "evaluate", "all.csv")
    rows = {line.split("\t")[0]: line.split("\t") for line in result.output.splitlines() if line}
    assert rows["ai"][rows["theme"].index("f1")] == "1.000"
    assert "0 disagreement(s)" in run("code", "agree", "all.csv").stderr
    (tmp_path / "coding" / "sample.csv").rename("kept.csv")
    assert "0 disagreement(s)" in run("code", "agree", "all.csv").stderr  # which needs the sample for its sentences only
    assert "gone.csv cannot be read" in run("code", "agree", "all.csv", "--sample", "gone.csv").stderr
    (tmp_path / "kept.csv").rename("coding/sample.csv")
    result = run("code", "correct", "all.csv", "--out", "shares.csv")
    rows = [line.split("\t") for line in result.output.splitlines() if line]
    whole = next(row for row in rows if row[:4] == ["all", "all", "ai", "article"])
    assert whole[rows[0].index("corrected")] == whole[rows[0].index("naive")]  # the codes are the predictions
    assert whole[-1] == "few_coded"
    assert {row[0] for row in rows} == {"grouping", "all", rows[-1][0]}  # the others are in the file
    assert "rows by outlet, month and other groups: in shares.csv" in result.output
    assert (tmp_path / "shares.csv").read_text().startswith("grouping,group,theme,unit,n,n_outlets,coded,naive")
    lines = (tmp_path / "all.csv").read_text().splitlines()
    code = next(line for line in lines[1:] if ",ai,anne," in line)
    (tmp_path / "luc.csv").write_text(f"{lines[0]}\n{code.replace(',ai,anne,', ',,luc,')}\n")
    result = run("code", "agree", "all.csv", "luc.csv")
    assert "key\ttheme\tcoders who see it / who do not\tsentence\n" in result.output
    assert "\tai\tanne / luc\t" in result.output
    (tmp_path / "other.csv").write_text("key,precarity,invisibility,regulation,ai,none\nzz:1,x,,,,\n")
    result = run("code", "import", "csv", "other.csv", "--out", "all.csv")
    assert result.stderr.splitlines() == ["presstm: other.csv: sentence zz:1 is not in coding/sample.csv"]
    (tmp_path / "blank.csv").write_text("key,precarity,invisibility,regulation,ai,none\nzz:1,,,,,\n")
    result = run("code", "import", "csv", "blank.csv", "--out", "all.csv")
    assert result.stderr.splitlines() == ["presstm: blank.csv: no sentence is coded in it, or it is no csv file"]
    assert run("code", "sample", "--by", "author").stderr.startswith("presstm: --by author: known are outlet")
