//! What the rules stand on: definitions, agencies, keys and places, held in memory.

use crate::{
    Draw, Geography, Keys, Refusal, Result, alerts::Rules, clocks, codes, office::Offices, partners::Partners,
    records::Systems,
};
use catalogue::{Agency, Catalogue, Limit, Offer, Outcome, Receivers, Service, UpdateTo, UpdateWord, Walk, Who};
use places::Holidays;
use rights::{Right, Staff};
use serde_json::{Value as Json, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError, RwLock},
};
use store::{
    Time, Tx,
    definition::Definition,
    queue,
    report::Head,
    staff::Staff as StaffRow,
    sub_case::{Core, SubCase},
};

/// What a program's word for a state comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Stage(Stage),
    /// The id of an outcome.
    Outcome(String),
    Unchanged,
    /// Nothing that the agency's list names.
    Unknown,
}

/// Shared by every request.
pub struct Setting {
    pub catalogue: Arc<Catalogue>,
    pub keys: Keys,
    /// As visitors see it, without a slash at the end.
    pub public_url: String,
    /// Agencies with a records system of their own.
    pub records: Systems,
    /// Programs that act for agencies at the Open311 door.
    pub partners: Partners,
    /// Agencies with a gateway that takes cards; others are paid another way.
    pub gateways: BTreeSet<String>,
    /// Agencies whose own back office is told of reports.
    pub offices: Offices,
    /// What holds for alerts.
    pub alerts: Rules,
    /// By name of the list.
    holidays: BTreeMap<String, Holidays>,
    geography: RwLock<Arc<Geography>>,
    /// Definitions that reports answered and that are no longer published, by hash.
    old: RwLock<BTreeMap<String, Arc<Service>>>,
}

/// A stage of an agency, mapped to its core.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    pub id: String,
    pub name: String,
    pub next: String,
    pub core: Core,
    pub cue: Option<catalogue::Cue>,
}

impl Setting {
    pub fn new(catalogue: Arc<Catalogue>, keys: Keys, public_url: String, geography: Geography) -> Setting {
        let geography = RwLock::new(Arc::new(geography.knowing(&catalogue)));
        let holidays = catalogue.holiday_lists().map(|list| (list.name.clone(), clocks::holidays(list))).collect();
        let (records, partners, offices, gateways, alerts, old) = Default::default();
        Setting { catalogue, keys, public_url, records, partners, offices, gateways, alerts, holidays, geography, old }
    }

    /// The same, where some agencies have a records system.
    pub fn with_records(self, records: Systems) -> Setting {
        Setting { records, ..self }
    }

    /// The same, where programs act for some agencies.
    pub fn with_partners(self, partners: Partners) -> Setting {
        Setting { partners, ..self }
    }

    /// The same, where these agencies take cards.
    pub fn with_gateways(self, gateways: impl IntoIterator<Item = String>) -> Setting {
        Setting { gateways: gateways.into_iter().collect(), ..self }
    }

    /// The same, where some agencies have a back office.
    pub fn with_offices(self, offices: Offices) -> Setting {
        Setting { offices, ..self }
    }

    /// How the agency's own back office is spoken to, where it is switched on.
    pub fn office(&self, agency: &str) -> Option<&catalogue::Office> {
        self.agency(agency)?.office.as_ref().filter(|_| self.offices.has(agency))
    }

    /// Its systems know more words for a state than open and closed.
    pub fn extended(&self, agency: &str) -> bool {
        self.partners.extended(agency) || self.office(agency).is_some_and(|office| office.extended)
    }

    /// The same, where other numbers hold for alerts.
    pub fn with_alerts(self, alerts: Rules) -> Setting {
        Setting { alerts, ..self }
    }

