"""What Parliament asks of the government, by wish or as a letter tells of it; what was announced."""

from __future__ import annotations

from thuis.dossier.commitments.expressions import rx

_GOV = (
    r"(?:(?:de |deze )?(?:\w*minister(?:-president)?|staatssecretaris|bewindspersoon|regering)|het kabinet)"
)
_GOVS = rf"(?:{_GOV}|(?:de )?(?:ministers|staatssecretarissen|bewindslieden|bewindspersonen)|(?:zij|hij|u))"
_THING = (
    r"(?:\w*brief|\w*reactie|\w*overzicht|notitie|\w*rapportages?|\w*evaluatie|tijdpad|tijdlijn|planning"
    r"|plan van aanpak|stand van zaken|appreciatie|(?:nadere )?(?:toelichting|onderbouwing|uitleg)|standpunt"
    r"|stukken|documenten|mails|correspondentie|cijfers|gegevens|antwoorden|beantwoording|besluit|verslag"
    r"|notulen|\w*onderzoek|rapport|analyse|informatie|feitenrelaas|terugkoppeling)"
)
_TO_TELL = (
    r"(?:te (?:informeren|berichten|sturen|zenden|delen|verstrekken|geven|reageren|rapporteren|onderzoeken"
    r"|evalueren|beantwoorden|bezien|betrekken|verzoeken|overleggen|ontvangen|komen|doen toekomen)"
    r"|(?:toe|terug|voor) te (?:sturen|zenden|komen|leggen|koppelen)|op papier te zetten)"
)
WISHED = rx(
    rf"\b(?:wil|willen|zou|zouden|wens|wensen|ontvang|ontvangen|krijg|krijgen)\b[^.;?]{{0,90}}\bgraag\b"
    rf"[^.;?]{{0,160}}\b{_THING}\b"
    rf"|\b(?:zou|zouden|wil|willen)\b[^.;?]{{0,60}}\bgraag\b[^.;?]*\b{_THING}\b[^.;?]*\b(?:ontvangen|krijgen"
    r"|hebben|zien|tegemoetzien|willen)\b"
    rf"|\bgraag\b[^.;?]{{0,60}}\b{_THING}\b[^.;?]{{0,60}}\b(?:ontvangen|krijgen|hebben|willen)\b"
    rf"|\b(?:wil|willen) (?:ik |wij |we )?(?:die|de|dat|deze|alle) (?:\w+ )?{_THING}\b[^.;?]*\b(?:hebben"
    r"|krijgen|ontvangen|binnen)\b"
    rf"|^\W*graag (?:voor|vóór|voorafgaand|nog|per brief|schriftelijk|op papier|een schriftelijke)\b[^?]*"
    rf"\b{_THING}\b"
    rf"|^\W*graag een (?:schriftelijke|nadere|uitgebreide) {_THING}\b"
    rf"|\b(?:zou|zouden|wil|willen) (?:ik |wij |we )?(?:die|de|dat|deze|het) (?:\w+ )?{_THING} graag\b[^.;?]*"
    r"\b(?:hebben|krijgen|ontvangen|zien)\b"
    rf"|\bmag ik {_GOV} (?:vragen|verzoeken)\b[^.;]*{_TO_TELL}"
    rf"|\b(?:{_GOV} (?:te )?(?:vragen|verzoeken)|vragen aan {_GOV}) om een (?:\w+ )?{_THING}\b"
    rf"|\bleden\b[^.;]{{0,80}}\b(?:vragen|verzoeken)\b[^.;]{{0,40}}\b{_GOV}\b[^.;]*{_TO_TELL}"
    rf"|\b(?:vragen|verzoeken)\b[^.;]{{0,60}}\bleden\b[^.;]{{0,60}}\bof\b[^.;]*"
    r"\b(?:met|aan|naar) (?:de|uw) Kamer\b[^.;]*\b(?:worden|wordt|kan|kunnen)\b"
    rf"|\bverzoek(?:t|en)?\b[^.;]{{0,30}}\b{_GOV}\b[^.;]*{_TO_TELL}"
    rf"|\b(?:vraag|vragen|verzoek|verzoeken|roept?|roepen) (?:ik |wij |we )?(?:{_GOV}"
    rf"|het college)\b[^.;?]*\b(?:om|op)\b[^.;?]*\b{_THING}\b"
    rf"|\b(?:vraag|vragen) (?:{_GOV}|het college) om (?:voor [^.;?]{{3,30}} )?met een\b"
    rf"|\breken(?:en)? (?:ik |wij )?op een {_THING}\b"
    r"|\b(?:kan|kunnen) (?:de Kamer|wij|we)\b[^?]*\bgeïnformeerd\b[^?]*\?"
    r"|\bhoop(?:en)? dat\b[^.;]*\bvragen\b[^.;]*\bbeantwoord"
    rf"|\bsteun voor een {_THING}\b|\bleden verzoeken\b[^.;]*\bte \w+en\b|\bkunnen (?:wij"
    rf"|we)\b[^?]*\b{_THING}\b[^?]*\bontvangen\?"
    rf"|\b(?:willen|wil) (?:vragen|verzoeken) om een {_THING}\b|\bmag ik {_GOV} vragen om\b"
    rf"|\bsteun\b[^.;?]*\b(?:verzoek om een|graag een) {_THING}\b"
    rf"|\bverwacht (?:ik|wij)\b[^.;]*\bdat (?:we|wij|de Kamer)\b[^.;]*\b{_THING}\b[^.;]*\b(?:hebben"
    r"|krijgen|ontvangen)\b"
    rf"|\bkan {_GOV} (?:de Kamer|ons)\b[^?]*\bop de hoogte\b[^?]*\?|\bzou(?:den)? (?:ik|wij"
    rf"|we) willen dat {_GOV}\b"
    rf"|\bof (?:hij|zij|{_GOV}) (?:de Kamer|ons)\b[^.;]*\bwil (?:informeren|sturen|berichten)"
    r"|\b(?:worden|wordt|blijven|blijft) graag\b[^.;?]*\b(?:gehouden|geïnformeerd|betrokken)\b"
    rf"|\brappel op\b|^\W*als {_GOV} nu\b[^,]*\bzegt dat\b"
)
"""A member wishes for a paper, or asks that it be sent; a wish for an answer in the same debate is none."""
ANNOUNCED_BY = rx(
    rf"\b{_GOVS} (?:heeft|hebben|had|hadden)\b[^.;?]{{0,60}}\b(?:aangekondigd|aangegeven|gezegd|gemeld"
    r"|laten weten|te kennen gegeven)\b[^.;?]{0,90}?"
    r"(?:\bdat\b[^.;?]*\b(?:komt|komen|stuurt|zal|zullen|gaat|gaan|informeert|onderzoekt|zou|zouden)\b"
    r"|\bte (?:zullen|willen|gaan|komen|sturen|informeren)\b|\bmet (?:een|de) [^.;?]*\bte komen\b)"
    rf"|\b{_GOV} (?:informeerde|meldde|schreef|berichtte|liet)\b[^.;?]*\bdat\b[^.;?]*\bzou(?:den)?\b"
    rf"|\bkomt {_GOV} (?:\w+ ){{0,2}}?nog (?:\w+ )?met (?:een|de|het)\b"
    rf"|\b{_GOV} komt (?:\w+ ){{0,2}}?nog (?:\w+ )?met (?:een|de|het) [^.;?]{{0,40}}\b{_THING}\b"
    rf"|\b{_GOV} (?:zou|zouden) (?!graag\b)[^.;?]*"
    r"\b(?:terugkomen|informeren|sturen|uitzoeken|onderzoeken|komen)\b"
    rf"|\bvolgens {_GOV} (?:komt|volgt|komen)\b|\b(?:fijn|goed|mooi"
    rf"|blij) dat {_GOV}\b[^.;?]*\b(?:terugkomt|stuurt|informeert|onderzoekt|meeneemt|kijkt)\b"
    rf"|\b(?:zei|zeiden) {_GOV}\b[^.;?]*\bdat\b[^.;?]*\b(?:zou|zouden|zal|gaat|komt)\b"
    rf"|\b(?:constaterende|overwegende|gelezen)\b[^.;?]{{0,40}}\b{_GOV}\b[^.;?]{{0,60}}\b(?:voornemens is"
    r"|heeft aangekondigd|van plan is)\b"
)
"""A member says what the government announced or would do, without a word of promising."""
GENERAL = rx(
    r"^\W*(?:een toezegging (?:die|is|moet|wordt|kan)|toezeggingen (?:zijn|worden|moeten)|(?:ministers"
    r"|bewindspersonen|bewindslieden|wethouders|portefeuillehouders)\b"
    r"|als een (?:portefeuillehouder|wethouder|minister|bewindspersoon)\b|wie iets toezegt\b)"
    r"|\bbijvoorbeeld een (?:notitie|brief|overzicht)\b|\bdoen (?:soms|vaak|regelmatig) (?:een )?toezegging"
)
"""What is said of promises at large tells of none."""
