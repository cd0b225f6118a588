//! Every route of the house.

use crate::{
    App, account, alerts, api, asset, bins, demo, front, language, ledger, neighbourhood, open311, outline,
    page::{guard, parts::MOST_POST},
    report, reports, staff, tile, track,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    routing::{MethodRouter, get, post},
};

/// Who may be there at all; what they see of a report is the policy's to say. The route walk proves each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    Everyone,
    /// A visitor with answers in progress.
    Attempt,
    /// The reporter, by a visit of their own.
    Reporter,
    /// A resident who is signed in to their account.
    Owner,
    /// A program that bears the token of the report in the address.
    Bearer,
    /// The records system of the agency in the address, by its key.
    Records,
    /// A program that speaks Open311: everybody reads what is public, and an agency's own program, by its key, does more.
    Partner,
    /// Staff who are signed in.
    Staff,
    /// Served in demonstration mode only.
    Demonstration,
}

pub struct Route {
    pub path: &'static str,
    pub methods: &'static [&'static str],
    pub for_: For,
    pub to: fn() -> MethodRouter<App>,
}

const GET: &[&str] = &["GET"];
const POST: &[&str] = &["POST"];
const BOTH: &[&str] = &["GET", "POST"];

const fn route(
    path: &'static str,
    methods: &'static [&'static str],
    for_: For,
    to: fn() -> MethodRouter<App>,
) -> Route {
    Route { path, methods, for_, to }
}

/// A post that may be as long as its files are; the handlers read one file at a time.
fn with_files(to: MethodRouter<App>) -> MethodRouter<App> {
    to.layer(DefaultBodyLimit::max(MOST_POST))
}

use For::{Attempt, Bearer, Demonstration, Everyone, Owner, Partner, Records, Reporter, Staff};

