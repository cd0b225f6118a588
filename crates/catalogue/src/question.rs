use crate::answer::named;
use crate::{Condition, When, Words};
use std::collections::BTreeMap;

named! {
    /// Under which law a field is held (J-26): law enforcement (DPA 2018 Part 3), general (UK GDPR), or both.
    Regime { P2 = "p2", P3 = "p3", Both = "both" }
}
named! {
    Sensitivity { Plain = "plain", Personal = "personal", Special = "special", Restricted = "restricted" }
}
named! {
    /// In what form an answer may be shown to the public.
    Publish { None = "none", Text = "text", Choice = "choice", CoarsePlace = "coarse_place", Picture = "picture" }
}
named! {
    /// Retention class (J-43). The periods are data of a later issue; the names are closed.
    Retention {
        Nothing = "nothing",
        CouncilReport = "council_report",
        PoliceReport = "police_report",
        LostAndFound = "lost_and_found",
        AnonymousInformation = "anonymous_information",
    }
}
named! {
    /// How much the journey insists on a question.
    Ask {
        /// It must be answered.
        Required = "required",
        /// It is asked in its turn and may be left empty.
        Optional = "optional",
        /// It is not asked in turn; check-answers lists it with a link (UI-3).
        Later = "later",
    }
}
named! {
    /// What a text must look like.
    Format { Plain = "plain", Phone = "phone", Email = "email", Imei = "imei", Url = "url" }
}
named! {
    /// The ways a moment may be given.
    MomentMode { Exact = "exact", Between = "between", Day = "day" }
}
named! {
    /// The parts a person question asks for.
    PersonPart {
        Name = "name", Born = "born", Address = "address", Phone = "phone", Email = "email", Safe = "safe",
    }
}

named! {
    /// Of what a mark of a thing speaks (P-68): of one that is gone, or of one that somebody has.
    Side { Lost = "lost", Found = "found" }
}

named! {
    /// What a file may be, by its content.
    Accept { Picture = "picture", Document = "document", Sound = "sound", Video = "video" }
}

/// The kinds of question, with their limits.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    Text {
        format: Format,
        min: usize,
        max: usize,
    },
    LongText {
        min: usize,
        max: usize,
    },
    YesNo,
    /// `among` names an earlier choices question: only what was ticked there may be chosen.
    Choice {
        options: Vec<String>,
        among: Option<String>,
    },
    /// `alone` is an option that stands by itself ("none of these").
    Choices {
        options: Vec<String>,
        alone: Option<String>,
        most: usize,
    },
    Number {
        least: i64,
        most: i64,
    },
    /// `most` in pence.
    Money {
        most: i64,
    },
    /// `past`: never after today. `least`: never before.
    Date {
        past: bool,
        least: Option<jiff::civil::Date>,
    },
    /// Never in the future.
    Moment {
        modes: Vec<MomentMode>,
    },
    /// `decides`: the point decides which agencies answer.
    Place {
        decides: bool,
        /// It is somebody's home: one of the homes of its postcode is picked (council C-6).
        home: bool,
    },
    /// `needs`: at least one of these parts must be given. `needs_all`: each of these, while the question must be answered.
    Person {
        parts: Vec<PersonPart>,
        needs: Vec<PersonPart>,
        needs_all: Vec<PersonPart>,
    },
    Vehicle,
    /// Pictures. `proposes` names the questions that are offered what they say of themselves: a place question where, a moment
    /// question when the first of them was taken.
    Photo {
        most: usize,
        megabytes: usize,
        proposes: Vec<String>,
    },
    File {
        most: usize,
        megabytes: usize,
        accept: Vec<Accept>,
    },
    Items {
        kinds: Vec<String>,
        states: Vec<String>,
        most: usize,
    },
    Diary {
        most: usize,
    },
    /// A repeatable set of named questions; with `most = 1` simply several fields on one page.
    Group {
        questions: Vec<Question>,
        most: usize,
    },
    /// `signed`: the person types their name.
    Declaration {
        signed: bool,
    },
}

