"""Names found and linked in invented sentences, with the language model."""

from pathlib import Path

import pyarrow as pa
import pytest

from presstm import annotate, entities, progress, tables
from presstm.settings import AnnotateSettings, EngineSettings

ROOT = Path(__file__).parents[1]
KNOWN = entities.load_gazetteer(
    ROOT / "models/gazetteer.csv", [ROOT / "models/outlets.csv"], ROOT / "models/first_names.txt"
)


def table(texts):
    fixed = {"language": "fr", "access": "full", "method": "test", "sha256": "", "authors": [], "warnings": [], "n_words": 0}
    return tables.from_rows(
        "articles",
        [
            {**fixed, "article_id": f"{n:016}", "source": f"{n}.txt", "title": "", "text": text}
            for n, text in enumerate(texts)
        ],
    )


def run(texts, corrections=None):
    """(mentions, entities) of the texts, as rows."""
    articles = table(texts)
    few = [articles.slice(first, 15) for first in range(0, max(1, len(texts)), 15)]  # annotated in this process
    done = [annotate.annotate(part, AnnotateSettings(), EngineSettings(workers=1), None, progress.silent) for part in few]
    reuse = tables.from_rows(
        "reuse",
        [{"article_id": i, "cluster_id": i, "representative": True} for i in articles["article_id"].to_pylist()],
    )
    made = entities.find(
        articles,
        pa.concat_tables([part.sentences for part in done]),
        pa.concat_tables([part.tokens for part in done]),
        reuse,
        KNOWN,
        corrections or entities.load_overrides(ROOT / "models/overrides.csv"),
    )
    return made[0].to_pylist(), made[1].to_pylist()


def found(text):
    """{(text, label)} of the mentions in a text."""
    return {(row["text"], row["label"]) for row in run([text])[0]}


@pytest.fixture(scope="module")
def small():
    return run(
        [
            "La sociologue Jeanne Morvan travaille au CNRS. Selon Mme Morvan, Uber et Foule Factory paient mal.",
            "Morvan l’avait dit à L’Express. Uber n’a pas répondu.",
        ]
    )


def test_offsets_point_at_the_text(small):
    texts = table(
        [
            "La sociologue Jeanne Morvan travaille au CNRS. Selon Mme Morvan, Uber et Foule Factory paient mal.",
            "Morvan l’avait dit à L’Express. Uber n’a pas répondu.",
        ]
    )["text"].to_pylist()
    for row in small[0]:
        assert texts[int(row["article_id"])][row["start"] : row["end"]] == row["text"]


def test_a_last_name_is_linked_to_the_full_name_in_its_article_and_in_others(small):
    names = {row["text"]: row["entity_id"] for row in small[0] if row["label"] == "PER"}
    assert names["Jeanne Morvan"] == names["Morvan"] == "per-jeanne-morvan"


def test_a_last_name_alone_is_nobody_else_s_where_the_articles_have_nothing_in_common():
    rows, _ = run(["La sociologue Jeanne Vaubert étudie Uber.", "Le cycliste Vaubert a gagné hier à Orsanne."])
    assert {row["text"]: row["entity_id"] for row in rows if row["label"] == "PER"} == {
        "Jeanne Vaubert": "per-jeanne-vaubert",
        "Vaubert": "per-vaubert",
    }


def test_initials_are_the_only_person_of_the_article_who_has_them():
    replies = "I. M. : Jamais.\n\nEt demain ?\n\nI. M. : Non plus."
    rows, _ = run([f"Inès Morlin publie un rapport.\n\n{replies}", f"Inès Morlin et Isaac Mertel parlent.\n\n{replies}"])
    ids = [{row["entity_id"] for row in rows if row["article_id"] == f"{n:016}" and row["label"] == "PER"} for n in (0, 1)]
    assert ids == [{"per-ines-morlin"}, {"per-ines-morlin", "per-isaac-mertel", "per-i-m"}]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Depuis que Zarpo, spécialiste de la livraison de repas, a revu ses prix, la colère monte.", "Zarpo", "PLATFORM"),
        ("Les livreurs à vélo de Zarpo étaient une centaine.", "Zarpo", "PLATFORM"),
        ("Elle est inscrite sur Zarpo depuis deux ans.", "Zarpo", "PLATFORM"),
        ("On y trouve Uber, Deliveroo et Zarpo.", "Zarpo", "PLATFORM"),
        ("Le travail est confié à Sentino, une start-up de Lyon.", "Sentino", "ORG"),
        ("Ils ont lu cela dans les colonnes du Réveil picard.", "Réveil picard", "MEDIA"),
        ("Selon le think tank Brugal, la moitié des emplois changera.", "Brugal", "ORG"),
        ("L’avocat Dominique D’Onofrio est là, et D’Onofrio parle.", "D’Onofrio", "PER"),
        ("On cite Oussama Vargel dans le rapport.", "Oussama Vargel", "PER"),
    ],
)
def test_the_words_around_an_unknown_name_say_what_it_is(text, name, label):
    assert (name, label) in found(text)


