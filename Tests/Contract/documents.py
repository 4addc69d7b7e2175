"""What must hold for the OpenAPI documents themselves, and between them and the routes that are served."""

import functools
import json
from collections.abc import Iterator

import requests
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from shop import SERVICES, document_file

METHODS = ("get", "put", "post", "delete", "patch")
# What may happen to every request; further ones follow from what an operation needs.
ALWAYS = {"400", "429", "500", "503", "504"}
WITH_BODY = {"413", "415", "422"}


def faults(shop: dict) -> list[str]:
    """Every sentence is a fault; none is what we want."""
    documents = {service: json.loads(document_file(service).read_text(encoding="utf-8")) for service in SERVICES}
    found = []
    for service, document in documents.items():
        found += [f"{service}: {fault}" for fault in of_one(document)]
        found += [f"{service}: {fault}" for fault in between_document_and_routes(service, document, shop)]
    return found + list(of_all(documents))


def operations(document: dict) -> Iterator[tuple[str, dict]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield f"{method.upper()} {path}", item[method]


def of_one(document: dict) -> Iterator[str]:
    if not document["openapi"].startswith("3.1."):
        yield f"is of version {document['openapi']}, not 3.1"
    for error in OpenAPIV31SpecValidator(document).iter_errors():
        yield f"is no valid OpenAPI: {'/'.join(map(str, error.absolute_path))}: {error.message}"
    for label, operation in operations(document):
        for word in ("operationId", "summary"):
            if not operation.get(word):
                yield f"{label}: has no {word}"
        yield from (f"{label}: {fault}" for fault in of_answers(document, operation))
        yield from (f"{label}: {fault}" for fault in of_body(document, operation))
    yield from of_examples(document)


def of_answers(document: dict, operation: dict) -> Iterator[str]:
    answers = operation["responses"]
    needed = set(ALWAYS)
    security = operation.get("security", document.get("security", []))
    if security:
        needed.add("401")
    if "staff" in operation.get("tags", []):
        needed |= {"401", "403"}
        if {} in security or not security:
            yield "is for staff, but needs no token"
    if "requestBody" in operation:
        needed |= WITH_BODY
    if missing := sorted(needed - set(answers)):
        yield f"does not say what {', '.join(missing)} mean"
    if not any(code.startswith("2") for code in answers):
        yield "has no answer for when all goes well"
    for code, answer in answers.items():
        answer = resolved(document, answer)
        if code < "400":
            for header in ("Souk-Instance", "traceparent"):
                if header not in answer.get("headers", {}):
                    yield f"{code} does not tell of {header}"
        elif answer.get("content") != {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}:
            yield f"{code} is no problem+json"
        if code in ("429", "503") and "Retry-After" not in answer.get("headers", {}):
            yield f"{code} does not tell of Retry-After"


def of_body(document: dict, operation: dict) -> Iterator[str]:
    if "requestBody" not in operation:
        return
    content = operation["requestBody"]["content"]
    if list(content) != ["application/json"]:
        yield f"takes {', '.join(content)}, not application/json alone"
    for media in content.values():
        examples = media.get("examples", {})
        if not examples:
            yield "has no example of its body"
        for name, example in examples.items():
            for error in errors(document, media["schema"], example["value"]):
                yield f"its example {name} is wrong: {error}"


def of_examples(document: dict) -> Iterator[str]:
    """The examples in the schemas, wherever they stand."""
    for place, schema in schemas(document, "#"):
        for example in schema.get("examples", []):
            for error in errors(document, schema, example):
                yield f"the example {example!r} at {place} is wrong: {error}"


def schemas(node, place: str) -> Iterator[tuple[str, dict]]:
    if isinstance(node, dict):
        if isinstance(node.get("examples"), list):
            yield place, node
        for name, child in node.items():
            yield from schemas(child, f"{place}/{name}")
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from schemas(child, f"{place}/{index}")


def errors(document: dict, schema: dict, value) -> list[str]:
    whole = {"components": document["components"], "allOf": [schema]}
    return [error.message for error in OAS31Validator(whole).iter_errors(value)]


def resolved(document: dict, node: dict) -> dict:
    if "$ref" not in node:
        return node
    for part in node["$ref"].removeprefix("#/").split("/"):
        document = document[part]
    return document


def of_all(documents: dict[str, dict]) -> Iterator[str]:
    """What the services share is the same everywhere, and nothing has a name twice."""
    names: dict[str, str] = {}
    for service, document in documents.items():
        for label, operation in operations(document):
            name = operation["operationId"]
            if name in names:
                yield f"{service}: {label} has the operationId of {names[name]}"
            names[name] = f"{service}: {label}"
    for kind, name in (("schemas", "Problem"), ("schemas", "Money"), ("securitySchemes", "accessToken")):
        seen = {json.dumps(part, sort_keys=True) for d in documents.values() if (part := d["components"].get(kind, {}).get(name))}
        if len(seen) > 1:
            yield f"the services have {len(seen)} different descriptions of {name}"


def between_document_and_routes(service: str, document: dict, shop: dict) -> Iterator[str]:
    described = {label for label, _ in operations(document)}
    for instance in shop["services"][service]:
        answer = requests.get(f"{instance['admin']}/routes", timeout=10)
        if answer.status_code != 200:
            yield f"{instance['name']} does not list its routes: {answer.status_code}"
            continue
        served = {route.replace(":", "{").replace("{{", "{") for route in answer.json() if not route.startswith("HEAD ")}
        if missing := sorted(served - described):
            yield f"{instance['name']} serves what the document does not tell: {', '.join(missing)}"
        if missing := sorted(described - served):
            yield f"{instance['name']} does not serve: {', '.join(missing)}"
    path = f"/v1/{SERVICES[service][0]}/openapi.json"
    if requests.get(shop["url"] + path, timeout=10).json() != document:
        yield f"{path} is not the document of the source tree"


@functools.cache
def closed(service: str) -> dict:
    """A service's document in which objects have the members that are described, and no others."""
    document = json.loads(document_file(service).read_text(encoding="utf-8"))
    # A part of an allOf says only what it adds; closing it would refuse the other parts.
    parts = {part["$ref"] for node in every_object(document) for part in node.get("allOf", []) if "$ref" in part}
    open_ones = {id(resolved(document, {"$ref": reference})) for reference in parts}
    open_ones |= {id(part) for node in every_object(document) for part in node.get("allOf", [])}
    for node in every_object(document):
        if node.get("type") == "object" and "properties" in node and id(node) not in open_ones:
            node.setdefault("additionalProperties", False)
    return document


def every_object(node) -> Iterator[dict]:
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from every_object(child)


@functools.cache
def judge(service: str, label: str, status: int) -> OAS31Validator | None:
    document = closed(service)
    answer = dict(operations(document))[label]["responses"].get(str(status))
    for kind, media in resolved(document, answer or {}).get("content", {}).items():
        if kind.endswith("json"):
            return OAS31Validator({"components": document["components"], "allOf": [media["schema"]]})
    return None


def undescribed(service: str, label: str, status: int, body) -> str | None:
    """What is wrong with the body of an answer when nothing may be in it that the document does not tell of."""
    judged = judge(service, label, status)
    error = next(judged.iter_errors(body), None) if judged else None
    return error and f"{'/'.join(map(str, error.absolute_path)) or 'the body'}: {error.message}"


def bounded_texts(service: str, label: str, body) -> Iterator[tuple[dict, str, int, str]]:
    """The texts in a request's body whose length its schema bounds: object, member, longest, pattern."""
    document = closed(service)
    content = dict(operations(document))[label].get("requestBody", {}).get("content", {})
    for media in content.values():
        yield from _bounded_texts(document, media["schema"], body)


def _bounded_texts(document: dict, schema: dict, body) -> Iterator[tuple[dict, str, int, str]]:
    schema = resolved(document, schema)
    for part in schema.get("allOf", []) + schema.get("oneOf", []):
        yield from _bounded_texts(document, part, body)
    for name, child in schema.get("properties", {}).items():
        child = resolved(document, child)
        if isinstance(body, dict) and isinstance(body.get(name), str) and "maxLength" in child:
            yield body, name, child["maxLength"], child.get("pattern", "")
        elif isinstance(body, dict) and isinstance(body.get(name), dict):
            yield from _bounded_texts(document, child, body[name])
