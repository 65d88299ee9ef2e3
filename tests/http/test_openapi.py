"""The description of the API says what the routes are, no more and no less."""

from __future__ import annotations

import json
from typing import Any

import pytest
from raw_client import Client

from earmark.web.app import make_app
from earmark.web.errors import is_api
from earmark.web.operations import OPERATIONS


@pytest.fixture
async def described(owner: Client) -> Any:
    return (await owner.get("/v1/openapi.json")).json


async def test_every_route_is_described(agent: Any, described: Any) -> None:
    routes = {
        (route.resource.canonical, route.method.lower())
        for route in make_app(agent).router.routes()
        if route.resource and is_api(route.resource.canonical) and route.method != "HEAD"
    }
    told = {(path, method) for path, methods in described["paths"].items() for method in methods}
    assert told == routes


async def test_every_route_says_what_it_is_for(agent: Any) -> None:
    for route in make_app(agent).router.routes():
        if route.resource and route.resource.canonical != "/static":
            assert OPERATIONS[route.handler].summary.endswith(".")


async def test_every_path_parameter_is_described(described: Any) -> None:
    for path, methods in described["paths"].items():
        for contract in methods.values():
            named = {each["name"] for each in contract["parameters"] if each["in"] == "path"}
            assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}


async def test_what_is_open_is_what_the_contract_opens(described: Any) -> None:
    open_paths = {
        path
        for path, methods in described["paths"].items()
        for contract in methods.values()
        if contract["security"] == []
    }
    assert open_paths == {"/v1/status", "/v1/pair"}


async def test_the_error_every_route_may_give_is_described(described: Any) -> None:
    for methods in described["paths"].values():
        for contract in methods.values():
            reference = contract["responses"]["default"]["content"]["application/json"]
            assert reference["schema"]["$ref"] == "#/components/schemas/Error"
    assert "Error" in described["components"]["schemas"]


async def test_the_description_is_plain_json(described: Any) -> None:
    assert described["openapi"].startswith("3.1")
    assert json.loads(json.dumps(described, allow_nan=False)) == described