def test_known_names_have_their_type(small):
    labels = {row["name"]: row["label"] for row in small[1]}
    assert labels["Uber"] == labels["Foule Factory"] == "PLATFORM"
    assert labels["L’Express"] == "MEDIA"
    assert labels["CNRS"] == "ORG"


def test_counts_of_an_entity(small):
    (morvan,) = (row for row in small[1] if row["name"] == "Jeanne Morvan")
    assert (morvan["n_mentions"], morvan["n_articles"], morvan["n_clusters"]) == (3, 2, 2)


def test_an_override_wins_over_everything(tmp_path):
    path = tmp_path / "overrides.csv"
    path.write_text("source,form,name,label,note\n,Uber,,NONE,\n0.txt,CNRS,Le CNRS,MISC,\n", encoding="utf-8")
    mentions, made = run(["Le CNRS étudie Uber.", "Le CNRS étudie Uber."], entities.load_overrides(path))
    assert [(row["article_id"][-1], row["text"], row["label"]) for row in mentions] == [
        ("0", "CNRS", "MISC"),
        ("1", "CNRS", "ORG"),
    ]
    assert {row["name"] for row in made} == {"Le CNRS", "CNRS"}
    assert mentions[0]["method"] == "override"


def corrected(folder, rows):
    path = folder / "overrides.csv"
    path.write_text("source,form,name,label,note\n" + rows, encoding="utf-8")
    return entities.load_overrides(path)


def test_a_correction_finds_its_form_where_nothing_or_less_was_found(tmp_path):
    rows = (
        ",rue de Belval,Rue de Belval,LOC,\n,agence régionale du lait,Agence régionale du lait,ORG,\n1.txt,Belval,,NONE,\n"
    )
    texts = ["Une agence régionale du lait ouvre rue de Belval.", "Il est né à Belval, en Meuse."]
    mentions, made = run(texts, corrected(tmp_path, rows))
    assert [(row["text"], row["entity_id"], row["method"]) for row in mentions if row["method"] == "override"] == [
        ("agence régionale du lait", "org-agence-regionale-du-lait", "override"),
        ("rue de Belval", "loc-rue-de-belval", "override"),
    ]
    assert not any(row["text"] == "Belval" for row in mentions)
    assert {row["name"] for row in made} >= {"Agence régionale du lait", "Rue de Belval"}


def test_the_correction_of_a_full_name_carries_to_the_mentions_linked_to_it(tmp_path):
    texts = [
        "L’autrice Jeanne Morvan parle. Selon Mme Morvan, tout va bien.",
        "La sociologue Odile Ferrandon parle. Selon Mme Ferrandon, rien ne va.",
    ]
    mentions, _ = run(texts, corrected(tmp_path, ",Jeanne Morvan,Jeanne Morven,PER,\n,Odile Ferrandon,,NONE,\n"))
    assert [(row["text"], row["entity_id"]) for row in mentions] == [
        ("Jeanne Morvan", "per-jeanne-morven"),
        ("Morvan", "per-jeanne-morven"),
    ]


def test_a_mention_with_a_correction_of_its_own_keeps_it(tmp_path):
    text = "L’autrice Jeanne Morvan parle. Le Morvan est loin, dit Morvan."
    mentions, _ = run([text], corrected(tmp_path, ",Jeanne Morvan,,NONE,\n0.txt,Morvan,Morvan,LOC,\n"))
    assert {(row["text"], row["entity_id"]) for row in mentions} == {("Morvan", "loc-morvan")}


