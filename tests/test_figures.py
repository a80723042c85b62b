"""The ledger of figures: what is in it, and which fact a figure restates."""

from dataclasses import replace
from pathlib import Path

import pytest

from presstm import facts as facts_module
from presstm import figures, mutations, phrases
from presstm.facts import Context, Fact, Facts
from presstm.quantities import Quantity
from tests import tokens


def fact(
    key, low, units="workers", high=None, tolerance=0.1, requires=(), per=None, part_of=None, exact=-1.0, is_range=False
):
    context = Context(tuple(map(phrases.parse, requires)))
    bounds = (low, low if high is None else high)
    return Fact(key, {}, *bounds, is_range, frozenset({units}), per, tolerance, context, part_of, "", exact)


FACTS = Facts(
    {"workers": (phrases.parse("livreu*"),), "accounts": (phrases.parse("compte*"),)},
    {"money": Context((phrases.parse("paye*"), phrases.parse("gagn*"))), "share": Context((phrases.parse("livreu*"),))},
    {
        known.key: known
        for known in (
            fact("all", 9000),
            fact("weekly", 2000, part_of="all", requires=["semaine"], exact=0.001),
            fact("poor", 22, "%", requires=["pauvre*"]),
            fact("income", 21, "EUR", per="month"),
            fact("accounts", 1.27, "accounts"),
            fact("piece", 0.001, "EUR", high=2, requires=["tache*"]),
        )
    },
)


def find(text, verbs="", others="", facts=FACTS):
    made = tokens.tables_of(tokens.part("", name="title"), tokens.part(text, verbs, others))
    return made["articles"], figures.find(made["articles"], made["sentences"], made["tokens"], facts)


def keys(text, **words):
    return [(row["text"], row["fact"]) for row in find(text, **words)[1].to_pylist()]


def test_a_figure_restates_the_nearest_fact_of_its_unit_within_the_tolerance():
    assert keys("on compte 9 200 livreurs", verbs="compte") == [("9 200", "all")]
    assert keys("on voit 7 000 livreurs", verbs="voit") == [("7 000", None)]


def test_who_they_were_may_be_said_in_the_headline_alone():
    assert keys("Les livreurs en colère\n\nHier. ils étaient 300") == [("300", None)]
    assert keys("Les élus en colère\n\nHier. ils étaient 300") == []


def test_a_share_of_a_compound_is_one_of_the_whole_compound():
    known = Facts({}, {"share": Context((phrases.parse("main d oeuvre"),))}, {})
    assert keys("Ils occupent 12 % de la main-d’œuvre", verbs="occupent", facts=known) == [("12 %", None)]
    assert keys("Ils occupent 12 % de la main", verbs="occupent", facts=known) == []


def test_a_fact_with_words_needs_one_of_them_unless_the_number_is_exact():
    assert keys("22 % des livreurs sont pauvres") == [("22 %", "poor")]
    assert keys("22 % des livreurs sont roux") == [("22 %", None)]
    assert keys("on voit 2 000 livreurs", verbs="voit") == [("2 000", "weekly")]
    assert keys("on voit 2 100 livreurs", verbs="voit") == [("2 100", None)]
    assert keys("on voit 2 100 livreurs chaque semaine", verbs="voit") == [("2 100", "weekly")]


def test_a_vague_count_restates_no_certain_number():
    assert keys("des centaines de livreurs chaque semaine") == [("des centaines", None)]
    assert keys("payé quelques centimes la tâche") == [("quelques centimes", "piece")]


def test_cents_and_words_for_shares_are_compared_in_the_unit_of_the_fact():
    assert keys("payé 40 centimes la tâche") == [("40 centimes", "piece")]
    assert keys("un livreur sur cinq est pauvre") == [("un livreur sur cinq", "poor")]


def test_a_number_that_stands_alone_restates_a_fact_that_its_size_fits():
    assert keys("ils sont 9 000") == [("9 000", "all")]
    assert keys("la moyenne des comptes est de 1,27") == [("1,27", "accounts")]
    assert keys("ils sont 12") == []


