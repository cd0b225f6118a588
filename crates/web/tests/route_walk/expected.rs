use crate::clients::Who::{self, *};

/// One method of one route: what is sent, and what each client gets.
///
/// An outcome is a status with the start of the page's heading, or of the address it leads to. `404` is the not-found
/// of a thing that does not exist, byte for byte. After `|` stand the entries of the journal it leaves.
pub struct Expected {
    pub method: &'static str,
    pub path: &'static str,
    /// The address; `{ref}` is the report's reference, `{file}` its photo, `{crime}` one of the police, `{version}` in a
    /// field that of the council's part.
    pub at: &'static str,
    pub fields: &'static [(&'static str, &'static str)],
    /// What a program posts instead.
    pub json: Option<&'static str>,
    pub others: &'static str,
    pub except: &'static [(&'static [Who], &'static str)],
}

impl Expected {
    pub fn of(&self, who: Who) -> &'static str {
        let own = self.except.iter().find(|(clients, _)| clients.contains(&who));
        own.map_or(self.others, |(_, outcome)| outcome)
    }
}

pub type Except = &'static [(&'static [Who], &'static str)];
pub type Fields = &'static [(&'static str, &'static str)];

pub const fn get(path: &'static str, at: &'static str, others: &'static str, except: Except) -> Expected {
    Expected { method: "GET", path, at, fields: &[], json: None, others, except }
}

pub const fn post(
    path: &'static str,
    at: &'static str,
    fields: Fields,
    others: &'static str,
    except: Except,
) -> Expected {
    Expected { method: "POST", path, at, fields, json: None, others, except }
}

const fn send(
    path: &'static str,
    at: &'static str,
    json: &'static str,
    others: &'static str,
    except: Except,
) -> Expected {
    Expected { method: "POST", path, at, fields: &[], json: Some(json), others, except }
}

/// At the desk, and this route or report is not for them.
pub const NOT: &str = "404";
const SHUT: &str = "303 /account/sign-in";
pub const WORDS: (&str, &str) = ("words", "We look into it.");
/// Also to a browser with the cookie of the report: no cookie is read there.
const NO_TOKEN: &str = "401 The token is missing";
const ENTRY: &str = "/track/{ref}/diary/00000000-0000-7000-8000-000000000000";
const HOME: &str = "/property/999000000001";
const TEAM: &str = "/officers/avon-and-somerset-police/weston";
/// Also to a program with the token of a receipt.
const NO_KEY: &str = "401 The key is missing";
const GONE: &str = "410 Your answers are no longer here";

/// All of them.
pub fn table() -> impl Iterator<Item = &'static Expected> {
    TABLE.iter().chain(crate::desk::TABLE).chain(crate::open311::TABLE)
}