def test_a_form_within_a_longer_name_is_a_part_of_it(tmp_path):
    mentions, _ = run(["L’autrice Jeanne Morvan parle."], corrected(tmp_path, ",Morvan,,NONE,\n"))
    assert [row["text"] for row in mentions] == ["Jeanne Morvan"]


def test_a_correction_without_effect_is_told(tmp_path):
    files = [ROOT / name for name in ("models/gazetteer.csv", "models/outlets.csv", "models/first_names.txt")]
    corrections, said = corrected(tmp_path, ",Belval,Belval,LOC,\n9.txt,Belval,,NONE,\n"), []
    entities.link_all([], table(["Rien."]), tables.empty("reuse"), files, corrections, [], said.append)
    assert ["line 2: 'Belval' is found nowhere" in said[0], "line 3: no article has the source '9.txt'" in said[1]] == [
        True,
        True,
    ]


def test_no_article_gives_empty_tables():
    assert run([]) == ([], [])


def test_metrics_count_labels(small):
    counted = entities.metrics(tables.from_rows("mentions", small[0]), tables.from_rows("entities", small[1]))
    assert counted["mentions"] == len(small[0])
    assert sum(counted["by_label"].values()) == sum(counted["by_method"].values()) == counted["mentions"]


def test_the_order_of_articles_does_not_matter():
    texts = ["Jeanne Morvan dirige Tâchounette à Brest.", "Mme Morvan et Malt.", "Jean Morvan et Paul Vial, chez Uber."]
    articles = table(texts)
    done = annotate.annotate(articles, AnnotateSettings(), EngineSettings(workers=1), None, progress.silent)
    corrections = entities.load_overrides(ROOT / "models/overrides.csv")
    results = []
    for order in ([0, 1, 2], [2, 0, 1]):
        shuffled = articles.take(order)
        tokens, sentences = (rows.take(list(reversed(range(len(rows))))) for rows in (done.tokens, done.sentences))
        results.append(entities.find(shuffled, sentences, tokens, tables.empty("reuse"), KNOWN, corrections))
    assert results[0][0].equals(results[1][0])
    assert results[0][1].equals(results[1][1])


def test_a_last_name_that_two_persons_share_stays_alone():
    mentions, _ = run(["Jeanne Morvan parle.", "Jean Morvan écoute.", "Pourtant M. Morvan n’a rien dit."])
    assert [row["entity_id"] for row in mentions] == ["per-jeanne-morvan", "per-jean-morvan", "per-morvan"]


def test_the_id_of_a_known_body_does_not_depend_on_how_it_is_shown():
    _, found_entities = run(["Le PCF proteste, le ministère du Travail se tait."])
    assert {(row["entity_id"], row["name"]) for row in found_entities} == {
        ("org-parti-communiste-francais", "PCF"),
        ("org-ministere-du-travail", "ministère du Travail"),
    }


def test_an_acronym_and_its_expansion_are_one_entity():
    mentions, found_entities = run(["La Fédération des tâcherons (FDT) proteste. La FDT refuse le texte."])
    assert [row["text"] for row in mentions] == ["Fédération des tâcherons", "FDT", "FDT"]
    assert [(row["name"], row["n_mentions"]) for row in found_entities] == [("Fédération des tâcherons", 3)]


def test_a_slip_of_spelling_is_linked_to_the_known_name():
    mentions, found_entities = run(["Le quotidien Le Moonde l’a écrit, et Le Monde l’a repris."])
    assert [row["text"] for row in mentions] == ["Le Moonde", "Le Monde"]
    assert [row["name"] for row in found_entities] == ["Le Monde"]


def test_no_break_spaces_and_guillemets_do_not_hide_a_name():
    text = "«\u00a0Foule\u00a0Factory\u00a0», c’est fini, dit M.\u00a0Casilli."
    assert found(text) == {("Foule\u00a0Factory", "PLATFORM"), ("Casilli", "PER")}


def test_mentions_never_overlap_and_lie_in_their_sentence(small):
    last: dict[tuple[str, str], int] = {}
    for row in small[0]:
        where = row["article_id"], row["part"]
        assert last.get(where, 0) <= row["start"] < row["end"]
        last[where] = row["end"]


