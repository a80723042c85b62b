from pathlib import Path

import pytest

from presstm import settings
from presstm.errors import SettingsError

PARAMS = Path(__file__).parents[1] / "params.yaml"


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "params.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_params_yaml_names_every_setting_and_differs_from_the_defaults_only_for_the_demonstration():
    raw = settings.read_yaml(PARAMS)
    defaults = settings.Settings().model_dump()
    assert {stage: set(values) for stage, values in raw.items()} == {s: set(v) for s, v in defaults.items()}
    loaded = settings.load(PARAMS).model_dump()
    changed = {(stage, key) for stage in defaults for key in defaults[stage] if loaded[stage][key] != defaults[stage][key]}
    assert changed == {*((stage, "outlets") for stage in ("extract", "reuse", "entities")), ("report", "title")}


def test_every_setting_of_params_yaml_has_a_comment():
    lines = PARAMS.read_text(encoding="utf-8").splitlines()
    bare = [line for line in lines if line.startswith("  ") and not line.startswith("    ") and "#" not in line]
    assert [line.split(":")[0].strip() for line in bare] == ["title", "seed", "seed"] or all(
        line.strip().startswith(("title:", "seed:")) for line in bare
    )


def test_an_empty_file_gives_the_defaults(tmp_path):
    assert settings.load(write(tmp_path, "")) == settings.Settings()


def bomb(depth):
    """A list of ten lists of ten lists …, each but the first an alias."""
    return f"&a{depth} [{bomb(depth - 1)}{f', *a{depth - 1}' * 9}]" if depth else "&a0 x"


BOMB = bomb(9)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("topics: {permutation: 5}", r"unknown setting topics\.permutation \(did you mean permutations\?\)"),
        ("teme: {}", r"unknown setting teme \(did you mean themes\?\)"),
        ("zzz: {}", r"unknown setting zzz \(known: annotate, "),
        ("topics: {segment_words: many}", r"setting topics\.segment_words: .*got 'many'"),
        ("topics: {segment_words: 4.5}", r"setting topics\.segment_words: expected a whole number, got 4\.5"),
        ("reuse: {containment: 25 %}", r"setting reuse\.containment: expected a number, such as 0\.05, got '25 %'"),
        (
            "extract: {variables: region}",
            r"setting extract\.variables: expected a list in brackets, such as \[a, b\], got 'region'",
        ),
        ("extract: {languages: [français]}", r"setting extract\.languages\.0: expected the two letters of a language"),
        ("topics: {pos: [NOM]}", r"setting topics\.pos\.0: .*'NOUN'.*got 'NOM'"),
        ("network: {labels: [PERSONNE]}", r"setting network\.labels\.0: .*'PER'.*got 'PERSONNE'"),
        ("topics: {max_segments: 1}", r"setting topics\.max_segments: .*greater than or equal to 100"),
        ("topics: {seed: -1}", r"setting topics\.seed: .*greater than or equal to 0"),
        ("network: {seed: -1}", r"setting network\.seed: .*greater than or equal to 0"),
        ("extract: {memory_mb: 99999999999999999}", r"setting extract\.memory_mb: .*less than or equal to 10000000"),
        ("network: {min_clusters: 99999999999999999999}", r"setting network\.min_clusters: .*less than or equal to"),
        ("extract: {columns: {txet: Corps}}", r"setting extract\.columns: no field 'txet' \(did you mean text\?\), got"),
        ("extract: {columns: {zzz: Corps}}", r"setting extract\.columns: no field 'zzz' \(known: authors, "),
        ("annotate: {model: ''}", r"setting annotate\.model: .*at least 1 character"),
        ("extract: {outlets: ['']}", r"setting extract\.outlets\.0: .*at least 1 character"),
        ("themes:\n  seed: 1\n  seed: 2\n", r"line 3: key 'seed' is given twice"),
        ('report:\n  title: "\\ud800"\n', r"line 2: '\\ud800' holds half a character"),
        ('"\\udfff": {}\n', r"line 1: '\\udfff' holds half a character"),
        ("themes: [", r"params\.yaml, line 1"),
        ("- a\n", "expected keys and values, found list"),
        ("a: " + "[" * 3000, "nested too deeply"),
        ("report:\n  title: " + BOMB, r"line 1: its aliases \(\*name\) come to more than 100000 values"),
        ("report: &a\n  title: *a", r"line 1: its aliases"),
        ("report: {title: [" + "x, " * 1000 + "x]}", r"setting report\.title: .{0,300}…$"),
        ("themes: !!python/object/apply:os.getcwd []", "could not determine a constructor"),
    ],
)
def test_a_mistake_gets_one_line(tmp_path, text, message):
    with pytest.raises(SettingsError, match=message) as caught:
        settings.load(write(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_missing_file_gets_one_line(tmp_path):
    with pytest.raises(SettingsError, match="does not exist"):
        settings.load(tmp_path / "none.yaml")


def test_overrides_win_over_the_file(tmp_path):
    loaded = settings.load(write(tmp_path, "topics: {seed: 1}"), ["topics.seed=2", "network.scopes=[article]"])
    assert loaded.topics.seed == 2
    assert loaded.network.scopes == ("article",)


@pytest.mark.parametrize(
    "override",
    [
        "topics.seed",
        "=3",
        "topics.seed.more=1",
        "topics.seed=[",
        "topcs.seed=1",
        "report.title=2020-13-45",
        "topics.seed=" + "[" * 3000,
        'report.title="\\ud800"',
    ],
)
def test_a_wrong_override_gets_one_line(tmp_path, override):
    with pytest.raises(SettingsError) as caught:
        settings.load(write(tmp_path, "topics: {seed: 1}"), [override])
    assert "\n" not in str(caught.value)


def test_settings_are_frozen():
    with pytest.raises(ValueError, match="frozen"):
        settings.Settings().topics.seed = 3


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ((), 1),
        (("one",), 2),
        (("one", "a"), 3),
        (("one", "list", 1), 5),
        (("one", "list", 1, "quoted"), 6),
        (("two", "list"), 8),
        (("two", 2022), 9),
        (("two", "2022"), 10),
        (("two", "not there", 1), 7),
        (("one", "list", 7), 4),
    ],
)
def test_lines_are_those_on_which_keys_and_items_of_lists_begin(tmp_path, steps, line):
    text = '# head\none:\n  a: 1\n  list: [x,\n    {b: 2,\n     "quoted": 3}]\ntwo:\n  {list: 3,\n  2022: 4,\n  "2022": 5}\n'
    assert settings.read_yaml_lines(write(tmp_path, text))[1](*steps) == line


def test_a_large_file_without_aliases_and_a_small_one_with_some_are_read(tmp_path):
    values = [str(number) for number in range(100_001)]
    path = write(tmp_path, "- " + "\n- ".join(values))
    assert settings.read_yaml(path) == [int(value) for value in values]
    assert settings.read_yaml(write(tmp_path, "a: &a [x]\nb: *a\nc: [*a, *a]\n")) == {
        "a": ["x"],
        "b": ["x"],
        "c": [["x"]] * 2,
    }