    pub fn geography(&self) -> Arc<Geography> {
        self.geography.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_geography(&self, geography: Geography) {
        let geography = Arc::new(geography.knowing(&self.catalogue));
        *self.geography.write().unwrap_or_else(PoisonError::into_inner) = geography;
    }

    /// Takes in the definitions of the database, so that a report is shown with the version it answered (P-1).
    pub fn remember(&self, stored: &[Definition]) {
        let mut old = self.old.write().unwrap_or_else(PoisonError::into_inner);
        for row in stored.iter().filter(|row| self.catalogue.service_by_hash(&row.hash).is_none()) {
            if let Ok(service) = catalogue::definition(&row.body, &row.words) {
                old.insert(row.hash.clone(), Arc::new(service));
            }
        }
    }

    /// The definition of this hash, published now or before.
    pub fn definition(&self, hash: &str) -> Option<Arc<Service>> {
        let published = self.catalogue.service_by_hash(hash).cloned();
        published.or_else(|| self.old.read().unwrap_or_else(PoisonError::into_inner).get(hash).cloned())
    }

    fn agency(&self, id: &str) -> Option<&Agency> {
        self.catalogue.agency(id)
    }

    pub fn agency_name(&self, id: &str) -> String {
        self.agency(id).map_or_else(|| id.to_owned(), |agency| agency.name.clone())
    }

    pub fn service_name(&self, id: &str) -> String {
        self.catalogue.service(id).map_or_else(|| id.to_owned(), |service| service.title().to_owned())
    }

    /// The name of a language in English; its tag where it is no longer in the data.
    pub fn language_name(&self, tag: &str) -> String {
        let known = self.catalogue.languages().iter().find(|language| language.tag == tag);
        known.map_or_else(|| tag.to_owned(), |language| language.name.clone())
    }

    pub fn service_title(&self, head: &Head) -> String {
        match self.definition(&head.definition) {
            Some(service) => type_title(&service, &head.type_code),
            None => self.service_name(&head.service),
        }
    }

    pub fn type_title(&self, service: &str, type_code: &str) -> String {
        self.catalogue.service(service).map_or_else(|| service.to_owned(), |s| type_title(s, type_code))
    }

    /// The words of a flag; its own name where the service gives none.
    pub fn flag_name(&self, service: &str, flag: &str) -> String {
        let words =
            self.catalogue.service(service).and_then(|s| s.words.get(&format!("flag.{flag}")).map(str::to_owned));
        words.unwrap_or_else(|| flag.replace('_', " "))
    }

    /// Agencies that offer a service anywhere, in the order of their files.
    pub fn offering(&self, service: &str) -> Vec<String> {
        self.catalogue.offering(service).iter().map(|agency| agency.id.clone()).collect()
    }

    /// Who gets a report, and why: the agencies of its place, in the order of the service's table. Without a point all
    /// that offer the service get it, and their staff decide. Nobody where the place is another body's.
    pub fn receivers(&self, walk: &Walk) -> Receivers {
        let here = match &walk.who {
            Some(Who::Answered(agencies)) => agencies.clone(),
            Some(Who::Elsewhere(_)) => Vec::new(),
            Some(Who::Unknown) | None => self.offering(&walk.service.id),
        };
        self.catalogue.receivers(walk.service, walk.lead, here)
    }

    /// The reporter may end it alone; otherwise they ask (P-61: a recorded crime is not deleted by withdrawal).
    pub fn withdraws_outright(&self, head: &Head) -> bool {
        head.tracking == store::report::Tracking::Link
    }

    pub fn stage(&self, agency: &str, id: &str) -> Option<Stage> {
        self.agency(agency)?.stages.iter().find(|stage| stage.id == id).map(stage)
    }

    /// The first stage of a core: where a part goes by itself.
    pub fn first_stage(&self, agency: &str, core: Core) -> Option<Stage> {
        self.agency(agency)?.stages.iter().map(stage).find(|stage| stage.core == core)
    }

    /// The stage that something that happened leads to.
    pub fn stage_of(&self, agency: &str, cue: catalogue::Cue) -> Option<Stage> {
        self.agency(agency)?.stages.iter().map(stage).find(|stage| stage.cue == Some(cue))
    }

    /// Stages staff may set, with their names.
    pub fn open_stages(&self, agency: &str) -> Vec<(String, String)> {
        let stages = self.agency(agency).map(|a| a.stages.as_slice()).unwrap_or_default();
        let by_hand = |s: &Stage| !s.core.ended() && s.cue != Some(catalogue::Cue::Recorded);
        stages.iter().map(stage).filter(by_hand).map(|s| (s.id, s.name)).collect()
    }

    pub fn outcome(&self, agency: &str, id: &str) -> Option<&Outcome> {
        self.agency(agency)?.outcomes.iter().find(|outcome| outcome.id == id)
    }

    pub fn outcomes(&self, agency: &str) -> Vec<(String, String)> {
        let outcomes = self.agency(agency).map(|a| a.outcomes.as_slice()).unwrap_or_default();
        outcomes.iter().map(|o| (o.id.clone(), o.name.clone())).collect()
    }

    /// One of the agency's outcomes says that another body acts.
    pub fn ends_elsewhere(&self, agency: &str) -> bool {
        self.agency(agency).is_some_and(|agency| agency.outcomes.iter().any(|outcome| outcome.needs_agency))
    }

    /// The closed stage an outcome leads to: the one of its own id, or the first closed one.
    pub fn closing_stage(&self, agency: &str, outcome: &str) -> Option<Stage> {
        let own = self.stage(agency, outcome).filter(|stage| stage.core == Core::Closed);
        own.or_else(|| self.first_stage(agency, Core::Closed))
    }

    /// What a word of an Open311 update comes to at an agency (C-87, C-88).
    pub fn update_said(&self, agency: &str, status: &str) -> Said {
        let (Some(known), Some(word)) = (self.agency(agency), UpdateWord::read(status)) else { return Said::Unknown };
        if word == UpdateWord::Unchanged {
            return Said::Unchanged;
        }
        // A system of two words closes what it has mended.
        let fixed = || known.outcomes.iter().find(|outcome| outcome.fixed);
        if let (UpdateWord::Closed, false, Some(outcome)) = (word, self.extended(agency), fixed()) {
            return Said::Outcome(outcome.id.clone());
        }
        let row = known.updates.iter().find(|row| row.word == word);
        match row.map(|row| &row.to) {
            Some(UpdateTo::Stage(id)) => self.stage(agency, id).map_or(Said::Unknown, Said::Stage),
            Some(UpdateTo::Outcome(id)) => Said::Outcome(id.clone()),
            None => Said::Unknown,
        }
    }

    /// The word for a stage, or for an outcome where the work has ended. Plain systems get only open and closed.
    pub fn update_word(&self, agency: &str, stage: &str, outcome: Option<&str>, ended: bool) -> &'static str {
        let plain = if ended { UpdateWord::Closed } else { UpdateWord::Open };
        let known = self.agency(agency).filter(|_| self.extended(agency));
        let row = known.and_then(|agency| {
            agency.updates.iter().find(|row| match &row.to {
                UpdateTo::Stage(id) => !ended && id == stage,
                UpdateTo::Outcome(id) => ended && outcome == Some(id),
            })
        });
        row.map_or(plain, |row| row.word).name()
    }