pub const ROUTES: &[Route] = &[
    route("/", GET, Everyone, || get(front::home)),
    route("/emergency", GET, Everyone, || get(front::emergency)),
    route("/language", BOTH, Everyone, || get(language::get).post(language::post)),
    route("/help", GET, Everyone, || get(front::help)),
    route("/accessibility", GET, Everyone, || get(front::accessibility)),
    route("/privacy", GET, Everyone, || get(front::privacy)),
    route("/data", GET, Everyone, || get(front::data)),
    route("/figures", GET, Everyone, || get(front::figures::get)),
    route("/robots.txt", GET, Everyone, || get(front::robots)),
    route("/healthz", GET, Everyone, || get(front::health::alive)),
    route("/readyz", GET, Everyone, || get(front::health::ready)),
    route("/assets/{name}", GET, Everyone, || get(asset::serve::get)),
    route("/citizen.css", GET, Everyone, || get(asset::serve::citizen)),
    route("/tiles/{z}/{x}/{y}", GET, Everyone, || get(tile::get)),
    route("/places/outline", GET, Everyone, || get(outline::get)),
    route("/places/near", GET, Everyone, || get(report::near::get)),
    // What was sealed, for everybody to check.
    route("/ledger/checkpoint", GET, Everyone, || get(ledger::checkpoint)),
    route("/ledger/key", GET, Everyone, || get(ledger::key)),
    route("/ledger/tile/{*path}", GET, Everyone, || get(ledger::tile)),
    // Report something.
    route("/report", GET, Everyone, || get(report::list::get)),
    route("/report/{service}", GET, Everyone, || get(report::begin::get)),
    route("/report/{service}/q/{question}", BOTH, Everyone, || get(report::ask::get).post(report::ask::post)),
    route("/report/{service}/files/{question}", BOTH, Everyone, || {
        with_files(get(report::files::look).post(report::files::post))
    }),
    route("/report/{service}/file/{file}", GET, Attempt, || get(report::files::get)),
    route("/report/{service}/all", BOTH, Everyone, || with_files(get(report::whole::get).post(report::whole::post))),
    route("/report/{service}/alike", GET, Attempt, || get(report::alike::get)),
    route("/report/{service}/stop/{stop}", POST, Attempt, || post(report::stop::carry_on)),
    route("/report/{service}/stop", GET, Attempt, || get(report::stop::get)),
    route("/report/{service}/go/{to}", POST, Attempt, || post(report::go::post)),
    route("/report/{service}/pin", BOTH, Attempt, || get(report::pin::get).post(report::pin::post)),
    route("/report/{service}/check", GET, Attempt, || get(report::check::get)),
    route("/report/{service}/private", POST, Attempt, || post(report::private::post)),
    route("/report/{service}/send", POST, Attempt, || post(report::send::post)),
    route("/report/{service}/done", GET, Attempt, || get(report::done::get)),
    route("/report/{service}/home", POST, Everyone, || post(report::home::post)),
    route("/report/{service}/homes", GET, Attempt, || get(report::home::get)),
    route("/report/{service}/again", POST, Attempt, || post(report::begin::again)),
    route("/report/{service}/leave", GET, Everyone, || get(report::leave::get)),
    // What everybody may read.
    route("/statistics", GET, Everyone, || get(reports::statistics::get)),
    route("/statistics.csv", GET, Everyone, || get(reports::statistics::table)),
    route("/statistics.json", GET, Everyone, || get(reports::statistics::json)),
    // Follow a report.
    route("/reports", GET, Everyone, || get(reports::list::get)),
    route("/reports/pins", GET, Everyone, || get(reports::pins::get)),
    route("/reports/pins/{reference}", GET, Everyone, || get(reports::pins::one)),
    route("/reports/feed", GET, Everyone, || get(reports::feed::list)),
    route("/reports/rss", GET, Everyone, || get(reports::feed::list_rss)),
    route("/reports/data.json", GET, Everyone, || get(reports::data::json)),
    route("/reports/data.csv", GET, Everyone, || get(reports::data::csv)),
    route("/reports/{reference}", GET, Everyone, || get(reports::one::get)),
    route("/reports/{reference}/feed", GET, Everyone, || get(reports::feed::one)),
    route("/reports/{reference}/rss", GET, Everyone, || get(reports::feed::one_rss)),
    route("/reports/{reference}/photo/{file}/{size}", GET, Everyone, || get(reports::one::photo)),
    route("/reports/{reference}/say", BOTH, Owner, || with_files(get(reports::say::get).post(reports::say::post))),
    route("/reports/{reference}/object", BOTH, Everyone, || get(reports::object::get).post(reports::object::post)),
    route("/reports/{reference}/me-too", POST, Everyone, || post(reports::one::me_too)),
    route("/widget", GET, Everyone, || get(reports::widget::get)),
    route("/widget/list", GET, Everyone, || get(reports::widget::list)),
    route("/confirm/{token}", BOTH, Everyone, || get(reports::confirm::get).post(reports::confirm::post)),
    route("/asked/{token}", BOTH, Everyone, || get(reports::asked::get).post(reports::asked::post)),
    route("/asked/{token}/stop", BOTH, Everyone, || get(reports::asked::get).post(reports::asked::stop)),
    // Hear of reports by mail.
    route("/alerts", BOTH, Everyone, || get(alerts::find::get).post(alerts::find::post)),
    route("/alerts/sent", GET, Everyone, || get(alerts::find::sent)),
    route("/alerts/confirm/{token}", BOTH, Everyone, || get(alerts::confirm::get).post(alerts::confirm::post)),
    route("/alerts/yours/{token}", BOTH, Everyone, || get(alerts::yours::get).post(alerts::yours::post)),
    route("/alerts/stop/{token}", BOTH, Everyone, || get(alerts::stop::get).post(alerts::stop::post)),
    route("/track", BOTH, Everyone, || get(track::door::get).post(track::door::post)),
    route("/track/by-mail", POST, Everyone, || post(track::door::by_mail)),
    route("/track/leave", GET, Everyone, || get(track::leave::plain)),
    route("/track/link/{token}", BOTH, Everyone, || get(track::door::link).post(track::door::open_link)),
    route("/track/{reference}", GET, Reporter, || get(track::own::get)),
    route("/track/{reference}/again", BOTH, Reporter, || get(track::again::get).post(track::again::post)),
    route("/track/{reference}/proof", GET, Reporter, || get(track::proof::get)),
    route("/track/{reference}/proof/file", GET, Reporter, || get(track::proof::file)),
    route("/track/{reference}/paper", GET, Reporter, || get(track::paper::get)),
    route("/track/{reference}/files", BOTH, Reporter, || with_files(get(track::files::get).post(track::files::post))),
    route("/track/{reference}/file/{file}/{size}", GET, Reporter, || get(track::files::one)),
    route("/track/{reference}/pin", POST, Reporter, || post(track::own::pin)),
    route("/track/{reference}/words", POST, Reporter, || post(track::own::add)),
    route("/track/{reference}/things", BOTH, Reporter, || get(track::things::get).post(track::things::post)),
    route("/track/{reference}/diary", GET, Reporter, || get(track::diary::get)),
    route("/track/{reference}/diary/now", POST, Reporter, || post(track::diary::now)),
    route("/track/{reference}/diary/earlier", BOTH, Reporter, || {
        get(track::diary::earlier).post(track::diary::add_earlier)
    }),
    route("/track/{reference}/diary/print", GET, Reporter, || get(track::diary::print)),
    route("/track/{reference}/diary/{entry}", BOTH, Reporter, || get(track::diary::one).post(track::diary::sign)),
    route("/track/{reference}/diary/{entry}/stop", POST, Reporter, || post(track::diary::stop)),
    route("/track/{reference}/diary/{entry}/undo", POST, Reporter, || post(track::diary::undo)),
    route("/track/{reference}/news", POST, Reporter, || post(track::rights::news)),
    route("/track/{reference}/feedback", POST, Reporter, || post(track::rights::feedback)),
    route("/track/{reference}/updates", POST, Reporter, || post(track::rights::updates)),
    route("/track/{reference}/review", BOTH, Reporter, || get(track::rights::get).post(track::rights::review)),
    route("/track/{reference}/pay", BOTH, Reporter, || get(track::pay::get).post(track::pay::post)),
    route("/track/{reference}/booking/day", BOTH, Reporter, || get(track::booking::day).post(track::booking::change)),
    route("/track/{reference}/booking/cancel", BOTH, Reporter, || {
        get(track::booking::sure).post(track::booking::cancel)
    }),
    route("/track/{reference}/public", BOTH, Reporter, || get(track::public::get).post(track::public::post)),
    route("/track/{reference}/name", POST, Reporter, || post(track::public::hide_name)),
    route("/track/{reference}/removal", BOTH, Reporter, || get(track::removal::get).post(track::removal::post)),
    route("/track/{reference}/fixed", POST, Reporter, || post(track::own::fixed)),
    route("/track/{reference}/reopen", BOTH, Reporter, || get(track::reopen::get).post(track::reopen::post)),
    route("/track/{reference}/withdraw", POST, Reporter, || post(track::own::withdraw)),
    route("/track/{reference}/sign-out", POST, Reporter, || post(track::own::sign_out)),
    route("/track/{reference}/leave", GET, Everyone, || get(track::leave::get)),
    // A resident's account.
    route("/account/sign-in", BOTH, Everyone, || get(account::door::get).post(account::door::post)),
    route("/account/link/{token}", BOTH, Everyone, || get(account::door::link).post(account::door::open_link)),
    route("/account", BOTH, Owner, || get(account::home::get).post(account::home::post)),
    route("/account/names", BOTH, Owner, || get(account::names::get).post(account::names::post)),
    route("/account/reports/{reference}", POST, Owner, || post(account::home::open)),
    route("/account/alerts/{id}/stop", POST, Owner, || post(account::own::stop)),
    route("/account/copy", POST, Owner, || post(account::own::copy)),
    route("/account/sign-out", POST, Owner, || post(account::home::sign_out)),
    route("/account/forget", BOTH, Owner, || get(account::forget::get).post(account::forget::post)),
    // Contact my local officers.
    route("/officers", GET, Everyone, || get(neighbourhood::find::get)),
    route("/officers/{agency}/{code}", GET, Everyone, || get(neighbourhood::team::get)),
    route("/officers/{agency}/{code}/calendar/{event}", GET, Everyone, || get(neighbourhood::team::calendar)),
    // Bin days.
    route("/bins", GET, Everyone, || get(bins::find::get)),
    route("/property/{uprn}", GET, Everyone, || get(bins::property::get)),
    route("/property/{uprn}/home", POST, Everyone, || post(bins::home::post)),
    route("/property/{uprn}/reminder", BOTH, Everyone, || get(bins::reminder::get).post(bins::reminder::post)),
    route("/property/{uprn}/year", GET, Everyone, || get(bins::year::get)),
    route("/property/{uprn}/calendar.ics", GET, Everyone, || get(bins::calendar::get)),
    // The desk.
    route("/staff/sign-in", BOTH, Everyone, || get(staff::sign_in::get).post(staff::sign_in::post)),
    route("/staff/sign-out", POST, Everyone, || post(staff::sign_in::sign_out)),
    route("/staff", GET, Staff, || get(staff::queue::get)),
    // A report that staff file for somebody: asked and sent by the pages of "Report something".
    route("/staff/new", GET, Staff, || get(report::new::list)),
    route("/staff/new/{service}", BOTH, Staff, || get(report::new::get).post(report::new::post)),
    route("/staff/new/{service}/all", BOTH, Staff, || with_files(get(report::whole::get).post(report::whole::post))),
    route("/staff/new/{service}/q/{question}", BOTH, Staff, || get(report::ask::get).post(report::ask::post)),
    route("/staff/new/{service}/files/{question}", BOTH, Staff, || {
        with_files(get(report::files::look).post(report::files::post))
    }),
    route("/staff/new/{service}/file/{file}", GET, Staff, || get(report::files::get)),
    route("/staff/new/{service}/alike", GET, Staff, || get(report::alike::get)),
    route("/staff/new/{service}/stop/{stop}", POST, Staff, || post(report::stop::carry_on)),
    route("/staff/new/{service}/stop", GET, Staff, || get(report::stop::get)),
    route("/staff/new/{service}/go/{to}", POST, Staff, || post(report::go::post)),
    route("/staff/new/{service}/pin", BOTH, Staff, || get(report::pin::get).post(report::pin::post)),
    route("/staff/new/{service}/check", GET, Staff, || get(report::check::get)),
    route("/staff/new/{service}/private", POST, Staff, || post(report::private::post)),
    route("/staff/new/{service}/send", POST, Staff, || post(report::send::post)),
    route("/staff/new/{service}/done", GET, Staff, || get(report::done::get)),
    route("/staff/new/{service}/home", POST, Staff, || post(report::home::post)),
    route("/staff/new/{service}/homes", GET, Staff, || get(report::home::get)),
    route("/staff/dashboard", GET, Staff, || get(staff::dashboard::get)),
    route("/staff/export/reports.csv", GET, Staff, || get(staff::export::reports)),
    route("/staff/export/updates.csv", GET, Staff, || get(staff::export::updates)),
    route("/staff/away", BOTH, Staff, || get(staff::away::get).post(staff::away::post)),
    route("/staff/senders", BOTH, Staff, || get(staff::senders::get).post(staff::senders::post)),
    route("/staff/senders/{sender}/end", POST, Staff, || post(staff::senders::end)),
    // Cases of one or more complaints.
    route("/staff/cases", GET, Staff, || get(staff::casefile::list::get)),
    route("/staff/cases/{reference}", GET, Staff, || get(staff::casefile::one::get)),
    route("/staff/cases/{reference}/action", POST, Staff, || post(staff::casefile::acts::action)),
    route("/staff/cases/{reference}/action/{action}", POST, Staff, || post(staff::casefile::acts::reword)),
    route("/staff/cases/{reference}/edit", POST, Staff, || post(staff::casefile::acts::edit)),
    route("/staff/cases/{reference}/follow", POST, Staff, || post(staff::casefile::acts::follow)),
    route("/staff/cases/{reference}/merge", POST, Staff, || post(staff::casefile::acts::merge)),
    route("/staff/cases/{reference}/unmerge", POST, Staff, || post(staff::casefile::acts::unmerge)),
    route("/staff/cases/{reference}/close", POST, Staff, || post(staff::casefile::acts::close)),
    route("/staff/cases/{reference}/reopen", POST, Staff, || post(staff::casefile::acts::reopen)),
    route("/staff/cases/{reference}/people", POST, Staff, || post(staff::casefile::acts::person)),
    route("/staff/cases/{reference}/people/{person}/remove", POST, Staff, || post(staff::casefile::acts::remove)),
    route("/staff/cases/{reference}/visit", BOTH, Staff, || {
        with_files(get(staff::casefile::visit::get).post(staff::casefile::visit::post))
    }),
    route("/staff/map", GET, Staff, || get(staff::map::get)),
    route("/staff/pins", GET, Staff, || get(staff::map::pins)),
    route("/staff/pins/{number}", GET, Staff, || get(staff::map::one)),
    route("/staff/reports/{reference}", GET, Staff, || get(staff::report::get)),
    route("/staff/reports/{reference}/history", GET, Staff, || get(staff::history::get)),
    route("/staff/reports/{reference}/acknowledge", POST, Staff, || post(staff::acts::acknowledge)),
    route("/staff/reports/{reference}/assign", POST, Staff, || post(staff::acts::assign)),
    route("/staff/reports/{reference}/priority", POST, Staff, || post(staff::acts::priority)),
    route("/staff/reports/{reference}/stage", POST, Staff, || post(staff::acts::stage)),
    route("/staff/reports/{reference}/ask", POST, Staff, || post(staff::acts::ask)),
    route("/staff/reports/{reference}/note", POST, Staff, || post(staff::acts::note)),
    route("/staff/reports/{reference}/publication", POST, Staff, || post(staff::publication::post)),
    route("/staff/reports/{reference}/duplicate", POST, Staff, || post(staff::acts::duplicate)),
    route("/staff/retention", GET, Staff, || get(staff::retention::list)),
    route("/staff/reports/{reference}/retention", BOTH, Staff, || {
        get(staff::retention::get).post(staff::retention::post)
    }),
    route("/staff/reports/{reference}/private", POST, Staff, || post(staff::publication::private)),
    route("/staff/reports/{reference}/place", BOTH, Staff, || get(staff::place::get).post(staff::place::post)),
    route("/staff/reports/{reference}/service", BOTH, Staff, || get(staff::service::get).post(staff::service::post)),
    route("/staff/reports/{reference}/wording", BOTH, Staff, || get(staff::wording::get).post(staff::wording::post)),
    route("/staff/reports/{reference}/objections/{objection}", POST, Staff, || post(staff::publication::objection)),
    route("/staff/reports/{reference}/remarks/{remark}", POST, Staff, || post(staff::publication::remark)),
    route("/staff/reports/{reference}/names/{item}", POST, Staff, || post(staff::publication::name)),
    route("/staff/reports/{reference}/translation", POST, Staff, || post(staff::translation::post)),
    route("/staff/reports/{reference}/transfer", POST, Staff, || post(staff::acts::transfer)),
    route("/staff/reports/{reference}/take-back", POST, Staff, || post(staff::acts::take_back)),
    route("/staff/reports/{reference}/accept", POST, Staff, || post(staff::acts::accept)),
    route("/staff/reports/{reference}/hand-back", POST, Staff, || post(staff::acts::hand_back)),
    route("/staff/reports/{reference}/close", POST, Staff, || post(staff::acts::close)),
    route("/staff/reports/{reference}/reopen", POST, Staff, || post(staff::acts::reopen)),
    route("/staff/reports/{reference}/files", BOTH, Staff, || {
        with_files(get(staff::files::ask).post(staff::files::add))
    }),
    route("/staff/reports/{reference}/files/{file}", GET, Staff, || get(staff::files::one)),
    route("/staff/reports/{reference}/files/{file}/hide", POST, Staff, || post(staff::files::hide)),
    route("/staff/reports/{reference}/files/{file}/black", POST, Staff, || post(staff::files::black)),
    route("/staff/reports/{reference}/file/{file}/{size}", GET, Staff, || get(staff::files::bytes)),
    route("/staff/reports/{reference}/earlier", POST, Staff, || post(staff::earlier::post)),
    route("/staff/reports/{reference}/matches/{met}", POST, Staff, || post(staff::property::post)),
    // How urgent it is, the crimes recorded from it, its clocks.
    route("/staff/reports/{reference}/crime", GET, Staff, || get(staff::crime::get)),
    route("/staff/reports/{reference}/assess", POST, Staff, || post(staff::record::assess)),
    route("/staff/reports/{reference}/crimes", POST, Staff, || post(staff::record::record)),
    route("/staff/reports/{reference}/crimes/join", POST, Staff, || post(staff::record::join)),
    route("/staff/reports/{reference}/crimes/{crime}", POST, Staff, || post(staff::record::change)),
    route("/staff/reports/{reference}/crimes/{crime}/cancel", POST, Staff, || post(staff::record::cancel)),
    route("/staff/reports/{reference}/event", POST, Staff, || post(staff::record::event)),
    route("/staff/reports/{reference}/incident", POST, Staff, || post(staff::record::incident)),
    route("/staff/reports/{reference}/court", POST, Staff, || post(staff::record::court)),
    route("/staff/reports/{reference}/enhanced", POST, Staff, || post(staff::record::enhanced)),
    route("/staff/reports/{reference}/support", POST, Staff, || post(staff::record::support)),
    route("/staff/reports/{reference}/agreement", POST, Staff, || post(staff::agreement::post)),
    route("/staff/reports/{reference}/following", POST, Staff, || post(staff::record::following)),
    route("/staff/reports/{reference}/payment", POST, Staff, || post(staff::payment::record)),
    route("/staff/reports/{reference}/refund", POST, Staff, || post(staff::payment::refund)),
    route("/staff/reports/{reference}/review", POST, Staff, || post(staff::record::review)),
    route("/staff/reports/{reference}/clocks/{clock}", POST, Staff, || post(staff::record::promise)),
    route("/staff/measures", GET, Staff, || get(staff::measures::get)),
    route("/staff/neighbourhoods", GET, Staff, || get(staff::neighbourhood::list)),
    route("/staff/neighbourhoods/{code}", BOTH, Staff, || {
        get(staff::neighbourhood::get).post(staff::neighbourhood::post)
    }),
    route("/staff/neighbourhoods/{code}/history", GET, Staff, || get(staff::neighbourhood::history)),
    route("/staff/bulk", POST, Staff, || post(staff::bulk::ask)),
    route("/staff/bulk/{bulk}", BOTH, Staff, || get(staff::bulk::get).post(staff::bulk::run)),
    route("/staff/bulk/{bulk}/undo", POST, Staff, || post(staff::bulk::undo)),
    route("/staff/shortlist", BOTH, Staff, || get(staff::shortlist::get).post(staff::shortlist::shift)),
    route("/staff/reports/{reference}/codes", BOTH, Staff, || get(staff::coded::get).post(staff::coded::post)),
    route("/staff/reports/{reference}/inspection", BOTH, Staff, || {
        get(staff::inspection::get).post(staff::inspection::post)
    }),
    route("/staff/reports/{reference}/shortlist", POST, Staff, || post(staff::shortlist::post)),
    route("/staff/views", POST, Staff, || post(staff::view::keep)),
    route("/staff/views/{view}/remove", POST, Staff, || post(staff::view::remove)),
    route("/staff/templates", GET, Staff, || get(staff::template::list)),
    route("/staff/templates/{template}", BOTH, Staff, || get(staff::template::get).post(staff::template::post)),
    route("/staff/services", GET, Staff, || get(staff::offer::list)),
    route("/staff/services/{service}", BOTH, Staff, || get(staff::offer::get).post(staff::offer::post)),
    route("/staff/messages", BOTH, Staff, || get(staff::site_message::get).post(staff::site_message::post)),
    route("/staff/messages/{message}/end", POST, Staff, || post(staff::site_message::end)),
    route("/staff/deliveries", GET, Staff, || get(staff::deliveries::get)),
    route("/staff/deliveries/{delivery}/retry", POST, Staff, || post(staff::deliveries::retry)),
    route("/staff/deliveries/records/{hook}/retry", POST, Staff, || post(staff::deliveries::retry_hook)),
    route("/staff/deliveries/office/{sending}/retry", POST, Staff, || post(staff::office::retry)),
    // For programs.
    route("/api/openapi.json", GET, Everyone, || get(api::openapi::get)),
    route("/api/v1/services", GET, Everyone, || get(api::services::list)),
    route("/api/v1/services/{id}", GET, Everyone, || get(api::services::one)),
    route("/api/v1/uploads", POST, Everyone, || with_files(post(api::uploads::post))),
    route("/api/v1/reports", POST, Everyone, || post(api::send::post)),
    route("/api/v1/reports/{reference}", GET, Bearer, || get(api::follow::get)),
    route("/api/v1/reports/{reference}/messages", POST, Bearer, || post(api::messages::post)),
    route("/api/v1/records/{agency}/crimes/{crime}", BOTH, Records, || get(api::records::get).post(api::records::post)),
    // For programs that speak Open311, in both formats; then the same for a client that asks by when something changed.
    route("/open311/v2/discovery.xml", GET, Everyone, || get(open311::discovery::get)),
    route("/open311/v2/discovery.json", GET, Everyone, || get(open311::discovery::get)),
    route("/open311/v2/services.xml", GET, Everyone, || get(open311::services::get)),
    route("/open311/v2/services.json", GET, Everyone, || get(open311::services::get)),
    route("/open311/v2/services/{code}", GET, Everyone, || get(open311::definition::get)),
    route("/open311/v2/requests.xml", BOTH, Partner, || get(open311::list::get).post(open311::create::post)),
    route("/open311/v2/requests.json", BOTH, Partner, || get(open311::list::get).post(open311::create::post)),
    route("/open311/v2/requests/{id}", GET, Partner, || get(open311::list::one)),
    route("/open311/v2/tokens/{token}", GET, Partner, || get(open311::token::get)),
    route("/open311/v2/servicerequestupdates.xml", BOTH, Partner, || {
        get(open311::updates::get).post(open311::updates::post)
    }),
    route("/open311/v2/servicerequestupdates.json", BOTH, Partner, || {
        get(open311::updates::get).post(open311::updates::post)
    }),
    route("/open311/v2/for/{client}/discovery.xml", GET, Everyone, || get(open311::discovery::get)),
    route("/open311/v2/for/{client}/discovery.json", GET, Everyone, || get(open311::discovery::get)),
    route("/open311/v2/for/{client}/services.xml", GET, Everyone, || get(open311::services::get)),
    route("/open311/v2/for/{client}/services.json", GET, Everyone, || get(open311::services::get)),
    route("/open311/v2/for/{client}/services/{code}", GET, Everyone, || get(open311::definition::get)),
    route("/open311/v2/for/{client}/requests.xml", BOTH, Partner, || {
        get(open311::list::get).post(open311::create::post)
    }),
    route("/open311/v2/for/{client}/requests.json", BOTH, Partner, || {
        get(open311::list::get).post(open311::create::post)
    }),
    route("/open311/v2/for/{client}/requests/{id}", GET, Partner, || get(open311::list::one)),
    route("/open311/v2/for/{client}/tokens/{token}", GET, Partner, || get(open311::token::get)),
    route("/open311/v2/for/{client}/servicerequestupdates.xml", BOTH, Partner, || {
        get(open311::updates::get).post(open311::updates::post)
    }),
    route("/open311/v2/for/{client}/servicerequestupdates.json", BOTH, Partner, || {
        get(open311::updates::get).post(open311::updates::post)
    }),
    // The demonstration shows its mail and its staff's codes; anywhere else these are not there.
    route("/demo/outbox", GET, Demonstration, || get(demo::outbox::get)),
    route("/demo/outbox.json", GET, Demonstration, || get(demo::outbox::json)),
    route("/demo/staff", GET, Demonstration, || get(demo::staff::get)),
    route("/demo/staff.json", GET, Demonstration, || get(demo::staff::json)),
];

/// The house, with its guards.
pub fn router(app: App) -> Router {
    let mut router = Router::new();
    for route in ROUTES.iter().filter(|route| app.options.demonstration || route.for_ != For::Demonstration) {
        router = router.route(route.path, (route.to)());
    }
    router
        .fallback(front::not_found)
        .method_not_allowed_fallback(front::wrong_method)
        .layer(from_fn_with_state(app.clone(), guard::stand))
        .with_state(app)
}
