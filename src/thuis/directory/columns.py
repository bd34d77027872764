"""The table of initiatives: its columns, in English or Dutch, and what each may hold."""

from __future__ import annotations

from dataclasses import dataclass

from thuis.language import LANGUAGES
from thuis.language.direction import named


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the Dutch name, what it is for, and an example for the template."""

    name: str
    nl: str
    what: str
    example: str = ""
    many: bool = False


COLUMNS: tuple[Column, ...] = (
    Column("id", "id", "Unique and lasting; made from the name when empty", "taalcafe-linde"),
    Column("name", "naam", "Name of the initiative (required)", "Taalcafé De Linde"),
    Column("alternate_name", "andere naam", "Another name it is known by"),
    Column("organization", "organisatie", "Who organises it", "Stichting De Linde"),
    Column("description_nl", "omschrijving", "What happens, for whom", "Oefen Nederlands bij de koffie."),
    *(
        Column(f"description_{each}", f"omschrijving {named(each, 'nl').lower()}", f"In {named(each, 'en')}")
        for each in LANGUAGES
        if each != "nl"
    ),
    Column("municipality", "gemeente", "Name or CBS code", "Utrecht"),
    Column("areas", "ook voor gemeenten", "Other municipalities it serves, divided by ;", many=True),
    Column("scope", "bereik", "municipality, region or country", "municipality"),
    Column("scope_reason", "reden bereik", "Why it serves a whole region or the country"),
    Column("location", "locatie", "Name of the place", "Buurthuis De Linde"),
    Column("address", "adres", "Street and number", "Lindelaan 1"),
    Column("postcode", "postcode", "Four digits and two letters", "3512 AB"),
    Column("city", "plaats", "Town of the address", "Utrecht"),
    Column("latitude", "breedtegraad", "Degrees, WGS 84", "52.09"),
    Column("longitude", "lengtegraad", "Degrees, WGS 84", "5.12"),
    Column("accessibility", "toegankelijkheid", "Ramp, lift, toilet, hearing loop", "Rolstoeltoegankelijk"),
    Column("themes", "thema's", "Themes of the monitor, divided by ;", "contact", many=True),
    Column("audience", "doelgroep", "For whom, divided by ;", "nieuwkomers", many=True),
    Column("form", "werkvorm", "Form of contact, divided by ;", "taal oefenen", many=True),
    Column("languages", "talen", "Codes of ISO 639, divided by ;", "nl;ar", many=True),
    Column("price", "prijs", "free, paid or unknown", "free"),
    Column("price_text", "prijs toelichting", "What it costs, and reductions"),
    Column("minimum_age", "leeftijd vanaf", "Years"),
    Column("maximum_age", "leeftijd tot en met", "Years"),
    Column("contact_role", "contactrol", "Whom to call: a role", "coördinator"),
    Column("contact_name", "contactpersoon", "Only with that person's consent"),
    Column("phone", "telefoon", "", "030 123 45 67"),
    Column("email", "e-mail", "", "info@delinde.example"),
    Column("url", "website", "Starts with https://", "https://delinde.example"),
    Column("status", "status", "active, inactive, temporarily closed or defunct", "active"),
    Column("freq", "herhaling", "DAILY, WEEKLY, MONTHLY or YEARLY", "WEEKLY"),
    Column("byday", "dagen", "MO, TU, WE, TH, FR, SA, SU; 1MO is the first Monday", "TU"),
    Column("dtstart", "vanaf", "First day", "2026-01-06"),
    Column("until", "tot", "Last day"),
    Column("opens_at", "begin", "HH:MM", "10:00"),
    Column("closes_at", "eind", "HH:MM", "12:00"),
    Column("identifiers", "identificaties", "Such as KVK 12345678, divided by ;", many=True),
    Column("source", "bron", "Where this is written", "https://delinde.example/over"),
    Column("checked_on", "gecontroleerd op", "Day of the last check", "2026-05-01"),
    Column("checked_by", "gecontroleerd door", "Role or organisation", "gemeente"),
    Column("check_due", "opnieuw controleren", "Day of the next check; a year later when empty"),
    Column("invented", "verzonnen", "yes for an example that does not exist", "no"),
)  # fmt: skip
NAMES = tuple(each.name for each in COLUMNS)
BY_NAME = {each.name: each for each in COLUMNS}
ALIASES = {
    **{each.nl: each.name for each in COLUMNS},
    **{each.name: each.name for each in COLUMNS},
    "samenvatting": "description_nl",
    "beschrijving": "description_nl",
    "description": "description_nl",
    "omschrijving_nl": "description_nl",
    "omschrijving_en": "description_en",
    "organisation": "organization",
    "organisation_name": "organization",
    "gm_code": "municipality",
    "gemeentecode": "municipality",
    "themas": "themes",
    "thema": "themes",
    "theme": "themes",
    "taal": "languages",
    "language": "languages",
    "email": "email",
    "mail": "email",
    "telefoonnummer": "phone",
    "link": "url",
    "kosten": "price",
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "verzonnen": "invented",
    "doelgroepen": "audience",
    "werkvormen": "form",
    "titel": "name",
    "title": "name",
    "activiteit": "name",
    "naam activiteit": "name",
    "titel activiteit": "name",
    "initiatief": "name",
    "naam initiatief": "name",
    "aanbieder": "organization",
    "organisator": "organization",
    "instelling": "organization",
    "korte omschrijving": "description_nl",
    "woonplaats": "city",
    "plaatsnaam": "city",
    "straat": "address",
    "straatnaam": "address",
    "huisnummer": "address",
    "toevoeging": "address",
    "voor wie": "audience",
    "webadres": "url",
    "url website": "url",
}
"""Headers that people write, folded, and the column they mean."""
