"""Names of inhabitants, which are no names of places: "Cet Ivoirien", "la Toulousaine", "Guinéen de 24 ans"."""

from __future__ import annotations

from collections.abc import Iterator

_MASCULINE = (  # in the singular, folded; those that are first or last names as often are left out
    # nations
    "afghan albanais algerien allemand americain angolais anglais argentin armenien asiatique australien autrichien azeri bangladais "
    "belge beninois bielorusse birman bolivien bosniaque botswanais bresilien britannique bulgare burkinabe burundais cambodgien "
    "camerounais canadien catalan centrafricain chilien chinois chypriote colombien comorien congolais coreen costaricain croate "
    "cubain danois djiboutien ecossais egyptien emirati equatorien erythreen espagnol estonien ethiopien europeen finlandais "
    "francais gabonais gallois gambien georgien ghaneen grec guatemalteque guineen haitien hollandais hongrois indien indonesien "
    "irakien iranien irlandais islandais israelien italien ivoirien jamaicain japonais jordanien kazakh kenyan kirghize kosovar "
    "koweitien laotien letton libanais liberien libyen lituanien luxembourgeois macedonien malaisien malgache malien maltais "
    "marocain mauricien mauritanien mexicain moldave mongol montenegrin mozambicain nepalais nicaraguayen nigerian nigerien "
    "norvegien neerlandais ougandais pakistanais palestinien panameen paraguayen peruvien philippin polonais portugais quebecois "
    "qatari roumain russe rwandais salvadorien saoudien senegalais serbe singapourien slovaque slovene somalien soudanais "
    "sri-lankais sud-africain sud-coreen suedois syrien tadjik taiwanais tanzanien tchadien tcheque tchetchene thailandais "
    "togolais tunisien turc ukrainien uruguayen venezuelien vietnamien yemenite zambien zimbabween "
    # continents, regions
    "africain latino-americain maghrebin occidental oriental antillais guadeloupeen martiniquais guyanais reunionnais mahorais "
    "polynesien caledonien alsacien corse wallon flamand auvergnat bourguignon vendeen "
    # cities
    "ardennais angevin bordelais brestois bruxellois caennais cannois dijonnais francilien genevois grenoblois havrais lausannois "
    "liegeois lillois londonien lorientais lyonnais madrilene manceau marseillais messin milanais montpellierain montrealais "
    "mulhousien nanceien nantais neuchatelois new-yorkais nicois nimois orleanais palois parisien perpignanais poitevin quimperois "
    "remois rennais rochelais rouennais stephanois strasbourgeois toulonnais toulousain tourangeau valaisan vannetais versaillais "
    "zurichois berlinois "
    # faiths
    "musulman juif chretien catholique protestant"
).split()
_OTHERS = (  # feminines that no rule gives, and plurals alone where the singular is a last name
    "grecque turque juive juives maghrebine caledonienne tourangelle mancelle bretons bretonnes normands normandes basques suisses "
    "suissesse picards lorrains catalane lettonne bretonne"
).split()
_BEFORE = frozenset("les des aux ces ses nos leurs deux trois quelques certains plusieurs un une ce cet cette".split())
_ENDINGS = tuple("ais aise aises ois oise oises ien iens ienne iennes een eens eenne eennes ains aines ards".split())


def _forms(masculine: str) -> Iterator[str]:
    doubled = masculine.endswith(("ien", "een")) and masculine + "ne"
    feminine = doubled or (masculine if masculine.endswith("e") else masculine + "e")
    plural = masculine if masculine.endswith("s") else masculine + ("x" if masculine.endswith("au") else "s")
    yield from (masculine, feminine, plural, feminine + "s")


NAMES = frozenset(form for masculine in _MASCULINE for form in _forms(masculine)) | frozenset(
    [*_OTHERS, "occidentaux", "orientaux"]
)


def is_one(word: str, before: str) -> bool:
    """Whether a word (folded) means inhabitants: it is one of `NAMES`, or ends like one after a determiner that places lack."""
    return word in NAMES or (before in _BEFORE and word.endswith(_ENDINGS))
