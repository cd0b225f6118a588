//! What each client gets of GeoReport v2, in both formats and under the base path of a poller.

use crate::{
    clients::Who::{self, *},
    expected::{Expected, Fields, NOT, get, post},
};

type Served = (&'static [Who], &'static str);
/// What a program sends of a fly-tip.
const TIPPING: Fields = &[
    ("service_code", "fly-tipping"),
    ("lat", "51.3461"),
    ("long", "-2.9772"),
    ("attribute[now]", "no"),
    ("attribute[land]", "road_verge"),
    ("attribute[waste]", "mattress"),
    ("attribute[size]", "single_item"),
];
const UPDATE: Fields = &[
    ("service_request_id", "{ref}"),
    ("update_id", "{ref}"),
    ("updated_datetime", "2026-01-01T00:00:00Z"),
    ("status", "PLANNED"),
    ("description", "A team comes."),
];
/// The list of the police is empty.
const EMPTY: Served = (&[RecordsSystem], "200");
const PARTNERS: Served = (&[OtherRecords], "200 | list.seen");
const NOT_SERVED: Served = (&[RecordsSystem], "404");
const TIPPED: Served = (&[OtherRecords], "201 | report.received");
const READ: Served = (&[RecordsSystem, OtherRecords], "200");
const TOLD: Served = (&[OtherRecords], "201 | stage.set");
const NOT_THEIRS: Served = (&[RecordsSystem], "404");

pub const TABLE: &[Expected] = &[
    get("/open311/v2/discovery.xml", "/open311/v2/discovery.xml", "200", &[]),
    get("/open311/v2/discovery.json", "/open311/v2/discovery.json", "200", &[]),
    get("/open311/v2/services.xml", "/open311/v2/services.xml?jurisdiction_id=north-somerset-council", "200", &[]),
    get("/open311/v2/services.json", "/open311/v2/services.json?jurisdiction_id=north-somerset-council", "200", &[]),
    get(
        "/open311/v2/services/{code}",
        "/open311/v2/services/fly-tipping.json?jurisdiction_id=north-somerset-council",
        "200",
        &[],
    ),
    // Nobody has looked at the report: without the key of its agency it is in no list.
    get("/open311/v2/requests.xml", "/open311/v2/requests.xml?api_key={key}", "403", &[PARTNERS, EMPTY]),
    get("/open311/v2/requests.json", "/open311/v2/requests.json?api_key={key}", "403", &[PARTNERS, EMPTY]),
    post("/open311/v2/requests.xml", "/open311/v2/requests.xml?api_key={key}", TIPPING, "403", &[NOT_SERVED, TIPPED]),
    post("/open311/v2/requests.json", "/open311/v2/requests.json?api_key={key}", TIPPING, "403", &[NOT_SERVED, TIPPED]),
    get(
        "/open311/v2/requests/{id}",
        "/open311/v2/requests/{ref}.json?api_key={key}",
        "403",
        &[(&[OtherRecords], "200 | list.seen"), (&[RecordsSystem], NOT)],
    ),
    get(
        "/open311/v2/tokens/{token}",
        "/open311/v2/tokens/{ref}.json?api_key={key}",
        "403",
        &[(&[OtherRecords], "200 | list.seen"), (&[RecordsSystem], "404")],
    ),
    get("/open311/v2/servicerequestupdates.xml", "/open311/v2/servicerequestupdates.xml?api_key={key}", "403", &[READ]),
    get(
        "/open311/v2/servicerequestupdates.json",
        "/open311/v2/servicerequestupdates.json?api_key={key}",
        "403",
        &[READ],
    ),
    post(
        "/open311/v2/servicerequestupdates.xml",
        "/open311/v2/servicerequestupdates.xml?api_key={key}",
        UPDATE,
        "403",
        &[TOLD, NOT_THEIRS],
    ),
    post(
        "/open311/v2/servicerequestupdates.json",
        "/open311/v2/servicerequestupdates.json?api_key={key}",
        UPDATE,
        "403",
        &[TOLD, NOT_THEIRS],
    ),
    get("/open311/v2/for/{client}/discovery.xml", "/open311/v2/for/fixmystreet/discovery.xml", "200", &[]),
    get("/open311/v2/for/{client}/discovery.json", "/open311/v2/for/fixmystreet/discovery.json", "200", &[]),
    get(
        "/open311/v2/for/{client}/services.xml",
        "/open311/v2/for/fixmystreet/services.xml?jurisdiction_id=north-somerset-council",
        "200",
        &[],
    ),
    get(
        "/open311/v2/for/{client}/services.json",
        "/open311/v2/for/fixmystreet/services.json?jurisdiction_id=north-somerset-council",
        "200",
        &[],
    ),
    get(
        "/open311/v2/for/{client}/services/{code}",
        "/open311/v2/for/fixmystreet/services/fly-tipping.json?jurisdiction_id=north-somerset-council",
        "200",
        &[],
    ),
    // Nobody has looked at the report: without the key of its agency it is in no list.
    get(
        "/open311/v2/for/{client}/requests.xml",
        "/open311/v2/for/fixmystreet/requests.xml?api_key={key}",
        "403",
        &[PARTNERS, EMPTY],
    ),
    get(
        "/open311/v2/for/{client}/requests.json",
        "/open311/v2/for/fixmystreet/requests.json?api_key={key}",
        "403",
        &[PARTNERS, EMPTY],
    ),
    post(
        "/open311/v2/for/{client}/requests.xml",
        "/open311/v2/for/fixmystreet/requests.xml?api_key={key}",
        TIPPING,
        "403",
        &[NOT_SERVED, TIPPED],
    ),
    post(
        "/open311/v2/for/{client}/requests.json",
        "/open311/v2/for/fixmystreet/requests.json?api_key={key}",
        TIPPING,
        "403",
        &[NOT_SERVED, TIPPED],
    ),
    get(
        "/open311/v2/for/{client}/requests/{id}",
        "/open311/v2/for/fixmystreet/requests/{ref}.json?api_key={key}",
        "403",
        &[(&[OtherRecords], "200 | list.seen"), (&[RecordsSystem], NOT)],
    ),
    get(
        "/open311/v2/for/{client}/tokens/{token}",
        "/open311/v2/for/fixmystreet/tokens/{ref}.json?api_key={key}",
        "403",
        &[(&[OtherRecords], "200 | list.seen"), (&[RecordsSystem], "404")],
    ),
    get(
        "/open311/v2/for/{client}/servicerequestupdates.xml",
        "/open311/v2/for/fixmystreet/servicerequestupdates.xml?api_key={key}",
        "403",
        &[READ],
    ),
    get(
        "/open311/v2/for/{client}/servicerequestupdates.json",
        "/open311/v2/for/fixmystreet/servicerequestupdates.json?api_key={key}",
        "403",
        &[READ],
    ),
    post(
        "/open311/v2/for/{client}/servicerequestupdates.xml",
        "/open311/v2/for/fixmystreet/servicerequestupdates.xml?api_key={key}",
        UPDATE,
        "403",
        &[TOLD, NOT_THEIRS],
    ),
    post(
        "/open311/v2/for/{client}/servicerequestupdates.json",
        "/open311/v2/for/fixmystreet/servicerequestupdates.json?api_key={key}",
        UPDATE,
        "403",
        &[TOLD, NOT_THEIRS],
    ),
];
