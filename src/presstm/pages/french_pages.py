"""What French press pages put around and into their articles, as few named rules on blocks of text.

No rule names an outlet. `LABELS` look at the class and id of the elements around a block, `LINES` at its words, `COMMENTS_HEADING` and
`LINKS_HEADING` at headings after which readers speak or links to other articles come. Each rule has a page of the project that it
mends: corpus/raw and tests/quality/extraction.
"""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from typing import Any

from presstm.pages import site_voice
from presstm.pages.page import Block, names_of

# Words of class and id attributes, cut at anything that is no letter and at capitals inside.
LABELS: dict[str, frozenset[str]] = {
    "comments": frozenset("comment comments commentaire commentaires reaction reactions disqus respond forum".split()),
    "related": frozenset(
        "related relatedarticles similar recommended recommendation recommendations reco readmore outbrain taboola ligatus teads".split()
    ),
    "sharing": frozenset("share sharing partage partager social socials sharebar addthis sharedaddy".split()),
    "selling": frozenset(
        "newsletter newsletters infolettre subscribe subscription abonnement abo promo advert advertisement ad ads dfp pub publicite sponsored partenaires".split()
    ),
    "navigation": frozenset(
        "breadcrumb breadcrumbs ariane nav navbar navigation menu sidebar pagination pager toolbar skip footer".split()
    ),
    "credits": frozenset(
        "byline signature credit credits copyright tags keywords motscles timestamp dateline datetime pubdate".split()
    ),
    "media": frozenset("caption captions legende".split()),
    "embedded": frozenset("tweet twitter instagram facebook tiktok embed player".split()),
    "notices": frozenset("cookie cookies consent gdpr rgpd popup modal overlay disclaimer noprint".split()),
}
_PAIRS: dict[str, frozenset[tuple[str, str]]] = {
    "related": frozenset(
        {("lire", "aussi"), ("read", "more"), ("read", "also"), ("plus", "lus"), ("most", "read"), ("voir", "aussi"), ("sur", "sujet"), ("meme", "sujet"),
         ("liens", "article"), ("article", "liens"), ("article", "links"), ("know", "more"), ("see", "also"), ("associated", "articles"), ("articles", "lies")}
    ),
    "credits": frozenset({("author", "bio"), ("author", "box"), ("about", "author"), ("img", "credit"), ("auteur", "bio"), ("article", "meta"), ("post", "meta"), ("entry", "meta")}),
}  # fmt: skip
_LABEL_WORD = re.compile(r"[A-Z]?[a-zà-ÿ]+|[A-Z]{2,}(?![a-z])")

_TAGS = {
    "aside": "related",
    "nav": "navigation",
    "figcaption": "media",
    "caption": "media",
    "form": "selling",
    "footer": "navigation",
}

