"""HSDS 3.1: the same records as the pages, what the standard asks, and faults that say what to do."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from support.live import served
from thuis.directory.find import Query, find
from thuis.directory.index import build
from thuis.directory.load import load

ROOT = "/hsds/3.1"
HERE = Path(__file__).resolve()
SCHEMAS = HERE.parents[3] / "shared" / "data" / "initiatives" / "hsds-3.1-schema" / "schema"
QUERIES = HERE.parents[1] / "directory" / "queries.csv"
there = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="the schemas of HSDS are not beside the project")


def get(client: Any, path: str, status: int = 200, **headers: str) -> Any:
    answer = client.get(f"{ROOT}{path}", headers=headers)
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


def test_it_gives_what_the_download_gives(client: Any) -> None:
    download = json.loads((served() / "public/data/directory/hsds-services.json").read_bytes())
    page = get(client, "/services?full=true&per_page=1000")
    shown = [{k: v for k, v in each.items() if k != "last_modified"} for each in page["contents"]]
    theirs = [{k: v for k, v in each.items() if k != "last_modified"} for each in download["contents"]]
    assert shown == theirs
    assert len(shown) > 5


def test_search_gives_the_records_of_the_pages(client: Any) -> None:
    """``directory-search.json`` is all that the page's own search has: its records, its day."""
    from thuis.live.api.changes import here

    data = served() / "public" / "data"
    static = json.loads((data / "directory-search.json").read_text("utf-8"))
    first, *others = load(HERE.parents[2] / "examples" / "nederland", here().day).records
    index = build([first.model_copy(update={"themes": ("trust",)}), *others])  # as the made-up site has it
    by_id = {
        each["id"]: number for number, each in enumerate(get(client, "/services?per_page=1000")["contents"])
    }
    with QUERIES.open(encoding="utf-8") as file:
        asked = [row[next(iter(row))] for row in csv.DictReader(file)]
    seen = 0
    for text in [*asked, "eten", "taal leren", "buurthuis", "wandeln", "zzzz"]:
        page = get(client, f"/services?per_page=1000&search={quote(text)}")
        wanted = [each.id for each in find(index, Query(text), here().day).records]
        assert [static["records"][by_id[each["id"]]] for each in page["contents"]] == wanted, text
        seen += bool(wanted)
    assert seen > 5


def test_pages_hold_everything_once(client: Any) -> None:
    whole = [each["id"] for each in get(client, "/services?per_page=1000")["contents"]]
    first = get(client, "/services?per_page=3")
    parts = [get(client, f"/services?per_page=3&page={n + 1}") for n in range(first["total_pages"])]
    assert [each["id"] for part in parts for each in part["contents"]] == whole
    assert [part["first_page"] for part in parts] == [True] + [False] * (len(parts) - 1)
    assert [part["last_page"] for part in parts] == [False] * (len(parts) - 1) + [True]
    assert get(client, "/services?per_page=3&page=999")["empty"]
    lines = client.get(f"{ROOT}/services?format=ndjson").content.decode().splitlines()
    assert [json.loads(each)["id"] for each in lines] == whole
    assert [each["id"] for each in get(client, "/services?minimal=true")["contents"]] == whole


def test_terms_find_the_services_that_have_them(client: Any) -> None:
    documents = get(client, "/services?full=true&per_page=1000")["contents"]
    having: dict[str, set[str]] = {}
    for each in documents:
        for attribute in each.get("attributes", []):
            if "taxonomy_term" in attribute:
                having.setdefault(attribute["taxonomy_term"]["id"], set()).add(each["id"])
    assert len(having) > 3
    known = {each["id"] for each in get(client, "/taxonomy_terms?per_page=1000")["contents"]}
    assert set(having) <= known
    for term, ids in having.items():
        found = get(client, f"/services?taxonomy_term_id={term}&per_page=1000")["contents"]
        assert {each["id"] for each in found} == ids
    taxonomies = get(client, "/taxonomies")["contents"]
    for each in taxonomies:
        terms = get(client, f"/taxonomy_terms?taxonomy_id={each['id']}&per_page=1000")["contents"]
        found = get(client, f"/services?taxonomy_id={each['id']}&per_page=1000")["contents"]
        ids = set().union(*(having.get(term["id"], set()) for term in terms))
        assert {one["id"] for one in found} == ids


def test_each_thing_is_found_by_its_id(client: Any) -> None:
    for path in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"):
        rows = get(client, f"/{path}?per_page=1000")["contents"]
        assert rows
        for each in rows[:4]:
            assert get(client, f"/{path}/{each['id']}")["id"] == each["id"]
        told = get(client, f"/{path}/none", 404)
        assert told["status"] == 404
    one = get(client, "/organizations")["contents"][0]["id"]
    whole = get(client, f"/organizations/{one}")
    found = get(client, f"/services?organization_id={one}")["contents"]
    assert {each["id"] for each in whole["services"]} == {each["id"] for each in found} != set()


@there
def test_answers_are_valid_hsds(client: Any) -> None:
    from jsonschema import Draft202012Validator, FormatChecker

    for path, list_, one in (
        ("services", "service_list", "service_with_definitions"),
        ("organizations", "organization_list", None),
        ("service_at_locations", "service_at_location_list", None),
        ("taxonomies", "../taxonomy", None),
        ("taxonomy_terms", "../taxonomy_term", None),
    ):
        rows = get(client, f"/{path}?per_page=1000")["contents"]
        _valid(rows, list_)
        if one:
            _valid(get(client, f"/{path}?full=true&per_page=1000")["contents"], one)
            _valid([get(client, f"/{path}/{rows[0]['id']}")], one)
    assert Draft202012Validator
    assert FormatChecker


