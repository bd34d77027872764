"""HSDS 3.1 under ``/hsds/3.1/``: the published documents, asked for as the standard has it."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError
from pydantic import BaseModel

from thuis.directory.hsds import Doc, as_dict
from thuis.directory.hsds_out import page_of
from thuis.errors import ThuisError, unknown
from thuis.live.api import ask, changes
from thuis.live.api.ask import Asked, AskedError
from thuis.live.api.forms import (
    About,
    Changes,
    ChangesAsked,
    Document,
    Fault,
    Named,
    OrganizationsAsked,
    Page,
    Paged,
    PlacesAsked,
    ServicesAsked,
    TermsAsked,
)
from thuis.live.api.http import PROBLEM, ROOT, problem, sent
from thuis.live.api.postcodes import postcodes
from thuis.live.api.shelf import Shelf, listed

PROFILE = "https://docs.openreferral.org/en/3.1/"
_FAULTS: dict[Any, Any] = {400: Fault, 429: Fault, 503: Fault}
LIST: dict[Any, Any] = {200: Page, **_FAULTS}
ONE: dict[Any, Any] = {200: Document, 404: Fault, 410: Fault, **_FAULTS}


class Described(NinjaAPI):
    """Tells in its OpenAPI that faults are problem+json, and lists lines too when asked."""

    def get_openapi_schema(self, **given: Any) -> Any:
        """The OpenAPI of the service."""
        told = super().get_openapi_schema(**given)
        for operations in told["paths"].values():
            if any(each["name"] == "format" for each in operations["get"].get("parameters", ())):
                lines = {"schema": {"type": "string"}}
                operations["get"]["responses"][200]["content"]["application/x-ndjson"] = lines
            for status, answer in operations["get"]["responses"].items():
                if int(status) >= 400:
                    answer["content"] = {PROBLEM: answer["content"]["application/json"]}
        return told


api = Described(
    title="HSDS 3.1",
    version="3.1",
    description="The directory of this monitor as Open Referral's Human Services Data Specification.",
    docs_url=None,
    urls_namespace="hsds",
    servers=[{"url": "/"}],
)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    wrong = [{"parameter": str(each["loc"][-1]), "detail": each["msg"]} for each in error.errors]
    return problem(
        400, "Bad Request", "; ".join(f"{w['parameter']}: {w['detail']}" for w in wrong), errors=wrong
    )


@api.exception_handler(AskedError)
def _refused(request: HttpRequest, error: AskedError) -> HttpResponse:
    return problem(400, "Bad Request", str(error).replace("\n", " "))


@api.exception_handler(ThuisError)
def _broken(request: HttpRequest, error: ThuisError) -> HttpResponse:
    """A file of the service that cannot be read: where it stands is for who administers it, in the log."""
    logging.getLogger("django.thuis").error("%s", error)
    answer = problem(503, "Service Unavailable", "this cannot be answered for a moment")
    answer["Retry-After"] = "60"
    return answer


@api.exception_handler(DatabaseError)
def _away(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    answer = problem(503, "Service Unavailable", "the database is away for a moment")
    answer["Retry-After"] = "30"
    return answer


def _only(request: HttpRequest, asked: type[BaseModel] | None = None) -> None:
    """Refuse a parameter that there is none of: a slip in a filter may not give everything."""
    known = list(asked.model_fields) if asked else []
    wrong = [each for each in request.GET if each not in known]
    if wrong:
        raise AskedError([unknown("parameter", each, known) for each in wrong])


def _page(
    documents: Sequence[Any], asked: Paged, make: Callable[[Any], Doc], whole: bool = False
) -> HttpResponse:
    if asked.format == "ndjson":
        lines = (json.dumps(make(each), ensure_ascii=False) + "\n" for each in documents)
        return sent("".join(lines), "application/x-ndjson")
    total, size = len(documents), max(1, len(documents)) if whole else asked.per_page
    pages = max(1, math.ceil(total / size))
    shown = documents[(asked.page - 1) * size : asked.page * size]
    return _json(page_of([make(each) for each in shown], total, asked.page, pages))


def _json(value: Any) -> HttpResponse:
    return sent(json.dumps(value, ensure_ascii=False) + "\n")


def _absent(what: str, id_: str) -> HttpResponse:
    return problem(404, "Not Found", f"there is no {what} {id_[:100]!r}")


class _Now:
    """The documents, and when each last changed."""

    def __init__(self) -> None:
        self.shelf: Shelf = changes.here()
        self.times = changes.times(self.shelf)

    def service(self, number: int) -> Doc:
        moment = self.times[self.shelf.index.records[number].id]
        return {**self.shelf.documents[number], "last_modified": _utc(moment)}

    def place(self, key: str, full: bool) -> Doc:
        row, number = self.shelf.places[key]
        service = self.service(number)
        inner = _without(service, "service_at_locations") if full else listed(service)
        return {"service_id": service["id"], **row, "service": inner}

    def organization(self, key: str, services: str = "") -> Doc:
        document, numbers = self.shelf.organizations[key]
        if not services:
            return document
        rows = [self.service(each) for each in numbers]
        inner = rows if services == "full" else [listed(each) for each in rows]
        return {**document, "services": [_without(row, "organization") for row in inner]}


def _without(document: Doc, name: str) -> Doc:
    return {key: value for key, value in document.items() if key != name}


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _asked(form: BaseModel) -> Asked:
    names = set(Asked.__slots__) & set(type(form).model_fields)
    return Asked(**{name: getattr(form, name) for name in names})


@api.get("/", response={200: About, **_FAULTS}, operation_id="getAPIMetaInformation")
def about(request: HttpRequest) -> HttpResponse:
    """What this API is."""
    _only(request)
    address = f"{settings.LIVE.address.rstrip('/')}{ROOT}"
    return _json({"version": "3.1", "profile": PROFILE, "openapi_url": f"{address}openapi.json"})


@api.get("/services", response=LIST, operation_id="getPaginatedListOfServices")
def services(request: HttpRequest, asked: Query[ServicesAsked]) -> HttpResponse:
    """Services by what they are found by."""
    _only(request, ServicesAsked)
    now = _Now()
    found = ask.services(now.shelf, _asked(asked), now.times)
    if asked.minimal:
        return _page(found, asked, lambda n: _least(now.service(n)), whole=True)
    return _page(found, asked, now.service if asked.full else lambda n: listed(now.service(n)))


def _least(service: Doc) -> Doc:
    return {name: service[name] for name in ("id", "last_modified")}


@api.get("/services/{id}", response=ONE, operation_id="getFullyNestedServiceById")
def service(request: HttpRequest, id: str) -> HttpResponse:
    """One service, whole."""
    _only(request)
    now = _Now()
    if id in now.shelf.at:
        return _json(now.service(now.shelf.at[id]))
    if gone := changes.removed(id[:200]):
        return problem(410, "Gone", "it left the directory", removed_at=_utc(gone.at))
    return _absent("service", id)


@api.get("/organizations", response=LIST, operation_id="getPaginatedListOfOrganizations")
def organizations(request: HttpRequest, asked: Query[OrganizationsAsked]) -> HttpResponse:
    """Organisations that have a service."""
    _only(request, OrganizationsAsked)
    now = _Now()
    inner = "full" if asked.full_service else "listed" if asked.full else ""
    found = ask.organizations(now.shelf, _asked(asked), now.times)
    return _page(found, asked, lambda key: now.organization(key, inner))


@api.get("/organizations/{id}", response=ONE, operation_id="getFullyNestedOrganizationById")
def organization(request: HttpRequest, id: str) -> HttpResponse:
    """One organisation with its services."""
    _only(request)
    now = _Now()
    if id not in now.shelf.organizations:
        return _absent("organization", id)
    return _json(now.organization(id, "full"))


@api.get("/service_at_locations", response=LIST, operation_id="getPaginatedListOfServiceAtLocation")
def places(request: HttpRequest, asked: Query[PlacesAsked]) -> HttpResponse:
    """Services where they take place, also by distance from a postcode."""
    _only(request, PlacesAsked)
    now = _Now()
    found = ask.places(now.shelf, _asked(asked), now.times, postcodes())
    return _page(found, asked, lambda key: now.place(key, asked.full))


@api.get("/service_at_locations/{id}", response=ONE, operation_id="getFullyNestedServiceAtLocationById")
def place(request: HttpRequest, id: str) -> HttpResponse:
    """One service at one location, whole."""
    _only(request)
    now = _Now()
    return _json(now.place(id, True)) if id in now.shelf.places else _absent("service at location", id)


@api.get("/taxonomies", response=LIST, operation_id="getPaginatedListOfTaxonomies")
def taxonomies(request: HttpRequest, asked: Query[Named]) -> HttpResponse:
    """The taxonomies whose terms services have."""
    _only(request, Named)
    return _page(ask.named(changes.here().taxonomies.values(), asked.search), asked, dict)


@api.get("/taxonomies/{id}", response=ONE, operation_id="getTaxonomyById")
def taxonomy(request: HttpRequest, id: str) -> HttpResponse:
    """One taxonomy."""
    _only(request)
    found = changes.here().taxonomies
    return _json(found[id]) if id in found else _absent("taxonomy", id)


@api.get("/taxonomy_terms", response=LIST, operation_id="getPaginatedListOfTaxonomyTerms")
def taxonomy_terms(request: HttpRequest, asked: Query[TermsAsked]) -> HttpResponse:
    """The terms."""
    _only(request, TermsAsked)
    found = ask.named(changes.here().terms.values(), asked.search)
    if asked.taxonomy_id:
        found = [
            each for each in found if as_dict(each.get("taxonomy_detail")).get("id") == asked.taxonomy_id
        ]
    if asked.parent_id:
        found = [each for each in found if each.get("parent_id") == asked.parent_id]
    if asked.top_only:
        found = [each for each in found if not each.get("parent_id")]
    return _page(found, asked, dict)


@api.get("/taxonomy_terms/{id}", response=ONE, operation_id="getTaxonomyTermById")
def taxonomy_term(request: HttpRequest, id: str) -> HttpResponse:
    """One term."""
    _only(request)
    found = changes.here().terms
    return _json(found[id]) if id in found else _absent("term", id)


@api.get("/changes", response={200: Changes, **_FAULTS}, operation_id="getChanges")
def changed(request: HttpRequest, asked: Query[ChangesAsked]) -> HttpResponse:
    """What was added, changed and removed, in order (not of HSDS)."""
    _only(request, ChangesAsked)
    return _json(changes.page(asked.after, asked.per_page))


@api.get("/changes.atom", include_in_schema=False)
def feed(request: HttpRequest) -> HttpResponse:
    """The latest changes for a reader of feeds."""
    _only(request)
    return sent(changes.feed(), "application/atom+xml; charset=utf-8")


@api.get("/{path:rest}", include_in_schema=False)
def anything(request: HttpRequest, rest: str) -> HttpResponse:
    """An address that is not there."""
    return problem(404, "Not Found", "there is nothing at this address", openapi_url=f"{ROOT}openapi.json")
