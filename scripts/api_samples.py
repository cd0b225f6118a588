"""Hooks of schemathesis: the services' own samples as examples of a report, and the tokens that receipts gave.

Without them nothing it sends would become a report, and nothing behind a token would be asked.
"""

import itertools
import json
import pathlib
import re

import schemathesis

SERVICES = pathlib.Path(__file__).parent.parent / "services"
PIN = "407193"
REPORTS = "/api/v1/reports"
FILE = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
tokens = {}
turns = itertools.count()


def bodies():
    for path in sorted(SERVICES.glob("*/samples/*.json")):
        service, sample = path.parts[-3], json.loads(path.read_text())
        answers = sample["answers"]
        body = {"service": service, "answers": answers}
        carried_on = answers.pop("journey", {}).get("carried_on")
        # The files of a sample are nowhere.
        for question, answer in answers.items():
            if isinstance(answer, list) and answer and re.fullmatch(FILE, str(answer[0])):
                answers[question] = None
        if carried_on:
            body["carried_on"] = carried_on
        tracking = (SERVICES / service / "service.toml").read_text()
        if 'tracking = "link_and_pin"' in tracking and not sample["expect"].get("anonymous"):
            body["pin"] = PIN
        yield f"{service} {path.stem}", body


@schemathesis.hook
def before_load_schema(context, raw_schema):
    content = raw_schema["paths"][REPORTS]["post"]["requestBody"]["content"]["application/json"]
    content["examples"] = {name: {"value": body} for name, body in bodies()}


@schemathesis.hook
def after_call(context, case, response):
    if case.operation.path == REPORTS and response.status_code == 201:
        receipt = response.json()
        tokens[receipt["reference"]] = receipt["token"]


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    """Every second well-formed reference is one that exists: otherwise none ever would be."""
    asked = str((path_parameters or {}).get("reference", ""))
    if tokens and re.fullmatch("[0-9]{9}", asked) and next(turns) % 2:
        known = sorted(tokens)
        return {**path_parameters, "reference": known[next(turns) % len(known)]}
    return path_parameters


@schemathesis.auth(refresh_interval=None)
class Receipt:
    """A report that was sent is followed with its own token."""

    def get(self, case, context):
        return tokens.get((case.path_parameters or {}).get("reference"))

    def set(self, case, data, context):
        if data is None:
            return
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"
        case.headers["Report-Pin"] = PIN
