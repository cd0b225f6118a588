//! `GET /api/openapi.json`: the description (OpenAPI 3.1), made of the routes and the shapes.

use super::{
    operation::{EVERYWHERE, OPERATIONS, Operation, RECEIPT, RECORDS},
    reply, shape,
};
use crate::{
    App,
    page::{Caching, problem},
    router::ROUTES,
};
use axum::{extract::State, http::StatusCode, response::Response};
use serde_json::{Map, Value as Json, json};

/// Routes under this are described.
const DESCRIBED: &str = "/api/v1/";

pub async fn get(State(app): State<App>) -> Response {
    let services: Vec<&str> = app.setting.catalogue.services().iter().map(|service| service.id.as_str()).collect();
    reply::json(StatusCode::OK, &document(&services, &app.setting.public_url), Caching::Fresh)
}

fn document(services: &[&str], public_url: &str) -> Json {
    let mut paths = Map::new();
    for route in ROUTES.iter().filter(|route| route.path.starts_with(DESCRIBED)) {
        let of = OPERATIONS.iter().filter(|one| one.path == route.path && route.methods.contains(&one.method));
        let methods: Map<String, Json> = of.map(|one| (one.method.to_lowercase(), operation(one))).collect();
        paths.insert(route.path.to_owned(), Json::Object(methods));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Moothall",
            "version": "1",
            "description": "Report something to the police and councils of an area, and follow what becomes of it. \
                            The rules are those of the pages. In danger, call 999: this is not read at once.",
        },
        "servers": [{ "url": public_url }],
        "paths": paths,
        "components": {
            "schemas": shape::all(services),
            "parameters": parameters(),
            "responses": problems(),
            "securitySchemes": {
                RECEIPT: {
                    "type": "http", "scheme": "bearer", "description": "The token of the receipt. It lives 30 days.",
                },
                RECORDS: {
                    "type": "http", "scheme": "bearer", "description": "The key of an agency's records system.",
                },
            },
        },
    })
}

fn operation(one: &Operation) -> Json {
    let mut responses = Map::new();
    let mut gives = json!({
        "description": if one.status == 201 { "Kept" } else { "Found" },
        "content": { "application/json": { "schema": { "$ref": format!("#/components/schemas/{}", one.gives) } } },
    });
    if one.gives == "Receipt" {
        gives["headers"] = json!({ "Location": { "schema": { "type": "string", "format": "uri-reference" } } });
        gives["links"] = links();
    }
    responses.insert(one.status.to_string(), gives);
    for status in one.problems.iter().chain(EVERYWHERE) {
        responses.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{status}") }));
    }
    let parameter = |name: &&str| json!({ "$ref": format!("#/components/parameters/{name}") });
    let mut operation = json!({
        "operationId": one.id,
        "summary": one.summary,
        "parameters": one.parameters.iter().map(parameter).collect::<Vec<_>>(),
        "responses": responses,
    });
    if let Some(takes) = one.takes {
        let content = if takes.contains('/') {
            json!({ takes: { "schema": { "type": "string", "format": "binary", "description": "The bytes of the file." } } })
        } else {
            json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{takes}") } } })
        };
        operation["requestBody"] = json!({ "required": true, "content": content });
    }
    if let Some(by) = one.by {
        operation["security"] = json!([{ by: [] }]);
    }
    operation
}

/// What the receipt leads to.
fn links() -> Json {
    let to = |operation: &Operation| {
        let link = json!({ "operationId": operation.id, "parameters": { "reference": "$response.body#/reference" } });
        (operation.id.to_owned(), link)
    };
    Json::Object(OPERATIONS.iter().filter(|one| one.by == Some(RECEIPT)).map(to).collect())
}

fn parameters() -> Json {
    let path = |name: &str, schema: Json| json!({ "name": name, "in": "path", "required": true, "schema": schema });
    json!({
        "id": path("id", shape::service_id()),
        "reference": path("reference", shape::reference()),
        "agency": path("agency", shape::service_id()),
        "crime": path("crime", shape::crime_id()),
        "File-Name": {
            "name": "File-Name", "in": "header", "schema": { "type": "string", "maxLength": 200, "pattern": "^[ -~]*$" },
            "description": "What the file is called. It is shown to the people who work the report.",
        },
        "Idempotency-Key": {
            "name": "Idempotency-Key", "in": "header", "required": true, "schema": shape::idempotency_key(),
            "description": "A new one for each sending. The same key with the same body gives the same answer for 24 hours.",
        },
        "Report-Pin": {
            "name": "Report-Pin", "in": "header", "schema": shape::pin(),
            "description": "The PIN of a report with link_and_pin.",
        },
    })
}

fn problems() -> Json {
    const WORDS: &[(u16, &str)] = &[
        (400, "The address, a header or the body cannot be read"),
        (401, "The token or the PIN is missing or not right"),
        (403, "Sent from a page of another site"),
        (404, "There is nothing there, or not for you"),
        (405, "The address does not take this method"),
        (409, "It does not fit what happened before"),
        (413, "The body is larger than it may be: JSON 256 KB, a file 20 MB"),
        (415, "The body is not JSON"),
        (422, "Something is missing or not right, or the answers lead to a stop"),
        (429, "Too many in a short time"),
        (500, "A fault of ours"),
        (503, "Nothing can be kept just now"),
    ];
    let schema = json!({ "$ref": "#/components/schemas/Problem" });
    let header = |status: &u16| match status {
        401 => Some("WWW-Authenticate"),
        405 => Some("Allow"),
        429 | 503 => Some("Retry-After"),
        _ => None,
    };
    let told = |(status, words): &(u16, &str)| {
        let mut told = json!({ "description": words, "content": { problem::MEDIA_TYPE: { "schema": schema } } });
        if let Some(name) = header(status) {
            told["headers"] = json!({ name: { "schema": { "type": "string" } } });
        }
        (status.to_string(), told)
    };
    Json::Object(WORDS.iter().map(told).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn routed() -> BTreeSet<(&'static str, &'static str)> {
        let described = ROUTES.iter().filter(|route| route.path.starts_with(DESCRIBED));
        described.flat_map(|route| route.methods.iter().map(|method| (*method, route.path))).collect()
    }

    #[test]
    fn every_route_is_described_and_nothing_else() {
        let described: BTreeSet<_> = OPERATIONS.iter().map(|one| (one.method, one.path)).collect();
        assert_eq!(described, routed());
        assert_eq!(described.len(), OPERATIONS.len());
    }

    /// Every `$ref` of a description.
    fn refs(value: &Json, found: &mut BTreeSet<String>) {
        match value {
            Json::Object(map) => {
                found.extend(map.get("$ref").and_then(Json::as_str).map(str::to_owned));
                map.values().for_each(|inner| refs(inner, found));
            }
            Json::Array(list) => list.iter().for_each(|inner| refs(inner, found)),
            _ => {}
        }
    }

    #[test]
    fn what_is_referred_to_is_there_and_all_of_it_is_referred_to() {
        let document = document(&["a"], "https://moothall.example");
        let mut found = BTreeSet::new();
        refs(&document, &mut found);
        assert!(found.len() > 20, "{found:?}");
        for one in &found {
            assert!(document.pointer(&one[1..]).is_some(), "{one} is not there");
        }
        for part in ["schemas", "parameters", "responses"] {
            for name in document["components"][part].as_object().unwrap().keys() {
                assert!(found.contains(&format!("#/components/{part}/{name}")), "{part} {name} is used nowhere");
            }
        }
    }
}
