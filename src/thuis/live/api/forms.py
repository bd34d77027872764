"""What one may ask of the API and what one gets, as its OpenAPI tells it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, BeforeValidator, ConfigDict, Field

PAGE, MOST = 100, 1000
_ISO = "With its zone: 2026-11-28T00:00:00Z"


Word = Annotated[str, Field(min_length=1, max_length=400, pattern=r"^[^\x00-\x1f]+$")]


def _said(value: Any) -> Any:
    if value not in ("true", "false", True, False):
        raise ValueError("true or false")
    return value


Yes = Annotated[bool, BeforeValidator(_said)]


class Paged(Schema):
    """Which part of the answer."""

    model_config = ConfigDict(extra="forbid")

    page: int = Field(default=1, ge=1, le=1_000_000, description="Page, from 1.")
    per_page: int = Field(default=PAGE, ge=1, le=MOST, description="How many on a page.")
    format: Literal["json", "ndjson"] = Field(
        default="json", description="ndjson: all of them, one on a line, without pages."
    )


class Named(Paged):
    """What taxonomies are asked for by."""

    search: Word | None = Field(default=None, description="Words, all of which are in name or description.")


class TermsAsked(Named):
    """What terms are asked for by."""

    taxonomy_id: Word | None = Field(default=None, description="Terms of this taxonomy.")
    parent_id: Word | None = Field(default=None, description="Terms right below this term.")
    top_only: Yes = Field(default=False, description="Only terms without a parent.")


class Filters(Paged):
    """What services are found by; all of them have to hold."""

    search: Word | None = Field(
        default=None, description="As the search on the pages: the same records in the same order."
    )
    taxonomy_term_id: Word | None = Field(default=None, description="Services with this term.")
    taxonomy_id: Word | None = Field(default=None, description="Services with any term of this taxonomy.")
    full: Yes = Field(default=False, description="Whole documents; without it what HSDS has in lists.")


class ServicesAsked(Filters):
    """What services are asked for by."""

    organization_id: Word | None = Field(default=None, description="Services of this organisation.")
    modified_after: AwareDatetime | None = Field(default=None, description=f"Changed since. {_ISO}")
    minimal: Yes = Field(default=False, description="All in one call: id and last_modified only.")


class OrganizationsAsked(Filters):
    """What organisations are asked for by: those with a service that fits."""

    full_service: Yes = Field(default=False, description="With whole services in them.")


class PlacesAsked(Filters):
    """What services at locations are asked for by."""

    organization_id: Word | None = Field(default=None, description="Of this organisation.")
    modified_after: AwareDatetime | None = Field(default=None, description=f"Changed since. {_ISO}")
    postcode: str | None = Field(
        default=None,
        pattern=r"^[1-9][0-9]{3}( ?[A-Za-z]{2})?$",
        description="Four digits, or with two letters; with proximity, its middle.",
    )
    proximity: float | None = Field(
        default=None, gt=0, le=500_000, allow_inf_nan=False, description="Metres from the postcode's middle."
    )


class ChangesAsked(Schema):
    """From which change on."""

    model_config = ConfigDict(extra="forbid")

    after: int = Field(default=0, ge=0, le=2**62, description="Number of the last change that one has.")
    per_page: int = Field(default=PAGE, ge=1, le=MOST, description="How many at most.")


class Page(Schema):
    """A page of documents."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[dict[str, Any]]


class Document(Schema):
    """One document of HSDS 3.1."""

    model_config = ConfigDict(extra="allow")

    id: str


class About(Schema):
    """What this API is."""

    version: str
    profile: str
    openapi_url: str


class ChangeTold(Schema):
    """One change; ``id`` is its number, ``name`` what it is called now: nothing for what left."""

    id: int
    at: datetime
    what: Literal["added", "changed", "removed"]
    service_id: str
    name: str


class Changes(Schema):
    """Changes in the order in which they were seen; ``next`` is what to ask ``after`` next time."""

    contents: list[ChangeTold]
    next: int
    more: bool


class Fault(Schema):
    """RFC 9457."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str | None = None