def test_the_report_of_a_body_that_the_corpus_names_is_an_entity_without_mentions():
    _, made = run(["Le projet DiPLab a publié une étude."])
    rows = {row["name"]: (row["label"], row["n_mentions"], row["n_articles"]) for row in made}
    assert rows["DiPLab (rapport)"] == ("MISC", 0, 0)
    assert "DiPLab (rapport)" not in {row["name"] for row in run(["Le CNRS a publié une étude."])[1]}


def test_what_a_batch_gave_holds_as_long_as_the_words_that_it_asked_for_are_answered_alike():
    articles = table(["Morvane a signé. La mairie a répondu."])
    done = annotate.annotate(articles, AnnotateSettings(), EngineSettings(workers=1), None, progress.silent)
    batch = {"articles": articles, "sentences": done.sentences, "tokens": done.tokens}
    files = [ROOT / "models/gazetteer.csv", ROOT / "models/outlets.csv", ROOT / "models/first_names.txt"]
    words = [word.lower() for word in done.tokens["text"].to_pylist()]
    made = entities._finder(*files, pa.table({"word": words}))(batch)
    asked = made["asked"].filter(made["asked"]["common"])["word"].to_pylist()
    assert asked
    assert entities._holds(pa.table({"word": [*words, "neuf"]}))(made)
    assert not entities._holds(pa.table({"word": [word for word in words if word != asked[0]]}))(made)
    new = made["asked"].filter(pa.compute.invert(made["asked"]["common"]))["word"].to_pylist()
    assert all(not entities._holds(pa.table({"word": [*words, word]}))(made) for word in new)


def test_an_imperative_before_its_pronoun_is_no_name():
    assert found("Regardez-la.") == found("Surveillez-les de près.") == set()
    assert found("Emmenez-moi à Brest.") == {("Brest", "LOC")}


def test_an_outlet_in_the_head_of_a_text_is_known_throughout_it():
    text = "Un titre\n\nLe Rural du Nord\n3 mars 2020\n\nIl a écrit au Rural du Nord. Le Rural du Nord publie."
    mentions, _ = run([text])
    assert [(row["text"], row["entity_id"]) for row in mentions] == [
        ("Le Rural du Nord", "media-le-rural-du-nord"),
        ("Rural du Nord", "media-le-rural-du-nord"),
        ("Le Rural du Nord", "media-le-rural-du-nord"),
    ]


@pytest.mark.parametrize("text", ["Contacté par Le Rural du Nord, il se tait.", "Il l’a confié au Rural du Nord."])
def test_an_article_names_its_own_outlet(text):
    articles = table([text])
    outlet = pa.array(["Le Rural du Nord"], pa.string())
    articles = articles.set_column(articles.schema.get_field_index("outlet"), "outlet", outlet)
    done = annotate.annotate(articles, AnnotateSettings(), EngineSettings(workers=1), None, progress.silent)
    reuse = tables.from_rows("reuse", [{"article_id": f"{0:016}", "cluster_id": f"{0:016}", "representative": True}])
    none = entities.load_overrides(ROOT / "models/overrides.csv")
    mentions, _ = entities.find(articles, done.sentences, done.tokens, reuse, KNOWN, none)
    assert [row["entity_id"] for row in mentions.to_pylist()] == ["media-le-rural-du-nord"]


def test_a_particle_of_two_words_is_part_of_the_last_name():
    mentions, _ = run(["La rapporteure, Ilse Van der Kamp, a parlé. Mme Van der Kamp espère une majorité."])
    assert [row["text"] for row in mentions] == ["Ilse Van der Kamp", "Van der Kamp"]
    assert len({row["entity_id"] for row in mentions}) == 1


def test_a_firm_is_also_called_by_the_first_word_of_its_name():
    _, firms = run(["Le fonds Altamire Capital a investi. Une associée d’Altamire, chez Altamire depuis 2018, le confirme."])
    assert [(row["name"], row["n_mentions"]) for row in firms] == [("Altamire Capital", 3)]
    _, several = run(["Le fonds Altamire Capital et la société Altamire Conseil recrutent. Il travaille chez Altamire."])
    assert len(several) == 3