    pub fn team_name(&self, agency: &str, team: &str) -> Option<String> {
        self.agency(agency)?.teams.iter().find(|t| t.id == team).map(|t| t.name.clone())
    }

    pub fn teams_of(&self, agency: &str) -> Vec<(String, String)> {
        let teams = self.agency(agency).map(|a| a.teams.as_slice()).unwrap_or_default();
        teams.iter().map(|t| (t.id.clone(), t.name.clone())).collect()
    }

    pub fn services_of(&self, agency: &str) -> Vec<(String, String)> {
        let offers = self.agency(agency).map(|a| a.services.as_slice()).unwrap_or_default();
        offers.iter().map(|o| (o.service.clone(), self.service_name(&o.service))).collect()
    }

    /// The name of a partner agency a report may be sent to.
    pub fn partner(&self, agency: &str, to: &str) -> Option<String> {
        self.agency(agency)?.partners.iter().find(|p| p.agency == to).map(|p| self.agency_name(&p.agency))
    }

    pub fn partners(&self, agency: &str) -> Vec<(String, String)> {
        let partners = self.agency(agency).map(|a| a.partners.as_slice()).unwrap_or_default();
        partners.iter().map(|p| (p.agency.clone(), self.agency_name(&p.agency))).collect()
    }

    pub fn decline_reasons(&self, agency: &str) -> Vec<(String, String)> {
        let partners = self.agency(agency).map(|a| a.partners.as_slice()).unwrap_or_default();
        let mut reasons: Vec<(String, String)> = Vec::new();
        for reason in partners.iter().flat_map(|p| &p.decline) {
            if !reasons.contains(reason) {
                reasons.push(reason.clone());
            }
        }
        reasons
    }

