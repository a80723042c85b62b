from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presstm import codebook
from presstm.errors import SettingsError
from presstm.theming.patterns import compile_pattern

CODEBOOK = Path(__file__).parents[1] / "models" / "themes.yml"


def matches(pattern: str, sentence: str, **conditions: list[str]) -> list[str]:
    compiled = {name: tuple(p for text in texts for p in compile_pattern(text)) for name, texts in conditions.items()}
    rule = codebook.Rule("r", compile_pattern(pattern), **compiled)
    theme = codebook.Theme("t", {}, {}, {}, (rule,))
    return [sentence[hit.start : hit.end] for hit in codebook.matcher([theme])(sentence)]


@pytest.mark.parametrize(
    ("pattern", "sentence", "found"),
    [
        ("précaire*", "Une vie PRECAIRE, des vies précaires.", ["PRECAIRE", "précaires"]),
        ("loi|lois", "La loi et les lois, pas les loisirs.", ["loi", "lois"]),
        ("micro travail*", "Le micro-travail et les micro travailleurs.", ["micro-travail", "micro travailleurs"]),
        ("seuil ~2 pauvreté", "sous le seuil de la pauvreté", ["seuil de la pauvreté"]),
        ("seuil ~1 pauvreté", "sous le seuil de la pauvreté", []),
        ("seuil ~2 pauvreté", "le seuil pauvreté", ["seuil pauvreté"]),
        ("*gramme", "un kilogramme", ["kilogramme"]),
        ("*ubéris*", "la désubérisation", ["désubérisation"]),
        ("oeuvre", "la main-d’œuvre", ["œuvre"]),
        ("ia", "l’IA et les médias", ["IA"]),
        ("dans ombre", "dans l’ombre", ["dans l’ombre"]),
        ("travailleurs ~1 clic", "les travailleur·se·s du clic", ["travailleur·se·s du clic"]),
        ("salaries", "les salarié.e.s.", ["salarié.e.s"]),
        ("premier_ministre|depute*", "le Premier ministre et les députés", ["Premier ministre", "députés"]),
        (
            "<100 euro*",
            "21 euros, 1 200 euros, vingt euros, 0,84 euro, trois mille",
            ["21 euros", "vingt euros", "0,84 euro"],
        ),
        (">1000 euro*", "21 euros, 1 200 euros, 1.300 euros", ["1 200 euros", "1.300 euros"]),
        ("5g|2cv|7ème", "La 5G, une 2CV, le 7ème, le 7EME.", ["5G", "2CV", "7ème", "7EME"]),
        ("no2|1er", "Le NO₂ baisse depuis le 1ᵉʳ mai.", ["NO₂", "1ᵉʳ"]),
        ("fleuriste*|affaire", "Les ﬂeuristes font aﬀaire.", ["ﬂeuristes", "aﬀaire"]),
        ("salaries|salariees", "salarié(e)s, salarié-e-s, salarié‑es", ["salarié(e)s", "salarié-e-s"]),
        ("depute ~1 sage", "un député(e) sage", ["député(e) sage"]),
        ("pm2_5", "les PM2,5 et PM2.5", ["PM2,5", "PM2.5"]),
    ],
)
def test_patterns_match_words(pattern, sentence, found):
    assert matches(pattern, sentence) == found


def test_with_needs_one_of_its_patterns():
    assert matches("statut", "un statut juridique", requires=["juridique", "legal"]) == ["statut"]
    assert matches("statut", "un statut Facebook", requires=["juridique", "legal"]) == []


