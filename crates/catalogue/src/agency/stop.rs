//! What an agency says in place of a stop of a service, or before a service as a whole, by ward and by the hours of its offices (C-2).

use super::{Agency, LandWords, layer::words, names};
use crate::answer::named;
use crate::source::Faults;
use crate::tree::{Node, Reader};
use crate::{Catalogue, LandStop, StopKind};
use jiff::civil::DateTime;

named! {
    /// By the hours of the agency's offices.
    During {
        Any = "any",
        Open = "open",
        Shut = "shut",
    }
}

/// `[[stop]]` of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnStop {
    pub id: String,
    /// Services, or patterns of them.
    pub services: Vec<String>,
    /// The stop of these services whose words it takes the place of; none: it is one of its own, of the whole service.
    pub stop: Option<String>,
    pub during: During,
    /// Codes of wards; empty: everywhere.
    pub wards: Vec<String>,
    pub words: LandWords,
    pub source: String,
}

/// Where and when somebody stands who meets a stop.
#[derive(Clone, Copy, Debug)]
pub struct Met<'a> {
    pub service: &'a str,
    /// The stop that is met; none: the service as a whole.
    pub stop: Option<&'a str>,
    /// Who answers there; all that offer it where the place is not known.
    pub agencies: &'a [String],
    /// The place is known.
    pub placed: bool,
    pub ward: Option<&'a str>,
    /// By the clock on the wall.
    pub wall: DateTime,
}

impl OwnStop {
    fn is_for(&self, met: &Met) -> bool {
        let service = self.services.iter().any(|pattern| names(pattern, met.service));
        let here = self.wards.is_empty() || met.ward.is_some_and(|ward| self.wards.iter().any(|code| code == ward));
        service && here && self.stop.as_deref() == met.stop
    }

    /// A stop of its own is met once: before the first question where one agency alone can mean it, else after the place.
    fn is_early(&self, met: &Met, alone: bool) -> bool {
        self.stop.is_some() || met.placed != (alone && self.wards.is_empty())
    }
}

impl Catalogue {
    /// What the first of these agencies says there and then. The first row that holds speaks.
    pub fn own_stop(&self, met: &Met) -> Option<LandStop> {
        let alone = self.offering(met.service).len() == 1;
        met.agencies.iter().find_map(|id| {
            let agency = self.agency(id)?;
            let open = self.is_open(id, met.wall);
            let now = |row: &&OwnStop| match row.during {
                During::Any => true,
                During::Open => open,
                During::Shut => !open,
            };
            let mut rows = agency.stops.iter().filter(|row| row.is_for(met) && row.is_early(met, alone));
            let row = rows.find(now)?;
            Some(LandStop { words: row.words.clone(), body: None, agency: id.clone(), layers: vec![row.id.clone()] })
        })
    }
}

pub(super) fn read(node: &Node, faults: &mut Faults) -> Option<OwnStop> {
    let mut reader = Reader::of(node, "[[stop]]", faults)?;
    let id = reader.need_text("id", faults);
    reader.what = format!("stop `{id}`");
    let line = reader.line_of("during");
    let word = reader.text("during", faults).unwrap_or_else(|| During::Any.name().to_owned());
    let during = During::from_name(&word);
    if during.is_none() {
        faults.add(line, format_args!("`{word}` is none of {}", During::NAMES.join(", ")));
    }
    let own = OwnStop {
        services: reader.texts("services", faults),
        stop: reader.text("stop", faults),
        during: during.unwrap_or(During::Any),
        wards: reader.texts("wards", faults),
        words: words(&mut reader, faults),
        source: reader.need_text("source", faults),
        id,
    };
    if own.services.is_empty() {
        reader.missing("services", faults);
    }
    reader.close(faults);
    Some(own)
}

pub(super) fn check(agency: &Agency, catalogue: &Catalogue, faults: &mut Faults) {
    for own in &agency.stops {
        let id = &own.id;
        if agency.layers.iter().any(|layer| layer.id == *id) || agency.stops.iter().filter(|o| o.id == *id).count() > 1
        {
            faults.add(0, format_args!("stop `{id}` has the name of another stop or layer"));
        }
        if own.during != During::Any && agency.office_hours.is_none() {
            faults.add(0, format_args!("stop `{id}` depends on the hour, and there are no [office_hours]"));
        }
        for pattern in &own.services {
            let offered: Vec<_> = agency.services.iter().filter(|offer| names(pattern, &offer.service)).collect();
            if offered.is_empty() {
                faults.add(0, format_args!("stop `{id}` names service `{pattern}`, which it does not offer"));
            }
            let Some(stop) = &own.stop else { continue };
            for service in offered.iter().filter_map(|offer| catalogue.service(&offer.service)) {
                match service.stop(stop).map(|stop| stop.kind) {
                    None => faults.add(0, format_args!("stop `{id}`: `{}` has no stop `{stop}`", service.id)),
                    // What is said of 999 is said to everybody alike.
                    Some(StopKind::Emergency | StopKind::EmergencyFire) => {
                        faults.add(0, format_args!("stop `{id}` changes the words of an emergency"));
                    }
                    Some(_) => {}
                }
            }
        }
    }
}