    pub fn decline_reason(&self, agency: &str, id: &str) -> Option<String> {
        self.decline_reasons(agency).into_iter().find(|(reason, _)| reason == id).map(|(_, name)| name)
    }

    fn offer(&self, agency: &str, service: &str) -> Option<&Offer> {
        self.agency(agency)?.offer(service)
    }

    /// How close a report of the same kind is offered in place of a new one, by who answers at that point.
    pub fn alike_within(&self, service: &str, lat: f64, lon: f64) -> f64 {
        let here = self.geography().agencies_at(lat, lon);
        let offers = here.iter().filter_map(|agency| self.offer(agency, service));
        offers.map(|offer| f64::from(offer.alike_within)).fold(0.0, f64::max)
    }

    /// So many people who say that a public report is fixed put it before the agency; none where it takes no remarks.
    pub fn fixed_claims(&self, agency: &str) -> Option<i64> {
        self.agency(agency)?.remarks.as_ref().map(|remarks| i64::from(remarks.fixed))
    }

    /// What happens next, in the words of the agency for this service.
    pub fn what_next(&self, agency: &str, service: &str) -> String {
        self.offer(agency, service).map(|offer| offer.what_next.join(" ")).unwrap_or_default()
    }

    /// The instant a limit ends that began at `from`, by the agency's own holiday list (P-76).
    pub fn ends(&self, agency: &str, limit: &Limit, from: Time) -> Time {
        let holidays = self.agency(agency).and_then(|a| self.holidays.get(&a.holidays));
        clocks::ends(limit, from, holidays)
    }

    /// A list of holidays; without a name the agency's own. None is known: weekends alone are no working days.
    pub(crate) fn holidays(&self, agency: &str, name: Option<&str>) -> Holidays {
        let name = name.or_else(|| Some(self.agency(agency)?.holidays.as_str()));
        name.and_then(|name| self.holidays.get(name)).cloned().unwrap_or_else(clocks::no_holidays)
    }

    pub(crate) fn clock_rules(&self, agency: &str) -> &[catalogue::Clock] {
        self.agency(agency).map(|agency| agency.clocks.as_slice()).unwrap_or_default()
    }

    /// Clocks run on what the agency works.
    pub fn has_clocks(&self, agency: &str) -> bool {
        self.clock_rules(agency).iter().any(|rule| !rule.starts.is_empty())
    }

    /// How it works cases of complaints, where it does.
    pub fn cases(&self, agency: &str) -> Option<&catalogue::Cases> {
        self.agency(agency)?.cases.as_ref()
    }

    /// What staff may do in a case, in the order of the agency's list.
    pub fn actions(&self, agency: &str) -> &[catalogue::ActionType] {
        self.agency(agency).map(|agency| agency.actions.as_slice()).unwrap_or_default()
    }

    pub fn action(&self, agency: &str, id: &str) -> Option<&catalogue::ActionType> {
        self.agency(agency)?.action(id)
    }

    pub(crate) fn action_of(&self, agency: &str, effect: catalogue::Effect) -> Option<&catalogue::ActionType> {
        self.agency(agency)?.action_of(effect)
    }

    /// The name of an action; its id where it is no longer in the list.
    pub fn action_name(&self, agency: &str, id: &str) -> String {
        self.action(agency, id).map_or_else(|| id.to_owned(), |action| action.name.clone())
    }

    pub fn wards(&self, agency: &str) -> &[catalogue::Ward] {
        self.agency(agency).map(|agency| agency.wards.as_slice()).unwrap_or_default()
    }