def test_unless_forbids_all_of_its_patterns():
    assert matches("exploitation", "l'exploitation des coursiers", unless=["exploitation agricole"]) == ["exploitation"]
    assert matches("exploitation", "une exploitation agricole", unless=["exploitation agricole"]) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected `themes:`"),
        ("themes: {a: {rules: []}}", "theme a .line 1.: needs at least one rule"),
        ("themes: {a: {rules: [{id: x}]}}", "theme a .line 1.: every rule needs an id and a pattern"),
        ("themes: {a: {rules: [{id: x, pattern: ''}]}}", "theme a, rule x .line 1.: '' is empty"),
        ("themes: {a: {rules: [{id: x, pattern: '~2 b'}]}}", "theme a, rule x .line 1.: '~2 b' begins with a gap"),
        ("themes: {a: {rules: [{id: x, pattern: 'b ~2'}]}}", "theme a, rule x .line 1.: 'b ~2' ends with a gap"),
        (
            "themes: {a: {rules: [{id: x, pattern: 'b OR c'}]}}",
            "rule x .line 1.: 'OR' would be read as a word: join the words by",
        ),
        (
            "themes: {a: {rules: [{id: x, pattern: 'b ET c'}]}}",
            "'ET' would be read as a word: give the other word under `with`",
        ),
        ("themes: {a: {rules: [{id: x, pattern: 'b NOT c'}]}}", "'NOT' would be read as a word: .* under `unless`"),
        ("themes: {a: {rules: [{id: x, pattern: '(b|c)'}]}}", "rule x .line 1.: '.b|c.' is not a word"),
        ("themes: {a: {rules: [{id: x, pattern: b, when: []}]}}", "rule x .line 1.: unknown key when"),
        ("themes: {a: {rules: [{id: x, pattern: '@c'}]}}", "rule x .line 1.: @c is not under `lists:`"),
        ("lists: [a]\nthemes: {a: {rules: [{id: x, pattern: b}]}}", "yml .line 1.: `lists` must hold words"),
        ("themes: {a: {rules: [{id: x, pattern: b, weight: 2}]}}", "`weight` must be a number from 0 to 1, found 2"),
        ("themes:\n  a:\n    rules:\n      - {id: y, pattern: b}\n      - {id: x, pattern: '?'}", "rule x .line 5.: "),
        ("themes: {a: {rules: [{id: x, pattern: b, with: b}]}}", "rule x .line 1.: `with` must be a list"),
        ("themes: {a: {rules: [{id: x, pattern: b}, {id: x, pattern: c}]}}", "rule id x is given twice"),
        (
            "themes: {a: {rules: [{id: x, pattern: 2023}]}}",
            "`pattern` must be a list of patterns, each in quotes, found 2023",
        ),
        ("themes: {a: {rules: [{id: x, pattern: b}], name: {fre: A}}}", r"unknown key fre .known: en, fr."),
        ("themes: {a: {rules: [{id: x, pattern: bien-commun}]}}", "'bien-commun' is not a word, .*: write bien_commun$"),
        ('themes: {a: {rules: [{id: x, pattern: "l\'eau~3"}]}}', "or a gap ~3: put a space before ~$"),
        ('themes: {a: {rules: [{id: x, pattern: "l\'eau|d’été"}]}}', "is not a word, .*: write eau|été$"),
        ("themes: {a: {rules: [{id: x, pattern: 'eau, puits'}]}}", "'eau,' is not a word, .*: write eau$"),
        ("themes: {a: {rules: [{id: x, pattern: '%'}]}}", "or a gap ~3: signs are no words: leave it out$"),
        ("themes:\n  a: {}\n\tb: {}\n", r"line 3: .*\(indent with spaces, not tabs\)"),
        ("themes:\n  a: {rules: [{id: x, pattern: @eau}]}", r"line 2: .*\(put the text in quotes\)"),
        ("themes:\n  a: {rules: [{id: x, pattern: *eau}]}", r"line 2: .*\(put what begins with \* in quotes\)"),
        ("themes:\n  a: {definition: b : c}", r"line 2: .*\(a comma, a quotation mark or } is missing\)"),
        ("themes:\n  a:\n    definition: b : c", r"line 3: .*\(put a text with a colon in quotes\)"),
        ("themes:\n  a: {id: x,\n    pattern: 'b\n", r"\(a quotation mark or bracket is never closed\)"),
        ("themes:\n  a: [{id: x, pattern: b\n  ]", r"line 3: .*} is missing\), in what begins on line 2$"),
        ("themes:\n  a:\n    - x\n   - y\n", r"line 4: .*begin in one column\), in what begins on line "),
        ("themes:\n  a:\n    - x\n   - y\n", r"line 4: .*begin in one column"),
        ("themes:\n  a: {}\n  # \udce9\n", "line 3: not UTF-8: save it as UTF-8"),
        ("themes:\n  a: {rules: [{id: x, pattern: b}]}\n  a: {}\n", "line 3: key 'a' is given twice"),
    ],
)
def test_a_mistake_in_the_codebook_is_named(tmp_path, text, message):
    path = tmp_path / "themes.yml"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(SettingsError, match=message) as caught:
        codebook.load_codebook(path)
    assert "\n" not in str(caught.value)


