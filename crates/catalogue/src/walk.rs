use crate::words::fill;
use crate::{
    Answer, Answers, Ask, Body, Context, Effects, FiledAs, Lead, Place, Question, Service, Stop, StopKind, StopView,
    Who, kind, shut, stop,
};
use std::collections::{BTreeMap, BTreeSet};

/// Where a journey stands, recomputed from the answers alone.
#[derive(Clone, Debug)]
pub struct Walk<'s> {
    pub service: &'s Service,
    /// The questions shown so far, in order, the one to ask now included. The back link of a page is its neighbour.
    pub path: Vec<&'s Question>,
    pub end: End<'s>,
    /// The answers that stand. Those of questions no longer shown are not in it.
    pub kept: Answers,
    /// Ids of the questions whose answers were dropped, for "we have removed …".
    pub dropped: Vec<String>,
    pub effects: Effects,
    /// Optional questions that are shown and have no answer: check-answers lists them (UI-3).
    pub passed_over: Vec<&'s Question>,
    /// Who answers at the place given; none until the deciding place is answered.
    pub who: Option<Who>,
    /// Who leads by the table of the service, once every required question has its answer.
    pub lead: Option<&'s Lead>,
}

#[expect(clippy::large_enum_variant, reason = "a walk has one end; it is not kept")]
#[derive(Clone, Debug, PartialEq)]
pub enum End<'s> {
    Ask(&'s Question),
    Stop(StopView<'s>),
    /// Every required question has its answer.
    Check,
}

/// Whether the question must be answered, given the other answers.
pub(crate) fn is_required(question: &Question, answers: &Answers, ctx: &Context) -> bool {
    question.ask == Ask::Required
        || question.required_when.as_ref().is_some_and(|condition| condition.holds(answers, ctx.now))
}

/// Walks the questions in order. A question is shown where its condition holds on the answers before it; its answer
/// is kept where it still stands. The walk ends at the first stop not carried on from, at the first question that
/// wants an answer, or at check-answers.
///
/// Answers beyond the end are kept where their questions could still be shown, so that nothing typed is lost.
pub fn walk<'s>(service: &'s Service, answers: &Answers, ctx: &Context) -> Walk<'s> {
    let mut walk = Walk {
        service,
        path: Vec::new(),
        end: End::Check,
        kept: answers.clone(),
        dropped: Vec::new(),
        effects: Effects {
            flags: BTreeSet::new(),
            guarded: BTreeSet::new(),
            priority: service.priority,
            notices: Vec::new(),
            timers: BTreeSet::new(),
            happened: None,
            recipients: BTreeSet::new(),
            open_recipients: BTreeSet::new(),
            type_code: service.id.clone(),
            sensitive: service.sensitive,
            anonymous: service.filed.is_some_and(|filed| filed != FiledAs::Another),
            share_contact: false,
            short_view: false,
            preset: BTreeMap::new(),
        },
        passed_over: Vec::new(),
        who: None,
        lead: None,
    };
    walk.forget_strangers(answers);
    let mut reached = BTreeSet::new();
    if let Some(id) = &service.opening {
        reached.insert(id.clone());
        walk.stop_at(id, None, ctx);
    }
    walk.own_stop(None, None, ctx);
    for question in &service.questions {
        if question.gate && answers.gate_passed() {
            continue;
        }
        let shown = question.show_when.as_ref().is_none_or(|condition| condition.holds(&walk.kept, ctx.now));
        if !shown {
            walk.drop(question);
            continue;
        }
        let stands = match walk.kept.get(&question.id) {
            Some(answer) => kind::stands(question, answer, &walk.kept, ctx).is_ok(),
            None => false,
        };
        if !stands {
            walk.want(question, ctx);
            continue;
        }
        if walk.end == End::Check {
            walk.path.push(question);
            walk.take_effects(question, ctx, &mut reached);
        }
    }
    for stop in &service.stops {
        // A stop that no answer leads to any more is shown afresh when it is met again.
        if walk.end == End::Check && !reached.contains(&stop.id) {
            walk.kept.forget_stop(&stop.id);
        }
    }
    walk.shut(ctx);
    walk.effects.preset.retain(|id, _| walk.kept.get(id).is_none());
    if walk.end == End::Check {
        walk.lead = service.leads.iter().find(|lead| lead.holds(&walk.kept, ctx));
    }
    walk
}