def _valid(rows: list[Any], name: str) -> None:
    from jsonschema import Draft202012Validator, FormatChecker
    from referencing import Registry, Resource

    def retrieve(uri: str) -> Any:
        return Resource.from_contents(_schema(uri.rpartition("/")[2]))

    path = (SCHEMAS / "compiled" / f"{name}.json").resolve()
    schema = {**json.loads(path.read_text("utf-8")), "$id": f"local:///{path.name}"}
    registry: Any = Registry(retrieve=retrieve)
    checker = Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())
    problems = [(list(e.path), e.message) for each in rows for e in checker.iter_errors(each)]
    assert rows
    assert not problems[:3]


def _schema(name: str) -> Any:
    content = json.loads((SCHEMAS / name).read_text("utf-8"))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **content}


def test_the_schema_can_refuse(client: Any) -> None:
    if SCHEMAS.is_dir():
        with pytest.raises(AssertionError):
            _valid([{"id": "no uuid"}], "service_list")


def test_where_is_asked_by_postcode_and_distance(client: Any) -> None:
    from thuis.sphere import kilometres

    rows = get(client, "/service_at_locations?full=true&per_page=1000")["contents"]
    coded = {
        each["id"]: each["location"]["addresses"][0]["postal_code"].replace(" ", "")
        for each in rows
        if each["location"].get("addresses") and each["location"]["addresses"][0].get("postal_code")
    }
    code = next(iter(coded.values()))[:4]
    found = get(client, f"/service_at_locations?postcode={code}&per_page=1000")["contents"]
    assert {each["id"] for each in found} == {key for key, value in coded.items() if value.startswith(code)}
    (served() / "postcodes.csv").write_text("postcode,latitude,longitude\n9999,52.0907,5.1214\n", "utf-8")
    points = {
        each["id"]: (each["location"]["latitude"], each["location"]["longitude"])
        for each in rows
        if each["location"].get("latitude")
    }
    for metres in (1, 3000, 60_000, 500_000):
        page = get(client, f"/service_at_locations?postcode=9999%20AA&proximity={metres}&per_page=1000")
        near = {key for key, at in points.items() if kilometres(at, (52.0907, 5.1214)) <= metres / 1000}
        assert {each["id"] for each in page["contents"]} == near
    assert near
    (served() / "postcodes.csv").unlink()
    assert "postcodes.csv" in get(client, "/service_at_locations?postcode=9999&proximity=5", 400)["detail"]
    get(client, "/service_at_locations?proximity=5", 400)


def test_what_one_has_is_not_sent_again(client: Any) -> None:
    for path in ("/services?search=eten", "/taxonomies", "/changes", "/changes.atom"):
        first = client.get(f"{ROOT}{path}")
        again = client.get(f"{ROOT}{path}", headers={"If-None-Match": f'"x", W/{first["ETag"]}'})
        assert (again.status_code, again.content) == (304, b"")
        other = client.get(f"{ROOT}{path}", headers={"If-None-Match": '"other"'})
        assert other.status_code == 200
    head = client.head(f"{ROOT}/taxonomies")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head["Content-Length"]) > 100


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/services?page=0", "page"),
        ("/services?per_page=1001", "per_page"),
        ("/services?modified_after=yesterday", "modified_after"),
        ("/services?modified_after=2026-01-01", "modified_after"),
        ("/services?taxonomy_term=x", "taxonomy_term_id"),
        ("/services?postcode=3512", "postcode"),
        ("/services/x?full=true", "full"),
        ("/services?format=xml", "format"),
        ("/services?search=%00", "search"),
        ("/services?search=", "search"),
        ("/service_at_locations?postcode=35", "postcode"),
        ("/service_at_locations?postcode=3512&proximity=nan", "proximity"),
        ("/service_at_locations?postcode=3512&proximity=inf", "proximity"),
        ("/changes?after=-1", "after"),
    ],
)
def test_a_slip_is_told_and_gives_nothing(client: Any, path: str, named: str) -> None:
    answer = client.get(f"{ROOT}{path}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert named in json.loads(answer.content)["detail"]


def test_nothing_is_written_and_nothing_is_a_page(client: Any) -> None:
    for method in ("post", "put", "patch", "delete", "options"):
        answer = getattr(client, method)(f"{ROOT}/services")
        assert answer.status_code == 405
        assert json.loads(answer.content)["available"] == ["GET", "HEAD"]
    for path in ("/nothing", "/services/", "/services/a/b", "/../x"):
        answer = client.get(f"{ROOT}{path}")
        assert answer.status_code == 404
        assert answer["Content-Type"] == "application/problem+json"


def test_one_visitor_is_not_everybody(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    limits = settings.LIVE.limits.model_copy(update={"api": 3})
    live = settings.LIVE.model_copy(update={"proxies": 1, "limits": limits})
    monkeypatch.setattr(settings, "LIVE", live)

    def ask(address: str) -> Any:
        return client.get(f"{ROOT}/", headers={"X-Forwarded-For": address})

    assert [ask("192.0.2.1").status_code for _ in range(3)] == [200] * 3
    # What a visitor writes before the proxy's own addition does not make another visitor.
    refused = ask("198.51.100.9, 192.0.2.1")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) > 0
    assert json.loads(refused.content)["status"] == 429
    assert ask("192.0.2.2").status_code == 200


def test_openapi_describes_what_is_there(client: Any) -> None:
    told = get(client, "/openapi.json")
    assert set(told["paths"]) == {
        f"{ROOT}/",
        *(
            f"{ROOT}/{name}{more}"
            for name in ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
            for more in ("", "/{id}")
        ),
        f"{ROOT}/changes",
    }
    about = get(client, "/")
    assert about["version"] == "3.1"
    assert about["openapi_url"].endswith("/hsds/3.1/openapi.json")
