"""What the words around a name say of its type: "la plateforme X", "M. X", "X, sociologue", "des applis comme X et Y"."""

from __future__ import annotations

from collections.abc import Sequence

from presstm.naming import names
from presstm.parts import Token


def words(text: str) -> frozenset[str]:
    """The words of a text, folded as `low` folds tokens."""
    return frozenset(names.fold(text).split())


_LONGEST_LISTED = 3  # words
PLATFORM_NOUNS = words("plateforme plateformes plate-forme plates-formes application applications appli applis app apps")
MEDIA_NOUNS = words(
    "quotidien quotidiens hebdomadaire hebdomadaires hebdo mensuel bimensuel magazine magazines journal journaux revue revues "
    "gazette tabloïd webzine newsletter podcast chaine radio station média médias émission émissions blog websérie webradio"
)
BROADCASTS = words(
    "télévision télé radio info information informations sport podcasts"
)  # what a "chaîne" is of, as an outlet
NEWS = words("information informations info infos actualité actualités presse")  # what a "site" is of, as an outlet
SALES = words(  # and as a platform
    "vente ventes revente annonces petites rencontre rencontres réservation réservations location emploi covoiturage enchères "
    "commerce e-commerce livraison troc"
)
ORG_NOUNS = words(
    "entreprise entreprises société sociétés groupe start-up startup start-ups startups association associations syndicat "
    "syndicats collectif collectifs cabinet cabinets ong fondation coopérative coopératives banque fabricant éditeur "
    "fournisseur énergéticien hébergeur avionneur logisticien agence constructeur opérateur géant géants institut laboratoire filiale multinationale fédération prestataire "
    "sous-traitant employeur éditrice firme compagnie enseigne distributeur équipementier loueur assureur concurrent think-tank tank "
    "restaurant restaurants pizzeria pizzerias brasserie brasseries bistrot bistrots crêperie crêperies boulangerie boulangeries "
    "pâtisserie épicerie épiceries librairie librairies supermarché supermarchés hypermarché hypermarchés magasin magasins "
    "boutique boutiques hôtel hôtels traiteur fast-food fast-foods franchise franchisé clinique mutuelle ong fédération confédération "
    "organisation organisations spin-off centrale pépite pépites licorne intersyndicale scop studio équipementier transporteur grossiste"
) | {"jeune pousse", "jeunes pousses"}
LOC_NOUNS = words(  # a place follows their "de"
    "ville villes commune village bourg quartier faubourg banlieue capitale métropole île hameau fleuve rivière vallée rue "
    "avenue boulevard place quai gare canal détroit centre-ville maire maires habitant habitants habitante habitantes près "
    "élu élue élus élues"
)
_GIVING = words(  # "à" after them says to whom
    "confier vendre céder attribuer donner écrire appartenir répondre demander reprocher acheter louer verser payer adresser envoyer "
    "abonner abonné remettre transmettre imposer interdire offrir proposer opposer facturer devoir accorder réclamer fournir coûter "
    "concéder intenter lier allier associer joindre rattacher adosser succéder préférer comparer profiter nuire échapper passer passage "
    "confiance réponse plainte face grâce quant contrairement rapport appel concurrence"
)
TITLES = words(
    "m mm mme mmes mlle mlles monsieur madame messieurs mesdames mademoiselle me maitre dr docteur docteure pr professeur professeure camarade"
)
_PROFESSIONS = words(
    "sociologue sociologues économiste chercheur chercheuse chercheurs avocat avocate journaliste ministre président présidente "
    "directeur directrice député députée sénateur sénatrice maire historien historienne philosophe juriste politologue "
    "anthropologue psychologue géographe secrétaire porte-parole fondateur fondatrice cofondateur cofondatrice pdg dirigeant "
    "dirigeante patron patronne ingénieur ingénieure livreur livreuse coursier coursière chauffeur chauffeuse étudiant "
    "étudiante consultant consultante gérant gérante vice-président vice-présidente coordinateur coordinatrice analyste expert experte militant "
    "militante syndicaliste médecin restaurateur restauratrice commerçant commerçante essayiste démographe ergonome urbaniste "
    "développeur développeuse photographe animateur animatrice entrepreneur entrepreneuse écrivain écrivaine auteur auteure autrice réalisateur "
    "réalisatrice informaticien informaticienne professeure enseignant enseignante enseignant-chercheur eurodéputé eurodéputée "
    "délégué déléguée conseiller conseillère responsable doctorant doctorante micro-travailleur micro-travailleuse "
    "microtravailleur microtravailleuse travailleur travailleuse cheffe chef rapporteur rapporteure commissaire milliardaire "
    "élu élue bourgmestre échevin échevine adjoint adjointe graphiste traducteur traductrice modérateur modératrice magistrat magistrate préfet préfète "
    "statisticien statisticienne cheville inspecteur inspectrice infirmier infirmière retraité retraitée veuf veuve"
)
_OF_FIRM = words(
    "patron patronne pdg dg fondateur fondatrice fondateurs cofondateur cofondatrice cofondateurs dirigeant dirigeante dirigeants "
    "actionnaire actionnaires salarié salariée salariés filiale siège client clients porte-parole concurrent concurrents rival "
    "numéro gérant gérante gérants propriétaire propriétaires franchisé franchisés adhérents employé employés employée salariées "
    "directeur directrice président présidente fournisseur fournisseurs prestataire prestataires sous-traitant sous-traitants "
    "chatbot opérateur opérateurs opératrice opératrices "
    "direction modérateurs modératrices annotateurs annotatrices capital rachat acquisition liquidation"
)
_OWNERS = words(  # who may be those "of the" firm: le gérant du X
    "gérant gérante gérants propriétaire propriétaires patron patronne fondateur fondatrice cofondateur cofondatrice"
)
_RANKS = words("général générale adjoint adjointe délégué déléguée exécutif exécutive")
_TRADES = frozenset(  # words of the names of shops and firms
    "Pizza Pizzas Burger Burgers Tacos Sushi Sushis Kebab Food Foods Coffee Bakery Market Shop Store Express Services Conseil "
    "Consulting Consultants Solutions Technologies Technology Digital Systems Software Studio Studios Labs Partners Habitat Immobilier "
    "Assurances Assurance Logistics Logistique Transports Transport Bank Banque Telecom Télécom Coop Interactive Industries "
    "Ventures Holding Invest Restauration Distribution Mobility Propreté Nettoyage Sécurité Intérim Énergie Énergies Recrutement".split()
)
_FIRM_VERBS = words(
    "facturer employer recruter embaucher commercialiser racheter licencier rémunérer lever salarier prélever sous-traiter externaliser"
)
_HAVING = words("compte comptait revendique revendiquait réunit emploie employait")
_HOLDING = words("compte comptait réunit")  # as towns do
_STAFF = words("salariés employés collaborateurs utilisateurs clients abonnés inscrits adhérents")
_MARKETS = words("français française mondial mondiale européen européenne belge suisse national nationale")
_TO_LEAD = words("diriger fonder cofonder")  # whose object is a body
_NAMING = words("baptisé baptisée nommé nommée dénommé dénommée appelé appelée appelle nomme rebaptisé rebaptisée")
_MADE = words("fondé fondée créé créée lancé lancée racheté rachetée implanté implantée basé basée")
_SINCE = words("en à au a par il dans voici depuis près")
_HUMAN_VERBS = words(
    "raconter confier soupirer témoigner sourire rire pleurer rouler pédaler livrer travailler attendre habiter dormir manger espérer "
    "rêver avouer expliquer enchaîner gagner craindre résumer glisser lâcher souffler souffrir penser croire savoir vouloir"
)
_GIG_WORKERS = words("livreur livreurs livreuse livreuses coursier coursiers chauffeur chauffeurs vtc turkers")
_ENROLLED = words(
    "inscrit inscrite inscrits inscrites compte comptes mission missions tâche tâches micro-tâches microtâches connecté connectée "
    "connectés profil profils cliqueur cliqueurs"
)
_RIDING = words("rouler pédaler livrer cliquer annoter")
_ENDING = ("supprim", "ferm", "clotur")  # as people do with their own
_CLOSING = ("bloqu", "suspend", "desactiv", "gel", *_ENDING)
_PAYING = ("remuner", "pai", "pay")
_MY = words("mon ton votre notre mes")
_THEIR = words("son leur ses leurs")
_ACCOUNTS = words("compte comptes profil profils inscrit inscrite inscrits inscrites")
_CONTRIBUTORS = words(
    "contributeurs contributrices cliqueurs micro-travailleurs microtravailleurs crowdworkers tâcherons jobbeurs jobbers"
)
_SEVERAL_WORKERS = words("livreurs livreuses coursiers coursières")
_COUNTED = words(  # whom a platform counts as its own
    "livreurs livreuses coursiers chauffeurs contributeurs contributrices cliqueurs freelances micro-travailleurs microtravailleurs "
    "crowdworkers bricoleurs tâcherons prestataires indépendants"
)
_OWN = _COUNTED | words("tâches micro-tâches microtâches missions courses algorithme algorithmes")
_TRADED = words(
    "proposition propositions annonce annonces offre offres commande commandes réservation réservations course courses trajet trajets "
    "vente ventes client clients cliente clientes"
)
_ON = words(  # what one does on a platform: commander sur X
    "commander réserver vendre acheter proposer travailler inscrire connecter cliquer louer livrer répondre noter trouver gagner "
    "enregistrer enrôler référencer être"
)
_THEN = words("puis et ensuite mais car ou enfin aussi")
_LEADERS = words(
    "spécialiste spécialistes leader leaders pionnier pionnière pionniers numéro géant géants acteur acteurs champion championne poids roi start-up startup entreprise société"
)
_GIG = words(
    "livraison livraisons vtc micro-travail microtravail crowdsourcing crowdwork crowdworking freelances freelance covoiturage "
    "tâches micro-tâches microtâches jobbing intérim coursiers livreurs petits-boulots"
)
SITES = SALES | _GIG
_APPS = words("application appli app")
_THE_OWN = frozenset(("l'", "la", "cette"))
_PRESS_PLACES = words(
    "colonnes antenne micro unes plateau rédaction lecteurs lectrices confrères présentateur présentatrice animateur animatrice"
)
_LEGAL_FORMS = frozenset("SA SAS SASU SARL Sàrl Inc Ltd LLC GmbH AG SCOP Scop SCIC Corp Cie Group Conseil Capital".split())
_OUTLET_HEADS = words("radio télé gazette journal hebdo revue écho éveil nouvelliste télégramme")
_STREETS = words("rue avenue boulevard place quai gare aéroport île col lac")
_ASKED = words("contact joint sollicit interrog interview questionn")  # with the endings of participles
_MAX_PARTS = 6  # tokens of a compound noun
_LIKE = words("comme telles tels telle tel notamment dont que lesquelles lesquels")
_OPENING = frozenset("« “ \" ( [ ' ‘".split())
_ARTICLES = frozenset(("le", "la", "les", "l'", "de", "d'", "du", "des", "a", "au", "aux"))
_SEVERAL = frozenset(("deux", "trois", "quatre"))
_LED = 14  # words of what stands before the name that it introduces
_APPOSED = frozenset(("un", "une", "le", "la", "l'"))


