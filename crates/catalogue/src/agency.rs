mod across;
mod bins;
mod booking;
mod cases;
mod charge;
mod clock;
mod contact;
mod container;
mod crime;
mod hours;
mod inspection;
mod layer;
mod missed;
mod offer;
mod office;
mod open311;
mod order;
mod phrase;
mod priority;
mod publication;
mod questionnaire;
mod read;
mod remarks;
mod retention;
mod stop;

use crate::answer::named;
use crate::{Body, Fault, HolidayList, Source};
pub(crate) use across::across;
pub use bins::{BinName, Bins, Lookups};
pub use booking::{Booking, CutOff, booking_rules};
pub use cases::{ActionType, Cases, Effect, Visibility};
pub use charge::Charge;
pub use clock::{Clock, ClockKind, CountsFrom, Cue, ENHANCED, Late, SeenBy, Warn};
pub use contact::{Agreement, Duty, Notice, Release, Ways};
pub use container::{Container, ContainerLook, ContainerShape};
pub use crime::{CourtStage, CrimeNumbers, Enhanced, Grade, Incident, Offence};
pub use hours::OfficeHours;
pub use inspection::{DefectType, TrafficManagement};
pub use layer::{Added, LandLink, LandWords, Layer, LayerDoes, LayerRule, NotOurs};
pub use missed::{
    Blocking, CollectedFrom, CrewWords, Escalate, Missed, OneOpen, ReportWindow, SameDay, StaffSameDay, WaitsFor,
    missed_rules,
};
pub use offer::Keyword;
pub use office::{AttributeCode, Heard, KnownBy, Office, OfficeFormat, OfficePhotos, ServiceCode};
pub use open311::{Update, UpdateTo, UpdateWord};
pub use order::Order;
pub use phrase::Phrase;
pub use priority::Priority;
pub use publication::Publication;
pub use questionnaire::Questionnaire;
pub use remarks::{ClosedTo, Closing, Remarks};
pub use retention::{RetentionAction, RetentionRule, RetentionTrigger};
pub use stop::{During, Met, OwnStop};

named! {
    /// The core state every stage of every agency maps to.
    Core {
        Received = "received",
        Open = "open",
        WaitingResident = "waiting_resident",
        WithOtherAgency = "with_other_agency",
        Closed = "closed",
        Withdrawn = "withdrawn",
    }
}