    /// What people are asked once the agency has closed their report (P-96).
    pub fn feedback(&self, agency: &str) -> Option<String> {
        self.agency(agency)?.feedback.clone()
    }

    /// What it agrees with people about updates, where it does.
    pub(crate) fn agreement(&self, agency: &str) -> Option<&catalogue::Agreement> {
        self.agency(agency)?.agreement.as_ref()
    }

    /// Who reads what residents write to somebody who is away.
    pub(crate) fn duty(&self, agency: &str) -> Option<&catalogue::Duty> {
        self.agency(agency)?.duty.as_ref()
    }

    /// The hours in which it writes to people, where it has such.
    pub(crate) fn release(&self, agency: &str) -> Option<&catalogue::Release> {
        self.agency(agency)?.release.as_ref()
    }

    /// The role that a limit was raised to after it had passed, so long after.
    pub fn raised_to(&self, agency: &str, rule: &str, due: Time, now: Time) -> Option<String> {
        let late = &self.agency(agency)?.clock(rule)?.late;
        let last = late.iter().rfind(|step| due.plus_hours(i64::from(step.hours_after)) <= now)?;
        Some(self.role_name(agency, &last.tell))
    }

    pub(crate) fn role_name(&self, agency: &str, role: &str) -> String {
        self.agency(agency)
            .and_then(|agency| agency.role(role))
            .map_or_else(|| role.to_owned(), |role| role.name.clone())
    }

    /// Grades of how urgent a report is, the most urgent first.
    pub fn grades(&self, agency: &str) -> &[catalogue::Grade] {
        self.agency(agency).map(|agency| agency.grades.as_slice()).unwrap_or_default()
    }

    /// Categories of incidents (P-75), with their names.
    pub fn incidents(&self, agency: &str) -> Vec<(String, String)> {
        let all = self.agency(agency).map(|agency| agency.incidents.as_slice()).unwrap_or_default();
        all.iter().map(|incident| (incident.id.clone(), incident.name.clone())).collect()
    }

    pub(crate) fn incident_name(&self, agency: &str, id: &str) -> Option<String> {
        self.incidents(agency).into_iter().find(|(known, _)| known == id).map(|(_, name)| name)
    }

    /// The category the agency's list suggests for a service (P-63).
    pub fn suggested_incident(&self, agency: &str, service: &str) -> Option<String> {
        let all = &self.agency(agency)?.incidents;
        all.iter().find(|incident| incident.is_for(service)).map(|incident| incident.id.clone())
    }

    /// Steps of a case at court, in their order.
    pub fn court(&self, agency: &str) -> &[catalogue::CourtStage] {
        self.agency(agency).map(|agency| agency.court.as_slice()).unwrap_or_default()
    }

    pub(crate) fn enhanced(&self, agency: &str) -> Option<&catalogue::Enhanced> {
        self.agency(agency)?.enhanced.as_ref()
    }

    /// Offence classes the agency records crimes under, with their names.
    pub fn offences(&self, agency: &str) -> Vec<(String, String)> {
        let offences = self.agency(agency).map(|a| a.offences.as_slice()).unwrap_or_default();
        offences.iter().map(|o| (o.id.clone(), o.name.clone())).collect()
    }

    pub fn offence_name(&self, agency: &str, id: &str) -> String {
        let named = self.agency(agency).and_then(|a| a.offences.iter().find(|offence| offence.id == id));
        named.map_or_else(|| id.to_owned(), |offence| offence.name.clone())
    }

    /// A crime number as the agency writes it, from what was typed.
    pub fn read_crime_number(&self, agency: &str, typed: &str) -> Option<String> {
        self.agency(agency)?.crime_numbers.as_ref()?.read(typed)
    }

    /// By when an agency first answers what is sent to it now.
    pub fn first_answer_by(&self, agency: &str, service: &str, now: Time) -> Option<Time> {
        self.offer(agency, service).map(|offer| self.ends(agency, &offer.first_answer, now))
    }

