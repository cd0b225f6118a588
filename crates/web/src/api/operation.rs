//! What each method of each address does, for the OpenAPI description. The addresses are the router's.

/// One method of one address.
pub struct Operation {
    pub method: &'static str,
    pub path: &'static str,
    pub id: &'static str,
    pub summary: &'static str,
    /// Parameters of the address and headers, by their names in [`super::openapi`].
    pub parameters: &'static [&'static str],
    /// The shape of the body it takes.
    pub takes: Option<&'static str>,
    pub status: u16,
    /// The shape of what it gives.
    pub gives: &'static str,
    /// What its bearer shows, by its name among the security schemes.
    pub by: Option<&'static str>,
    /// Statuses of its problems, besides those every address has.
    pub problems: &'static [u16],
}

/// The token of a receipt.
pub const RECEIPT: &str = "receipt";
/// The key of an agency's records system.
pub const RECORDS: &str = "records";

pub const OPERATIONS: &[Operation] = &[
    Operation {
        method: "GET",
        path: "/api/v1/services",
        id: "listServices",
        summary: "What can be reported",
        parameters: &[],
        takes: None,
        status: 200,
        gives: "Services",
        by: None,
        problems: &[],
    },
    Operation {
        method: "GET",
        path: "/api/v1/services/{id}",
        id: "getService",
        summary: "One service: its questions, conditions and stops, and the shape of its answers",
        parameters: &["id"],
        takes: None,
        status: 200,
        gives: "Service",
        by: None,
        problems: &[404],
    },
    Operation {
        method: "POST",
        path: "/api/v1/uploads",
        id: "uploadFile",
        summary: "Upload a photo or other file that a report will name",
        parameters: &["File-Name"],
        takes: Some("application/octet-stream"),
        status: 201,
        gives: "Upload",
        by: None,
        problems: &[403, 413, 422, 429],
    },
    Operation {
        method: "POST",
        path: "/api/v1/reports",
        id: "sendReport",
        summary: "Send a report",
        parameters: &["Idempotency-Key"],
        takes: Some("NewReport"),
        status: 201,
        gives: "Receipt",
        by: None,
        problems: &[403, 409, 413, 415, 422, 429],
    },
    Operation {
        method: "GET",
        path: "/api/v1/reports/{reference}",
        id: "followReport",
        summary: "What has become of a report",
        parameters: &["reference", "Report-Pin"],
        takes: None,
        status: 200,
        gives: "Report",
        by: Some(RECEIPT),
        problems: &[401, 404, 429],
    },
    Operation {
        method: "POST",
        path: "/api/v1/reports/{reference}/messages",
        id: "addMessage",
        summary: "Add words to a report, or answer what was asked",
        parameters: &["reference", "Report-Pin"],
        takes: Some("NewMessage"),
        status: 201,
        gives: "Message",
        by: Some(RECEIPT),
        problems: &[401, 403, 404, 409, 413, 415, 422, 429],
    },
    Operation {
        method: "GET",
        path: "/api/v1/records/{agency}/crimes/{crime}",
        id: "getCrime",
        summary: "A crime, for its agency's records system",
        parameters: &["agency", "crime"],
        takes: None,
        status: 200,
        gives: "Crime",
        by: Some(RECORDS),
        problems: &[401, 404],
    },
    Operation {
        method: "POST",
        path: "/api/v1/records/{agency}/crimes/{crime}",
        id: "changeCrime",
        summary: "Say what the agency's records system knows of a crime",
        parameters: &["agency", "crime", "Idempotency-Key"],
        takes: Some("CrimeChange"),
        status: 200,
        gives: "Crime",
        by: Some(RECORDS),
        problems: &[401, 403, 404, 409, 413, 415, 422, 429],
    },
];

/// Every address has these: an address that cannot be read, a method it does not take, a fault of ours.
pub const EVERYWHERE: &[u16] = &[400, 405, 500, 503];