impl<'s> Walk<'s> {
    fn forget_strangers(&mut self, answers: &Answers) {
        for (id, _) in answers.iter().filter(|(id, _)| self.service.question(id).is_none()) {
            self.kept.forget(id);
            self.dropped.push(id.to_owned());
        }
    }

    fn drop(&mut self, question: &Question) {
        if self.kept.get(&question.id).is_some() {
            self.dropped.push(question.id.clone());
        }
        self.kept.forget(&question.id);
    }

    /// A shown question without an answer that stands.
    fn want(&mut self, question: &'s Question, ctx: &Context) {
        let answered = self.kept.get(&question.id).is_some();
        let required = is_required(question, &self.kept, ctx);
        if self.end != End::Check {
            return;
        }
        let wanted = answered || required || (question.ask == Ask::Optional && !self.kept.has_passed(&question.id));
        if wanted {
            self.path.push(question);
            self.end = End::Ask(question);
            return;
        }
        self.passed_over.push(question);
        if question.ask == Ask::Optional {
            self.path.push(question);
        }
    }

    fn take_effects(&mut self, question: &'s Question, ctx: &Context, reached: &mut BTreeSet<String>) {
        if let (None, Some(Answer::Moment(moment))) = (self.effects.happened, self.kept.get(&question.id)) {
            self.effects.happened = moment.begins(ctx.now);
        }
        for when in &question.when {
            if !when.holds(question, &self.kept, ctx.now) {
                continue;
            }
            self.effects.apply(question, when, &self.kept, ctx.now);
            if let Some(id) = &when.stop {
                reached.insert(id.clone());
                self.stop_at(id, Some(question), ctx);
            }
        }
        if let (true, Some(Answer::Place(place))) = (decides(question), self.kept.get(&question.id)) {
            let who = ctx.territory.who(self.service, place);
            let land = ctx.territory.land(self.service, place);
            self.effects.land(&land);
            let ask = land.ask.filter(|ask| !self.kept.has_carried_on(&ask.id()));
            let stop = match (&who, &ask) {
                (Who::Elsewhere(body), _) => Some(elsewhere(self.service, question, place, body)),
                (Who::Shut(what), _) => Some(shut::view(self.service, what, Some(question))),
                (Who::Stopped(land), _) | (_, Some(land)) => Some(stop::of_land(self.service, land, Some(question))),
                (Who::Answered(_) | Who::Unknown, None) => None,
            };
            if let (Some(stop), true) = (stop, self.end == End::Check) {
                self.end = End::Stop(stop);
            }
            let place = place.clone();
            self.own_stop(Some(&place), Some(question), ctx);
            self.who = Some(who);
        }
    }

    /// Nobody takes the service for now. What was answered stays, and may be looked at; an emergency is told of first.
    fn shut(&mut self, ctx: &Context) {
        let urgent = |view: &StopView| matches!(view.kind, StopKind::Emergency | StopKind::EmergencyFire);
        if matches!(&self.end, End::Stop(view) if urgent(view)) {
            return;
        }
        if let Some(what) = ctx.territory.shut(self.service) {
            self.end = End::Stop(shut::view(self.service, &what, None));
        }
    }

    /// Whether it ends there because nobody takes the service for now.
    pub fn is_shut(&self) -> bool {
        matches!(&self.end, End::Stop(view) if view.id == shut::SHUT && view.question.is_none())
    }

