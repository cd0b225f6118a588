use crate::{Answer, Answers, Condition, Land, Question, Sensitivity, Test};
use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};
use std::collections::{BTreeMap, BTreeSet};

/// What an answer sets off (C-3). `test` looks at the answer itself, `and` at other answers.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    pub test: Test,
    pub and: Option<Condition>,
    pub stop: Option<String>,
    pub flags: Vec<String>,
    /// 1 is the most urgent.
    pub priority: Option<u8>,
    pub notice: Option<String>,
    pub timer: Option<String>,
    pub recipient: Option<String>,
    pub type_code: Option<String>,
    pub sensitive: bool,
    pub anonymous: bool,
    /// Agencies that help the one that leads may see who reported (J-32).
    pub share_contact: bool,
    /// Who reports is a witness or a third party, and follows it by the shorter view (P-88).
    pub short_view: bool,
    /// Options proposed for later questions, as if ticked beforehand.
    pub preset: Vec<(String, String)>,
    pub(crate) line: usize,
}

impl When {
    /// `answers` must hold the question's own answer.
    pub fn holds(&self, question: &Question, answers: &Answers, now: &ZonedDateTime) -> bool {
        self.test.holds(answers.get(&question.id), now) && self.and.as_ref().is_none_or(|and| and.holds(answers, now))
    }
}

/// A clock that an answer starts. What it counts is data of the agency that holds the report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timer {
    pub id: String,
    /// The day it runs to, where the answer itself is a date.
    pub until: Option<Date>,
    /// When what is told began: the answer itself where it is a moment, else the first moment of the journey.
    pub happened: Option<Timestamp>,
}

/// All that the answers set off, recomputed from them alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Effects {
    pub flags: BTreeSet<String>,
    /// Those of `flags` that tell of an answer marked special or restricted: for who sees such answers (J-27).
    pub guarded: BTreeSet<String>,
    /// 1 is the most urgent; the service's own where nothing raised it. Never lowered.
    pub priority: u8,
    /// Ids of the notices, in the order of the questions that set them off; words under `notice.<id>`.
    pub notices: Vec<String>,
    pub timers: BTreeSet<Timer>,
    /// When what is told began: the first moment of the journey.
    pub happened: Option<Timestamp>,
    /// Desks that get it besides the main team: names an agency maps to its own teams.
    pub recipients: BTreeSet<String>,
    /// Those of `recipients` that land or an answer named which is neither special, restricted nor evidence.
    pub open_recipients: BTreeSet<String>,
    /// Report type: the service id where nothing changed it.
    pub type_code: String,
    /// A sensitive flow (P-51): the service is, or an answer made it so.
    pub sensitive: bool,
    pub anonymous: bool,
    /// Agencies that help the one that leads may see who reported. Never without an answer that says so (J-28, J-32).
    pub share_contact: bool,
    /// The reporter is no victim and sees the shorter view (P-88).
    pub short_view: bool,
    /// Proposed answers to questions that have none yet.
    pub preset: BTreeMap<String, Answer>,
}

impl Effects {
    /// What the land at the place adds (C-14): a desk that is named twice gets it once.
    pub(crate) fn land(&mut self, land: &Land) {
        self.flags.extend(land.flags.iter().cloned());
        self.recipients.extend(land.recipients.iter().cloned());
        self.open_recipients.extend(land.recipients.iter().cloned());
        self.priority = land.priority.map_or(self.priority, |priority| self.priority.min(priority));
    }

    pub(crate) fn apply(&mut self, question: &Question, when: &When, answers: &Answers, now: &ZonedDateTime) {
        self.flags.extend(when.flags.iter().cloned());
        if question.evidence || matches!(question.sensitivity, Sensitivity::Special | Sensitivity::Restricted) {
            self.guarded.extend(when.flags.iter().cloned());
        } else {
            self.open_recipients.extend(when.recipient.iter().cloned());
        }
        if let Some(priority) = when.priority {
            self.priority = self.priority.min(priority);
        }
        if let Some(notice) = &when.notice
            && !self.notices.contains(notice)
        {
            self.notices.push(notice.clone());
        }
        if let Some(id) = &when.timer {
            let (until, happened) = match answers.get(&question.id) {
                Some(Answer::Date(date)) => (Some(*date), None),
                Some(Answer::Moment(moment)) => (None, moment.begins(now)),
                _ => (None, None),
            };
            // A day that is known replaces one that is not.
            let known = self.timers.iter().any(|timer| timer.id == *id && timer.until.is_some());
            if until.is_some() || !known {
                self.timers.retain(|timer| timer.id != *id);
                self.timers.insert(Timer { id: id.clone(), until, happened: happened.or(self.happened) });
            }
        }
        self.recipients.extend(when.recipient.iter().cloned());
        if let Some(type_code) = &when.type_code {
            self.type_code = type_code.clone();
        }
        self.sensitive |= when.sensitive;
        self.anonymous |= when.anonymous;
        self.share_contact |= when.share_contact;
        self.short_view |= when.short_view;
        for (id, option) in &when.preset {
            self.preset.insert(id.clone(), Answer::Choice(option.clone()));
        }
    }
}