/// Who answers: a police force, a council, or any other body that works reports here.
#[derive(Clone, Debug, PartialEq)]
pub struct Agency {
    pub id: String,
    pub name: String,
    pub short_name: String,
    /// `police`, `council` or another word; two agencies of one kind share no area.
    pub kind: String,
    /// Codes of the areas it answers for.
    pub areas: Vec<String>,
    pub url: String,
    pub phone: Option<String>,
    /// When the telephone is answered, in words.
    pub hours: String,
    pub out_of_hours: String,
    /// Name of its holiday list.
    pub holidays: String,
    pub emergency_phone: String,
    pub urgent_phone: Option<String>,
    pub services: Vec<Offer>,
    pub teams: Vec<Team>,
    pub roles: Vec<Role>,
    /// In the order of the work.
    pub stages: Vec<Stage>,
    pub outcomes: Vec<Outcome>,
    pub partners: Vec<Partner>,
    pub clocks: Vec<Clock>,
    /// Offence classes a crime is recorded under; empty where it records none.
    pub offences: Vec<Offence>,
    pub crime_numbers: Option<CrimeNumbers>,
    /// The most urgent first; empty where it grades none.
    pub grades: Vec<Grade>,
    /// Kinds of damage that its inspectors find; empty where they name none.
    pub defect_types: Vec<DefectType>,
    /// What traffic may need while work is done.
    pub traffic_management: Vec<TrafficManagement>,
    /// How soon a report is worked, the soonest first; empty where staff choose none (C-68).
    pub priorities: Vec<Priority>,
    /// What staff put into answers when they file a report for somebody.
    pub phrases: Vec<Phrase>,
    /// Steps of a case at court, in their order; empty where it tells of none.
    pub court: Vec<CourtStage>,
    pub enhanced: Option<Enhanced>,
    /// Categories of incidents; empty where it keeps none. The first that names a service is suggested for it.
    pub incidents: Vec<Incident>,
    /// What people are asked once it has closed their report (P-96).
    pub feedback: Option<String>,
    /// What stands on the pages of its neighbourhood teams, where it has such pages.
    pub neighbourhoods: Option<Neighbourhoods>,
    /// Where it agrees with people when they hear from it.
    pub agreement: Option<Agreement>,
    pub duty: Option<Duty>,
    pub ways: Option<Ways>,
    pub release: Option<Release>,
    /// Without them its offices are always open.
    pub office_hours: Option<OfficeHours>,
    pub remarks: Option<Remarks>,
    pub publication: Option<Publication>,
    /// Where it asks people later whether it is fixed.
    pub questionnaire: Option<Questionnaire>,
    /// How long it keeps reports; empty where nothing goes by itself.
    pub retention: Vec<RetentionRule>,
    /// Where it tells people their bin days.
    pub bins: Option<Bins>,
    pub missed: Option<Missed>,
    /// What services cost; empty where nothing does.
    pub charges: Vec<Charge>,
    /// What is done on a day that people book; empty where nothing is.
    pub bookings: Vec<Booking>,
    /// How things are ordered from it; empty where none are.
    pub orders: Vec<Order>,
    /// Where it works cases of complaints.
    pub cases: Option<Cases>,
    /// What staff may do in a case, in the order of its list.
    pub actions: Vec<ActionType>,
    pub wards: Vec<Ward>,
    /// Land on the map that decides who gets a report; empty where none does.
    pub layers: Vec<Layer>,
    pub not_ours: Vec<NotOurs>,
    /// What it says in place of stops of its services, or before a service (C-2).
    pub stops: Vec<OwnStop>,
    /// What the words of Open311 updates come to; empty where it takes none.
    pub updates: Vec<Update>,
    /// Where its own back office works reports.
    pub office: Option<Office>,
    /// The file it was read from.
    pub file: String,
}

/// A length of time. Working days leave out weekends and the agency's holidays (P-76).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    Hours(u32),
    WorkingDays(u32),
    Days(u32),
    Months(u32),
}

/// A service as this agency offers it.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    pub service: String,
    /// Main team; desks that answers name are mapped by `recipients`.
    pub team: String,
    /// When the work is meant to be done.
    pub target: Limit,
    /// When the resident is meant to hear first.
    pub first_answer: Limit,
    /// Where the targets come from, and when they were read.
    pub source: String,
    /// What happens next, for the confirmation (C-11).
    pub what_next: Vec<String>,
    /// Desk of an answer's `recipient` effect, and the team it is here. A desk that is not listed is the main team.
    pub recipients: Vec<(String, String)>,
    /// Open reports of the same kind this close, in metres, are offered before the questions (C-46); 0: none.
    pub alike_within: u16,
    /// Days after which people are asked whether it is fixed (C-51), where they are others than the agency's; 0: never.
    pub ask_after_days: Option<u32>,
    /// Where updates of other people are closed in another way than at the agency (C-48).
    pub remarks: Closing,
    /// What programs are told of it.
    pub keywords: Vec<Keyword>,
}

impl Offer {
    /// The team of a desk, where it is not the main team (C-14).
    pub fn team_of(&self, desk: &str) -> Option<&str> {
        let team = self.recipients.iter().find(|(known, _)| known == desk).map(|(_, team)| team.as_str());
        team.filter(|team| *team != self.team)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    pub id: String,
    pub name: String,
}

/// A part of its area, and the team whose staff come first there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ward {
    pub id: String,
    pub name: String,
    pub team: Option<String>,
}

/// A role of staff with the names of its rights; the crate `rights` knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub id: String,
    pub name: String,
    pub rights: Vec<String>,
    /// What its people are limited to (C-75): ids of services, codes of wards; empty: to nothing.
    pub services: Vec<String>,
    pub wards: Vec<String>,
}

