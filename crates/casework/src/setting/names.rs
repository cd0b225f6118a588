//! What services and agencies call things, and the stages, outcomes and partners they have.

use super::{Said, Setting, Stage};
use crate::offer::Open;
use catalogue::{Agency, Outcome, Receivers, Service, UpdateTo, UpdateWord, Walk, Who};
use std::sync::Arc;
use store::{
    report::Head,
    sub_case::{Core, SubCase},
};

impl Setting {
    pub(crate) fn agency(&self, id: &str) -> Option<&Agency> {
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

    /// What a report is now: the definition that was answered, or the service that staff changed it to. Of a definition that nobody
    /// knows nothing is known.
    pub fn service_now(&self, service: &str, definition: &str) -> Option<Arc<Service>> {
        let answered = self.definition(definition)?;
        if answered.id == service { Some(answered) } else { self.catalogue.service(service).cloned() }
    }

    /// The same, where mail and lists may name it: neither what was answered nor what it is now is sensitive.
    pub fn service_named(&self, service: &str, definition: &str) -> Option<Arc<Service>> {
        let may = |service: &Arc<Service>| !service.sensitive && !service.neutral_mail;
        self.definition(definition).filter(may)?;
        self.service_now(service, definition).filter(may)
    }

    pub fn service_title(&self, head: &Head) -> String {
        match self.service_now(&head.service, &head.definition) {
            Some(service) => type_title(&service, &head.type_code),
            None => self.service_name(&head.service),
        }
    }

    pub fn type_title(&self, service: &str, type_code: &str) -> String {
        self.catalogue.service(service).map_or_else(|| service.to_owned(), |s| type_title(s, type_code))
    }

    /// The words of a flag; those of the layer of land that set it; its own name where there are none.
    pub fn flag_name(&self, service: &str, flag: &str) -> String {
        let words =
            self.catalogue.service(service).and_then(|s| s.words.get(&format!("flag.{flag}")).map(str::to_owned));
        let layer = || {
            let mut layers = self.catalogue.agencies().iter().flat_map(|agency| &agency.layers);
            layers.find(|layer| layer.id == flag).map(|layer| layer.name.clone())
        };
        words.or_else(layer).unwrap_or_else(|| flag.replace('_', " "))
    }

    /// Agencies that offer a service anywhere and take it now, in the order of their files.
    pub fn offering(&self, service: &str) -> Vec<String> {
        let offers = self.offers();
        let all = self.catalogue.offering(service).into_iter().map(|agency| agency.id.clone());
        all.filter(|agency| offers.open(agency, service) != Open::Nobody).collect()
    }

    /// Who gets a report, and why: the agencies of its place, in the order of the service's table. Without a point all
    /// that offer the service get it, and their staff decide. Nobody where the place is another body's.
    pub fn receivers(&self, walk: &Walk) -> Receivers {
        let here = match &walk.who {
            Some(Who::Answered(agencies)) => agencies.clone(),
            Some(Who::Elsewhere(_) | Who::Stopped(_) | Who::Shut(_)) => Vec::new(),
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

    /// How a part stands, in words, with the day that its work is planned for.
    pub fn stands(&self, case: &SubCase) -> Option<String> {
        Some(self.stage(&case.agency, &case.stage)?.on(case.planned_on.as_deref()))
    }

    /// A stage of the agency can be set with the day of the work.
    pub fn dates_work(&self, agency: &str) -> bool {
        self.agency(agency).is_some_and(|agency| agency.stages.iter().any(|stage| stage.dated.is_some()))
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

    /// Those with which a report of this service may end.
    pub fn outcomes_for(&self, agency: &str, service: &str) -> Vec<(String, String)> {
        let outcomes = self.agency(agency).map(|a| a.outcomes.as_slice()).unwrap_or_default();
        outcomes.iter().filter(|o| o.fits(service)).map(|o| (o.id.clone(), o.name.clone())).collect()
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

    /// What a word of an Open311 update comes to at an agency (C-87, C-88); of several outcomes, the first that fits the service.
    pub fn update_said(&self, agency: &str, service: &str, status: &str) -> Said {
        let (Some(known), Some(word)) = (self.agency(agency), UpdateWord::read(status)) else { return Said::Unknown };
        if word == UpdateWord::Unchanged {
            return Said::Unchanged;
        }
        // A system of two words closes what it has mended.
        let fixed = || known.outcomes.iter().find(|outcome| outcome.fixed && outcome.fits(service));
        if let (UpdateWord::Closed, false, Some(outcome)) = (word, self.extended(agency), fixed()) {
            return Said::Outcome(outcome.id.clone());
        }
        let fits = |to: &UpdateTo| match to {
            UpdateTo::Outcome(id) => self.outcome(agency, id).is_some_and(|outcome| outcome.fits(service)),
            UpdateTo::Stage(_) => true,
        };
        let rows = || known.updates.iter().filter(|row| row.word == word);
        let row = rows().find(|row| fits(&row.to)).or_else(|| rows().next());
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

    /// The stages of an agency, in their order.
    pub fn stages_of(&self, agency: &str) -> Vec<(String, String)> {
        let stages = self.agency(agency).map(|a| a.stages.as_slice()).unwrap_or_default();
        stages.iter().map(|stage| (stage.id.clone(), stage.name.clone())).collect()
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
    Stage {
        id: stage.id.clone(),
        name: stage.name.clone(),
        next: stage.next.clone(),
        core,
        cue: stage.cue,
        dated: stage.dated.clone(),
    }
}

/// The title of a report type, where the service names it; the service's own otherwise.
fn type_title(service: &Service, type_code: &str) -> String {
    service.words.get(&format!("type.{type_code}")).unwrap_or_else(|| service.title()).to_owned()
}
