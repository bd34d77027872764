"""What is aimed at, wished or offered: an intention, which no list holds as open."""

from __future__ import annotations

from thuis.dossier.commitments.expressions import rx
from thuis.dossier.commitments.words import CABINET, WE

_NOBODY = (
    r"(?<!dat het )\b(?:de|mijn|onze|het) (?:bedoeling|planning|ambitie|inzet|streven|intentie"
    r"|voornemen|verwachting) is"
    r"\b(?= (?:\w+ ){0,3}?(?:om|dat|het|de|een|u|uw|voor)\b)"
    r"|\bgestreefd wordt\b|\b(?:er )?(?:wordt|worden) (?:er)?naar gestreefd\b"
    r"|\bwordt (?:er )?gestreefd naar\b"
    r"|\b(?:voorzien|gepland) is dat\b|\bis voorzien dat\b"
)
"""An aim that nobody is said to have: "Gestreefd wordt naar indiening voor de zomer"."""
NOBODY = rx(_NOBODY)
_TOLD = r"(?:ge[ïi]nformeerd|ingelicht|beantwoord)"
_NOT_A_CLOSE = rf"(?![^.;]*\b(?:hierbij|hiermee\b[^.;]*\bte hebben|te hebben {_TOLD}|{_TOLD} te hebben)\b)"
"""A letter ends with the hope that it told enough, which intends nothing."""
TENDS = rx(
    r"\bvoornemen om\b|(?<!\bmijn )(?<!\bde )(?<!\bonze )\bvoornemens om\b|\b(?:heb|hebben"
    r"|heeft)\b[^;?.]{0,40}?\bvoornemen\b|\b(?:ben|zijn"
    r"|is)\b[^;?.]{0,40}?\bvoornemens\b|\bvoornemens (?:ben|zijn|is)\b"
    rf"|\b(?:{WE}|{CABINET}) (?:streeft?|streven|beoogt?|beogen|overweegt?|overwegen)\b"
    rf"|\bis (?:althans )?(?:mijn|ons|het) (?:streven|voornemen|doel)\b|\b(?:mijn|ons|het) streven is\b"
    rf"|\b(?:{WE}|{CABINET}) (?:hoopt?|hopen|verwacht(?:en)?)\b{_NOT_A_CLOSE}(?:(?! dat (?:de|het|er"
    rf"|dit|deze|u)\b)[^.;])*\bte (?!hebben\b)\w+en\b"
    rf"|\b(?:hoopt?|hopen"
    rf"|verwacht(?:en)?) (?:{WE}"
    rf"|{CABINET})\b{_NOT_A_CLOSE}(?:(?! dat (?:de|het|er|dit|deze|u)\b)[^.;])*\bte (?!hebben\b)\w+en\b"
    rf"|\b(?:streeft?|streven|beoogt?|beogen|overweegt?|overwegen) (?:{WE}|{CABINET})\b"
    r"|\bhet streven is\b|\bis (?:het|mijn|ons) (?:voornemen|streven)\b|\b(?:ben|zijn"
    r"|is)\b[^.;]{0,25}\bvan plan\b"
    r"|\bis (?:het |nu )?(?:de|mijn|onze) (?:bedoeling|inzet|planning|ambitie)\b|\bmijn (?:inzet|ambitie"
    r"|streven) is\b"
    rf"|{_NOBODY}"
)
WANTS = rx(
    rf"\b(?:wil|willen|wilt)\s+(?:{WE}|{CABINET})\b"
    rf"|\b(?<!waarop )(?<!waarmee )(?<!of )(?<!hoe )(?<!dat )(?<!die )(?:{WE}"
    rf"|{CABINET})\b[^.;,]{{0,100}}?\b(?:wil|willen)\b"
)
GOAL = rx(
    r"\b(?:realiseren|bereiken|boeken|inzetten|werken aan|komen tot|tot (?:\w+ ){1,4}komen|komen met"
    r"|te komen|verbeteren"
    r"|versterken|verder brengen|aanpakken|zorgen"
    r"|voorkomen|bevorderen|stimuleren|ondersteunen|investeren|invoeren|verkennen|onderzoeken|bezien"
    r"|uitwerken|informeren|starten|vergroten|verlagen"
    r"|verminderen|terugdringen|doorzetten|maken|geven aan|graag doen|delen|houden|organiseren"
    r"|meenemen|betrekken|terugkomen|terug te komen|gesprek|aan de slag|wegen|aangrijpen|voorzien in"
    r"|verbreden"
    r"|op (?:zich|mij|ons) nemen)\b"
)
SAYS = rx(
    r"\b(?:wil|willen|wilt)\b[^.;]{0,60}?\b(?:zeggen|aangeven|houden aan|benadrukken|opmerken|vragen"
    r"|noemen|(?:be)?danken"
    r"|wijzen|ingaan|beginnen|interpreteren|horen"
    r"|weten|zien|stellen|reageren|verwijzen|hebben|is dat)\b|\b(?:zeggen|interpreteren"
    r"|benadrukken) (?:wil|willen)\b|\bheb (?:ik|wij)\b"
)
"""What one wants to say is no intention."""