/// A stage of the work, in words the resident reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    pub id: String,
    pub core: Core,
    pub name: String,
    /// What happens next.
    pub next: String,
    /// A report may begin here.
    pub opens: bool,
    /// It cannot be set without words for the resident (P-86).
    pub needs_words: bool,
    /// Its name with the day the work is planned for, where staff may say one: `{day}` stands for it (C-40).
    pub dated: Option<String>,
    /// What it means to clocks. One of a recorded crime is set by recording, never by hand.
    pub cue: Option<Cue>,
}

/// How a report ended, in words the resident reads (P-82).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub id: String,
    pub name: String,
    pub sentence: String,
    /// What would open it again.
    pub reopen: String,
    /// What the resident can do now.
    pub now: Vec<String>,
    /// Staff must name the agency that acts, a contact, and how the resident was told (outcome 20).
    pub needs_agency: bool,
    /// The resident may ask for a review of the decision, where a suspect was interviewed (P-83).
    pub review: bool,
    /// Services, or `prefix.*`, whose reports may end so; empty: all.
    pub services: Vec<String>,
    /// It has put the matter right: everybody reads that it is fixed (C-40).
    pub fixed: bool,
    /// Somebody else deals with such: its reporter may send it again to them, with the answers kept (C-49).
    pub send_again: bool,
    /// The case goes to court: what is known of its steps there is shown, and what is not known yet (P-95).
    pub court: bool,
}

impl Outcome {
    /// Reports of this service may end so.
    pub fn fits(&self, service: &str) -> bool {
        self.services.is_empty() || self.services.iter().any(|pattern| names(pattern, service))
    }
}

/// An agency a report may be handed to, and why it may decline (J-12).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    pub agency: String,
    /// Reason code and words; `other` needs a note.
    pub decline: Vec<(String, String)>,
}

/// What the pages of an agency's neighbourhood teams say (P-97, P-103).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbourhoods {
    /// The service by which people write to the team of a place.
    pub message: String,
    /// The question of that service which says at what meeting somebody asks for a time.
    pub meeting: Option<String>,
    /// What is promised, and where the promise comes from.
    pub promise: String,
    pub source: String,
    /// Who one can turn to, the nearest first; words.
    pub ladder: Vec<String>,
    /// A service to complain by.
    pub complaint: Option<String>,
    /// The clock whose keeping their pages show (P-100).
    pub answers: Option<String>,
}

/// Does an id, or `prefix.*`, name this service?
fn names(pattern: &str, service: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => service.starts_with(prefix),
        None => service == pattern,
    }
}

impl Agency {
    pub fn offer(&self, service: &str) -> Option<&Offer> {
        self.services.iter().find(|offer| offer.service == service)
    }

    pub fn team(&self, id: &str) -> Option<&Team> {
        self.teams.iter().find(|team| team.id == id)
    }

    pub fn role(&self, id: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    pub fn stage(&self, id: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.id == id)
    }

    /// The stage a new report begins in.
    pub fn opening_stage(&self) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.opens)
    }

    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id == id)
    }

    pub fn action(&self, id: &str) -> Option<&ActionType> {
        self.actions.iter().find(|action| action.id == id)
    }

    /// The action that changes the case in this way.
    pub fn action_of(&self, effect: Effect) -> Option<&ActionType> {
        self.actions.iter().find(|action| action.effect == Some(effect))
    }

    pub fn order(&self, service: &str) -> Option<&Order> {
        self.orders.iter().find(|order| order.service == service)
    }

    pub fn booking(&self, service: &str) -> Option<&Booking> {
        self.bookings.iter().find(|booking| booking.service == service)
    }

    pub fn clock(&self, id: &str) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.id == id)
    }
}

/// Reads one `agencies/<id>.toml`.
pub(crate) fn agency(source: &Source) -> Result<Agency, Vec<Fault>> {
    read::agency(source)
}

/// Reads `agencies/bodies.toml`.
pub(crate) fn bodies(source: &Source) -> Result<Vec<Body>, Vec<Fault>> {
    read::bodies(source)
}

/// Reads one `agencies/holidays/<name>.toml`.
pub(crate) fn holidays(source: &Source) -> Result<HolidayList, Vec<Fault>> {
    read::holidays(source)
}
