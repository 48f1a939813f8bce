"""The API: answers as its OpenAPI document says, and no server error whatever is sent."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from starlette.testclient import TestClient

from crossread.desk.api import api_app
from crossread.desk.desk import Desk
from tests.desk.material import BASE, TOKEN, desk_on, example_readings, fill

CASES = int(os.environ.get("CROSSREAD_API_CASES", "15"))
AUTH = {"Authorization": f"Bearer {TOKEN}", "Host": "127.0.0.1"}


@pytest.fixture(scope="session")
def small_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The application on two documents of the example."""
    app, desk = desk_on(fill(tmp_path_factory.mktemp("api") / "desk.db", example_readings()[2:4]))
    yield app
    desk.close()


@pytest.fixture(scope="session")
def api_schema(small_app: Any) -> Any:
    """The API's own description of itself, its paths filled with ids that are there."""
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", small_app, headers=AUTH)


OPERATIONS = [(m, r.path) for r in api_app().routes if r.path != "/openapi.json" for m in sorted(getattr(r, "methods", None) or ())]


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda x: str(x))
@pytest.mark.parametrize(
    "mode", [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE], ids=lambda m: m.value
)
def test_nothing_that_is_sent_makes_the_server_fail(api_schema: Any, method: str, path: str, mode: Any) -> None:
    operation = api_schema[path.replace(":path", "")][method]
    known = real_values(api_schema)

    @settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(case=operation.as_strategy(generation_mode=mode), pick=st.integers(0, 10**6))
    def send(case: Any, pick: int) -> None:
        for name in case.path_parameters or {}:
            if pick % 2 and name in known:  # half of the requests are about something that is there
                case.path_parameters[name] = known[name][pick % len(known[name])]
        answer = case.call(headers=AUTH)
        case.validate_response(answer, checks=[not_a_server_error])

    try:
        send()
    except Unsatisfiable:
        assert mode is schemathesis.GenerationMode.NEGATIVE  # an operation that takes nothing can be sent nothing wrong


def real_values(api_schema: Any) -> dict[str, list[str]]:
    """Ids that are in the store, by the name of the path parameter."""
    caller = TestClient(api_schema.app, base_url=BASE, headers=AUTH)
    story = caller.get("/api/v1/stories").json()[0]["id"]
    keys = [f["key"] for f in caller.get(f"/api/v1/findings?story={story}").json()[::7]]
    listed = caller.get("/api/v1/documents").json()
    documents = [d["id"] for d in listed if d["state"] == "read"]  # what was sent before may have left others
    answer = caller.get("/api/v1/findings", params={"document": documents[0]})
    assert answer.status_code == 200, (documents, answer.text)
    keys += [f["key"] for f in answer.json()[::7]]
    return {"story": [story], "key": keys, "document": documents, "format": ["html", "md", "json"], "seq": ["1", "2"]}


@pytest.fixture
def caller(app: Any) -> TestClient:
    """A program with the token."""
    return TestClient(app, base_url=BASE, headers={"Authorization": f"Bearer {TOKEN}"})


def some_keys(caller: TestClient) -> dict[str, str]:
    """A finding's key of each kind."""
    story = caller.get("/api/v1/stories").json()[0]["id"]
    found = {f["kind"]: f["key"] for f in caller.get(f"/api/v1/findings?story={story}").json()}
    document = caller.get("/api/v1/documents").json()[0]["id"]
    return found | {f["kind"]: f["key"] for f in caller.get(f"/api/v1/findings?document={document}").json()}


HOSTILE: list[Any] = [
    "",
    "\x00",
    "\ud800",
    "'",
    "{{7*7}}",
    "../../etc/passwd",
    "9" * 400,
    "NaN",
    "inf",
    "-1",
    None,
    True,
    1e308,
    [],
    {},
    "𝔘" * 500,
]


def test_hostile_fields_of_every_kind_are_refused_or_taken_but_never_fatal(caller: TestClient, desk: Desk) -> None:
    from crossread.desk.files import EDITABLE

    for kind, key in some_keys(caller).items():
        for field in (*EDITABLE[kind], "no_such_field"):
            for value in HOSTILE:
                body = {"person": "Ada", "action": "edit", "fields": {field: value}}
                answer = caller.post(
                    f"/api/v1/findings/{key}/decisions", content=json.dumps(body), headers={"Content-Type": "application/json"}
                )
                assert answer.status_code in (200, 400, 422), (kind, field, value, answer.text)
        desk.story(desk.stories()[0].id)
    assert caller.get("/api/v1/history?limit=1000").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"person": "Ada", "action": "edit", "fields": {"low": "5", "high": "2"}},
        {"person": "Ada", "action": "edit", "fields": {"kind": "no such kind"}},
        {"person": "Ada", "action": "edit"},
        {"person": " ", "action": "accept"},
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(caller: TestClient, body: dict[str, Any]) -> None:
    answer = caller.post(f"/api/v1/findings/{some_keys(caller)['figure']}/decisions", json=body)
    assert answer.status_code == 400
    assert len(answer.json()["detail"]) > 10
    assert caller.get("/api/v1/history").json() == []