    /// What an agency says of the service as a whole, before it or at a place.
    fn own_stop(&mut self, place: Option<&Place>, question: Option<&'s Question>, ctx: &Context) {
        if self.end != End::Check {
            return;
        }
        let own = ctx.territory.own_stop(self.service, None, place, ctx.now);
        if let Some(own) = own.filter(|own| !self.kept.has_carried_on(&own.id())) {
            self.end = End::Stop(stop::of_land(self.service, &own, question));
        }
    }

    fn stop_at(&mut self, id: &str, question: Option<&'s Question>, ctx: &Context) {
        let Some(stop) = self.service.stop(id) else { return };
        if self.end != End::Check || (stop.carry_on && self.kept.has_carried_on(id)) {
            return;
        }
        let mut view = stop::view(self.service, stop, question);
        let place = self.service.deciding_place().and_then(|asked| self.kept.get(&asked.id));
        let place = match place {
            Some(Answer::Place(place)) => Some(place),
            _ => None,
        };
        if let Some(own) = ctx.territory.own_stop(self.service, Some(id), place, ctx.now) {
            stop::instead(&mut view, &own.words);
        }
        self.end = End::Stop(view);
    }

    /// Whether the question may be visited: it is on the path, or was passed over.
    pub fn may_visit(&self, id: &str) -> bool {
        self.path.iter().chain(&self.passed_over).any(|question| question.id == id)
    }

    /// The question before this one on the path.
    pub fn before(&self, id: &str) -> Option<&'s Question> {
        let at = self.path.iter().position(|question| question.id == id)?;
        at.checked_sub(1).map(|before| self.path[before])
    }

    /// The questions of one page that asks all at once, by the answers there are: each that is shown, those for later left out
    /// while they have no answer and need none.
    pub fn at_once(&self, ctx: &Context) -> Vec<&'s Question> {
        let is_asked = |question: &&Question| {
            let is_behind = question.gate && self.kept.gate_passed();
            let shown = question.show_when.as_ref().is_none_or(|condition| condition.holds(&self.kept, ctx.now));
            let waits = question.ask == Ask::Later
                && self.kept.get(&question.id).is_none()
                && !is_required(question, &self.kept, ctx);
            shown && !is_behind && !waits
        };
        self.service.questions.iter().filter(is_asked).collect()
    }

    /// The answers as they may be stored with a report: those of the gate are replaced by "passed" (P-12).
    /// Nothing unless the journey has come to check-answers.
    pub fn to_store(&self) -> Option<Answers> {
        if self.end != End::Check {
            return None;
        }
        let mut answers = self.kept.clone();
        if self.service.questions.iter().any(|question| question.gate) {
            answers.pass_gate(self.service);
        }
        Some(answers)
    }
}

fn decides(question: &Question) -> bool {
    matches!(question.kind, crate::Kind::Place { decides: true, .. })
}

/// Sentences begin with a capital, also where a name in them does not: "the police force for that place".
fn begun(text: &str) -> String {
    let upper = |sentence: &str| {
        let mut letters = sentence.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>()).unwrap_or_default()
    };
    text.split(". ").map(upper).collect::<Vec<_>>().join(". ")
}

#[test]
fn a_sentence_that_begins_with_a_name_begins_with_a_capital() {
    assert_eq!(begun("the force can help. the council too. Æ"), "The force can help. The council too. Æ");
    assert_eq!(begun(""), "");
}

fn elsewhere<'s>(service: &'s Service, question: &'s Question, place: &Place, body: &Body) -> StopView<'s> {
    let stop = Stop {
        id: StopKind::Elsewhere.name().to_owned(),
        kind: StopKind::Elsewhere,
        carry_on: false,
        links: Vec::new(),
        go: None,
        line: 0,
    };
    let mut view = stop::view(service, &stop, Some(question));
    let said = |text: &str| begun(&fill(text, &[("body", body.name.as_str()), ("place", place.label.as_str())]));
    view.title = said(&view.title);
    view.body = view.body.iter().map(|text| said(text)).collect();
    view.links = stop::ways_to(service, body);
    view.elsewhere = Some(body.clone());
    view
}
