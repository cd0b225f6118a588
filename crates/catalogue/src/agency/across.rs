use super::{
    Agency, Core, bins, booking, cases, charge, clock, contact, layer, missed, office, order, phrase, retention, stop,
};
use crate::Catalogue;
use crate::source::Faults;
use std::collections::BTreeSet;

/// What an agency names must be there: services, teams, partners, holidays; and its stages must reach every end.
pub(crate) fn across(agency: &Agency, catalogue: &Catalogue, faults: &mut Faults) {
    for offer in &agency.services {
        let id = &offer.service;
        if catalogue.service(id).is_none() {
            faults.add(0, format_args!("it offers `{id}`, which is no service"));
        }
        let teams = std::iter::once(&offer.team).chain(offer.recipients.iter().map(|(_, team)| team));
        for team in teams.filter(|team| agency.team(team).is_none()) {
            faults.add(0, format_args!("service `{id}` names team `{team}`, which it does not have"));
        }
    }
    if let Some(neighbourhoods) = &agency.neighbourhoods {
        let named = std::iter::once(&neighbourhoods.message).chain(&neighbourhoods.complaint);
        for id in named.filter(|id| agency.offer(id).is_none()) {
            faults.add(0, format_args!("[neighbourhoods] names service `{id}`, which it does not offer"));
        }
        let clock = |id: &&String| agency.clocks.iter().any(|clock| clock.id == **id);
        if let Some(id) = neighbourhoods.answers.as_ref().filter(|id| !clock(id)) {
            faults.add(0, format_args!("[neighbourhoods] names clock `{id}`, which it does not have"));
        }
        let message = catalogue.service(&neighbourhoods.message);
        let asks = |id: &&String| message.is_none_or(|service| service.question(id).is_some());
        if let Some(id) = neighbourhoods.meeting.as_ref().filter(|id| !asks(id)) {
            faults.add(0, format_args!("[neighbourhoods] names question `{id}`, which its message does not ask"));
        }
        if message.is_some_and(|service| service.deciding_place().is_none()) {
            faults.add(0, "[neighbourhoods] names a message whose place does not decide who gets it");
        }
    }
    for role in &agency.roles {
        for id in role.services.iter().filter(|id| agency.offer(id).is_none()) {
            faults.add(0, format_args!("role `{}` is limited to service `{id}`, which it does not offer", role.id));
        }
    }
    phrase::check(agency, catalogue, faults);
    once("service", agency.services.iter().map(|offer| &offer.service), faults);
    once("team", agency.teams.iter().map(|team| &team.id), faults);
    once("role", agency.roles.iter().map(|role| &role.id), faults);
    once("stage", agency.stages.iter().map(|stage| &stage.id), faults);
    once("outcome", agency.outcomes.iter().map(|outcome| &outcome.id), faults);
    once("action", agency.actions.iter().map(|action| &action.id), faults);
    once("ward", agency.wards.iter().map(|ward| &ward.id), faults);
    once("layer", agency.layers.iter().map(|layer| &layer.id), faults);
    once("clock", agency.clocks.iter().map(|clock| &clock.id), faults);
    if !agency.grades.is_sorted_by(|one, next| one.number < next.number && one.priority < next.priority) {
        faults.add(0, "its grades stand from the most urgent on, each once");
    }
    once("defect_type", agency.defect_types.iter().map(|defect| &defect.id), faults);
    once("traffic_management", agency.traffic_management.iter().map(|traffic| &traffic.id), faults);
    once("priority", agency.priorities.iter().map(|priority| &priority.id), faults);
    if !agency.priorities.is_sorted_by(|one, next| one.priority < next.priority) {
        faults.add(0, "its priorities stand from the soonest on, each once");
    }
    once("incident", agency.incidents.iter().map(|incident| &incident.id), faults);
    once("offence", agency.offences.iter().map(|offence| &offence.id), faults);
    once("court", agency.court.iter().map(|stage| &stage.id), faults);
    if agency.court.is_empty() && agency.outcomes.iter().any(|outcome| outcome.court) {
        faults.add(0, "an outcome leads to a court, and it names no `[[court]]`");
    }
    for outcome in &agency.outcomes {
        let offered = |pattern: &&String| agency.services.iter().any(|offer| super::names(pattern, &offer.service));
        for pattern in outcome.services.iter().filter(|pattern| !offered(pattern)) {
            faults.add(0, format_args!("outcome `{}` is of service `{pattern}`, which it does not offer", outcome.id));
        }
    }
    let offence = |id: &&String| agency.offences.iter().any(|offence| offence.id == **id);
    for id in agency.enhanced.iter().flat_map(|rule| &rule.offences).filter(|id| !offence(id)) {
        faults.add(0, format_args!("[enhanced] names offence `{id}`, which is not in its list"));
    }
    let known = |pattern: &str| match pattern.strip_suffix('*') {
        Some(prefix) => catalogue.services().iter().any(|service| service.id.starts_with(prefix)),
        None => catalogue.service(pattern).is_some(),
    };
    for pattern in agency.incidents.iter().flat_map(|incident| &incident.services).filter(|id| !known(id)) {
        faults.add(0, format_args!("an incident names service `{pattern}`, which is not there"));
    }
    clock::check(agency, known, faults);
    contact::check(agency, faults);
    office::check(agency, catalogue, faults);
    if agency.areas.is_empty() {
        faults.add(0, "it has no area");
    }
    for core in Core::ALL {
        if !agency.stages.iter().any(|stage| stage.core == *core) {
            faults.add(0, format_args!("no stage of it means `{}`", core.name()));
        }
    }
    let opening: Vec<_> = agency.stages.iter().filter(|stage| stage.opens).collect();
    match opening[..] {
        [stage] if stage.core == Core::Received => {}
        [_] => faults.add(0, "the stage that opens must mean `received`"),
        _ => faults.add(0, format_args!("{} stages open a report; one must", opening.len())),
    }
    for partner in &agency.partners {
        if partner.agency == agency.id || catalogue.agency(&partner.agency).is_none() {
            faults.add(0, format_args!("its partner `{}` is no other agency", partner.agency));
        }
        if partner.decline.is_empty() {
            faults.add(0, format_args!("partner `{}` has no reasons to decline", partner.agency));
        }
    }
    // Without a list the catalogue is read for its services alone.
    let lists = !catalogue.holidays.is_empty();
    if lists && catalogue.holidays(&agency.holidays).is_none() {
        faults.add(0, format_args!("there is no holiday list `{}`", agency.holidays));
    }
    cases::check(agency, faults);
    layer::check(agency, catalogue, faults);
    stop::check(agency, catalogue, faults);
    bins::check(agency, catalogue, faults);
    charge::check(agency, catalogue, faults);
    retention::check(agency, catalogue, faults);
    order::check(agency, catalogue, faults);
    booking::check(agency, catalogue, |name| !lists || catalogue.holidays(name).is_some(), faults);
    missed::check(agency, |name| !lists || catalogue.holidays(name).is_some(), faults);
    shared_areas(agency, catalogue, faults);
}

fn once<'a>(what: &str, ids: impl Iterator<Item = &'a String>, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for id in ids.filter(|id| !seen.insert(id.as_str())) {
        faults.add(0, format_args!("{what} `{id}` stands twice"));
    }
}

/// Two agencies of one kind may not answer for the same area.
fn shared_areas(agency: &Agency, catalogue: &Catalogue, faults: &mut Faults) {
    let others = catalogue.agencies().iter().filter(|other| other.kind == agency.kind && other.id > agency.id);
    for other in others {
        for area in agency.areas.iter().filter(|area| other.areas.contains(area)) {
            faults.add(0, format_args!("`{}` answers for area {area} too", other.id));
        }
    }
    for body in catalogue.bodies().iter().filter(|body| body.kind == agency.kind) {
        for area in agency.areas.iter().filter(|area| body.areas.contains(area)) {
            faults.add(0, format_args!("bodies.toml says that `{}` answers for area {area}", body.id));
        }
    }
}