LINES: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"(?:[^\w\s«“\"]|\s)*(?:{pattern})", re.IGNORECASE)
    for name, pattern in {
        "see also": (
            r"(?:à |a )?(?:re)?(?:lire|voir|écouter|découvrir)\b(?:\s+(?:et|ou|/)\s+\w+)?\s*(?:aussi|également|ailleurs|en complément|sur le même (?:sujet|thème))\b"
            r"|(?:à|a) (?:lire|voir|écouter|découvrir|consulter|noter)\s*[:>|»-]|(?:lire|voir|regarder|écouter|retrouvez?)\s*(?:notre|nos|l['’](?:article|interview|entretien|analyse|enquête)|"
            r"le (?:dossier|diaporama|reportage)|la vidéo|(?:aussi )?ci-dessous)\b.{0,100}$|(?:lire|voir)\s*:|(?:sur|dans) le même (?:sujet|thème)|sur le sujet\s*:?$|nos articles (?:sur|liés)|"
            r"(?:articles?|contenus?|sujets?) (?:liés?|associés?|recommandés?|similaires?|connexes?)|(?:en (?:savoir|lire)|lire) (?:plus|davantage)\s*[:>»….]*$|lire la suite\b.{0,40}$|"
            r"pour aller plus loin\s*:?$|read more"
        ),
        "newsletter": (
            r".{0,60}\b(?:inscrivez|abonnez)[- ]vous\b.{0,60}\b(?:newsletters?|lettres?|infolettres?|alertes?|chaîne|podcasts?)\b|.{0,60}\brecevez\b.{0,60}\b(?:newsletters?|infolettres?|lettres? d['’]infos?|boîte mail)\b|(?:recevez|retrouvez|recevoir)\b.{0,80}\b(?:newsletters?|infolettres?|boîte mail|e-?mails?|alertes?)\b|recevez\b.{0,10}[«“\"].{3,50}[»”\"]|recevez (?:chaque|tous les|toutes les|gratuitement)\b|"
            r".{0,30}(?:newsletters?|infolettres?)\s*:?$|(?:la |notre )?newsletter\b.{0,80}\brecevez\b|[^«»“”\"]{0,60}\babonnez-vous\b[^«»“”\"]{0,30}$|(?:notre |la )?(?:newsletter|infolettre)\s*[«“\"][^«»“”\"]{2,50}[»”\"]$|(?:la|les|notre|nos) (?:newsletters?|infolettres?|lettres? d['’]infos?)\b.{0,30}$|.{0,120}\bdans votre (?:boîte|messagerie)\b.{0,30}$|s['’]abonner\b.{0,40}\b(?:lettres?|newsletters?)|(?:votre|entrez|saisissez).{0,20}\b(?:adresse )?e-?mail\b.{0,60}$|"
            r"[^«»“”\"]{0,100}\btéléchargez\b[^«»“”\"]{0,30}\b(?:appli|application)\b[^«»“”\"]{0,80}$"
        ),
        "affiliate": r"bons plans? ?:|.{0,200}\bliens? (?:d['’])?affili|en partenariat avec\b.{0,60}$|contenu (?:sponsorisé|proposé par)",
        "legal": (
            r"(?:avertissement|mentions légales|disclaimer|clause de non-responsabilité)\s*[:—-]|les performances passées ne\b|"
            r".{0,120}\b(?:contenus?|propos|opinions?|textes?|billets?|publications?|tribunes?)\b.{0,60}\bn['’]engage(?:nt)? (?:pas|que|en rien)\b|"
            r"(?:toute |la )?(?:reproduction|rediffusion|copie)\b.{0,150}\b(?:interdite|soumise|autorisation|accord)\b"
        ),
        "sharing": (
            r"(?:partage[rz]?|tweete[rz]|imprime[rz]|courriel|envoyer|copier le lien|j['’]aime|facebook|twitter|linkedin|whatsapp|e-?mail|commenter|réagir|sauvegarder)\b(?:[\s,|/·•]*(?:et|ou|par|sur|cet|l['’]|cette|"
            r"page|article|le|lien|partager|tweeter|imprimer|envoyer|copier|facebook|twitter|linkedin|whatsapp|pinterest|messenger|e-?mail|mail|ami|un|à|x|commenter|réagir|a[+-]|\(?\d+\)?))*\s*[.:!]*$|"
            r"suivez(?:-nous| .{2,40} sur (?:facebook|twitter|instagram|google|x))\b|retrouvez(?:-nous| (?:toute|toutes|tous|nos)\b.{0,60}\bsur)\b|rejoignez-nous"
        ),
        "media": (
            r"(?:crédits?|photos?|image|illustration|vidéo|légende)(?: (?:photo|image|d['’]illustration))?\s*[:©/]|(?:©|\(c\))\s?.{0,80}$|.{0,100}(?:©|\(c\) ).{0,40}$|photo d['’]illustration|"
            r"(?:cliquez|tapotez|glissez|zoomez)\b.{0,80}$|(?:lecture|pause|plein écran|chargement|lecteur (?:audio|vidéo))\b.{0,30}$|votre navigateur ne|"
            r"(?:voir|afficher|ouvrir|regarder|lancer)(?: (?:la|les|l['’]|le|cette))? ?(?:vidéos?|images?|photos?|diaporama|galerie|carte|tweet|post|cette publication)\b.{0,40}$|"
            r"(?:ce contenu|(?:pour|afin de) (?:visualiser|voir|lire|afficher|regarder) (?:ce|cette|le|la)\b).{0,80}\b(?:bloqué|cookies|disponible|consent|javascript)"
        ),
        "colophon": (
            r"tous droits (?:de reproduction )?(?:réservés|de)|(?:publié|mis à jour|modifié|mis en ligne|posté|créé|paru|rédigé|actualisé)e?s? (?:le |à |par |il y a |hier|aujourd|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\d)"
            r".{0,100}$|(?:temps de )?lecture\s*:?\s*\d+ ?min|\d+ ?min(?:utes?)? de lecture|(?:tags?|mots[- ]clés?|thèmes?|sujets|rubriques?|catégories?|étiquettes?|dossiers?)\s*:|publicité\s*$|annonce\s*$|sponsorisé|"
            r"signaler (?:une (?:erreur|faute)|un (?:abus|contenu|problème))|(?:une|la) (?:erreur|faute|coquille) (?:dans|s['’]est)\b[^.!]{0,80}\?|contacter la rédaction|©|(?:url|adresse|lien|source) (?:source|d['’]origine|de (?:cet|l['’])\s?article)\s*:|article (?:précédent|suivant)|retour (?:en haut|à (?:la (?:page|liste|une)|l['’]accueil))|"
            r"vous êtes témoin d.{0,60}\?|(?:vous avez (?:aimé|apprécié|une question|des (?:renseignements|informations|documents)))|soutenez[- ]|[^«»“”\"]{0,200}\bsoutenez (?:notre|votre|le) (?:journal|média|rédaction|travail|indépendance|titre)\b|faites un don|faire un don|.{0,200}\bnous avons une faveur|.{0,200}\b(?:notre|ce) (?:journal|média|site|rédaction)\b.{0,80}\b(?:vit|dépend|financée?|existe)\b.{0,60}\b(?:dons?|lecteurs|soutien)\b|je (?:fais un don|donne)|"
            r"votre (?:avis|impression|réaction|vote|note) sur (?:cet|l['’]|ce)\s?\w+|(?:contacts?|courriel)\s*:\s*\S+@\S+\s*$|(?:ces|les) annonces (?:sont|ne sont)\b|"
            r"par\s?:?\s.{3,60}\b\d{1,2}[/.]\d{1,2}[/.](?:\d\d|\d{4})\b.{0,80}$|"
            r"[a-z]{2,4}(?:/[a-z]{2,5}){1,4}$|"  # who wrote and edited a dispatch
            r"\d+ (?:commentaires?|réactions?|partages?|vues?)$"
        ),
        "notice": (
            r"[^«»“”\"]{0,80}\b(?:(?:ré)?activez|(?:veuillez|merci d['’]|vous devez|pensez à)\s?(?:ré)?activer)\b.{0,25}\b(?:javascript|(?:les|vos) cookies)\b|javascript (?:est|doit être|n['’]est pas) (?:dés)?activé|"
            r"(?:nous et nos (?:\d+ )?|[^«»“”\"]{0,60}\bnos \d+ )partenaires\b.{0,200}\b(?:données|cookies|traceurs)\b|[^«»“”\"]{0,80}\b(?:retirer|modifier) votre consentement\b|"
            r"[^«»“”\"]{0,100}\bvérifi\w+ (?:la sécurité de votre connexion|que vous (?:êtes|n['’]êtes pas) (?:une? )?(?:humain|robot))|votre navigateur (?:n['’]|est (?:trop ancien|obsolète))|"
            r"(?:cliquez ici pour )?(?:se|vous|me) (?:désinscrire|désabonner)(?: de (?:cette|la|notre|nos) .{0,40})?\W*$|"
            r"une erreur (?:inattendue |technique |interne )?(?:est survenue|s['’]est produite)\b.{0,30}\b(?:réessay|recharg)|(?:le|ce|notre) site est (?:actuellement |temporairement )?(?:en maintenance|indisponible)\b.{0,200}\b(?:merci de|veuillez|nos équipes)\b|"
            r"vous (?:utilisez|avez activé) (?:un|votre) bloqueur\b|vous devez être (?:abonnée?|connectée?|identifiée?) pour\b|(?:la suite|suite de l['’]article|l['’]article (?:continue|se poursuit)) (?:après|sous) (?:cette|la) (?:publicité|annonce)|"
            r"vous recevez (?:ce|cet|cette) (?:e-?mail|courriel|message|lettre|newsletter|alerte)\b"
        ),
        "embedded post": r"—\s?.{2,60}\(@\w+\)|pic\.twitter\.com/|.{0,200}pic\.twitter\.com/\w+\s*$|(?:une|voir cette) publication partagée|https?://\S+\s*$|@\w+\s*$",
    }.items()
}
_SPOKEN = frozenset(("paywall", "newsletter", "notice"))  # rules of lines that speak to a reader
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\s»”\"]+")
_SENTENCE_WORDS = 8
_SPEAKER = re.compile(r"\b(?:vous|votre|vos|nous|notre|nos)\b|-vous\b|^[A-ZÀ-Ý]\w+ez\b", re.IGNORECASE)
_HEADS = r"(?:\W|\d)*(?:{})\s*[:!?]?\s*(?:\(\d+\))?"
COMMENTS_HEADING = re.compile(
    _HEADS.format(
        r"(?:vos|les|vos derniers|derniers|nos|tous les)? ?(?:commentaires?|réactions?)(?: \(?\d+\)?| des (?:lecteurs|internautes|abonnés))?|"
        r"(?:laisser|laissez|poster|postez|ajouter|ajoutez|déposer|écrire) (?:un|votre) commentaire|(?:réagir|réagissez)(?: à cet article)?|"
        r"(?:participer|participez) à la (?:conversation|discussion)|espace commentaires?|(?:fils? de )?discussions?(?: \[\d+\])?|"
        r"(?:(?:sur )?(?:le|la|les|l['’]) ?)?(?:courrier|avis|paroles?|répondeur|messages?|réponses?|mots?) (?:de nos|des) (?:lecteurs|lectrices|auditeurs|internautes|abonnés)"
    ),
    re.IGNORECASE,
)
_SUBHEADING = re.compile(r"(?:les )?(?:réactions?|discussions?|avis)", re.I)  # not of readers alone
LINKS_HEADING = re.compile(
    _HEADS.format(
        r"(?:(?:à|a) )?(?:lire|voir|découvrir|écouter) (?:aussi|également|ailleurs)|(?:à lire|sur|dans) (?:le|la) même (?:sujet|thème|rubrique)|"
        r"(?:les|nos) (?:articles )?(?:plus|derniers?|dernières) (?:lus|vus|consultés|populaires|partagés|commentés|articles|actualités|infos|vidéos)(?: d(?:e|u|epuis|ans) .{0,25})?|les plus (?:lus|vus|consultés|populaires|partagés|commentés|récents)(?: d(?:e|u|epuis|ans) .{0,25})?|"
        r"(?:nos|vos|les|autres)? ?articles? (?:similaires|associés|liés|recommandés|connexes|récents|les plus lus|sur le même sujet)|"
        r"vous (?:aimerez|pourriez|devriez) (?:aussi|également|aimer|être intéressé).{0,30}|(?:nos |notre )?(?:sélection|recommandations)|recommandé pour vous|ailleurs sur le web|"
        r"contenus? sponsorisés?|plus d['’](?:articles|actualités|infos).{0,30}|toute l['’]actu(?:alité)?.{0,20}|(?:à|a) propos de l['’]aute?ure?.{0,20}|"
        r"(?:la|notre|nos) newsletters?|(?:en )?(?:savoir|lire) plus|dans l['’]actualité|l['’]actu(?:alité)? en (?:direct|continu)|à la une|mots[- ]clés|sur le sujet"
    ),
    re.IGNORECASE,
)