impl Kind {
    pub const NAMES: &'static [&'static str] = &[
        "text",
        "long_text",
        "yes_no",
        "choice",
        "choices",
        "number",
        "money",
        "date",
        "moment",
        "place",
        "person",
        "vehicle",
        "photo",
        "file",
        "items",
        "diary",
        "group",
        "declaration",
    ];

    pub const fn name(&self) -> &'static str {
        match self {
            Kind::Text { .. } => "text",
            Kind::LongText { .. } => "long_text",
            Kind::YesNo => "yes_no",
            Kind::Choice { .. } => "choice",
            Kind::Choices { .. } => "choices",
            Kind::Number { .. } => "number",
            Kind::Money { .. } => "money",
            Kind::Date { .. } => "date",
            Kind::Moment { .. } => "moment",
            Kind::Place { .. } => "place",
            Kind::Person { .. } => "person",
            Kind::Vehicle => "vehicle",
            Kind::Photo { .. } => "photo",
            Kind::File { .. } => "file",
            Kind::Items { .. } => "items",
            Kind::Diary { .. } => "diary",
            Kind::Group { .. } => "group",
            Kind::Declaration { .. } => "declaration",
        }
    }

    /// The options a condition or an effect may name; nothing for kinds without options.
    pub fn options(&self) -> Option<Vec<&str>> {
        match self {
            Kind::YesNo => Some(vec!["yes", "no"]),
            Kind::Choice { options, .. } | Kind::Choices { options, .. } => {
                Some(options.iter().map(String::as_str).collect())
            }
            Kind::Items { kinds, .. } => Some(kinds.iter().map(String::as_str).collect()),
            _ => None,
        }
    }
}

/// One question of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// `seen_when`, `role.kind`.
    pub id: String,
    pub kind: Kind,
    pub regime: Regime,
    pub sensitivity: Sensitivity,
    pub publish: Publish,
    pub retention: Retention,
    pub ask: Ask,
    /// Required where this holds, whatever `ask` says.
    pub required_when: Option<Condition>,
    /// Always shown where absent. Rests on earlier questions only.
    pub show_when: Option<Condition>,
    /// What its answers set off.
    pub when: Vec<When>,
    /// Evidence: its own right to see (C-17).
    pub evidence: bool,
    /// Part of the emergency gate: never stored (P-12).
    pub gate: bool,
    /// What stands here tells a thing from all others, and is compared with the other side (P-68).
    pub matches: Option<Side>,
    /// Of items that are gone: the states in which they are there again, so that they stand on the other side.
    pub found_states: Vec<String>,
    /// Of the person who reports: the questions about somebody who must not be reached in their place (P-57).
    pub apart_from: Vec<String>,
    /// Codes of a national return, by option; an option without one has none that is known (C-15).
    pub codes: Vec<(String, String)>,
    /// Label and own error sentences, from the words.
    pub label: String,
    pub(crate) sentences: BTreeMap<String, String>,
    /// The words of its kind in another language; English without.
    pub(crate) spoken: Option<&'static Words>,
    pub(crate) line: usize,
}

impl Question {
    /// Its answer may go to the agency's own back office: it is no evidence, nothing special or restricted, and nobody's
    /// contact, which only the contact gate gives out.
    pub fn may_leave(&self) -> bool {
        let open = matches!(self.sensitivity, Sensitivity::Plain | Sensitivity::Personal);
        let whole = match &self.kind {
            Kind::Person { .. } => false,
            Kind::Group { questions, .. } => questions.iter().all(Question::may_leave),
            _ => true,
        };
        open && !self.evidence && whole
    }

    /// What every question of its kind says.
    pub(crate) fn kinds(&self) -> &'static Words {
        self.spoken.unwrap_or(crate::words::kinds())
    }

    /// The same question with the words of another language; `prefix` is the group's id and a dot.
    pub(crate) fn retold(&self, prefix: &str, words: &Words) -> Question {
        let path = format!("{prefix}{}", self.id);
        let mut told = self.clone();
        if let Kind::Group { questions, .. } = &mut told.kind {
            let inner = format!("{path}.");
            *questions = questions.iter().map(|question| question.retold(&inner, words)).collect();
        }
        told.say(&path, words);
        told.spoken = words.is_foreign().then(|| words.kinds());
        told
    }

    /// Takes its label and its own error sentences from the words.
    pub(crate) fn say(&mut self, path: &str, words: &Words) {
        self.sentences = words.under(&format!("question.{path}.errors."));
        if let Some(missing) = words.get(&format!("question.{path}.missing")) {
            self.sentences.insert(format!("{}.missing", self.kind.name()), missing.to_owned());
        }
        words.label(path).clone_into(&mut self.label);
    }
}
