//! What the rules stand on: definitions, agencies, keys and places, held in memory.

mod names;
mod rules;

use crate::{
    Draw, Geography, Keys, Refusal, Result, alerts::Rules, clocks, codes, offer::Offers, office::Offices,
    partners::Partners, records::Systems, report::reply::Replies, site_message::Messages,
};
use catalogue::{Catalogue, Service};
use places::Holidays;
use rights::{Remit, Right, Staff};
use serde_json::{Value as Json, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, PoisonError, RwLock},
};
use store::{
    Time, Tx,
    definition::Definition,
    desk::{self, Desk},
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
    /// Where answers to our mails come, if they may.
    pub replies: Replies,
    /// By name of the list.
    holidays: BTreeMap<String, Holidays>,
    geography: RwLock<Arc<Geography>>,
    /// What staff changed of services, as it is now. The places in memory ask the same.
    offers: Arc<RwLock<Arc<Offers>>>,
    /// What agencies say on the pages of the site, now and later.
    messages: RwLock<Arc<Messages>>,
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
    /// Its name with the day, where the day of the work can be said: `{day}` stands for it.
    pub dated: Option<String>,
}

impl Stage {
    /// What it is called with the day that its work is planned for.
    pub fn on(&self, day: Option<&str>) -> String {
        let day = day.and_then(|day| day.parse::<jiff::civil::Date>().ok());
        match (&self.dated, day) {
            (Some(dated), Some(day)) => dated.replace("{day}", &day.strftime("%A %-d %B %Y").to_string()),
            _ => self.name.clone(),
        }
    }
}

impl Setting {
    pub fn new(catalogue: Arc<Catalogue>, keys: Keys, public_url: String, geography: Geography) -> Setting {
        let offers = Arc::<RwLock<Arc<Offers>>>::default();
        let geography = RwLock::new(Arc::new(geography.knowing(&catalogue, &offers)));
        let holidays = catalogue.holiday_lists().map(|list| (list.name.clone(), clocks::holidays(list))).collect();
        let (records, partners, offices, gateways, alerts, replies, messages, old) = Default::default();
        Setting {
            catalogue,
            keys,
            public_url,
            records,
            partners,
            offices,
            gateways,
            alerts,
            replies,
            holidays,
            geography,
            offers,
            messages,
            old,
        }
    }

    /// The same, where some agencies have a records system.
    pub fn with_records(self, records: Systems) -> Setting {
        Setting { records, ..self }
    }

    /// The same, where programs act for some agencies.
    pub fn with_partners(self, partners: Partners) -> Setting {
        Setting { partners, ..self }
    }

    /// The same, where our mails may be answered.
    pub fn with_replies(self, replies: Replies) -> Setting {
        Setting { replies, ..self }
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
        let geography = Arc::new(geography.knowing(&self.catalogue, &self.offers));
        *self.geography.write().unwrap_or_else(PoisonError::into_inner) = geography;
    }

    /// What staff changed of services, as it is now.
    pub fn offers(&self) -> Arc<Offers> {
        self.offers.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_offers(&self, offers: Offers) {
        *self.offers.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(offers);
    }

    pub(crate) fn messages(&self) -> Arc<Messages> {
        self.messages.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_messages(&self, messages: Messages) {
        *self.messages.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(messages);
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
        let offer = offer.as_deref();
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
            planned_on: None,
            version: 1,
            cell: None,
            lat: None,
            lon: None,
        })
    }

    /// Puts the part before the agency's teams that these desks are, and says which of them everybody may read of.
    pub(crate) fn desks(
        &self,
        tx: &mut Tx,
        case: &SubCase,
        (desks, open): (&BTreeSet<String>, &BTreeSet<String>),
    ) -> Result<()> {
        let Some(offer) = self.offer(&case.agency, &case.service) else { return Ok(()) };
        // Those that may be read of first: two desks may be one team.
        for name in open.iter().chain(desks.difference(open)) {
            if let Some(team) = offer.team_of(name) {
                desk::add(tx, case.id, &Desk { team: team.to_owned(), open: open.contains(name) })?;
            }
        }
        Ok(())
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
        let held: Vec<_> = defined.iter().filter(|role| roles.contains(&role.id)).collect();
        let rights = held.iter().flat_map(|role| &role.rights).filter_map(|name| name.parse::<Right>().ok()).collect();
        let remit = Remit {
            services: limits(held.iter().map(|role| role.services.as_slice()), names(&row.services)),
            wards: limits(held.iter().map(|role| role.wards.as_slice()), names(&row.wards)),
        };
        Staff {
            id: row.id,
            name: row.name.clone(),
            agency: row.agency.clone(),
            teams: names(&row.teams),
            rights,
            remit,
        }
    }
}

/// What somebody is limited to: what any of their roles leaves them, one without a limit leaving all, and of that what they are
/// limited to themselves.
fn limits<'r>(roles: impl Iterator<Item = &'r [String]>, own: Vec<String>) -> Option<BTreeSet<String>> {
    let roles: Vec<_> = roles.collect();
    let limited = !roles.is_empty() && roles.iter().all(|role| !role.is_empty());
    let of_roles = limited.then(|| roles.into_iter().flatten().cloned().collect::<BTreeSet<_>>());
    let own = (!own.is_empty()).then(|| own.into_iter().collect());
    match (of_roles, own) {
        (Some(of_roles), Some(own)) => Some(of_roles.intersection(&own).cloned().collect()),
        (of_roles, own) => of_roles.or(own),
    }
}

#[cfg(test)]
mod tests {
    use super::limits;

    #[test]
    fn a_limit_is_what_roles_leave_and_of_that_ones_own() {
        let list = |words: &str| words.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
        for (roles, own, left) in [
            (vec![], "", None),
            (vec![], "noise", Some("noise")),
            (vec![""], "", None),
            (vec!["bins noise"], "", Some("bins noise")),
            (vec!["bins", "noise"], "", Some("bins noise")),
            // Another role has no limit.
            (vec!["bins", ""], "", None),
            (vec!["", "bins"], "", None),
            (vec![""], "noise", Some("noise")),
            (vec!["bins noise"], "noise litter", Some("noise")),
            // Nothing in common leaves nothing.
            (vec!["bins"], "noise", Some("")),
        ] {
            let roles: Vec<_> = roles.into_iter().map(list).collect();
            let found = limits(roles.iter().map(Vec::as_slice), list(own));
            assert_eq!(found.map(Vec::from_iter), left.map(list), "{roles:?}, {own}");
        }
    }
}