def test_without_its_period_only_the_very_amount_restates_a_fact():
    assert keys("on gagne 21 euros") == [("21 euros", "income")]
    assert keys("on gagne 22 euros") == [("22 euros", None)]
    assert keys("on gagne 22 euros par mois") == [("22 euros", "income")]


def test_amounts_and_shares_without_a_word_of_the_subject_are_no_figures():
    assert keys("le billet coûte 40 euros", verbs="coûte") == []
    assert keys("12 % des vaches") == []
    assert keys("on est payé 40 euros") == [("40 euros", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On voit des livreurs. Nous en avons recensé 3 200", [("3 200", "workers")]),
        ("On voit des comptes. On en compte 300", [("300", "accounts")]),
        ("Les enquêteurs en ont rencontré 25, surtout des livreurs", [("25", "workers")]),
        ("Nous en avons recensé 3 200, surtout des livreurs", [("3 200", "workers")]),
        ("Les livreurs sont 80", [("80", "workers")]),
        ("On voit des livreurs. Les enfants sont 80", []),
        ("le nombre de livreurs est passé de 40 à 60", [("40", "workers"), ("60", "workers")]),
        ("la température est passée de 40 à 60", []),
        ("On voit des livreurs. J’en ai rêvé 300 fois", []),
        ("quinze livreurs, dont deux mineurs", [("quinze", "workers"), ("deux", "workers")]),
        ("quinze livreurs et deux mineurs", [("quinze", "workers")]),
        ("quinze livreurs et leurs deux livreurs", [("quinze", "workers")]),
        ("on gagne 400 euros, en hausse de 4 %", [("400 euros", "EUR"), ("4 %", "%")]),
        ("un billet à 400 euros, en hausse de 4 %", []),
        ("1,27 compte par tête", [("1,27", "accounts")]),
    ],
)
def test_a_number_counts_what_was_named_before(text, expected):
    rows = find(text, verbs="voit avons recensé compte ai rêvé ont rencontré")[1].to_pylist()
    assert [(row["text"], row["unit"]) for row in rows] == expected


def test_the_public_of_an_event_is_no_figure_but_workers_are():
    known = replace(
        FACTS,
        counted={"workers": (phrases.parse("livreu*"), phrases.parse("personne*"))},
        contexts={"count": Context(unless=(phrases.parse("concert*"),))},
        at_work=(phrases.parse("livreu*"),),
    )
    assert keys("300 personnes au concert", facts=known) == []
    assert keys("300 livreurs au concert", facts=known) == [("300", None)]
    assert keys("300 personnes au dépôt", facts=known) == [("300", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trois heures de panne", []),
        ("la panne a duré trois heures sur la plateforme de travail", [None]),
        (
            "la moitié des micro-travailleurs y passe moins de trois heures par semaine",
            ["half_under_3h", "weekly_hours_median"],
        ),
        ("sur huit heures de travail, la moitié sert à attendre", [None, None]),
        ("on a interrogé 1 010 personnes sur la plateforme", ["survey_respondents"]),
        ("l’Ifop a interrogé 1 010 personnes", [None]),
    ],
)
def test_a_fact_of_this_study_needs_its_own_words(text, expected):
    facts = figures.load_facts(Path(__file__).parents[1] / "models/facts.yml")
    assert [found for _, found in keys(text, verbs="passe sert", facts=facts)] == expected


def test_an_amount_that_is_the_price_of_something_else_is_no_figure():
    known = replace(FACTS, contexts={"money": Context((phrases.parse("paye"),), not_of=(phrases.parse("cafe"),))})
    assert keys("on paye le café 2 euros", facts=known) == []
    assert keys("on paye 2 euros le café", facts=known) == []
    assert keys("avant le café, on paye 2 euros", facts=known) == [("2 euros", None)]


def test_small_counts_in_words_are_no_figures():
    assert keys("trois livreurs") == []
    assert keys("les 9 livreurs") == []
    assert keys("12 livreurs") == [("12", None)]


