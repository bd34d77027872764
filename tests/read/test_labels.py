"""Labels of codebooks in many languages: those that say there is no answer, and answers like them."""

from __future__ import annotations

import pytest

from thuis.formats.answers import alike, lists, no_answer, turned_into_days, unanswered

SILENT = """\
DK
DK (SPONT.)
DK/NA
DK - SPONTANEOUS
Don't know (SPONTANEOUS)
Refusal (SPONTANEOUS)
Inap. (not DK in V7)
Inap. not born yet
INAP (NOT 1 IN Q3)
Not in universe
NIU
NIU (Not in universe)
N/A (not applicable)
No response
Omitted
Omitted or invalid
OMITTED
NOT ADMIN.
Not administered
Not reached
Logically not applicable
VOLUNTEERED: REFUSED
VOLUNTEERED: DON'T KNOW
Volunteered: Don't know
(VOL.) Don't know
(Vol) Refused
[VOL] DK/Refused
[DO NOT READ] Don't know
DO NOT READ: Refused
(DO NOT READ) Don't know/Not sure
Don’t know / Not sure
DK/Ref
Don't know/refused
Don't know, no answer
No answer/Refused
Missing; Unknown
Missing: other
Missing: refusal
Missing - not asked
Not asked in survey
Not asked
Question not asked
Not asked in this country
No post-election interview
Interview breakoff
Breakoff, sufficient partial IW
Technical error
Unknown or Missing
Blank but applicable
Dont know / refused
I don't know
I do not know
Don't know/Can't say
Can't choose, don't know
Unable to answer
Unable to say
Not determined
Not specified
Unspecified
Undetermined
No code, don't know
NAV; no answer
Missing, system
Error
Not codeable
Uncodeable
Invalid answer
Multiple answers
Data expired
DATA_EXPIRED
CONSENT_REVOKED
Don't want to say
I don't want to answer
Do not wish to answer
I'd rather not say
Would rather not say
Not willing to answer
No opinion / don't know
Haven't thought about it, don't know
Weet niet / geen antwoord
weet niet/wil niet zeggen
WN
WN/GA
weet ik niet
Ik weet het niet
Dat weet ik niet
wil ik niet zeggen
wil niet zeggen
Wil ik liever niet zeggen
liever niet zeggen
Zeg ik liever niet
geen antwoord
geen antwoord gegeven
niet ingevuld
n.v.t.
nvt
Niet van toepassing (filter)
onbekend
Geen opgave
weigert
Weigering
geweigerd
missing
Missend
Ontbreekt
overgeslagen
niet gevraagd
Vraag niet gesteld
vraag niet voorgelegd
Geen mening
geen idee
Kan ik niet zeggen
kan niet kiezen
Ikke stilt
Ikke spurt
Ikke aktuelt
Vet ikke
Vil ikke svare
Ønsker ikke å svare
Ubesvart
Ubesvaret
Ved ikke
Ønsker ikke at svare
Vill ej svara
Vet ej
Ej svar
Uppgift saknas
Ingen uppgift
Tieto puuttuu
Ei tietoa
En osaa sanoa
En tiedä
Ei halua vastata
Puuttuva tieto
Weiss nicht
Weiß nicht
WEISS NICHT
KA
KEINE ANGABE
Keine Angabe
keine Angabe/weiß nicht
Angabe verweigert
Verweigert
Trifft nicht zu
TNZ: FILTER
nicht erhoben
Nicht bestimmbar
Datenfehler
Fragebogen nicht ausgefüllt
NICHT ERREICHT
Interviewabbruch
mehrfach angekreuzt
NSP/NR
Ne sait pas
NSP
Refus
Sans réponse
Non concerné
Ne souhaite pas répondre
No sabe
No contesta
NS/NC
N.S.
N.C.
No sabe / No contesta
Rechaza contestar
No aplica
Não sabe
Não respondeu
NS/NR
Non sa
Non risponde
Non sa/non risponde
Nie wiem
Trudno powiedzieć
Odmowa odpowiedzi
Brak danych
Neví
Nevím
Bez odpovědi
Nem tudja
Nem válaszol
Nu știu
Nu răspund
NȘ/NR
Не знаю
Затрудняюсь ответить
ЗАТРУДНЯЮСЬ ОТВЕТИТЬ
Отказ от ответа
Нет ответа
Δεν γνωρίζω
ΔΓ/ΔΑ
Bilmiyorum
Cevap yok
不知道
拒绝回答
无回答
不适用
不适用/不知道
わからない
無回答
非該当
모름/무응답
비해당
לא יודע
لا أعرف
غير معروف
Tidak tahu
Không biết
Refused to answer
Refused/Missing
Respondent refused
R refused
Respondent doesn't know
R doesn't know
Doesn't know
Not stated
Not stated/inadequately described
Not known
Item not answered
item non-response
Not answered
Unanswered
Seen but not answered
Not shown
Question not displayed
Skipped
Skipped on web
Skip due to filter
Filtered
Legitimate skip
Legitimately skipped
Nonresponse
Item nonresponse
Proxy
Proxy respondent
Not interviewed
No information
No info
Information not available
not collected
Does not apply
Not relevant
System missing
sysmis
User missing
#NULL!
#N/A
(empty)
<NA>
""".splitlines()
"""As archives and survey tools write them."""
ANSWERS = """\
None
None of these
None of the above
No
Nobody
Never
Nothing
No religion
No party
Would not vote
Did not vote
Not at all
Not very much
Not important
Not satisfied
Not proud
Not my business
Not close
Unknown people
Don't know any immigrants
Don't know anybody
Don't know them at all
Doesn't know the neighbours
Refused entry once
Refused a loan
Was refused a job
Refuses vaccination
Missing a sense of belonging
Missing the homeland
Declined sharply
Declined a little
Omitted from the list of friends
Filter coffee
Filter cigarettes
Error in judgment
Invalid pension
Invalidity pension
Invalide
Skipped school once
Blank vote
Blank ballot
Blanco gestemd
Not applicable rules were applied to me
No answer was given to my complaint
No response from the police
No opinion should be forbidden
No information campaign seen
Neither agree nor disagree
It depends
Depends (SPONT.)
Both equally (SPONT.)
Other (SPONTANEOUS)
None (SPONTANEOUS)
Neither (Volunteered)
VOLUNTEERED: BOTH
Undecided
Niets
Geen
Geen enkele
Geen van deze
Nooit
Niet
Niet mee eens
Niet gestemd
Niet belangrijk
Niet tevreden
Geen vertrouwen
Geen antwoord van de gemeente gekregen
Geen mening hebben is goed
Weet niets van politiek
Kent niemand
Onbekende
Onbekend met de regeling
Weigert vaccin
Geweigerd bij de ingang
Weiger ik altijd
Ontbreekt aan tijd
Mist sociale contacten
Verweigert den Dienst
Nicht zufrieden
Keine
Kein Vertrauen
Keine Meinungsfreiheit
Nunca
Nada
Ninguno
Sin estudios
Sin opinión propia
Ne
Non
Nein
Nie
Nei
Ei
Ej
Nt
Rien
Jamais
Aucun
Refuse le vaccin
Sans diplôme
Nichts
Proxy war
Unsure about the future
Not sure of winning
Not asked by friends
Not asked to join
Not known to the police
Not available for work
Unknown to me before
Don't know what to do
Don't know each other
Can't say no
Does not apply sanctions
NS&I savings
Kan ik niet
Onbeslist
""".splitlines()
"""What somebody answered, though a word of it is among those above."""


