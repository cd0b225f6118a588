use super::{
    gate::{Gate, settle},
    journey::{COOKIE, Journey},
    owner, way,
};
use crate::{
    App,
    page::{Failure, cookie},
};
use axum::response::Response;
use casework::{
    Error,
    attempt::{self, Draft},
};
use catalogue::{Answer, Answers, walk};

/// How often a save is tried when another tab saved first.
const TRIES: usize = 3;

/// One thing a visitor said. It is put into the newest draft, so two tabs lose nothing to each other.
#[derive(Clone, Debug)]
pub enum Change {
    /// Without an answer: an optional question was left empty. The last part names further optional questions that the
    /// visitor passes over at once (UI-3).
    Answer(String, Box<Option<Answer>>, Vec<String>),
    /// Files of a question came or went.
    Files(String, FileChange),
    /// Nothing: only an attempt is wanted.
    Nothing,
    /// A stop was read, and the person goes on.
    CarryOn(String),
    Pin(String),
    /// What was said on one page of many questions.
    Several(Vec<Change>),
    /// What a page elsewhere filled in; without an answer it is forgotten.
    Given(Vec<(String, Option<Answer>)>),
    /// Answers that a link brought, where none stands yet, and what the visitor said.
    Along(Vec<(String, Answer)>, Box<Change>),
}

impl Change {
    pub fn apply(&self, answers: &mut Answers) {
        match self {
            Change::Answer(id, answer, rest) => {
                match &**answer {
                    Some(answer) => answers.give(id, answer.clone()),
                    None => answers.pass(id),
                }
                for id in rest.iter().filter(|id| answers.get(id).is_none()).collect::<Vec<_>>() {
                    answers.pass(id);
                }
            }
            Change::CarryOn(stop) => answers.carry_on(stop),
            Change::Files(id, change) => {
                let mut files = match answers.get(id) {
                    Some(Answer::Files(files)) => files.clone(),
                    _ => Vec::new(),
                };
                change.apply(&mut files);
                if files.is_empty() { answers.forget(id) } else { answers.give(id, Answer::Files(files)) }
            }
            Change::Along(brought, said) => {
                for (id, answer) in brought.iter().filter(|(id, _)| answers.get(id).is_none()).collect::<Vec<_>>() {
                    answers.give(id, answer.clone());
                }
                said.apply(answers);
            }
            Change::Several(all) => all.iter().for_each(|change| change.apply(answers)),
            Change::Given(given) => {
                for (id, answer) in given {
                    match answer {
                        Some(answer) => answers.give(id, answer.clone()),
                        None => answers.forget(id),
                    }
                }
            }
            Change::Pin(_) | Change::Nothing => {}
        }
    }
}

/// One thing that happened to the files of a question.
#[derive(Clone, Debug)]
pub enum FileChange {
    Add(Vec<String>),
    Remove(String),
    /// One place towards the front.
    Up(String),
}

impl FileChange {
    fn apply(&self, files: &mut Vec<String>) {
        let place = |files: &[String], id: &String| files.iter().position(|file| file == id);
        match self {
            FileChange::Add(new) => files.extend(new.iter().cloned()),
            FileChange::Remove(id) => files.retain(|file| file != id),
            FileChange::Up(id) => match place(files, id) {
                Some(at) if at > 0 => files.swap(at - 1, at),
                _ => {}
            },
        }
    }
}

/// What came of a change.
pub struct Kept {
    /// The journey as it is kept now.
    pub journey: Journey,
    /// Questions whose answers went because of it.
    pub dropped: Vec<String>,
    /// A new attempt began: its cookie must be set.
    began: bool,
}

impl Kept {
    /// Hands the visitor the cookie of an attempt that just began.
    pub fn hand_over(&self, app: &App, mut response: Response) -> Response {
        if let (true, Some(token)) = (self.began, &self.journey.token) {
            cookie::set(app, response.headers_mut(), COOKIE, token, &way::begin(&self.journey.service.id));
        }
        response
    }
}

/// Saves one change; begins an attempt where there is none. A change to an attempt that was sent comes back unsaved.
pub async fn keep(app: &App, mut journey: Journey, gate: &Gate, change: &Change) -> Result<Kept, Failure> {
    for _ in 0..TRIES {
        if journey.is_sent() {
            return Ok(Kept { journey, dropped: Vec::new(), began: false });
        }
        // Theirs begins where they say for whom they file, and nowhere else.
        if journey.staff.is_some() && journey.found.is_none() {
            return Err(Failure::AnswersGone);
        }
        let mut walked = journey.with_gate(gate);
        change.apply(&mut walked);
        if let (None, Some(account), true) = (&journey.found, &journey.owner, owner::answers(&journey.service))
            && let Some((id, answer)) = owner::known(&journey.service, account)
                .filter(|(id, _)| walked.get(id).is_none() && !walked.has_passed(id))
        {
            walked.give(&id, answer);
        }
        let (draft, sensitive, dropped, settled) = {
            let ctx = journey.world.context();
            let walk = walk(&journey.service, &walked, &ctx);
            let settled = settle(&walk);
            let pin = match change {
                Change::Pin(pin) => Some(pin.clone()),
                _ => journey.found.as_ref().and_then(|found| found.draft.pin.clone()),
            };
            let after = journey.found.as_ref().and_then(|found| found.draft.after);
            let filing = journey.found.as_ref().and_then(|found| found.draft.filing.clone());
            let draft = Draft { answers: settled.to_json(), pin, receipt: None, after, filing };
            (draft, walk.effects.sensitive, walk.dropped.clone(), settled)
        };
        let draw = app.draw();
        let (service, kept) = (journey.service.id.clone(), draft.clone());
        let Some(found) = journey.found.as_mut() else {
            let begun = app.db.write(move |tx| attempt::begin(tx, &mut draw.clone(), &service, &kept)).await?;
            let journey = Journey { token: Some(begun), answers: settled, ..journey };
            return Ok(Kept { journey, dropped, began: true });
        };
        let (token, version) = (journey.token.clone().unwrap_or_default(), found.version);
        let saved =
            app.db.write(move |tx| attempt::save(tx, &mut draw.clone(), &token, &kept, version, sensitive)).await;
        match saved {
            Ok(()) => {
                found.draft = draft;
                found.version += 1;
                let journey = Journey { answers: settled, ..journey };
                return Ok(Kept { journey, dropped, began: false });
            }
            Err(Error::Stale) => {
                let token = journey.token.clone();
                journey = journey.again(app, token).await?;
            }
            Err(other) => return Err(other.into()),
        }
    }
    Err(Failure::ChangedMeanwhile)
}
