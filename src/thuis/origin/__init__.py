"""Origin as dated classes: birth countries of a person and both parents under several published schemes."""

from thuis.origin.classify import classify
from thuis.origin.countries import countries
from thuis.origin.crosswalk import NOT_DETERMINED, country_groups, crosswalk
from thuis.origin.flow import flow
from thuis.origin.schemes import Scheme, read_schemes, scheme, schemes

__all__ = [
    "NOT_DETERMINED",
    "Scheme",
    "classify",
    "countries",
    "country_groups",
    "crosswalk",
    "flow",
    "read_schemes",
    "scheme",
    "schemes",
]
