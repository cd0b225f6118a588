//! What staff wrote for a template, and what is wrong with it.

use super::fill::unknown;
use crate::{Refusal, Setting, report::acts::says_who, words};
use store::template::{Moment, Template};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub name: String,
    /// Empty: every service.
    pub service: String,
    pub moment: Moment,
    pub state: String,
    pub code: String,
    pub words: String,
    pub mail: String,
    pub everybody: String,
    pub automatic: bool,
    pub active: bool,
}

impl Default for Form {
    fn default() -> Form {
        let (name, service, state, code, words, mail, everybody) = Default::default();
        let moment = Moment::Any;
        Form { name, service, moment, state, code, words, mail, everybody, automatic: false, active: true }
    }
}

impl From<&Template> for Form {
    fn from(row: &Template) -> Form {
        let row = row.clone();
        Form {
            name: row.name,
            service: row.service,
            moment: row.moment,
            state: row.state,
            code: row.code,
            words: row.words,
            mail: row.mail,
            everybody: row.everybody,
            automatic: row.automatic,
            active: row.active,
        }
    }
}

/// Something wrong: the field, and what to do.
pub type Fault = (&'static str, String);

/// Most letters of a name, and of a code.
const SHORT: usize = 100;
/// Most letters of what a mail says, and of what everybody reads: it leads to the page, where there is room.
const MAIL: usize = 1000;

/// Everything that is wrong, in the order of the page.
pub fn faults(setting: &Setting, agency: &str, form: &Form) -> Vec<Fault> {
    let mut found = Vec::new();
    let mut add = |field: &'static str, words: String| found.push((field, words));
    match words::read(&form.name) {
        Err(Refusal::WordsNeeded) => add("name", "Write a name, so that colleagues find it".into()),
        Err(_) => add("name", "Write the name without hidden characters".into()),
        Ok(name) if name.chars().count() > SHORT || name.contains('\n') => {
            add("name", format!("Keep the name to one line of {SHORT} characters or fewer"));
        }
        Ok(_) => {}
    }
    if !form.service.is_empty() && !setting.services_of(agency).iter().any(|(id, _)| *id == form.service) {
        add("service", "Choose a kind of report from the list".into());
    }
    let states = match form.moment {
        Moment::Stage => setting.open_stages(agency),
        Moment::Outcome => setting.outcomes(agency),
        Moment::Any | Moment::Filed => Vec::new(),
    };
    let is_bare = matches!(form.moment, Moment::Any | Moment::Filed) && form.state.is_empty();
    if !is_bare && !states.iter().any(|(id, _)| *id == form.state) {
        add("when", "Choose when it is used from the list".into());
    }
    let odd = |letter: char| letter.is_control() || letter.is_whitespace();
    if form.code.trim().chars().count() > SHORT || form.code.trim().contains(odd) {
        add("code", format!("Write one code of {SHORT} characters or fewer, without spaces"));
    }
    if form.moment == Moment::Filed && !form.code.trim().is_empty() {
        add("code", "A new report has no code yet. Leave this empty".into());
    }
    if form.automatic && form.moment == Moment::Any && form.code.trim().is_empty() {
        add("automatic", "Say when it is used, or give a code, so that it can be used by itself".into());
    }
    match words::read(&form.words) {
        Err(Refusal::WordsNeeded) => add("words", "Write what residents read".into()),
        Err(Refusal::WordsTooLong) => add("words", format!("Keep it to {} characters or fewer", words::MOST)),
        Err(_) => add("words", "The text holds hidden characters. Type it again".into()),
        Ok(_) => {}
    }
    if let Some(wrong) = unknown(&form.words) {
        add("words", format!("“{wrong}” cannot be filled in. Use one from the list"));
    }
    match words::read(&form.mail) {
        Err(Refusal::WordsNeeded) => {}
        Err(_) => add("mail", "The text is too long or holds hidden characters".into()),
        Ok(mail) if mail.chars().count() > MAIL => add("mail", format!("Keep it to {MAIL} characters or fewer")),
        Ok(_) => {}
    }
    if form.mail.contains("{outside}") {
        add("mail", "A mail never says what the outside system said. Take {outside} out".into());
    } else if let Some(wrong) = unknown(&form.mail) {
        add("mail", format!("“{wrong}” cannot be filled in. Use one from the list"));
    }
    match words::read(&form.everybody) {
        Err(Refusal::WordsNeeded) => {}
        Err(_) => add("everybody", "The text is too long or holds hidden characters".into()),
        Ok(_) if form.moment == Moment::Filed => {
            add("everybody", "Nobody has read a new report yet, and it is not public. Leave this empty".into());
        }
        Ok(open) if open.chars().count() > MAIL => add("everybody", format!("Keep it to {MAIL} characters or fewer")),
        Ok(open) if says_who(setting, agency, &open) => {
            let wrong = "a telephone number, an e-mail address, a number plate or strong words";
            add("everybody", format!("Everybody reads this. Take out what may be {wrong}"));
        }
        Ok(_) => {}
    }
    if form.everybody.contains("{outside}") {
        add("everybody", "What the outside system said is not for everybody. Take {outside} out".into());
    } else if let Some(wrong) = unknown(&form.everybody) {
        add("everybody", format!("“{wrong}” cannot be filled in. Use one from the list"));
    }
    found
}
