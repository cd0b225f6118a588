//! What of a sending can be worked out before the write: that it is complete, who gets it, what everybody may read of it.

use crate::{
    Refusal, Result, Setting, codes,
    geography::{Cells, layer::Stood, team::Here},
    report::{
        answers, booking,
        files::{self, Wanted},
        filing::Filing,
        missed, ordered, payment,
        publication::{self, Made},
        ward,
    },
};
use catalogue::{Answer, Answers, Context, Effects, End, Receivers, Service, Timer, Walk, walk};
use rights::{Group, Groups};
use serde_json::{Value as Json, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use store::{
    answer::Part,
    contact::Contact,
    report::{Device, Spot, Tracking},
};

/// A report that is complete and may be sent: everything that can be worked out before the write.
#[derive(Clone)]
pub struct Ready {
    pub(super) service: Arc<Service>,
    pub(super) receivers: Receivers,
    /// What agencies that help the one that leads may see and know of it (J-13, J-28, J-32).
    pub(super) helpers: Groups,
    pub(super) open_flags: Json,
    pub(super) parts: BTreeMap<Part, Json>,
    pub(super) contact: Option<Contact>,
    pub(super) spot: Spot,
    pub(super) cells: Cells,
    pub(super) boundaries: String,
    pub(super) ward: String,
    /// Land on the map that it lies in, of who gets it.
    pub(super) layers: Vec<Stood>,
    pub(super) type_code: String,
    pub(super) priority: i64,
    pub(super) flags: Json,
    pub(super) timers: Vec<Timer>,
    pub(super) recipients: BTreeSet<String>,
    pub(super) open_recipients: BTreeSet<String>,
    pub(super) anonymous: bool,
    pub(super) sensitive: bool,
    pub(super) neighbourhoods: Vec<Here>,
    pub(super) tracking: Tracking,
    pub(super) short_view: bool,
    pub(super) language: Option<String>,
    pub(super) pin: Option<String>,
    pub(super) files: Vec<Wanted>,
    /// What everybody may read of it.
    pub(super) made: Option<Made>,
    /// Its sender has shown already that an address is theirs.
    pub(super) signed_in: bool,
    /// Its sender wants their name to be shown with it.
    pub(super) named: bool,
    /// The report that it is sent after.
    pub(super) after: Option<uuid::Uuid>,
    /// Staff file it for somebody.
    pub(super) filing: Option<Filing>,
    pub(super) device: Device,
    /// What tells things from all others (P-68).
    pub(super) marks: BTreeSet<catalogue::Mark>,
    /// The collections of a home that were missed (C-28).
    pub(super) missed: Option<missed::Said>,
    /// What is to be paid for it.
    pub(super) due: Option<payment::Due>,
    /// The day that is booked with it.
    pub(super) booked: Option<booking::Said>,
    /// The containers of a home that are ordered.
    pub(super) ordered: Option<ordered::Said>,
}

/// The PIN is the second thing that opens a police report (P-91); a report without a name has none (P-59).
pub fn needs_pin(walk: &Walk) -> bool {
    walk.service.tracking == catalogue::Tracking::LinkAndPin && !walk.effects.anonymous
}

/// Checks that every question on the path is answered, and works out who gets it. Pure but for the places in memory.
pub fn ready(
    setting: &Setting,
    service: &Arc<Service>,
    given: &Answers,
    pin: Option<&str>,
    context: &Context,
) -> Result<Ready> {
    let walk = walk(service, given, context);
    if !matches!(walk.end, End::Check) {
        return Err(Refusal::Incomplete.into());
    }
    let Some(kept) = &walk.to_store() else { return Err(Refusal::Incomplete.into()) };
    let place = service.deciding_place().and_then(|q| kept.get(&q.id)).and_then(|answer| match answer {
        Answer::Place(place) => Some(place),
        _ => None,
    });
    let receivers = setting.receivers(&walk);
    if receivers.agencies.is_empty() {
        return Err(Refusal::Incomplete.into());
    }
    let anonymous = walk.effects.anonymous;
    let contact = if anonymous { None } else { answers::person(service, kept).map(answers::contact) };
    let tracking = match (anonymous, service.tracking) {
        (true, _) | (_, catalogue::Tracking::Nothing) => Tracking::Code,
        (false, catalogue::Tracking::Link) => Tracking::Link,
        (false, catalogue::Tracking::LinkAndPin) => Tracking::LinkAndPin,
    };
    let pin = match (tracking, pin.and_then(codes::read_pin)) {
        (Tracking::LinkAndPin, None) => return Err(Refusal::Incomplete.into()),
        (Tracking::LinkAndPin, pin) => pin,
        _ => None,
    };
    let (spot, cells) = setting.geography().spot(place);
    let point = spot.lat.zip(spot.lon);
    let neighbourhoods = point.map(|(lat, lon)| setting.geography().teams_at(lat, lon)).unwrap_or_default();
    let sensitive = service.sensitive || walk.effects.sensitive;
    let leads = receivers.agencies.first().map(String::as_str).unwrap_or_default();
    Ok(Ready {
        made: publication::made(setting, service, kept, &spot, (sensitive, leads)),
        parts: answers::parts(service, kept),
        files: files::wanted(service, kept),
        marks: catalogue::marks(service, kept),
        missed: missed::said(service, kept, &walk.effects),
        due: receivers.agencies.first().and_then(|agency| payment::due(setting, service, kept, agency, context)),
        booked: booking::said(service, kept),
        ordered: ordered::said(service, kept),
        service: service.clone(),
        layers: setting.geography().stood(point, &receivers.agencies),
        receivers,
        helpers: helpers(service, &walk.effects),
        open_flags: json!(walk.effects.flags.difference(&walk.effects.guarded).collect::<Vec<_>>()),
        contact,
        spot,
        cells,
        boundaries: setting.geography().boundaries_label(),
        ward: ward::code(setting, point),
        type_code: walk.effects.type_code.clone(),
        priority: i64::from(walk.effects.priority).clamp(1, 9),
        flags: json!(walk.effects.flags),
        timers: walk.effects.timers.iter().cloned().collect(),
        recipients: walk.effects.recipients.clone(),
        open_recipients: walk.effects.open_recipients.clone(),
        anonymous,
        sensitive,
        neighbourhoods,
        tracking,
        short_view: walk.effects.short_view,
        language: None,
        signed_in: false,
        named: false,
        after: None,
        filing: None,
        device: Device::Unknown,
        pin,
    })
}

/// A report that was made in the agency's own back office, of which no more is known than it said: no questions were asked, and
/// nobody is its reporter here.
pub(in crate::report) fn brought(setting: &Setting, service: &Arc<Service>, agency: &str, said: &Answers) -> Ready {
    let place = service.deciding_place().and_then(|q| said.get(&q.id)).and_then(|answer| match answer {
        Answer::Place(place) => Some(place),
        _ => None,
    });
    let geography = setting.geography();
    let (spot, cells) = geography.spot(place);
    let point = spot.lat.zip(spot.lon);
    Ready {
        made: publication::made(setting, service, said, &spot, (service.sensitive, agency)),
        parts: answers::parts(service, said),
        files: Vec::new(),
        marks: BTreeSet::new(),
        missed: None,
        due: None,
        service: service.clone(),
        receivers: Receivers { agencies: vec![agency.to_owned()], row: None, reason: String::new() },
        helpers: Groups::default(),
        open_flags: json!([]),
        contact: None,
        spot,
        cells,
        boundaries: geography.boundaries_label(),
        ward: ward::code(setting, point),
        layers: geography.stood(point, &[agency.to_owned()]),
        type_code: service.id.clone(),
        priority: i64::from(service.priority).clamp(1, 9),
        flags: json!([]),
        timers: Vec::new(),
        recipients: BTreeSet::new(),
        open_recipients: BTreeSet::new(),
        anonymous: true,
        sensitive: service.sensitive,
        neighbourhoods: point.map(|(lat, lon)| geography.teams_at(lat, lon)).unwrap_or_default(),
        tracking: Tracking::Code,
        short_view: false,
        language: None,
        signed_in: false,
        named: false,
        after: None,
        filing: None,
        device: Device::Unknown,
        booked: None,
        ordered: None,
        pin: None,
    }
}

/// Without a table of leads every agency answers alike and sees all. With one, those that help see the account and the
/// place; who reported only where an answer says so; answers marked restricted and evidence only by a disclosure.
fn helpers(service: &Service, effects: &Effects) -> Groups {
    if service.leads.is_empty() {
        return Group::ALL.into_iter().collect();
    }
    let contact = effects.share_contact.then_some(Group::Contact);
    [Group::Summary, Group::Place, Group::Account].into_iter().chain(contact).collect()
}

impl Ready {
    /// The sender can come back to it.
    pub fn looked_up(&self) -> bool {
        self.service.tracking != catalogue::Tracking::Nothing
    }

    /// It was answered in a language other than English, by its tag.
    pub fn answered_in(mut self, tag: &str) -> Ready {
        self.language = (tag != "en").then(|| tag.to_owned());
        self
    }

    /// Whether its sender is signed in: then it is shown to others without a link in a mail (C-9).
    pub fn signed_in(mut self, signed_in: bool) -> Ready {
        self.signed_in = signed_in;
        self
    }

    /// Whether its sender wants their name to be shown with it (C-52).
    pub fn named(mut self, named: bool) -> Ready {
        self.named = named && !self.sensitive && !self.anonymous;
        self
    }

    /// The report of the same person that it is sent after (C-49). What is sensitive, and what nobody can come back to, is tied to
    /// no other: that would say that it exists, or who sent it.
    pub fn sent_after(mut self, report: Option<uuid::Uuid>) -> Ready {
        self.after = report.filter(|_| !self.sensitive && self.tracking != Tracking::Code);
        self
    }

    /// Staff file it for somebody; a person of an agency has read it then (C-9).
    pub fn filed_by(mut self, filing: Filing) -> Ready {
        self.filing = Some(filing);
        self.signed_in = true;
        self
    }

    /// From what it was sent (C-72).
    pub fn sent_from(mut self, device: Device) -> Ready {
        self.device = device;
        self
    }

    pub fn sensitive(&self) -> bool {
        self.sensitive
    }

    /// Who gets it, the one that leads first.
    pub fn agencies(&self) -> &[String] {
        &self.receivers.agencies
    }

    pub(in crate::report) fn service(&self) -> &str {
        &self.service.id
    }

    pub(in crate::report) fn tracking(&self) -> Tracking {
        self.tracking
    }
}