def low(token: Token) -> str:
    """The token in lower case, without accents, with a straight apostrophe."""
    return names.fold(token.text.replace("’", "'")).strip(".") or token.text


def noun_at(tokens: Sequence[Token], at: int) -> str:
    """`low` of the word that ends with tokens[at], hyphens and all: the model parts "start-up" in three."""
    first = at
    while (
        first > max(0, at - _MAX_PARTS)
        and tokens[first - 1].end == tokens[first].start
        and "-" in (tokens[first].text, tokens[first - 1].text)
    ):
        first -= 1
    if first > 0 and low(tokens[at]) in ("pousse", "pousses") and low(tokens[first - 1]) in ("jeune", "jeunes"):
        return f"{low(tokens[first - 1])} {low(tokens[at])}"
    return "".join(low(token) for token in tokens[first : at + 1])


def is_title(token: Token) -> bool:
    """Whether the token is a form of address: "M.", "Mme", "le docteur"."""
    word = low(token)
    return word in TITLES and (token.text[0].isupper() or len(word) > 4)


def has_trade(words: Sequence[str]) -> bool:
    """Whether a name of several words has one that shops and firms have in theirs: "Tercal Solutions", "Burger Lux"."""
    return len(words) > 1 and any(word in _TRADES for word in words)


def is_firm(words: Sequence[str]) -> bool:
    """Whether a name of several words ends as those of firms do: "Serena Capital"."""
    return has_trade(words) or (len(words) > 1 and words[-1] in _LEGAL_FORMS)