@pytest.mark.parametrize("label", SILENT)
def test_a_label_that_says_there_is_no_answer(label: str) -> None:
    assert no_answer(label)


@pytest.mark.parametrize("label", ANSWERS)
def test_an_answer_that_looks_like_none(label: str) -> None:
    assert not no_answer(label)


@pytest.mark.parametrize(
    ("labels", "silent"),
    [
        (("trifft voll zu", "trifft eher nicht zu", "trifft nicht zu", "weiß nicht"), (3,)),
        (("ja", "nein", "trifft nicht zu"), (2,)),
        (("helemaal van toepassing", "een beetje van toepassing", "niet van toepassing"), ()),
        (("ja", "nee", "niet van toepassing"), (2,)),
        (("very sure", "fairly sure", "not sure"), ()),
        (("yes", "no", "not sure"), (2,)),
        (("improved", "stayed the same", "declined"), ()),
        (("yes", "no", "declined"), (2,)),
        (("well known", "unknown", "no answer"), (2,)),
    ],
)
def test_what_another_label_says_without_its_not(labels: tuple[str, ...], silent: tuple[int, ...]) -> None:
    assert unanswered({str(i): each for i, each in enumerate(labels)}) == {str(i) for i in silent}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("één", "e\u0301e\u0301n"),
        ("heel veel", "Heel\u00a0veel "),
        ("18\u201324", "18-24"),
        ("don\u2019t", "don't"),
        ("1", "1.0"),
        ("<p>Never</p>", "never"),
        ("black &amp; white", "Black & white"),
    ],
)
def test_one_answer_in_two_ways_of_writing(one: str, other: str) -> None:
    assert alike(one) == alike(other)


@pytest.mark.parametrize(
    ("one", "other"), [("1", "10"), ("1.5", "1.50"), ("yes", "yes!"), ("a < b", "a > b")]
)
def test_two_answers(one: str, other: str) -> None:
    assert alike(one) != alike(other)


@pytest.mark.parametrize(
    ("codes", "days"),
    [
        (("0", "01-feb", "03-mei", "6+"), 2),
        (("0-4", "05-Sep", "Oct-14"), 2),
        (("jan-24", "feb-24"), 0),
        (("2021-02-01 00:00:00", "0"), 1),
        (("march", "may"), 0),
        (("1-2", "3-5"), 0),
    ],
)
def test_answers_that_became_days(codes: tuple[str, ...], days: int) -> None:
    assert len(turned_into_days(codes)) == days


@pytest.mark.parametrize(
    ("codes", "several"),
    [
        (("1,3", "2", "1,2,3"), True),
        (("bus;", "bus;car;"), True),
        (("1 2", "2", "1 3 4"), True),
        (("Yes, always", "No, never"), False),
        (("very good", "good", "very bad", "bad"), False),
        (("0,85", "1,15"), False),
        (("man", "vrouw"), False),
    ],
)
def test_several_answers_in_one_field(codes: tuple[str, ...], several: bool) -> None:
    assert lists(codes) is several
