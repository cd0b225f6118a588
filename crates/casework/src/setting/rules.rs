//! The rules of an agency: targets, clocks, cases, crimes, who is told.

use super::Setting;
use crate::{
    clocks,
    offer::{Open, span_words},
};
use catalogue::{Limit, Offer, Shut};
use places::Holidays;
use std::borrow::Cow;
use store::Time;

impl Setting {
    /// A service as the agency offers it now: its file, and what staff changed of it.
    pub(crate) fn offer(&self, agency: &str, service: &str) -> Option<Cow<'_, Offer>> {
        let filed = self.agency(agency)?.offer(service)?;
        Some(match self.offers().change(agency, service) {
            Some(change) => Cow::Owned(change.over(filed)),
            None => Cow::Borrowed(filed),
        })
    }

    /// What is said in place of the form, where none of those who offer the service takes it from everybody.
    pub fn shut(&self, service: &str) -> Option<Shut> {
        let offering = self.catalogue.offering(service);
        self.offers().shut(offering.iter().map(|agency| agency.id.as_str()), service, None)
    }

    /// Only staff send it, wherever it is offered.
    pub fn is_for_staff(&self, service: &str) -> bool {
        let offers = self.offers();
        let offering = self.catalogue.offering(service);
        !offering.is_empty() && offering.iter().all(|agency| offers.open(&agency.id, service) == Open::Staff)
    }

    /// What agencies say under the name of a service; with the agency's name where another offers it too.
    pub fn hints(&self, service: &str) -> Vec<String> {
        let (offers, offering) = (self.offers(), self.catalogue.offering(service));
        let said = offering.iter().filter_map(|agency| {
            let hint = offers.change(&agency.id, service).map(|change| change.hint.clone())?;
            let named = (offering.len() > 1).then(|| format!("{}: {hint}", agency.name));
            (!hint.is_empty()).then(|| named.unwrap_or(hint))
        });
        said.collect()
    }

    /// First answer and work done, in words: as they are now.
    pub fn targets(&self, agency: &str, service: &str) -> [String; 2] {
        self.offer(agency, service).as_deref().map(targets).unwrap_or_default()
    }

    /// The same, as the file alone says.
    pub fn filed_targets(&self, agency: &str, service: &str) -> [String; 2] {
        self.agency(agency).and_then(|known| known.offer(service)).map(targets).unwrap_or_default()
    }

    /// Days after it was closed in which its reporter can open it again: none, where it cannot be. Where nobody says so, writing
    /// opens it.
    pub(crate) fn reopening(&self, agency: &str, service: &str) -> Option<u32> {
        let change = self.offers().change(agency, service).cloned().unwrap_or_default();
        match change.reopen_off {
            true => Some(0),
            false => change.reopen_days.or_else(|| Some(self.publication(agency)?.reopen_days)),
        }
    }

    /// The team that works a service, and by when, for what was received then.
    pub(crate) fn target(&self, agency: &str, service: &str, received: Time) -> Option<(String, Time)> {
        self.offer(agency, service).map(|offer| (offer.team.clone(), self.ends(agency, &offer.target, received)))
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

    /// Photos that what somebody says of a public report may hold.
    pub fn remark_photos(&self, agency: &str) -> usize {
        self.agency(agency).and_then(|agency| agency.remarks.as_ref()).map_or(0, |remarks| usize::from(remarks.photos))
    }

    /// When updates of other people are closed, by the service or the agency.
    pub(crate) fn remarks_closing(&self, agency: &str, service: &str) -> catalogue::Closing {
        let remarks = self.agency(agency).and_then(|agency| agency.remarks.as_ref());
        remarks.map(|remarks| remarks.closing(self.offer(agency, service).as_deref())).unwrap_or_default()
    }

    /// The outcome with which a report ends where its reporter says that it is fixed; none: staff end it.
    pub(crate) fn fixed_by_reporter(&self, agency: &str) -> Option<&catalogue::Outcome> {
        let id = self.agency(agency)?.remarks.as_ref()?.by_reporter.as_ref()?;
        self.outcome(agency, id).filter(|outcome| outcome.fixed)
    }

    /// How a public report of the agency lives; none where the agency says nothing of it.
    pub fn publication(&self, agency: &str) -> Option<&catalogue::Publication> {
        self.agency(agency)?.publication.as_ref()
    }

    /// How people are asked later whether it is fixed; none where the agency does not ask.
    pub(crate) fn questionnaire(&self, agency: &str) -> Option<&catalogue::Questionnaire> {
        self.agency(agency)?.questionnaire.as_ref()
    }

    /// Days after which people are asked about a service of the agency; none where they are not (C-51).
    pub(crate) fn ask_after_days(&self, agency: &str, service: &str) -> Option<i64> {
        self.questionnaire(agency)?.days(self.offer(agency, service).as_deref()).map(i64::from)
    }

    /// Words that a person looks at before they are shown (C-54).
    pub(crate) fn held_words(&self, agency: &str) -> &[String] {
        self.publication(agency).map(|rules| rules.held_words.as_slice()).unwrap_or_default()
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

    /// The name of a layer of land; its id where it is no longer in the file.
    pub fn layer_name(&self, agency: &str, id: &str) -> String {
        let layers = self.agency(agency).map(|agency| agency.layers.as_slice()).unwrap_or_default();
        layers.iter().find(|layer| layer.id == id).map_or_else(|| id.to_owned(), |layer| layer.name.clone())
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

    /// Kinds of damage that inspectors name for a service.
    pub fn defect_types(&self, agency: &str, service: &str) -> Vec<(String, String)> {
        let all = self.agency(agency).map(|agency| agency.defect_types.as_slice()).unwrap_or_default();
        all.iter().filter(|one| one.is_for(service)).map(|one| (one.id.clone(), one.name.clone())).collect()
    }

    /// What traffic may need while work is done.
    pub fn traffic_management(&self, agency: &str) -> Vec<(String, String)> {
        let all = self.agency(agency).map(|agency| agency.traffic_management.as_slice()).unwrap_or_default();
        all.iter().map(|one| (one.id.clone(), one.name.clone())).collect()
    }

    /// How soon staff may say that a report is worked, the soonest first.
    pub fn priorities(&self, agency: &str) -> &[catalogue::Priority] {
        self.agency(agency).map(|agency| agency.priorities.as_slice()).unwrap_or_default()
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
}

fn targets(offer: &Offer) -> [String; 2] {
    [offer.first_answer, offer.target].map(span_words)
}