def test_deviation_is_signed_and_relative():
    quantity = Quantity(0, 1, 8100.0, None, "workers")
    assert figures.deviation(quantity, FACTS.facts["all"]) == -0.1
    assert figures.deviation(quantity, FACTS.facts["poor"]) is None
    ranged = fact("hours", 20, "hours", high=60, is_range=True)
    assert figures.deviation(Quantity(0, 1, 20.0, 66.0, "hours"), ranged) == 0.1
    assert figures.deviation(Quantity(0, 1, 30.0, None, "hours"), ranged) is None
    assert figures.deviation(Quantity(0, 1, 5.0, None, "USD cents"), fact("piece", 0.05, "USD")) == 0


def test_mutations_hold_every_restatement_with_its_deviation():
    articles, table = find("on compte 9 900 livreurs", verbs="compte")
    (row,) = mutations.table(table, articles, FACTS).to_pylist()
    assert (row["fact"], row["text"], round(row["deviation"], 6), row["sum_of_nested"]) == ("all", "9 900", 0.1, None)


def test_a_sum_of_nested_facts_is_flagged():
    articles, table = find("on compte 11 000 livreurs", verbs="compte")
    changed = mutations.table(table, articles, FACTS)
    (row,) = changed.to_pylist()
    assert (row["fact"], row["sum_of_nested"]) == ("all", "all + weekly")
    assert figures.metrics(table, changed)["sums_of_nested"] == 1


def test_sums_are_made_of_facts_of_one_chain():
    third = fact("daily", 500, part_of="weekly")
    nested = facts_module.Facts({}, {}, {**FACTS.facts, "daily": third})
    assert sorted(total for total, _ in mutations.nested_sums(nested)) == [2500, 9500, 11000, 11500]


def test_days_weeks_and_months_are_figures_only_where_somebody_works_them():
    working = {"duration": Context((phrases.parse("livre"),)), "rate": Context((phrases.parse("roule"),))}
    facts = Facts(FACTS.counted, {**FACTS.contexts, **working})
    assert keys("elle livre depuis sept mois", verbs="livre", facts=facts) == [("sept mois", None)]
    assert keys("la grève dure depuis sept mois", verbs="dure", facts=facts) == []
    assert keys("il roule six jours par semaine", verbs="roule", facts=facts) == [("six jours", None)]
    assert keys("il roule six jours", verbs="roule", facts=facts) == []


def test_a_few_in_words_are_a_figure_of_nouns_at_work_unless_they_were_named_before():
    facts = Facts({"workers": (phrases.parse("livreu*"), phrases.parse("femme*"))}, {}, at_work=(phrases.parse("livreu*"),))
    assert keys("six livreurs sont là", facts=facts) == [("six", None)]
    assert keys("deux ou trois livreurs sont là", facts=facts) == [("deux ou trois", None)]
    assert keys("les six livreurs sont là", facts=facts) == []
    assert keys("six de ses livreurs sont là", facts=facts) == []
    assert keys("six femmes sont là", facts=facts) == []


def test_on_est_counts_what_the_sentence_before_names():
    assert keys("Les livreurs sont là. On est 400.") == [("400", None)]
    assert keys("Les abeilles sont là. On est 400.") == []


def test_a_share_of_earnings_is_a_figure():
    facts = facts_module.load(Path(__file__).parents[1] / "models/facts.yml")
    assert keys("il verse un tiers des gains", verbs="verse", facts=facts) == [("un tiers", None)]
    assert keys("il mange un tiers des noix", verbs="mange", facts=facts) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [("Le site offre 15 euros par test.", [15]), ("Le magasin offre 15 euros par client.", [])],
)
def test_money_for_each_piece_of_work_is_of_the_subject_of_the_project(text, values):
    known = facts_module.load(Path(__file__).parents[1] / "models/facts.yml")
    _, found = find(text, facts=known)
    assert found["value"].to_pylist() == values