def is_role(token: Token) -> bool:
    """Whether the token says what somebody is: "Directrice", "sociologue"."""
    return low(token) in _PROFESSIONS


def is_outlet(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether tokens [first, last) begin as the names of outlets do: "Radio X", "Gazette de Y"."""
    return low(tokens[first]) in _OUTLET_HEADS and tokens[first].text[0].isupper() and last - first > 1


def person_end(words: Sequence[str]) -> int:
    """How many of the words of a person's name are left before what follows it: PAUL VASSEUR Économiste, Anne Porteval AFP."""
    for at in range(2, len(words)):
        credited = words[at].isupper() and 1 < len(words[at]) < 6 and not words[at - 1].isupper()
        role = names.fold(words[at]) in _PROFESSIONS and words[at - 1] not in ("Le", "La", "LE", "LA")
        if role or credited:
            return at
    return len(words)


def is_portfolio(tokens: Sequence[Token], first: int) -> bool:
    """Whether the words name what a minister is in charge of: "la ministre du Travail"."""
    at = first - 1
    while at >= 0 and low(tokens[at]) in _ARTICLES:
        at -= 1
    return 0 <= at < first - 1 and low(tokens[at]) in ("ministre", "ministres", "commissaire", "secretaire")


def label(tokens: Sequence[Token], first: int, last: int) -> str | None:
    """The type that the context gives to tokens [first, last) of a sentence, or None."""
    if low(tokens[first]) in _STREETS:
        return "LOC"
    if (first > 2 and _led_by(tokens, first)) or _opens_on(tokens, first, last):
        return "PLATFORM"
    if tokens[last - 1].text in _LEGAL_FORMS and last - first > 1:
        return "ORG"
    if is_outlet(tokens, first, last):
        return "MEDIA"
    after = _after(tokens, last)
    if first > 0 and low(tokens[first - 1]) == "a" and says_where(tokens, first):
        opens = all(token.pos == "PUNCT" for token in tokens[: first - 1])
        after = None if opens or after == "PER" else after  # À X, une application ferme; géomètre à X, licencié à 54 ans
    before = _before(tokens, first, last)
    acting = _acting(tokens, last, firm=before == "ORG")
    found = before or after or acting
    return "PLATFORM" if found == "ORG" and "PLATFORM" in (after, acting) else found  # a platform is a firm as well


def _before(tokens: Sequence[Token], first: int, last: int) -> str | None:
    at = first - 1
    while at >= 0 and tokens[at].text in _OPENING:
        at -= 1
    if at < 0:
        return None
    word = low(tokens[at])
    if is_title(tokens[at]):
        return "PER"
    if at != first - 1 and tokens[first - 1].text == "(":
        return _listed(tokens, first, last)
    if tokens[at].text == ",":
        return _apposed_to(tokens, at, last) or _made(tokens, at) or _listed(tokens, first, last)
    if at == first - 1 and names.fold(tokens[at].lemma) in _TO_LEAD and tokens[at].pos == "VERB":
        return "ORG"
    noun = at - 1 if tokens[at].pos == "ADJ" and at > 0 and tokens[at].text.islower() else at
    found = noun_label(noun_at(tokens, noun))
    if found is not None and tokens[noun].text.islower():
        return found
    if word in ("de", "d'") and at > 0 and noun_at(tokens, at - 1) in LOC_NOUNS:
        return "LOC"
    if word in ("de", "du", "d'", "des") and at > 0 and low(tokens[at - 1]) in _PRESS_PLACES:
        return "MEDIA"
    if _is_asked_by(tokens, at):
        return "MEDIA"
    called = _called(tokens, at)
    if called is not None:
        return called
    if _works_for(tokens, at) or _is_app_of(tokens, at):
        return "PLATFORM"
    if word == "chez" or _is_of_firm(tokens, at):
        return "PLATFORM" if _after(tokens, last) == "PLATFORM" else "ORG"
    return _listed(tokens, first, last)


def _is_asked_by(tokens: Sequence[Token], at: int) -> bool:
    """Whether tokens[at] joins who asks to who is asked: "Contactée par X, la direction …", as outlets write of themselves."""
    asked = at > 0 and low(tokens[at]) == "par" and low(tokens[at - 1]).rstrip("es") in _ASKED
    return asked and not tokens[at + 1].ent.endswith("PER")


def _called(tokens: Sequence[Token], at: int) -> str | None:
    """The type of what a noun before it calls by a name: une start-up baptisée X, l'employeur s'appelle X, du nom de X."""
    if low(tokens[at]) in ("de", "d'") and at > 0 and low(tokens[at - 1]) == "nom":
        at -= 1
    elif low(tokens[at]) not in _NAMING:
        return None
    for before in range(at - 1, max(-1, at - 7), -1):
        if tokens[before].text in (".", ";", ":"):
            return None
        found = noun_label(noun_at(tokens, before))
        if found is not None and tokens[before].text.islower():
            return found
    return None


def _is_of_firm(tokens: Sequence[Token], at: int) -> bool:
    """Whether tokens[at] joins a name to who belongs to a firm: patron de X, gérant du X, salariés de X et de Y."""
    if at <= 0 or low(tokens[at]) not in ("de", "d'", "du"):
        return False
    if low(tokens[at - 1]) in ("et", "ou", ","):
        first = at - 2
        while first > 0 and (tokens[first].text[0].isupper() or "-" in tokens[first].text):
            first -= 1
        return first < at - 2 and _is_of_firm(tokens, first)
    contracted = low(tokens[at]) == "du"
    if low(tokens[at - 1]) in _RANKS:
        at -= 1
    return noun_at(tokens, at - 1) in (_OWNERS if contracted else _OF_FIRM)


def _apposed_to(tokens: Sequence[Token], comma: int, last: int) -> str | None:
    """The type of what a noun with its determiner before a comma introduces: "leur employeur, X, …"; what begins the sentence
    with a preposition says where, unless the name is set apart: "Sur la plateforme, X gagne"."""
    noun = comma - 2 if comma > 2 and tokens[comma - 1].pos == "ADJ" and tokens[comma - 2].pos == "NOUN" else comma - 1
    begin = noun
    while begin > 1 and tokens[begin - 1].end == tokens[begin].start and "-" in tokens[begin].text + tokens[begin - 1].text:
        begin -= 1  # une spin-off
    ahead = begin - 2 if begin > 1 and tokens[begin - 1].pos == "ADJ" else begin - 1  # une petite plateforme lilloise
    if ahead < 0 or tokens[ahead].pos != "DET" or not tokens[noun].text.islower():
        return None
    if ahead == 1 and tokens[0].pos == "ADP" and last < len(tokens) and tokens[last].text.isalpha():
        return None
    if low(tokens[noun]) == "autre":  # la plateforme a fermé, et il va sur une autre, X
        earlier = (noun_label(noun_at(tokens, at)) for at in range(noun - 2, -1, -1))
        return "PLATFORM" if "PLATFORM" in earlier else None
    return noun_label(noun_at(tokens, noun))


def _made(tokens: Sequence[Token], comma: int) -> str | None:
    """ORG for the subject of a sentence that begins with a participle of making: "Fondée en 2018 à Lisbonne, X …"."""
    start = max((at for at in range(comma) if tokens[at].text in (".", ",", ":", ";", "»")), default=-1) + 1
    return "ORG" if start < comma - 1 and low(tokens[start]) in _MADE and low(tokens[start + 1]) in _SINCE else None


def noun_from(tokens: Sequence[Token], at: int) -> str:
    """`low` of the word that begins with tokens[at], hyphens and all."""
    last = at + 1
    while (
        last < min(len(tokens), at + _MAX_PARTS)
        and tokens[last - 1].end == tokens[last].start
        and "-"
        in (
            tokens[last].text,
            tokens[last - 1].text,
        )
    ):
        last += 1
    return "".join(low(token) for token in tokens[at:last])


def _is_gig(tokens: Sequence[Token], at: int) -> bool:
    """Whether an apposition says that a firm is a platform: ", spécialiste de la livraison de repas", ", qui met en relation"."""
    if at >= len(tokens):
        return False
    ahead = [low(token) for token in tokens[at : at + 7]]
    if ahead[:2] == ["qui", "met"] and "relation" in ahead:
        return True
    until = next((i for i, word in enumerate(ahead) if word in (",", ")", "qui")), len(ahead))
    return noun_from(tokens, at) in _LEADERS and bool(set(ahead[1:until]) & (_GIG | {"relation"}))


def _led_by(tokens: Sequence[Token], first: int) -> bool:
    """Whether what a platform is stands right before its name: le spécialiste de la livraison de repas X."""
    for at in range(first - 1, max(-1, first - _LED), -1):
        if tokens[at].pos in ("VERB", "AUX", "PUNCT"):
            return False
        if tokens[at].pos == "DET" and noun_from(tokens, at + 1) in _LEADERS:
            return _is_gig(tokens, at + 1)
    return False


def _works_for(tokens: Sequence[Token], at: int) -> bool:
    """Whether tokens[at] joins a name to who works by a platform: livreurs à vélo de X, coursier chez X, inscrits sur X."""
    word, near = low(tokens[at]), [low(token) for token in tokens[max(0, at - 4) : at]]
    if word in ("de", "d'", "chez", "pour") and set(near) & _GIG_WORKERS:
        return not any(token.pos in ("VERB", "AUX") for token in tokens[max(0, at - 2) : at])
    if word == "chez" and at == 0 and _counts_workers(tokens, at + 1):
        return True  # Chez X, les livreurs …
    if word in ("de", "d'") and set(near[-1:]) & _CONTRIBUTORS:
        return not _seems_a_place(tokens, at + 1)
    if word in ("pour", "chez") and any(names.fold(token.lemma) in _RIDING for token in tokens[max(0, at - 4) : at]):
        return not _seems_a_place(tokens, at + 1)
    if word == "chez" and set(near) & _ACCOUNTS:
        return True
    if word in _SEVERAL_WORKERS:
        return True  # les coursiers X
    if word != "sur":
        return False
    aside = tokens[at - 1].text == "," and any(low(token) in _ENROLLED for token in tokens[max(0, at - 12) : at])
    if set(near) & _ENROLLED or aside:
        return True
    verb = next((token for token in reversed(tokens[max(0, at - 3) : at]) if token.pos in ("VERB", "AUX")), None)
    done = set(near) & _TRADED or (verb is not None and names.fold(verb.lemma) in _ON)
    return bool(done) and not _seems_a_place(tokens, at + 1)


def _counts_workers(tokens: Sequence[Token], first: int) -> bool:
    """Whether the name at tokens[first] stands before a comma and workers of a platform: X, les livreurs …"""
    comma = next((at for at in range(first, min(first + 5, len(tokens))) if tokens[at].text == ","), None)
    if comma is None or comma + 2 >= len(tokens) or low(tokens[comma + 1]) not in ("les", "ces", "des"):
        return False
    return noun_from(tokens, comma + 2) in _COUNTED


def _seems_a_place(tokens: Sequence[Token], at: int) -> bool:
    """Whether the model takes the name at tokens[at] for a place: livrer sur Angers, Angers compte 900 inscrits."""
    return at < len(tokens) and tokens[at].ent.endswith("LOC")


def _is_app_of(tokens: Sequence[Token], at: int) -> bool:
    """Whether tokens[at] joins a name to the application that it gives its name: l'application de X."""
    if at < 2 or low(tokens[at]) not in ("de", "d'"):
        return False
    return noun_at(tokens, at - 1) in _APPS and low(tokens[at - 2]) in _THE_OWN and not _seems_a_place(tokens, at + 1)


def _opens_on(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a sentence begins with "sur", the name and a comma: "Sur X, les clients paient moins"; "Puis sur X, où …"."""
    if first == 0 or low(tokens[first - 1]) != "sur" or last >= len(tokens) or tokens[last].text != ",":
        return False
    ahead = [low(token) for token in tokens[: first - 1] if token.text[0].isalnum()]
    return all(word in _THEN for word in ahead) and not _seems_a_place(tokens, first)


def says_where(tokens: Sequence[Token], first: int) -> bool:
    """Whether "à" or "en" before tokens[first] says where; "vendu à X" and "face à X" say to whom."""
    before = low(tokens[first - 1]) if first > 0 else ""
    if before != "a":
        return before == "en"
    for token in reversed(tokens[max(0, first - 6) : first - 1]):
        if names.fold(token.lemma) in _GIVING or low(token) in _GIVING:
            return False
        if token.pos in ("PUNCT", "VERB"):
            break
    return True


def noun_label(word: str) -> str | None:
    """The type of what a noun (folded) introduces: "plateforme" -> PLATFORM."""
    for nouns, found in ((PLATFORM_NOUNS, "PLATFORM"), (MEDIA_NOUNS, "MEDIA"), (ORG_NOUNS, "ORG"), (_PROFESSIONS, "PER")):
        if word in nouns:
            return found
    return None


def _listed(tokens: Sequence[Token], first: int, last: int) -> str | None:
    """PLATFORM in "plateformes (de …) comme A, B et C" and in "plateformes (A, B)"; what is longer is a title."""
    if last - first > _LONGEST_LISTED:
        return None
    at, linked, marked = first - 1, False, False
    while at >= 0 and first - at <= 24:
        token = tokens[at]
        word = low(token)
        if word in _LIKE or token.text in ("(", ":"):
            linked, marked = True, word not in _LIKE
        elif word in PLATFORM_NOUNS or noun_at(tokens, at) in PLATFORM_NOUNS:
            return "PLATFORM" if linked else None
        elif word in MEDIA_NOUNS and linked and word.endswith(("s", "x")):
            return "MEDIA"
        elif word in ORG_NOUNS and linked and word.endswith("s") and token.text.islower():
            return "ORG"
        elif (
            (token.pos in ("VERB", "AUX") and (marked or not linked))
            or token.text in (")", ";", ".")
            or (
                not linked
                and not (token.text[0].isupper() or token.text in (",", "et", "ou", "l'", "l’", "le", "la", "…", "d'", "d’"))
            )
        ):
            return None
        at -= 1
    return None


def is_human_subject(tokens: Sequence[Token], last: int) -> bool:
    """Whether what ends before tokens[last] does what people do: "Nael raconte", "Nael, lui, attend"."""
    verb = next((token for token in tokens[last : last + 2] if token.pos in ("VERB", "AUX")), None)
    return verb is not None and names.fold(verb.lemma) in _HUMAN_VERBS


def _acting(tokens: Sequence[Token], last: int, *, firm: bool = False) -> str | None:
    """ORG for what bills, employs, recruits, raises money or has employees, the subject of a firm's verb; PLATFORM for what has
    workers of its own. `firm`: the words before tell that it is no place."""
    having = next((low(token) for token in tokens[last : last + 3] if low(token) in _HAVING), None)
    if having is not None and (firm or having not in _HOLDING or not _seems_a_place(tokens, last - 1)):
        counted = next((at for at in range(last + 1, min(last + 6, len(tokens))) if tokens[at].text.isdigit()), len(tokens))
        staff = {noun_from(tokens, at) for at in range(counted + 1, min(counted + 4, len(tokens)))}
        if staff & _COUNTED:
            return "PLATFORM"
        if staff & _STAFF:
            return "ORG"
    if not firm and _shuts_out(tokens, last):
        return "PLATFORM"
    verb = next((token for token in tokens[last : last + 3] if token.pos == "VERB"), None)
    return "ORG" if verb is not None and names.fold(verb.lemma) in _FIRM_VERBS and tokens[last].text != "," else None


def _shuts_out(tokens: Sequence[Token], last: int) -> bool:
    """Whether what ends before tokens[last] closes somebody's account, or pays its own workers: X a suspendu son compte."""
    ahead = [low(token) for token in tokens[last : last + 9]]
    verb = next((at for at, word in enumerate(ahead[:4]) if word.startswith(_CLOSING)), None)
    theirs = _MY if verb is not None and ahead[verb].startswith(_ENDING) else _MY | _THEIR
    if verb is not None and any(word in theirs for word in ahead[verb + 1 : verb + 3]):
        return bool({"compte", "comptes", "profil"} & set(ahead[verb + 2 : verb + 5]))
    paid = next((at for at, word in enumerate(ahead[:3]) if word.startswith(_PAYING)), None)
    if paid is None or ahead[paid + 1 : paid + 2] not in (["ses"], ["leurs"]):
        return False
    return noun_from(tokens, last + paid + 2) in _COUNTED


def _has_workers(tokens: Sequence[Token], last: int) -> bool:
    """Whether workers or tasks of a platform are said to be those of what ends before tokens[last]: X et ses livreurs; X, pour qui
    il roule."""
    ahead = [low(token) for token in tokens[last : last + 7]]
    if ahead[:1] == ["et"] and ahead[1:2] in (["ses"], ["leurs"]):
        return any(noun_from(tokens, at) in _OWN for at in range(last + 2, min(last + 5, len(tokens))))
    relative = ahead[:2] == [",", "pour"] and ahead[2:3] in (["qui"], ["laquelle"], ["lequel"])
    return relative and any(names.fold(token.lemma) in _RIDING for token in tokens[last + 3 : last + 8])


def _after(tokens: Sequence[Token], last: int) -> str | None:
    if _has_workers(tokens, last):
        return "PLATFORM"
    if last + 1 >= len(tokens) or tokens[last].text not in (",", "(", "–", "—", ":"):
        return None
    at = last + 1
    if low(tokens[at]) in _APPOSED or low(tokens[at]) in _SEVERAL:
        at += 1
    if _is_gig(tokens, at):
        return "PLATFORM"
    if noun_from(tokens, at) == "numero" and any(low(token) in _MARKETS for token in tokens[at + 2 : at + 4]):
        return "ORG"
    for position, token in enumerate(tokens[at : at + 2], at):
        noun = noun_from(tokens, position)
        found = noun_label(noun) or noun_label(low(token))
        guessed = token.pos in ("VERB", "AUX", "PROPN", "DET", "ADP") and "-" not in noun
        if guessed or not token.text[0].isalpha():
            break
        if found is not None:
            return found
    for position in range(at, min(at + 5, len(tokens) - 1)):
        if tokens[position].text.isdigit():
            counted = low(tokens[position + 1])
            return "PER" if counted == "ans" else "ORG" if counted == "salaries" and position == at else None
        if tokens[position].pos in ("PUNCT", "AUX") or "VerbForm=Fin" in tokens[position].morph:
            break
    return None
