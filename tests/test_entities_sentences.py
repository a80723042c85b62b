"""Hard sentences, invented, each with all its persons, organisations, platforms, outlets and places, and no other."""

import pytest

from tests.test_entities import run

P, G, F, M, L = "PER", "ORG", "PLATFORM", "MEDIA", "LOC"
CASES = {
    # platforms that are also words or names
    "Inscrit sur Malt depuis deux ans, il facture ses missions à la journée.": {("Malt", F)},
    "Le malt d’orge vient d’une brasserie de Rennes.": {("Rennes", L)},
    "Elle trie des photos pour Wirk, Appen et Clickworker.": {("Wirk", F), ("Appen", F), ("Clickworker", F)},
    "Les coursiers de Stuart et de Deliveroo ont débrayé à Lille.": {("Stuart", F), ("Deliveroo", F), ("Lille", L)},
    "Le philosophe John Stuart Mill n’avait pas prévu cela.": {("John Stuart Mill", P)},
    "Il a quitté Bolt pour Heetch, puis Uber.": {("Bolt", F), ("Heetch", F), ("Uber", F)},
    "Les trottinettes de Lime et de Dott encombrent les trottoirs de Nantes.": {("Lime", F), ("Dott", F), ("Nantes", L)},
    "Elle s’est coupé un ongle avec une lime.": set(),
    "Sur Fiverr, un logo se paie cinq dollars.": {("Fiverr", F)},
    "Orange supprime des postes, la CGT proteste.": {("Orange", G), ("CGT", G)},
    "Elle portait une veste orange et un casque.": set(),
    "Une salariée d’Orange témoigne contre l’opérateur.": {("Orange", G)},
    "Apple, Google et Amazon écoutent leurs clients.": {("Apple", G), ("Google", G), ("Amazon", G)},
    "Il manque un contrat chez Side, l’application d’intérim.": {("Side", F)},
    # outlets that are also words
    "Selon Libération, la société n’a pas répondu.": {("Libération", M)},
    "La Libération de Paris fut fêtée dans toutes les rues.": {("Paris", L)},
    "C’est ce que révèle une enquête du Monde publiée mardi.": {("Monde", M)},
    "Le monde du travail change, et pas seulement en France.": {("France", L)},
    "La Croix et Le Monde ont publié ces chiffres.": {("La Croix", M), ("Le Monde", M)},
    "La Croix-Rouge distribue des repas à Lyon.": {("Croix-Rouge", G), ("Lyon", L)},
    "Elle l’a confié au Point et à L’Express.": {("Point", M), ("L’Express", M)},
    "Le point sur la réforme des retraites.": set(),
    "La tribune était pleine au stade de Marseille.": {("Marseille", L)},
    "Dans une interview au Figaro, il se défend.": {("Figaro", M)},
    "Le quotidien La Tribune chiffre les pertes.": {("La Tribune", M)},
    "L’hebdomadaire Le Sémaphore d’Orsanne a cessé de paraître.": {("Le Sémaphore d’Orsanne", M)},
    "Les pays de l’Union ont voté, et la loi vaut dans toute l’Union.": {("Union", G)},
    "Le journal L’Union raconte sa journée à Reims.": {("L’Union", M), ("Reims", L)},
    # persons by an age, a dateline, a role beside a place
    "Maïwenn, 34 ans, trie des photos chez elle depuis Lorient.": {("Maïwenn", P), ("Lorient", L)},
    "Orsanne, 14 mars 2021 (ARD) - Le conseil a voté le texte.": {("Orsanne", L), ("ARD", M)},
    "À 46 ans, cette employée de mairie vit à Roubaix.": {("Roubaix", L)},
    # unknown platforms, by their context
    "La plateforme Tâchounette paie deux centimes l’image.": {("Tâchounette", F)},
    "Des applications comme Clicador et Pixouvre recrutent des étudiants.": {("Clicador", F), ("Pixouvre", F)},
    "Vignetto, une plateforme de micro-travail née à Brest, emploie mille personnes.": {("Vignetto", F), ("Brest", L)},
    "Ils passent d’une appli à l’autre (Clicador, Uber Eats) sans contrat.": {("Clicador", F), ("Uber Eats", F)},
    "Une API relie les deux services.": set(),
    "L’API et la FNAE ont signé l’accord.": {("API", G), ("FNAE", G)},
    # longer than a known name, and in lower case
    "L’Union africaine a voté le texte à Accra.": {("Union africaine", G), ("Accra", L)},
    "Invitée de franceinfo, elle a défendu son texte.": {("franceinfo", M)},
    # bodies whose acronyms hyphens join, and whose names go on past "contre"
    "Les vingt élus LR-UDI-MoDem-CLV ont voté contre.": {("LR", G), ("UDI", G), ("MoDem", G), ("CLV", G)},
    "La CFE-CGC a signé l’accord.": {("CFE-CGC", G)},
    "Elle dirige le Centre de lutte contre les fraudes numériques, un service discret.": {
        ("Centre de lutte contre les fraudes numériques", G)
    },
    "La plainte de la Fédération contre Uber est jugée à Lyon.": {("Fédération", G), ("Uber", F), ("Lyon", L)},
    # a dash with space around it joins no name
    "Au programme : Lila Corvin – Marius Tessan – Nina Salvar.": {
        ("Lila Corvin", P),
        ("Marius Tessan", P),
        ("Nina Salvar", P),
    },
    "En lice : Lila Corvin - Marius Tessan - Nina Salvar.": {("Lila Corvin", P), ("Marius Tessan", P), ("Nina Salvar", P)},
    "Elle relie Brest – Nantes – Lyon en train.": {("Brest", L), ("Nantes", L), ("Lyon", L)},
    "Il vit à Saint-Étienne et Jean-Marc Vial à Clermont-Ferrand.": {
        ("Saint-Étienne", L),
        ("Jean-Marc Vial", P),
        ("Clermont-Ferrand", L),
    },
    # who holds an office is no part of the place
    "La future bourgmestre d’Ixelles a signé.": {("Ixelles", L)},
    "L’échevine de Schaerbeek a signé.": {("Schaerbeek", L)},
    "La députée d’Uccle a signé.": {("Uccle", L)},
    "Le maire de Nantes a signé.": {("Nantes", L)},
    "Le préfet de Lyon a signé.": {("Lyon", L)},
    "Le bourgmestre de Namur a signé.": {("Namur", L)},
    # titles, elision, spelling
    "M. Lestrange et Mme Corvaisier n’ont pas souhaité répondre.": {("Lestrange", P), ("Corvaisier", P)},
    "Le sociologue Antoine Bellegarde-Sow travaille à l’université de Valmorne.": {
        ("Antoine Bellegarde-Sow", P),
        ("université de Valmorne", G),
    },
    "Les chauffeurs d’Uber manifestent contre l’Urssaf.": {("Uber", F), ("Urssaf", G)},
    "Foule-Factory, Foulefactory, Foule Factory : un seul nom.": {
        ("Foule-Factory", F),
        ("Foulefactory", F),
        ("Foule Factory", F),
    },
    "Les livreurs de Deliverro attendent devant la mairie.": {("Deliverro", F)},
    "Le tribunal judiciaire de Bobigny a tranché, la cour d’appel de Paris dira le droit.": {
        ("tribunal judiciaire de Bobigny", G),
        ("cour d’appel de Paris", G),
    },
    "Le ministère du Travail et la Dares préparent une enquête.": {("ministère du Travail", G), ("Dares", G)},
    "Le conseil de prud’hommes de Lyon lui a donné raison.": {("conseil de prud’hommes de Lyon", G)},
    "Clotilde d’Arsenac, avocate au barreau, plaidait pour Jean-Marc Peltrault.": {
        ("Clotilde d’Arsenac", P),
        ("Jean-Marc Peltrault", P),
    },
    "Les Français et les Américains n’ont pas les mêmes règles.": set(),
    "La France et l’Allemagne demandent un texte à Bruxelles.": {("France", L), ("Allemagne", L), ("Bruxelles", L)},
    "Le Centre national de la recherche scientifique (CNRS) finance l’enquête.": {
        ("Centre national de la recherche scientifique", G),
        ("CNRS", G),
    },
    "La Fédération des tâcherons numériques (FTN) appelle à la grève.": {
        ("Fédération des tâcherons numériques", G),
        ("FTN", G),
    },
    "Pauline Vernay, 34 ans, livre des repas à Montpellier.": {("Pauline Vernay", P), ("Montpellier", L)},
    "À Antananarivo, Tiana annote des images pour une entreprise de Paris.": {
        ("Antananarivo", L),
        ("Tiana", P),
        ("Paris", L),
    },
    "La start-up Limonade Data, dirigée par Sami Bellacoste, lève trois millions.": {
        ("Limonade Data", G),
        ("Sami Bellacoste", P),
    },
    "Images, textes, sons : tout passe entre leurs mains.": set(),
    "Livraison en retard, pénalité immédiate.": set(),
    "Le Collectif des livreurs autonomes de Paris (CLAP) a porté plainte.": {
        ("Collectif des livreurs autonomes de Paris", G),
        ("CLAP", G),
    },
    "Ursula von der Leyen a reçu les syndicats à Strasbourg.": {("Ursula von der Leyen", P), ("Strasbourg", L)},
    "Amazon Mechanical Turk, alias AMT, a ouvert la voie aux États-Unis.": {
        ("Amazon Mechanical Turk", F),
        ("AMT", F),
        ("États-Unis", L),
    },
    "La ministre du Travail s’est tue, rue de Grenelle.": {("rue de Grenelle", L)},
    "Il y a aussi Figure Eight (ex-CrowdFlower), près de San Francisco.": {
        ("Figure Eight", F),
        ("CrowdFlower", F),
        ("San Francisco", L),
    },
    "Une thèse à l’université Paris-Dauphine porte sur les chauffeurs.": {("université Paris-Dauphine", G)},
    "Le film passe sur France.tv et à Lille.": {("Lille", L)},
    "Elle s’est inscrite à Malt, puis s’est confiée à Libération.": {("Malt", F), ("Libération", M)},
    "Si on clique trop vite, le compte est fermé.": set(),
    # more names that are words, used as the one and as the other
    "L’ubérisation du travail inquiète, et les salariés ubérisés aussi.": set(),
    "Il faut ubériser la livraison, ironise un patron à Lyon.": {("Lyon", L)},
    "L’opérateur Free recrute à Bordeaux.": {("Free", G), ("Bordeaux", L)},
    "Il a choisi le free jazz et une vie plus free.": set(),
    "Chez Meta, les modérateurs passent par un sous-traitant.": {("Meta", G)},
    "La réforme a une portée presque méta, selon lui.": set(),
    "Meta et Google ont refusé de répondre.": {("Meta", G), ("Google", G)},
    "La Poste teste une application pour ses facteurs à Nantes.": {("La Poste", G), ("Nantes", L)},
    "Elle occupe la poste de garde et attend la relève.": set(),
    "Le magazine Elle consacre un dossier aux livreuses.": {("Elle", M)},
    "Elle travaille la nuit, et elle dort le jour.": set(),
    "L’hebdomadaire Marianne publie une enquête.": {("Marianne", M)},
    "Marianne Delcourt annote des images à Metz.": {("Marianne Delcourt", P), ("Metz", L)},
    "Le buste de Marianne trône dans la mairie.": {("Marianne", P)},
    "Le mensuel Capital chiffre le marché.": {("Capital", M)},
    "Le capital et le travail ne se partagent pas ainsi.": set(),
    "Dans une étude parue dans Nature, des chercheurs comptent les images.": {("Nature", M)},
    "La nature du contrat reste floue.": set(),
    "Le champion Usain Bolt a couru à Zurich.": {("Usain Bolt", P), ("Zurich", L)},
    "Les chauffeurs de Bolt et de Marcel ont manifesté.": {("Bolt", F), ("Marcel", F)},
    "Marcel Duvivier, retraité, répond à des sondages.": {("Marcel Duvivier", P)},
    "Elle a trouvé cette mission sur Monster, puis sur Malt.": {("Monster", F), ("Malt", F)},
    "La réunion s’est tenue sur Zoom, sans la direction.": {("Zoom", F)},
    "La caméra fait un zoom sur les mains.": set(),
    "Selon L’Union, la mairie de Reims a cédé.": {("L’Union", M), ("mairie de Reims", G)},
    "L’union fait la force, répètent les coursiers.": set(),
    "L’avenir du travail se joue ici, selon le ministre.": set(),
    "Une action collective vise la plateforme.": set(),
    "La croix qu’ils portent est lourde.": set(),
    "Le parti Renaissance et le Parti socialiste ont voté.": {("Renaissance", G), ("Parti socialiste", G)},
    "La renaissance du syndicat surprend.": set(),
    "Le quotidien La Liberté, à Fribourg, raconte son histoire.": {("La Liberté", M), ("Fribourg", L)},
    "La liberté qu’on leur promet est une laisse.": set(),
    "Ils roulent pour Stuart, filiale de La Poste.": {("Stuart", F), ("La Poste", G)},
    "Le smart contract remplace le contrat.": set(),
    "Le signal est clair pour les plateformes.": set(),
    "Ici, on travaille la nuit, et l’actu ne s’arrête pas.": set(),
    "Total : deux euros pour une heure.": set(),
    "Le sommet du G7 à Biarritz a parlé des plateformes.": {("G7", G), ("Biarritz", L)},
    "Les chauffeurs de G7 et d’Uber se disputent la place.": {("G7", F), ("Uber", F)},
    "Contactée, Uber n’a pas répondu ; interrogé, Malt non plus.": {("Uber", F), ("Malt", F)},
    "Debout depuis cinq heures, Nadia attend.": {("Nadia", P)},
    "La Vice première ministre et le Premier ministre se taisent.": set(),
    "Le Conseil de sécurité de l’ONU se réunit, comme au XIXe siècle.": {("Conseil de sécurité de l’ONU", G)},
    "OK, les livreurs de Stuart ont gagné.": {("Stuart", F)},
    "Il a vu la vidéo sur YouTube, puis sur Facebook.": {("YouTube", G), ("Facebook", G)},
    # bodies of a territory, and the territory
    "À la métropole de Bordeaux, on se tait, comme à la préfecture de la Gironde.": {
        ("métropole de Bordeaux", G),
        ("préfecture de la Gironde", G),
    },
    "La Ville de Brest et la Région Bretagne paient, le maire de Brest signe.": {
        ("Ville de Brest", G),
        ("Région Bretagne", G),
        ("Brest", L),
    },
    "Quimper, préfecture du Finistère, est une ville de Bretagne.": {("Quimper", L), ("Finistère", L), ("Bretagne", L)},
    "Toulouse est une métropole de France.": {("Toulouse", L), ("France", L)},
    "L’agence régionale de santé Bretagne et le parquet de Rennes enquêtent.": {
        ("agence régionale de santé Bretagne", G),
        ("parquet de Rennes", G),
    },
    "Elle enseigne à l’université Rennes 2, puis à l’université Grenoble-Alpes.": {
        ("université Rennes 2", G),
        ("université Grenoble-Alpes", G),
    },
    "Elle a travaillé avec la Maison des vendangeurs.": {("Maison des vendangeurs", G)},
    # towns that are firms as well
    "À Orange, la pluie a gâté le marché.": {("Orange", L)},
    "Le maire d’Orange et les habitants d’Orange attendent.": {("Orange", L)},
    "De Nîmes à Orange, les cars roulent.": {("Nîmes", L), ("Orange", L)},
    "Le chantier, vendu à Orange, puis confié à Orange, avance.": {("Orange", G)},
    "Elle est abonnée à Orange et se plaint des salariés d’Orange.": {("Orange", G)},
    "Face à Orange, les habitants protestent chez Orange.": {("Orange", G)},
    # outlets after an article, in a listing, with more to their name, and the words they are
    "L’éditorialiste du Point Jeanne Morvan cite un dossier de l’Équipe.": {
        ("Point", M),
        ("Jeanne Morvan", P),
        ("Équipe", M),
    },
    "Il découpe un portrait du Monde, un autre des Échos.": {("Monde", M), ("Échos", M)},
    "22 h 40 – Arte. Un film muet sur les tâcherons.": {("Arte", M)},
    "Selon L’Écho de Valmorne, la panne dure.": {("L’Écho de Valmorne", M)},
    "C’est Le Parisien de l’an passé.": {("Le Parisien", M)},
    "Le Progrès de Lyon a fermé.": {("Le Progrès", M), ("Lyon", L)},
    "Au point du jour, l’équipe de l’Équipe dort.": {("Équipe", M)},
    "(Elle hésite.) Il a foi dans le progrès et l’humanité.": set(),
    # what the noun before a name says, and what is no name
    "La jeune pousse Daviane, installée à Brest, recrute.": {("Daviane", G), ("Brest", L)},
    "Il pousse Vaubert à partir.": {("Vaubert", P)},
    "Le site d’information Vernelle a enquêté sur le site de rencontres Ormelia.": {("Vernelle", M), ("Ormelia", F)},
    "Le site internet Vernelle vend des vélos ; le site de Brest aussi.": {("Vernelle", G), ("Brest", L)},
    "Le SNES-FSU et le SNEX-FSU appellent à la grève.": {("SNES-FSU", G), ("SNEX-FSU", G)},
    "Il faut un plan Vaubert pour l’hôpital, ou un plan B.": set(),
    "Le plan social de la société Tercal inquiète.": {("Tercal", G)},
    "Sur le mur : « Justice sociale en berne ».": set(),
    # streets, stations and districts
    "De la rue de Belleville à la gare de l’Est, il pédale.": {("rue de Belleville", L), ("gare de l’Est", L)},
    "La mairie du 3e arrondissement ferme la rue A. Morlin.": {("3e arrondissement", L), ("rue A. Morlin", L)},
    "À la gare SNCF, il se voit dans l’impasse du Brexit.": {("SNCF", G)},
    "On a mis en place Uber Eats, puis Stuart à la place d’Uber.": {("Uber Eats", F), ("Stuart", F), ("Uber", F)},
    # clubs and the places where they play
    "Le Stade rennais bat le FC Nantes.": {("Stade rennais", G), ("FC Nantes", G)},
    "Le stade de Marseille est plein pour l’US Open.": {("Marseille", L)},
    "Codeur le jour, livreur la nuit, il vit à Tours.": {("Tours", L)},
    # what begins a sentence with "sur", a negation or a pronoun between subject and verb, a platform that is called a firm
    "Puis sur Tagolio, elle a gagné deux euros.": {("Tagolio", F)},
    "Sur Brest, les livreurs font grève.": {("Brest", L)},
    "Malt n’en finit plus de grandir.": {("Malt", F)},
    "Bolt se dit confiant.": {("Bolt", F)},
    "Il pilote Stuart, filiale d’un groupe de transport.": {("Stuart", F)},
    # who asks and is asked, who is elected where, what an organisation or a spin-off is called
    "Contactée par Numéricité, l’entreprise n’a pas répondu.": {("Numéricité", M)},
    "Contacté par Karim Vial, il a raccroché.": {("Karim Vial", P)},
    "C’est ce que résume un élu de Kibera.": {("Kibera", L)},
    "Il cite l’organisation néerlandaise Fairlens.": {("Fairlens", G)},
    "Une spin-off, Dermagaz, étiquette des images.": {("Dermagaz", G)},
    "L’association Droits en ligne attaque.": {("Droits en ligne", G)},
    # long names, and what stands right after them
    "Elle l’a dit à l’Agence Ardenne Jeanne Vial, et rien de plus.": {("Agence Ardenne", G), ("Jeanne Vial", P)},
    "L’Institut Paul Bocuse recrute.": {("Institut Paul Bocuse", G)},
    "Selon l’Observatoire régional de la santé de Nouvelle-Aquitaine, tout va bien.": {
        ("Observatoire régional de la santé de Nouvelle-Aquitaine", G)
    },
    "Il vient du département de la Défense américain.": {("département de la Défense", G)},
    "Économiste, université de Bretagne occidentale ; elle publie beaucoup.": {("université de Bretagne occidentale", G)},
    "Promise par le ministère de l’Économie, des Finances et de la Relance, la loi attend.": {
        ("ministère de l’Économie, des Finances et de la Relance", G)
    },
    "Dans une tribune au « Quotidien des Alpes », ils protestent.": {("Quotidien des Alpes", M)},
    "Le Journal officiel publie, elle tient un journal de bord.": {("Journal officiel", M)},
    "Le Syndicat des cliqueurs (ex-Fédération des coursiers du Sud) conteste.": {
        ("Syndicat des cliqueurs", G),
        ("Fédération des coursiers du Sud", G),
    },
}


@pytest.fixture(scope="module")
def found():
    mentions, _ = run(list(CASES))
    by_text = {text: set() for text in CASES}
    texts = list(CASES)
    for row in mentions:
        if row["label"] != "MISC":
            by_text[texts[int(row["article_id"])]].add((row["text"], row["label"]))
    return by_text


@pytest.mark.parametrize("text", CASES)
def test_names_and_types_of_a_sentence(found, text):
    assert found[text] == CASES[text]


def test_one_known_platform_in_a_list_or_a_title_in_brackets_makes_no_platform():
    mentions, _ = run(
        [
            "Sur la scène : Vents Contraires, Applause, Ormeline et Les Braillards, jusqu’à minuit.",
            "Le nombre d’applications (Ten Years After The First Download) ne progresse plus.",
            "Il a travaillé pour Clickworker, Microworkers, Pixouvre et Tâchelune.",
        ]
    )
    platforms = {row["text"] for row in mentions if row["label"] == "PLATFORM"}
    assert platforms == {"Applause", "Clickworker", "Microworkers", "Pixouvre", "Tâchelune"}
