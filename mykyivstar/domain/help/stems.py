"""Words of a text without their endings, so that «рахунок» is found by «рахунку» and "topping" by "top".

Dictionaries of Ukrainian weigh megabytes, and a few dozen short articles do not need one: what an ending leaves and
what two words have in common from the beginning is enough, as the tables of questions in the tests show.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

_WORD = re.compile(r"\d+(?:[.,]\d+)?|[a-zа-яіїєґ]+(?:'[a-zа-яіїєґ]+)*")
_APOSTROPHES = re.compile("[’ʼ`´‘]")
_CYRILLIC = re.compile("[а-яіїєґ]")
# What is left of a word: of three letters, or four where a long ending goes («оплати» is not «опл»).
_LEAST, _LEAST_OF_LONG, _LONG = 3, 4, 3
#: So many first letters are the same in words that are alike.
BEGINNING = _LEAST
# Two words are of one family from so many common letters on, and when these are so much of the longer one.
_COMMON_LEAST, _COMMON_SHARE = 4, 0.6
# Or one is the other with so many letters more: код, кодам.
_ENDING_MOST = 2

# Longest first: of several endings the longest one goes.
_ENDINGS = sorted(
    """
    а я о е у ю і ї и ь й ам ям ами ями ах ях ом ем єм ою ею єю ові еві єві ів їв ей ев ов ый ий ій ая яя ое ее ої ьої
    ою ую юю ого його его ому ьому ему им ім ым их іх ых ими іми ыми ії ие ые ия ие ием ию ий иям иями иях
    ти ть ет ют ит ят ат ут еш єш иш їш ешь ишь їть ить ать ять єть еть уть ють єте ете ите їте емо ємо имо їмо ем им
    ив ила или ило ил ав ала али ало ал яв яла яли яло ял ов ів іла іли іло іти ити ати яти ути
    ує уе уют уют ують уєте уете увати ювати овати овать евать ывать ивать ував ював овав увала увати увало ували
    ення єння ання яння іння ування ювання енням анням інням енню анню інню ень ання
    ение ания ание яние ования ование ении ании ением анием ений аний
    ений ена ено ені еного еної аний ана ано ані аного аної еный ена ены анный анная анные енный енная енные ены аны
    ся сь те іть ите йте ьте
    """.split(),  # noqa: SIM905  a list of endings reads best as words
    key=len,
    reverse=True,
)
_ENGLISH = re.compile(r"(?:ments?|ations?|ings?|edly|ed|ies|es|ly|s|e|y)$")

STOP_WORDS = frozenset(
    """
    а або але б би без був буде бути було в вам вас ви від вона вони воно все всі він да де для до є ж за з зі і із й
    їх коли куди ли мене мені ми мій мої моя моє можу можна може на над не немає ні ну о потрібно під по при про та
    так там те ти тим то той треба ту у хочу це ця цей ці чи що щоб як яка яке який які якого якому яких якою якій
    якої якими чому навіщо якщо я скажіть підкажіть допоможіть будь ласка добрий день привіт дякую вже ще тут своє
    свій свою моєму мого мою хто мне меня мой мое мои моего моей моем мы вы он она они оно и или но если как какая
    какой какие какое какого каком каких какому какую каким когда почему зачем где куда что чтобы это эта этот эти нет
    можно могу нужно надо есть быть был была были от из к ко со с об обо чем уже еще же бы всё такое подскажите
    скажите пожалуйста помогите здравствуйте привет добрый спасибо свой свое кто a an and any are as at be but by can
    could do does did for from get got has have hello help her hi his how i if in into is it its just like many me
    much my no not now of on one or our please she should so some somebody tell thanks that the their them there they
    this to too up us was we what when where which who why will with would you your want need am been about out ago
    nothing till until mine
    """.split()  # noqa: SIM905
)


def words_of(text: str) -> Sequence[str]:
    """The words and numbers of a text in their order, small letters, one kind of apostrophe, «ё» as «е»."""
    plain = _APOSTROPHES.sub("'", text.casefold()).replace("ё", "е")
    return [word.replace("'", "").replace(",", ".") for word in _WORD.findall(plain)]


def stems_of(text: str) -> Sequence[str]:
    """The words that say something, without their endings."""
    return [stem(word) for word in words_of(text) if word not in STOP_WORDS]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its ending; numbers stay as they are."""
    if word[0].isdigit():
        return word
    return _cyrillic(word) if _CYRILLIC.search(word) else _latin(word)


@lru_cache(maxsize=50_000)
def alike(one: str, other: str) -> float:
    """How much two stems are of one family, 0 to 1."""
    if one == other:
        return 1.0
    if one[0].isdigit() or other[0].isdigit():
        return 0.0
    longer = max(len(one), len(other))
    common = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    is_begun = common == min(len(one), len(other)) >= _LEAST and longer - common <= _ENDING_MOST
    if is_begun or (common >= _COMMON_LEAST and common / longer >= _COMMON_SHARE):
        return common / longer
    return 0.0


def _cyrillic(word: str) -> str:
    for reflexive in ("ся", "сь"):
        if word.endswith(reflexive) and len(word) - 2 > _LEAST:
            word = word[:-2]
            break
    for ending in _ENDINGS:
        least = _LEAST_OF_LONG if len(ending) >= _LONG else _LEAST
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)]
    return word


def _latin(word: str) -> str:
    found = _ENGLISH.search(word)
    if found is None or found.start() < _LEAST:
        return word
    rest = word[: found.start()]
    # topping → top, transferred → transfer
    return rest[:-1] if len(rest) > _LEAST and rest[-1] == rest[-2] and rest[-1] not in "ls" else rest