def test_a_finding_is_decided_merged_split_and_undone_through_the_api(caller: TestClient, desk: Desk) -> None:
    before = desk.dump()
    story = caller.get("/api/v1/stories").json()[0]["id"]
    actors = [f for f in caller.get(f"/api/v1/findings?story={story}&kind=story-actor").json() if len(f["evidence"]) > 1]
    kept, other = actors[0], actors[1]
    merged = caller.post(f"/api/v1/findings/{kept['key']}/merge", json={"person": "Ada", "others": [other["key"]], "name": "Both"})
    assert merged.json()["finding"]["words"] == "Both"
    assert caller.get(f"/api/v1/findings/{other['key']}").json()["merged_into"] == kept["key"]
    piece = merged.json()["finding"]["evidence"][0]
    part = [{"document": piece["document"], "start": piece["span"][0], "end": piece["span"][1]}]
    split = caller.post(f"/api/v1/findings/{kept['key']}/split", json={"person": "Ada", "part": part, "name": "Half"})
    assert split.json()["finding"]["state"] == "added"
    for line in caller.get("/api/v1/history").json():
        assert caller.post(f"/api/v1/history/{line['seq']}/undo", json={"person": "Bo"}).status_code == 200
    assert desk.dump() == before


def test_exports_carry_what_people_decided(caller: TestClient) -> None:
    story = caller.get("/api/v1/stories").json()[0]["id"]
    claim = next(f for f in caller.get(f"/api/v1/findings?story={story}&kind=story-claim").json() if len(f["words"]) > 40)
    path = f"/api/v1/stories/{story}/exports/"
    assert claim["words"][:40] in caller.get(path + "json").text
    caller.post(
        f"/api/v1/findings/{claim['key']}/decisions",
        json={"person": "Ada", "action": "edit", "fields": {"text": "Put otherwise by hand"}},
    )
    assert "Put otherwise by hand" in caller.get(path + "json").text
    caller.post(f"/api/v1/findings/{claim['key']}/decisions", json={"person": "Ada", "action": "reject"})
    assert "Put otherwise by hand" not in caller.get(path + "json").text
    for name in (f["name"] for f in caller.get("/api/v1/formats").json()):
        answer = caller.get(path + name)
        assert answer.status_code in (200, 400), name
        if answer.status_code == 200:
            assert answer.headers["content-disposition"].startswith("attachment")
            assert answer.content


def test_records_of_the_api_fit_its_own_schemas(caller: TestClient) -> None:
    import jsonschema_rs

    document = caller.get("/api/v1/openapi.json").json()
    story = caller.get("/api/v1/stories").json()[0]["id"]
    name = caller.get("/api/v1/documents").json()[0]["id"]
    places = {
        "/stories": "/stories",
        "/stories/{story}": f"/stories/{story}",
        "/stories/{story}/queue": f"/stories/{story}/queue",
        "/documents": "/documents",
        "/documents/{document}": f"/documents/{name}",
        "/readings/{document}": f"/readings/{name}",
        "/findings": f"/findings?document={name}",
        "/search": "/search?q=truce",
        "/formats": "/formats",
        "/history": "/history",
    }
    for path, place in places.items():
        wanted = document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        answer = caller.get(f"/api/v1{place}").json()
        jsonschema_rs.validate({"components": document["components"], **wanted}, answer)


def test_ids_with_slashes_are_found(tmp_path: Path, example_store: Path) -> None:
    import msgspec

    first = example_readings()[0]
    renamed = msgspec.structs.replace(first, document=msgspec.structs.replace(first.document, id="desk/2031/07 report?"))
    app, desk = desk_on(fill(tmp_path / "odd.db", (renamed,)))
    caller = TestClient(app, base_url=BASE, headers={"Authorization": f"Bearer {TOKEN}"})
    for place in ("documents", "readings"):
        answer = caller.get(f"/api/v1/{place}/desk/2031/07%20report%3F")
        assert answer.status_code == 200
    desk.close()
    shutil.rmtree(tmp_path, ignore_errors=True)
