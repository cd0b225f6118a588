use crate::words::fill;
use crate::{Answers, Catalogue, Condition, Context, Service};

/// A row of the table that says who leads (J-1, J-2). The first row that holds decides; the last holds always.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    /// The row that decided is kept with the report. Its words are `lead.<id>`.
    pub id: String,
    /// On any questions. Absent: it holds always.
    pub when: Option<Condition>,
    /// The kind of the agency that leads: which one, the place says.
    pub lead: String,
    /// Kinds of agency that get it too.
    pub assist: Vec<String>,
    pub(crate) line: usize,
}

/// Who gets a report, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Receivers {
    /// Ids; who leads first.
    pub agencies: Vec<String>,
    /// The row of the table that decided, where the service has one.
    pub row: Option<String>,
    /// One sentence the resident reads (J-3); empty where there is no table.
    pub reason: String,
}

impl Lead {
    pub fn holds(&self, answers: &Answers, ctx: &Context) -> bool {
        self.when.as_ref().is_none_or(|when| when.holds(answers, ctx.now))
    }
}

impl Catalogue {
    /// Of the agencies that answer at a place, those the table names, in its order. Where none of the kind that leads
    /// answers there, all of them get it, since what nobody receives is not accepted (C-5), and the reason says so.
    pub fn receivers(&self, service: &Service, lead: Option<&Lead>, here: Vec<String>) -> Receivers {
        let Some(lead) = lead else { return Receivers { agencies: here, ..Receivers::default() } };
        let of_kind = |kind: &String| {
            let fits = |id: &&String| self.agency(id).is_some_and(|agency| agency.kind == *kind);
            here.iter().filter(fits).cloned().collect::<Vec<String>>()
        };
        let leading = of_kind(&lead.lead);
        let row = Some(lead.id.clone());
        if leading.is_empty() {
            let first = here.first().and_then(|id| self.agency(id)).map_or("", |agency| agency.name.as_str());
            let reason = fill(service.words.say("leads.alone"), &[("agency", first)]);
            return Receivers { agencies: here, row, reason };
        }
        let agencies = leading.into_iter().chain(lead.assist.iter().flat_map(of_kind)).collect();
        Receivers { agencies, row, reason: service.words.say(&format!("lead.{}", lead.id)).to_owned() }
    }
}