const TABLE: &[Expected] = &[
    get("/", "/", "200 What do you need?", &[]),
    get("/emergency", "/emergency", "200 In an emergency", &[]),
    get("/language", "/language", "200 Choose a language", &[]),
    post("/language", "/language", &[("language", "pl"), ("back", "/report")], "303 /report", &[]),
    get("/help", "/help", "200 Help", &[]),
    get("/accessibility", "/accessibility", "200 Accessibility", &[]),
    get("/privacy", "/privacy", "200 Privacy", &[]),
    get("/data", "/data", "200 Maps and data", &[]),
    get("/statistics", "/statistics", "200 Reports in numbers", &[]),
    get("/statistics.csv", "/statistics.csv", "200", &[]),
    get("/statistics.json", "/statistics.json", "200", &[]),
    get("/figures", "/figures", "200 How we do", &[]),
    get("/robots.txt", "/robots.txt", "200", &[]),
    get("/healthz", "/healthz", "200", &[]),
    get("/readyz", "/readyz", "200", &[]),
    get("/assets/{name}", "/assets/nothing.css", NOT, &[]),
    get("/citizen.css", "/citizen.css", "200", &[]),
    get("/tiles/{z}/{x}/{y}", "/tiles/1/0/0", NOT, &[]),
    get("/places/outline", "/places/outline", "200", &[]),
    get("/places/near", "/places/near?lat=51.3461&lon=-2.9772", "200", &[]),
    get("/ledger/checkpoint", "/ledger/checkpoint", "200", &[]),
    get("/ledger/key", "/ledger/key", "200", &[]),
    get("/ledger/tile/{*path}", "/ledger/tile/0/000", NOT, &[]),
    get("/report", "/report", "200 What do you want to report?", &[]),
    get("/report/{service}", "/report/fly-tipping", "200 ", &[(&[Attempt], "200 ")]),
    get(
        "/report/{service}/q/{question}",
        "/report/fly-tipping/q/size",
        "303 /report/fly-tipping",
        &[(&[Attempt], "200 ")],
    ),
    post(
        "/report/{service}/q/{question}",
        "/report/fly-tipping/q/now",
        &[("now", "no")],
        "303 /report/fly-tipping/q/photos",
        &[],
    ),
    get(
        "/report/{service}/files/{question}",
        "/report/fly-tipping/files/photos",
        "303 /report/fly-tipping/q/photos",
        &[],
    ),
    // Without a file. Whoever has no attempt begins again.
    post(
        "/report/{service}/files/{question}",
        "/report/fly-tipping/files/photos",
        &[],
        "303 /report/fly-tipping/q/now",
        &[(&[Attempt], "303 /report/fly-tipping/q/where")],
    ),
    // The file of a report is no longer one of an attempt.
    get("/report/{service}/file/{file}", "/report/fly-tipping/file/{file}", NOT, &[]),
    post(
        "/report/{service}/go/{to}",
        "/report/fly-tipping/go/noise",
        &[],
        GONE,
        &[(&[Attempt], "303 /report/fly-tipping/check")],
    ),
    post("/report/{service}/stop/{stop}", "/report/fly-tipping/stop/water", &[], "303 /report/fly-tipping", &[]),
    get("/report/{service}/all", "/report/fly-tipping/all", "200 Rubbish dumped in the street or on land", &[]),
    post("/report/{service}/all", "/report/fly-tipping/all", &[], "200 Rubbish dumped in the street or on land", &[]),
    get("/account/sign-in", "/account/sign-in", "200 Sign in or make an account", &[]),
    post(
        "/account/sign-in",
        "/account/sign-in",
        &[("email", "robin.{ref}@example.org")],
        "200 Check your e-mail | account.link_asked",
        &[],
    ),
    get("/account/link/{token}", "/account/link/aaaaaaaaaaaaaaaaaaaa", "200 Sign in", &[]),
    post("/account/link/{token}", "/account/link/aaaaaaaaaaaaaaaaaaaa", &[], "422 Sign in", &[]),
    get("/account", "/account", SHUT, &[(&[Owner], "200 Your account")]),
    post("/account", "/account", &[("name", "Robin")], SHUT, &[(&[Owner], "303 /account?kept=1 | account.changed")]),
    get("/account/names", "/account/names", SHUT, &[(&[Owner], "200 Where your name is shown")]),
    post(
        "/account/names",
        "/account/names",
        &[("everywhere", "yes")],
        SHUT,
        &[(&[Owner], "303 /account/names?hidden=1")],
    ),
    // It does not give the address of that account.
    post("/account/reports/{reference}", "/account/reports/{ref}", &[], SHUT, &[(&[Owner], NOT)]),
    // That is nothing of theirs.
    post(
        "/account/alerts/{id}/stop",
        "/account/alerts/01890000-0000-7000-8000-000000000000/stop",
        &[],
        SHUT,
        &[(&[Owner], NOT)],
    ),
    post("/account/copy", "/account/copy", &[], SHUT, &[(&[Owner], "200 | account.copied")]),
    post("/account/sign-out", "/account/sign-out", &[], SHUT, &[(&[Owner], SHUT)]),
    get("/account/forget", "/account/forget", SHUT, &[(&[Owner], "200 End your account")]),
    post(
        "/account/forget",
        "/account/forget",
        &[],
        SHUT,
        &[(&[Owner], "200 Your account has ended | account.forgotten")],
    ),
    get("/report/{service}/alike", "/report/fly-tipping/alike", GONE, &[(&[Attempt], "303 /report/fly-tipping/check")]),
    get("/report/{service}/stop", "/report/fly-tipping/stop", GONE, &[(&[Attempt], "303 /report/fly-tipping/check")]),
    get("/report/{service}/pin", "/report/fly-tipping/pin", GONE, &[(&[Attempt], "303 /report/fly-tipping/check")]),
    post(
        "/report/{service}/pin",
        "/report/fly-tipping/pin",
        &[("pin", "407193")],
        GONE,
        &[(&[Attempt], "303 /report/fly-tipping/check")],
    ),
    get("/report/{service}/check", "/report/fly-tipping/check", GONE, &[(&[Attempt], "200 Check your answers")]),
    post(
        "/report/{service}/private",
        "/report/fly-tipping/private",
        &[],
        GONE,
        &[(&[Attempt], "303 /report/fly-tipping/check")],
    ),
    post(
        "/report/{service}/send",
        "/report/fly-tipping/send",
        &[],
        GONE,
        &[(&[Attempt], "303 /report/fly-tipping/done | report.received")],
    ),
    get("/report/{service}/done", "/report/fly-tipping/done", GONE, &[(&[Attempt], "303 /report/fly-tipping/check")]),
    // Of a service without collections there is no home to take, nor one to pick.
    post("/report/{service}/home", "/report/fly-tipping/home", &[("uprn", "999000000001")], NOT, &[]),
    get("/report/{service}/homes", "/report/fly-tipping/homes", GONE, &[(&[Attempt], "303 /report/fly-tipping/check")]),
    post("/report/{service}/again", "/report/fly-tipping/again", &[], "303 /report/fly-tipping", &[]),
    get("/report/{service}/leave", "/report/fly-tipping/leave", "303 https://www.bbc.co.uk/weather", &[]),
    get("/reports", "/reports", "200 Reports near you", &[]),
    get("/reports/pins", "/reports/pins?box=51.3,-3,51.4,-2.9", "200", &[]),
    get("/reports/pins/{reference}", "/reports/pins/{ref}", NOT, &[]),
    get("/reports/feed", "/reports/feed", "200", &[]),
    get("/reports/rss", "/reports/rss", "200", &[]),
    get("/reports/data.json", "/reports/data.json", "200", &[]),
    get("/reports/data.csv", "/reports/data.csv", "200", &[]),
    // Nobody has looked at it yet: it is not there, for its own reporter and for staff too.
    get("/reports/{reference}", "/reports/{ref}", NOT, &[]),
    get("/reports/{reference}/feed", "/reports/{ref}/feed", NOT, &[]),
    get("/reports/{reference}/rss", "/reports/{ref}/rss", NOT, &[]),
    get("/reports/{reference}/photo/{file}/{size}", "/reports/{ref}/photo/{file}/small", NOT, &[]),
    // The report of the walk is not public.
    get("/reports/{reference}/say", "/reports/{ref}/say", SHUT, &[(&[Owner], NOT)]),
    post("/reports/{reference}/say", "/reports/{ref}/say", &[("says", "still")], SHUT, &[(&[Owner], NOT)]),
    get("/reports/{reference}/object", "/reports/{ref}/object", NOT, &[]),
    post("/reports/{reference}/object", "/reports/{ref}/object", &[("why", "other")], NOT, &[]),
    post("/reports/{reference}/me-too", "/reports/{ref}/me-too", &[], NOT, &[]),
    // A token is the whole proof, and nobody here has one.
    get("/widget", "/widget", "200 Show reports on your site", &[]),
    get("/widget/list", "/widget/list", "200 Newest reports", &[]),
    get("/confirm/{token}", "/confirm/abcdefgh", "410 This link no longer works", &[]),
    post("/confirm/{token}", "/confirm/abcdefgh", &[], "410 This link no longer works", &[]),
    get("/asked/{token}", "/asked/abcdefgh", "410 This link no longer works", &[]),
    post("/asked/{token}", "/asked/abcdefgh", &[("says", "still")], "410 This link no longer works", &[]),
    get("/asked/{token}/stop", "/asked/abcdefgh/stop", "410 This link no longer works", &[]),
    post("/asked/{token}/stop", "/asked/abcdefgh/stop", &[], "410 This link no longer works", &[]),
    get("/alerts", "/alerts", "200 Get alerts by e-mail", &[]),
    post("/alerts", "/alerts", &[("place", "Yatton"), ("about", "near")], "422 Get alerts by e-mail", &[]),
    get("/alerts/sent", "/alerts/sent", "200 Check your e-mail", &[]),
    get("/alerts/confirm/{token}", "/alerts/confirm/abcdefgh", "410 This link no longer works", &[]),
    post("/alerts/confirm/{token}", "/alerts/confirm/abcdefgh", &[], "410 This link no longer works", &[]),
    get("/alerts/yours/{token}", "/alerts/yours/abcdefgh", NOT, &[]),
    post("/alerts/yours/{token}", "/alerts/yours/abcdefgh", &[("do", "stop")], NOT, &[]),
    get("/alerts/stop/{token}", "/alerts/stop/abcdefgh", NOT, &[]),
    post("/alerts/stop/{token}", "/alerts/stop/abcdefgh", &[], NOT, &[]),
    get("/bins", "/bins", "200 When are my bins collected?", &[]),
    get("/property/{uprn}", HOME, "200 Bin days: 1 Example Road, Weston-super-Mare", &[]),
    post("/property/{uprn}/home", "/property/999000000001/home", &[("keep", "yes")], "303 /", &[]),
    get("/property/{uprn}/reminder", "/property/999000000001/reminder", "200 A reminder of your bin days", &[]),
    post(
        "/property/{uprn}/reminder",
        "/property/999000000001/reminder",
        &[("kinds", "food"), ("email", "robin")],
        "422 A reminder of your bin days",
        &[],
    ),
    get(
        "/property/{uprn}/year",
        "/property/999000000001/year",
        "200 Your bin year: 1 Example Road, Weston-super-Mare",
        &[],
    ),
    get("/property/{uprn}/calendar.ics", "/property/999000000001/calendar.ics", "200", &[]),
    get("/officers", "/officers", "200 Contact my local officers", &[]),
    get("/officers/{agency}/{code}", TEAM, "200 Your local police team: Weston-super-Mare", &[]),
    get(
        "/officers/{agency}/{code}/calendar/{event}",
        "/officers/avon-and-somerset-police/weston/calendar/20301203-1800-beat-surgery",
        "200",
        &[],
    ),
    get("/track", "/track", "200 Follow a report", &[]),
    post("/track", "/track", &[("reference", "{ref}"), ("code", "0")], "422 Follow a report", &[]),
    post(
        "/track/by-mail",
        "/track/by-mail",
        &[("reference", "{ref}"), ("email", "nobody@example.org")],
        "200 Follow a report",
        &[],
    ),
    get("/track/leave", "/track/leave", "303 https://www.bbc.co.uk/weather", &[]),
    get("/track/link/{token}", "/track/link/abcdefghijklmnop", "200 Open your report", &[]),
    post("/track/link/{token}", "/track/link/abcdefghijklmnop", &[], "422 Open your report", &[]),
    get("/track/{reference}", "/track/{ref}", NOT, &[(&[Reporter], "200 ")]),
    get("/track/{reference}/proof", "/track/{ref}/proof", NOT, &[(&[Reporter], "202 Your proof is not ready yet")]),
    // Nothing is sealed yet.
    get("/track/{reference}/proof/file", "/track/{ref}/proof/file", NOT, &[]),
    get("/track/{reference}/files", "/track/{ref}/files", NOT, &[(&[Reporter], "200 Photos and files")]),
    post("/track/{reference}/files", "/track/{ref}/files", &[], NOT, &[(&[Reporter], "422 Photos and files")]),
    get("/track/{reference}/file/{file}/{size}", "/track/{ref}/file/{file}/small", NOT, &[(&[Reporter], "200")]),
    post("/track/{reference}/pin", "/track/{ref}/pin", &[("pin", "407193")], NOT, &[(&[Reporter], "422 Your PIN")]),
    post(
        "/track/{reference}/words",
        "/track/{ref}/words",
        &[("words", "More came.")],
        NOT,
        &[(&[Reporter], "303 /track/ | words.added")],
    ),
    post(
        "/track/{reference}/withdraw",
        "/track/{ref}/withdraw",
        &[("words", "")],
        NOT,
        &[(&[Reporter], "303 /track/ | report.withdrawn")],
    ),
    get("/track/{reference}/paper", "/track/{ref}/paper", NOT, &[(&[Reporter], "200")]),
    post("/track/{reference}/news", "/track/{ref}/news", &[], NOT, &[(&[Reporter], "303 /track/ | news.asked")]),
    // A fly-tip costs nothing.
    get("/track/{reference}/pay", "/track/{ref}/pay", NOT, &[]),
    post("/track/{reference}/pay", "/track/{ref}/pay", &[], NOT, &[]),
    // A fly-tip books no day.
    get("/track/{reference}/booking/day", "/track/{ref}/booking/day", NOT, &[]),
    post("/track/{reference}/booking/day", "/track/{ref}/booking/day", &[("day", "2026-12-04")], NOT, &[]),
    get("/track/{reference}/booking/cancel", "/track/{ref}/booking/cancel", NOT, &[]),
    post("/track/{reference}/booking/cancel", "/track/{ref}/booking/cancel", &[], NOT, &[]),
    // Nothing is asked before it is closed.
    post("/track/{reference}/feedback", "/track/{ref}/feedback", &[], NOT, &[]),
    // A fly-tip asks for no things.
    get("/track/{reference}/things", "/track/{ref}/things", NOT, &[]),
    post("/track/{reference}/things", "/track/{ref}/things", &[("prop.item.0.make", "Example")], NOT, &[]),
    // A fly-tip is no case, and has no diary.
    get("/track/{reference}/diary", "/track/{ref}/diary", NOT, &[]),
    post("/track/{reference}/diary/now", "/track/{ref}/diary/now", &[], NOT, &[]),
    get("/track/{reference}/diary/earlier", "/track/{ref}/diary/earlier", NOT, &[]),
    post("/track/{reference}/diary/earlier", "/track/{ref}/diary/earlier", &[], NOT, &[]),
    get("/track/{reference}/diary/print", "/track/{ref}/diary/print", NOT, &[]),
    get("/track/{reference}/diary/{entry}", ENTRY, NOT, &[]),
    post("/track/{reference}/diary/{entry}", ENTRY, &[], NOT, &[]),
    post(
        "/track/{reference}/diary/{entry}/stop",
        "/track/{ref}/diary/00000000-0000-7000-8000-000000000000/stop",
        &[],
        NOT,
        &[],
    ),
    post(
        "/track/{reference}/diary/{entry}/undo",
        "/track/{ref}/diary/00000000-0000-7000-8000-000000000000/undo",
        &[],
        NOT,
        &[],
    ),
    // The council agrees on no updates.
    post(
        "/track/{reference}/updates",
        "/track/{ref}/updates",
        &[("wish", "weekly")],
        NOT,
        &[(&[Reporter], "303 /track/")],
    ),
    // No decision of the council can be reviewed so.
    get("/track/{reference}/public", "/track/{ref}/public", NOT, &[(&[Reporter], "200 What others can read")]),
    post(
        "/track/{reference}/public",
        "/track/{ref}/public",
        &[("wording", "1")],
        NOT,
        &[(&[Reporter], "422 What others can read")],
    ),
    post("/track/{reference}/name", "/track/{ref}/name", &[], NOT, &[(&[Reporter], "303 /track/")]),
    get(
        "/track/{reference}/removal",
        "/track/{ref}/removal",
        NOT,
        &[(&[Reporter], "200 Take out what says who you are")],
    ),
    post(
        "/track/{reference}/removal",
        "/track/{ref}/removal",
        &[WORDS],
        NOT,
        &[(&[Reporter], "303 /track/ | removal.asked")],
    ),
    post("/track/{reference}/fixed", "/track/{ref}/fixed", &[], NOT, &[(&[Reporter], "303 /track/ | report.closed")]),
    // It is open.
    get("/track/{reference}/reopen", "/track/{ref}/reopen", NOT, &[]),
    post("/track/{reference}/reopen", "/track/{ref}/reopen", &[WORDS], NOT, &[(&[Reporter], "409")]),
    // Its agency deals with it.
    get("/track/{reference}/again", "/track/{ref}/again", NOT, &[]),
    post("/track/{reference}/again", "/track/{ref}/again", &[("service", "")], NOT, &[]),
    get("/track/{reference}/review", "/track/{ref}/review", NOT, &[]),
    post("/track/{reference}/review", "/track/{ref}/review", &[WORDS], NOT, &[]),
    post("/track/{reference}/sign-out", "/track/{ref}/sign-out", &[], NOT, &[(&[Reporter], "303 /track")]),
    get("/track/{reference}/leave", "/track/{ref}/leave", "303 https://www.bbc.co.uk/weather", &[]),
    get("/api/openapi.json", "/api/openapi.json", "200", &[]),
    get("/api/v1/services", "/api/v1/services", "200", &[]),
    get("/api/v1/services/{id}", "/api/v1/services/fly-tipping", "200 Rubbish dumped", &[]),
    // Nothing in it.
    post("/api/v1/uploads", "/api/v1/uploads", &[], "422 ", &[]),
    send(
        "/api/v1/reports",
        "/api/v1/reports",
        r#"{"service": "fly-tipping", "answers": {
            "now": "no", "where": {"typed": "Grand Pier"}, "land": "road_verge", "waste": ["mattress"], "size": "tipper"
        }}"#,
        "201 | report.received",
        &[],
    ),
    get(
        "/api/v1/reports/{reference}",
        "/api/v1/reports/{ref}",
        NO_TOKEN,
        &[(&[Program], "200 Rubbish dumped"), (&[OtherProgram], NOT)],
    ),
    send(
        "/api/v1/reports/{reference}/messages",
        "/api/v1/reports/{ref}/messages",
        r#"{"words": "More came."}"#,
        NO_TOKEN,
        &[(&[Program], "201 | words.added"), (&[OtherProgram], NOT)],
    ),
    get(
        "/api/v1/records/{agency}/crimes/{crime}",
        "/api/v1/records/avon-and-somerset-police/crimes/{crime}",
        NO_KEY,
        &[(&[RecordsSystem], "200 | report.seen"), (&[OtherRecords], NOT)],
    ),
    send(
        "/api/v1/records/{agency}/crimes/{crime}",
        "/api/v1/records/avon-and-somerset-police/crimes/{crime}",
        r#"{"number": "5226/000001"}"#,
        NO_KEY,
        &[(&[RecordsSystem], "200 | crime.numbered"), (&[OtherRecords], NOT)],
    ),
    get("/demo/outbox", "/demo/outbox", "200 Mail", &[]),
    get("/demo/outbox.json", "/demo/outbox.json", "200", &[]),
    get("/demo/staff", "/demo/staff", "200 ", &[]),
    get("/demo/staff.json", "/demo/staff.json", "200", &[]),
];