def test_a_text_given_in_one_language_stands_for_the_other():
    assert codebook.in_language({"fr": "Eau"}, "en") == "Eau"
    assert codebook.in_language({"fr": "Eau", "en": "Water"}, "en") == "Water"
    assert codebook.in_language({}, "en") == ""


STUDY = """unit: sentence

lists:
  hausse: hausse*|augment*

themes:
  climat:
    name: {fr: Climat, en: Climate}
    definition: Le climat.
    rules:
      - {id: a, pattern: climat}
      - id: b
        pattern:
          - secheresse
          - canicule
        with: [ete]
  sante:
    rules:
      - {id: c, pattern: '@hausse'}
"""


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("unit: sentence", "unit: paragraph", "yml .line 1.: `unit` must be sentence, found 'paragraph'"),
        ("unit:", "unite:", "yml .line 1.: unknown key unite"),
        ("hausse*|augment*", "[hausse]", "list hausse .line 4.: must be words joined by |"),
        ("hausse*|augment*", "hausse* | augment*", "list hausse .line 4.: must be words joined by |, without spaces"),
        ("\nthemes", "  bas: bas, basse\n\nthemes", "list bas .line 5.: must be words joined by |, without spaces"),
        ("\nthemes", "  bas: bas|(\n\nthemes", "list bas .line 5.: 'bas|.' is not a word"),
        ("    name:", "    nom:", "theme climat .line 8.: unknown key nom"),
        ("{fr: Climat, en: Climate}", "", "theme climat .line 8.: `name` must be a text"),
        ("Le climat.", "3", "theme climat .line 9.: `definition` must be a text"),
        ("    definition:", "    in: 3\n    definition:", "theme climat .line 9.: `in` must be a text"),
        ("id: b", "id: a", "theme climat .line 12.: rule id a is given twice"),
        ("id: b", "id: classifier", "theme climat .line 12.: the id of a rule must be text, .* found 'classifier'"),
        ("id: b", "id: ''", "theme climat .line 12.: the id of a rule must be text, .* found ''"),
        ("id: b", "id: 3", "theme climat .line 12.: the id of a rule must be text, in quotes if it is a number, .* found 3"),
        ("canicule", "d_abord", "theme climat, rule b .line 15.: 'd_abord' never matches: d' is left out"),
        ("canicule", "le|d_été|fin", "rule b .line 15.: 'le|d_été|fin' never matches: d' is left out"),
        ("canicule", "'PM2,5'", r"rule b .line 15.: 'PM2,5' is not a word, .*: write PM2_5$"),
        ("canicule", '"gaz_d\'air"', "is not a word, .*: write gaz_air$"),
        ("canicule", "(a|b) c", r"'.a.b.' is not a word, .*: there are no regular expressions: give each form"),
        ("canicule", "a.*b", "is not a word, .*: there are no regular expressions"),
        ("canicule", "lo*i", r"is not a word, .*: a \* stands at the beginning or end of a word$"),
        ("canicule", "a ~ b", "'~' is not a word, .*: write ~3, a number from 1 to 99 right after ~$"),
        ("canicule", "a ~2 ~3 b", "'a ~2 ~3 b' has two gaps in a row: write one$"),
        ("canicule", "a NEAR/3 b", "'NEAR/3' would be read as a word: write ~3"),
        ("canicule", "a | b", r"'|' is not a word, .*: leave out the spaces around |$"),
        ("canicule", "<1 500 euros", "'<1 500 euros' has a space in its number: write <1500$"),
        ("canicule", "'<1,5 euros'", "'<1,5' is not a word, .*: a limit is < or > and a whole number"),
        ("canicule", "a ... b", "is not a word, .*: write ~3 for up to three words between$"),
        ("canicule", "'-été'", "is not a word, .*: give what must not be there under `unless`$"),
        ("canicule", "élu.e.s", "is not a word, .*: write the plain plural"),
        ("canicule", "lemma:aller", "is not a word, .*: words are compared as they are printed"),
        ("canicule", "'@hause'", "@hause is not under `lists:` .there: @hausse.$"),
        ("[ete]", "ete", "rule b .line 16.: `with` must be a list .*: write ..ete..$"),
        (
            "id: a, pattern: climat",
            "id: a, pattern: climat, weight: 0,5",
            "rule a .line 11.: unknown key 5 .*: write 0.5, not 0,5$",
        ),
        ("canicule", "fin d année", "rule b .line 15.: 'fin d année' never matches: d' is left out"),
        ("canicule", f"{'|'.join('abcdefghijk')} ".replace("|", "_z|") * 6, "rule b .line 15.: alternatives of several"),
        ("[ete]", "ete", "rule b .line 16.: `with` must be a list"),
        ("pattern: climat", "pattern: []", "rule a .line 11.: needs at least one pattern"),
        ("{id: c,", "{", "theme sante .line 19.: every rule needs an id and a pattern"),
        ("  sante:\n    rules:", "  sante:\n    regles:", "theme sante .line 18.: unknown key regles"),
        (
            "    rules:\n      - {id: c, pattern: '@hausse'}",
            "",
            "theme sante .line 17.: expected name, definition and rules",
        ),
        ("    rules:\n      - {id: c, pattern: '@hausse'}", "    in: x", "theme sante .line 17.: needs at least one rule"),
        ("{id: c, pattern: '@hausse'}", "{'id': 'a', pattern: '@b'}", "theme sante, rule a .line 19.: @b is not under"),
        (
            "sante:\n    rules:\n      - {id: c, pattern: '@hausse'}",
            "'sante': {rules: [{id: a, pattern: '?'}]}",
            "a .line 17.",
        ),
        ("hausse: hausse*|augment*", "sante: [a]", "list sante .line 4.: must be words"),
    ],
)
def test_a_mistake_is_named_with_the_line_where_it_stands(tmp_path, right, wrong, message):
    path = tmp_path / "themes.yml"
    assert right in STUDY
    path.write_text(STUDY.replace(right, wrong, 1))
    with pytest.raises(SettingsError, match=message) as caught:
        codebook.load_codebook(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "line", "reason"),
    [
        ("none", 17, "the key means something else"),
        ('"a\\nb"', 17, "the key must be text in one line"),
        ("CLIMAT", 17, "the key is that of an earlier theme"),
        ("2022:\n    rules: [{id: a, pattern: b}]\n  '2022'", 19, "the key is that of an earlier theme"),
    ],
)
def test_a_key_that_would_lose_codes_is_named_with_its_line(tmp_path, key, line, reason):
    path = tmp_path / "themes.yml"
    path.write_text(STUDY.replace("sante", key))
    with pytest.raises(SettingsError, match=rf"theme '.*' \(line {line}\): {reason}") as caught:
        codebook.load_codebook(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("pattern", ["d ~1 abord", "l|le", "vitamine_d par jour", "article ~1 l|r|code", "m|t|l ~2 tout"])
def test_a_single_letter_that_is_not_elided_is_a_word(pattern):
    assert compile_pattern(pattern)


def test_the_codebook_that_comes_with_presstm_defines_four_themes_in_two_languages():
    loaded = codebook.load_codebook(CODEBOOK)
    assert [theme.key for theme in loaded] == ["precarity", "invisibility", "regulation", "ai"]
    for theme in loaded:
        assert theme.definition["fr"]
        assert theme.definition["en"]


SAID = {
    "precarity": [
        "Une matinée de clics lui a valu l'équivalent d'une baguette.",
        "Deux cents photos triées, et tu as un sandwich.",
        "Il relit des tickets de caisse pour quelques sous.",
        "Rares sont les inscrits qui atteignent le Smic.",
        "Trois refus de mission, et c'était la porte.",
        "Des gens que l'on note et que l'on débranche.",
        "Depuis deux ans, Rachid alterne intérim et livraisons.",
        "Un annotateur absent est remplacé dans l'heure.",
        "Le site peut fermer un compte à tout moment.",
        "Aucune mission n'est garantie d'un jour sur l'autre.",
        "La rémunération de ces tâches demeure très modeste.",
        "Elle se lève à l'aube de peur de manquer une mission.",
        "Il faut cliquer plus vite pour gagner autant.",
        "Il lui a fallu un mois pour atteindre le seuil de paiement.",
        "Pour un inscrit sur cinq, cet argent est indispensable.",
        "La prime de nuit a disparu au printemps, disent les coursiers.",
        "Les missions de traduction se font rares.",
        "Certains modérateurs craquent au bout de trois semaines.",
        "Il faut une centaine de photos pour gagner deux euros.",
        "Elle en tire 120 euros, en y passant ses soirées.",
        "Trois cents rédacteurs attendent depuis un mois le règlement de leurs missions.",
        "Depuis Noël, le site a cessé de payer ses contributeurs.",
        "Huit heures de tri pour le prix d'un ticket de métro.",
        "Elle peine à approcher le salaire minimum.",
        "Cela représente le tiers du Smic.",
        "Il vit des minima sociaux et de quelques livraisons.",
        "Chez elle, chaque euro compte.",
        "Cinquante heures par semaine payées comme trente.",
        "Au troisième retard, la prime saute.",
        "Les intérimaires sont appelés la veille pour le lendemain.",
        "À mon âge, plus personne ne vous embauche.",
        "Les coursiers se sont mobilisés contre le nouveau barème.",
        "Pour beaucoup de livreurs, ce complément est devenu indispensable.",
    ],
    "invisibility": [
        "Dans les sous-sols de l'intelligence artificielle",
        "Nous n'avions pas idée de l'existence de ces travailleurs.",
        "Le recours à cette sous-traitance est rarement avoué.",
        "Ce sont des êtres humains, pas des robots.",
        "Les contributeurs veulent que la plateforme affiche le nom des clients.",
        "Rien ne filtre sur les commanditaires.",
        "La consigne ne donne aucune indication sur le client.",
        "Le donneur d'ordre reste inconnu.",
        "Cette activité échappe aux enquêtes de l'institut.",
        "Les voyageurs croient avoir affaire à un robot.",
        "Les travailleuses ont longtemps été ignorées.",
        "Ses voisins pensent qu'elle joue en ligne.",
        "Sa famille n'a jamais été au courant de son activité.",
        "L'annonce n'est pas bavarde : rien n'indique pour quelle marque.",
        "Ils apprennent rarement à quel projet ils ont contribué.",
        "Elle classe des visages pour une société dont elle n'a jamais su le nom.",
        "Ils entraînent sans le savoir des armes autonomes.",
        "Entre l'annotatrice et la marque, on trouve une cascade de sous-traitants.",
        "Les travailleurs du clic sont les grands absents de la réforme.",
        "Les livreurs, on les croise ; les annotateurs, jamais.",
        "Les constructeurs restent discrets sur ces travailleurs.",
        "Le client croit avoir acheté un logiciel.",
        "Il a écrit dix fois à l'assistance : dix réponses automatiques.",
    ],
    "regulation": [
        "Les plateformes de livraison dans le collimateur des sénateurs",
        "Un tarif minimum de la course pourrait être instauré.",
        "L'association réclame un prix plancher par tâche.",
        "Le ministère envisage une charte pour les plateformes.",
        "Les parlementaires tardent à se saisir du sujet.",
        "Les coursiers de la ville se sont organisés.",
        "Ils n'ont ni congés ni assurance maladie.",
        "Aucun texte n'encadre cette activité.",
        "L'audience est renvoyée au 3 mars.",
        "Ils plaident pour un fonds de solidarité alimenté par les plateformes.",
        "Sur un groupe WhatsApp, ils échangent des revendications.",
        "Le travailleur exclu ne sait contre qui se retourner.",
        "Le livreur doit pouvoir contester la suspension de son compte.",
        "Certains sites demandent un numéro de Siret avant la première mission.",
        "Les micro-tâches échappent à son champ d'application, dit la directive.",
        "Une majorité de livreurs préfèrent l'indépendance.",
        "On ne sait sous quel régime ils travaillent.",
    ],
    "ai": [
        "Le tri du courrier a été délégué à des logiciels.",
        "Ces notes servent à affiner les recommandations du site.",
        "Les exclusions sont décidées de façon automatique.",
        "Un score opaque attribue les courses.",
    ],
}
NOT_SAID = {
    "precarity": [
        "Ce texte n'est ni un contrat ni un accord.",
        "Le travail à la tâche ne va pas disparaître.",
        "La plupart occupent un autre emploi à côté.",
        "Un tarif fixé d'avance figure sur le devis.",
        "Plusieurs inscrits touchent une allocation et suivent une formation.",
        "Le logiciel découpe le travail en miettes que se partagent les inscrits.",
        "Sans le travail des bénévoles, la fête n'aurait pas lieu.",
        "Un accord garantit un revenu minimal de 11 euros par heure aux livreurs.",
        "Les usagers attendent le remboursement de leurs billets.",
        "Le menu du midi est à peine plus cher que le prix d'un café.",
        "Les parents d'élèves sont prévenus à la dernière minute.",
        "Les usagers protestent contre la nouvelle grille tarifaire du réseau.",
    ],
    "invisibility": [
        "À quoi servent ces photos de trottoirs ?",
        "Les publicités, il ne les regarde plus.",
        "La clause interdit de dire pour qui l'on travaille.",
        "Un concours récompense les petites mains de la couture.",
        "La machine ne comprend pas une question sur deux, dit l'employé.",
        "Sans le savoir, il avait raté son train.",
        "Le groupe reste discret sur ses résultats.",
        "Le public croit que les robots vont tout remplacer.",
        "Le gardien est le grand absent de l'équipe contre Nantes.",
    ],
    "regulation": [
        "La mutuelle des enseignants a confié son accueil à un prestataire.",
        "Le règlement se fait par virement aux prestataires.",
        "Le syndicat des eaux cherche un prestataire.",
        "Selon la loi de Moore, les puces doublent de puissance.",
        "Le service juridique de la plateforme compte deux personnes.",
        "On leur demande d'encadrer des visages sur des photos.",
        "Un collectif de riverains s'est formé contre le parking.",
        "La rédaction tient à garder son indépendance.",
    ],
    "ai": [
        "Assureurs, enseignes et éditeurs de logiciels y font appel.",
        "Ce débat fait écho à une étude de la rentrée.",
        "Le prélèvement est décidé de façon automatique par la banque.",
    ],
}


@pytest.mark.parametrize(("theme", "sentence"), [(theme, one) for theme, said in SAID.items() for one in said])
def test_rules_decide_for_what_a_sentence_says_plainly(theme, sentence):
    assert codebook.decided(codebook.matcher(codebook.load_codebook(CODEBOOK))(sentence), theme) == 1


@pytest.mark.parametrize(("theme", "sentence"), [(theme, one) for theme, unsaid in NOT_SAID.items() for one in unsaid])
def test_rules_pass_over_what_has_only_the_words_of_a_theme(theme, sentence):
    assert codebook.decided(codebook.matcher(codebook.load_codebook(CODEBOOK))(sentence), theme) < 1


WORDS = [
    "précaire",
    "l’IA",
    "loi",
    "machine",
    "travail",
    "«",
    "!",
    "invisibles",
    "e\u0301",
    "🙂",
    "sans",
    "garantie",
    "ﬁn",
]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_evidence_points_at_characters_that_its_rule_matches(sentence):
    loaded = codebook.load_codebook(CODEBOOK)
    patterns = {(theme.key, rule.id): rule for theme in loaded for rule in theme.rules}
    match = codebook.matcher(loaded)
    for hit in match(sentence):
        rule = patterns[hit.theme, hit.rule]
        alone = codebook.Theme("t", {}, {}, {}, (codebook.Rule("r", rule.patterns),))
        spans = {(h.start, h.end) for h in codebook.matcher([alone])(sentence[hit.start : hit.end])}
        assert (0, hit.end - hit.start) in spans


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.randoms())
def test_the_order_of_rules_does_not_matter(sentence, random):
    theme = codebook.load_codebook(CODEBOOK)[0]
    rules = list(theme.rules)
    random.shuffle(rules)
    shuffled = codebook.Theme(theme.key, {}, {}, {}, tuple(rules))
    assert set(codebook.matcher([shuffled])(sentence)) == set(codebook.matcher([theme])(sentence))


def test_cues_decide_together_and_not_alone():
    pattern = compile_pattern
    rules = (codebook.Rule("a", pattern("centime*"), weight=0.5), codebook.Rule("b", pattern("cadence*"), weight=0.5))
    match = codebook.matcher([codebook.Theme("t", {}, {}, {}, rules)])
    assert codebook.decided(match("Deux centimes, trois centimes."), "t") == 0.5
    assert codebook.decided(match("Deux centimes à cette cadence."), "t") == 1


def test_long_sentences_of_one_word_are_searched_in_bounded_time():
    pattern = compile_pattern("a ~20 a ~20 a ~20 a ~20 b")
    match = codebook.matcher([codebook.Theme("t", {}, {}, {}, (codebook.Rule("r", pattern),))])
    assert match("a " * 2000) == []


@pytest.mark.parametrize("word", ["infinity", "nan", "²", "٣", "1e5"])
def test_what_only_looks_like_a_number_is_none(word):
    assert matches("<100", word) == matches(">100", word) == []
