"""Clients that others wrote read what the Open311 door gives, and what is posted as they post it is taken.

Arguments: the base address, the jurisdiction, a key of it, and where there are some a folder of published JSON schemas.

georeport 0.3.1 reads alone. Of those that post, open311 1.1 and three 0.8.0 are of Python 2 and cannot be imported today: the
first imports itself (`from open311 import Open311` in its own __init__), the second itertools.ifilter. So the posts are made with
the library that georeport stands on, with the fields of the standard.
"""

import importlib
import json
import pathlib
import sys
import uuid

import requests
from georeport import GeoReport

base, jurisdiction, key = sys.argv[1:4]
schemas = pathlib.Path(sys.argv[4]) if len(sys.argv) > 4 else None


def need(true, words):
    if not true:
        sys.exit(f"a client of Open311: {words}")


def valid(name, value):
    if schemas is None:
        return
    import jsonschema

    # A list is of what the file of one says: the file of the list names it by a reference.
    one = {"services": "service", "requests": "request"}.get(name, name)
    schema = json.loads((schemas / f"{one}.json").read_text())
    if one != name:
        schema = {"type": "array", "items": schema}
    jsonschema.Draft4Validator(schema).validate(value)


for absent in ("open311", "three"):
    try:
        importlib.import_module(absent)
        print(f"{absent} can be imported after all: let it post")
    except ImportError:
        pass

own = str(uuid.uuid4().int)[:12]
fields = {
    "jurisdiction_id": jurisdiction,
    "api_key": key,
    "service_code": "litter-bin",
    "lat": "51.3461",
    "long": "-2.9772",
    "description": "It is full, and bags stand beside it.",
    "attribute[fault]": "overflowing",
    "attribute[fixmystreet_id]": own,
    "first_name": "Robin",
    "last_name": "Example",
    "email": "robin@example.org",
}
numbers = set()
for _ in range(2):
    sent = requests.post(f"{base}requests.json", data=fields, timeout=30)
    need(sent.status_code == 201, f"not created: {sent.status_code} {sent.text}")
    numbers.add(sent.json()[0]["service_request_id"])
need(len(numbers) == 1, "a second try made a second report")
(number,) = numbers
update = {
    "jurisdiction_id": jurisdiction,
    "api_key": key,
    "service_request_id": number,
    "update_id": f"of-{own}",
    "updated_datetime": "2026-11-24T10:00:00Z",
    "status": "IN_PROGRESS",
    "description": "A crew is on its way.",
}
for _ in range(2):
    told = requests.post(f"{base}servicerequestupdates.json", data=update, timeout=30)
    need(told.status_code in (200, 201), f"the update was not taken: {told.status_code} {told.text}")
told = requests.get(
    f"{base}servicerequestupdates.json",
    params={"jurisdiction_id": jurisdiction, "api_key": key, "service_request_id": number},
    timeout=30,
).json()
need([one["description"] for one in told].count(update["description"]) == 1, f"the update is not told once: {told}")

own = requests.get(
    f"{base}requests/{number}.json", params={"jurisdiction_id": jurisdiction, "api_key": key}, timeout=30
).json()[0]
need(own["status"] == "open" and own["non_public"] == 1, f"not read with its key: {own}")

NAMES = ["service_request_id", "status", "status_notes", "requested_datetime", "service_code", "description"]
read = {}
for ending in ("json", "xml"):
    client = GeoReport(base, jurisdiction=jurisdiction, output_format=ending)
    services = client.get_service_list()
    codes = [service["service_code"] for service in services]
    need("litter-bin" in codes, f"litter-bin is not listed: {codes}")
    definition = client.get_service_definition("litter-bin")
    need(definition["service_code"] == "litter-bin", f"no definition: {definition}")
    # It reads without a key what everybody may: the new report waits for a person to look at it.
    several = client.get_service_requests()
    several = several if isinstance(several, list) else [several]
    need(several and number not in [request["service_request_id"] for request in several], f"not public: {several}")
    first = several[0]["service_request_id"]
    one = client.get_service_request(first)
    need(one == several[0], f"read otherwise alone than in the list: {one}")
    read[ending] = [[request[name] for name in NAMES] for request in several], codes
    if ending == "json":
        valid("services", services)
        valid("service-definition", definition)
        valid("requests", several)
need(read["json"] == read["xml"], f"the formats differ: {read}")
print(f"proof: Open311: georeport read {len(codes)} services and {len(several)} reports, the same in both formats")