    /// By when the other agency is asked to answer (J-10).
    pub(crate) fn transfer_due(&self, case: &SubCase, now: Time) -> Time {
        let clock = self.agency(&case.agency).and_then(|agency| agency.clock("transfer_answer"));
        let limit = clock.map(|clock| clock.limit(&[], case.priority <= queue::URGENT));
        limit.map_or(now, |limit| self.ends(&case.agency, &limit, now))
    }

    /// An agency's part of a report as it begins: first stage, team and targets by the agency's data.
    pub(crate) fn new_case(
        &self,
        draw: &mut Draw,
        head: &Head,
        agency: &str,
        priority: i64,
        flags: Json,
        number: i64,
    ) -> Result<SubCase> {
        let now = draw.now();
        let offer = self.offer(agency, &head.service);
        let stage = self.first_stage(agency, Core::Received).ok_or(Refusal::NoSuchStage)?;
        let team = offer
            .map(|offer| offer.team.clone())
            .or_else(|| self.agency(agency)?.teams.first().map(|team| team.id.clone()))
            .unwrap_or_default();
        // A service that came by hand-over and is not offered has the clock of a first look.
        let first_look = self.agency(agency).and_then(|a| a.clock("first_look")).map(|clock| clock.limit);
        let target = offer.map(|offer| offer.target).or(first_look);
        let due_at = target.map_or(now, |limit| self.ends(agency, &limit, now));
        Ok(SubCase {
            id: draw.id(),
            report: head.id,
            agency: agency.to_owned(),
            service: head.service.clone(),
            stage: stage.id,
            core: Core::Received,
            team,
            assignee: None,
            priority,
            number,
            flags,
            shared: json!([]),
            received_at: now,
            acknowledged_at: None,
            first_due_at: self.first_answer_by(agency, &head.service, now),
            due_at,
            changed_at: now,
            closed_at: None,
            outcome: None,
            version: 1,
            cell: None,
            lat: None,
            lon: None,
        })
    }

    /// Puts the words staff search by under the part's number: reference, kind, place as far as it was shared.
    pub(crate) fn index(&self, tx: &mut Tx, head: &Head, case: &SubCase) -> Result<()> {
        let shared: rights::Groups = serde_json::from_value(case.shared.clone()).unwrap_or_default();
        let place = if shared.contains(&rights::Group::Place) {
            store::report::own_spot(&rights::Actor::House("index"), tx, head.id)?.place
        } else {
            head.area.clone()
        };
        let words = [
            queue::label(&case.agency).as_str(),
            &head.reference,
            &codes::show_reference(&head.reference),
            &self.service_title(head),
            &place,
            &head.area,
        ]
        .join(" ");
        Ok(tx.index_words(case.number, &words)?)
    }

    /// The actor a staff row makes: the rights of its roles, as the agency's data says today.
    pub fn staff(&self, row: &StaffRow) -> Staff {
        let names = |json: &Json| serde_json::from_value::<Vec<String>>(json.clone()).unwrap_or_default();
        let roles = names(&row.roles);
        let defined = self.agency(&row.agency).map(|agency| agency.roles.as_slice()).unwrap_or_default();
        let rights = defined
            .iter()
            .filter(|role| roles.contains(&role.id))
            .flat_map(|role| &role.rights)
            .filter_map(|name| name.parse::<Right>().ok())
            .collect();
        Staff { id: row.id, name: row.name.clone(), agency: row.agency.clone(), teams: names(&row.teams), rights }
    }
}

fn stage(stage: &catalogue::Stage) -> Stage {
    let core = match stage.core {
        catalogue::Core::Received => Core::Received,
        catalogue::Core::Open => Core::Open,
        catalogue::Core::WaitingResident => Core::WaitingResident,
        catalogue::Core::WithOtherAgency => Core::WithOtherAgency,
        catalogue::Core::Closed => Core::Closed,
        catalogue::Core::Withdrawn => Core::Withdrawn,
    };
    Stage { id: stage.id.clone(), name: stage.name.clone(), next: stage.next.clone(), core, cue: stage.cue }
}

/// The title of a report type, where the service names it; the service's own otherwise.
fn type_title(service: &Service, type_code: &str) -> String {
    service.words.get(&format!("type.{type_code}")).unwrap_or_else(|| service.title()).to_owned()
}