def element_label(element: Any) -> str | None:
    """The rule that the name, class or id of an element matches."""
    if (rule := _TAGS.get(element.tag)) is not None:
        return rule
    names = names_of(element)
    return label_of(names) if len(names) > 1 else None


def in_comments(element: Any) -> bool:
    """Whether an element stands among what readers wrote; a wrapper with the page's headline is none of that."""
    return any(
        above.tag not in ("html", "body") and element_label(above) == "comments" and above.find(".//h1") is None
        for above in element.iterancestors()
    )


@lru_cache(20_000)
def label_of(names: str) -> str | None:
    """The rule that matches class and id, given as one string."""
    for name in names.split()[:20]:
        found = [word.lower() for word in _LABEL_WORD.findall(name[:100])]
        for rule, words in LABELS.items():
            # One of the first words says what it is: "comments-list", "list-comments" yes; "has-comments", "no-sidebar" no.
            if (
                found
                and found[0] not in ("has", "no", "with", "without", "is", "not", "open")
                and not words.isdisjoint(found[:3])
            ):
                return rule
        for rule, pairs in _PAIRS.items():
            if not pairs.isdisjoint(itertools.pairwise(found)):
                return rule
    return None


def line(text: str) -> str | None:
    """The rule that the words of a short paragraph match; "paywall" if it is a line of an offer."""
    if len(text) > 400:
        return None
    rule = (
        "paywall"
        if site_voice.is_of_offer(text)
        else next((name for name, pattern in LINES.items() if pattern.match(text)), None)
    )
    return None if rule in _SPOKEN and _speaks_of_others(text) else rule


def _speaks_of_others(text: str) -> bool:
    """Whether sentences behind the first, with a third of the words, speak neither to a reader nor of a site: an article may begin
    with what a notice says ("Cet article est réservé aux abonnés. Ces mots couvrent …").
    """
    others = [
        words
        for sentence in _SENTENCE_END.split(text)[1:]
        if len(words := sentence.split()) >= _SENTENCE_WORDS
        and not _SPEAKER.search(sentence)
        and all(not pattern.match(sentence) for pattern in LINES.values())
    ]
    return 3 * sum(map(len, others)) >= len(text.split())


def opens_comments(block: Block) -> bool:
    """Whether a block is a heading after which readers speak, and no subheading between two paragraphs ("Réactions")."""
    if len(block.text) >= 60 or COMMENTS_HEADING.fullmatch(block.text) is None:
        return False
    if _SUBHEADING.fullmatch(block.text) is None or block.element is None:
        return True
    beside = block.element.getprevious(), block.element.getnext()
    return any(one is None or one.tag != "p" for one in beside)


def opens_links(block: Block) -> bool:
    """Whether a block is a heading after which links to other articles come."""
    return len(block.text) < 60 and LINKS_HEADING.fullmatch(block.text) is not None
