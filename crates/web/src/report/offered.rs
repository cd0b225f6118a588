//! What can be reported now of the home that was picked, on the page that asks what was not collected (C-28): the others
//! say why not, and from or until when. That it still can is asked again in the transaction that writes the report.

use super::{
    asset::{self, Assets, Chooser},
    bookable::{self, Bookable},
    journey::Journey,
};
use crate::{
    App,
    page::{Failure, Map, collected, when},
};
use casework::bins::{self, Property};
use catalogue::{Agency, Answer, Collections, Face, Problem, Question};
use collection::Stand;

/// What a page knows beyond its question.
pub enum Offered {
    Collections(Box<Missed>),
    Booking(Box<Bookable>),
    /// Things that stand near the place.
    Assets(Assets),
}

pub struct Missed {
    ties: Collections,
    agency: Agency,
    property: Property,
}

/// Nothing for every other question, and where no home was picked or nothing is known of it.
pub async fn offered(app: &App, journey: &Journey, question: &Question) -> Result<Option<Offered>, Failure> {
    if let Some(booking) = bookable::bookable(app, journey, question).await? {
        return Ok(Some(Offered::Booking(Box::new(booking))));
    }
    if let Some(assets) = asset::assets(app, journey, question).await? {
        return Ok(Some(Offered::Assets(assets)));
    }
    Ok(missed(app, journey, question).await?.map(|missed| Offered::Collections(Box::new(missed))))
}

impl Offered {
    /// Closes what cannot be chosen, and says beside each how it stands.
    pub fn mark(&self, face: &mut Face) {
        match self {
            Offered::Collections(missed) => missed.mark(face),
            Offered::Booking(booking) => booking.mark(face),
            Offered::Assets(assets) => assets.mark(face),
        }
    }

    /// The map of what is listed.
    pub fn chooser(&self, map: Option<Map>) -> Option<Chooser> {
        match self {
            Offered::Assets(assets) => map.map(|map| assets.chooser(map)),
            Offered::Collections(_) | Offered::Booking(_) => None,
        }
    }

    /// What was chosen and is closed.
    pub fn problems(&self, answer: Option<&Answer>) -> Vec<Problem> {
        match self {
            Offered::Collections(missed) => missed.problems(answer),
            Offered::Booking(booking) => booking.problems(answer),
            // Whatever is typed may be its number.
            Offered::Assets(_) => Vec::new(),
        }
    }

    /// Problems where their fields stand on the page: a day that is one of a list has no field of its own for its parts.
    pub fn placed(&self, problems: &[Problem]) -> Vec<Problem> {
        let mut problems = problems.to_vec();
        if let Offered::Booking(booking) = self
            && let Bookable::Day { question, .. } = &**booking
        {
            problems.iter_mut().for_each(|problem| problem.field.clone_from(question));
        }
        problems
    }

    /// Answers that go along with it.
    pub fn along(&self, answer: Option<&Answer>) -> Vec<(String, Answer)> {
        match self {
            Offered::Collections(missed) => missed.along(answer),
            Offered::Booking(_) | Offered::Assets(_) => Vec::new(),
        }
    }
}

async fn missed(app: &App, journey: &Journey, question: &Question) -> Result<Option<Missed>, Failure> {
    let Some(ties) = journey.service.collections.clone().filter(|ties| ties.what == question.id) else {
        return Ok(None);
    };
    let Some((_, uprn)) = ties.home(&journey.service, &journey.answers) else { return Ok(None) };
    let (setting, uprn, now, of) = (app.setting.clone(), uprn.to_owned(), app.now(), journey.staff_of());
    let property = app.db.read(move |tx| bins::property_for(tx, &setting, &uprn, now, of.as_deref())).await?;
    let Some(property) = property.filter(|property| !property.bins.is_empty()) else { return Ok(None) };
    let agency = app.setting.catalogue.agency(&property.home.agency).cloned();
    Ok(agency.map(|agency| Missed { ties, agency, property }))
}

/// How one kind stands.
enum One {
    Open(String),
    /// The crew says why; who does not agree may say so.
    Told(String),
    Closed(String),
    /// The home has no such collection.
    Absent,
}

impl Missed {
    fn one(&self, kind: &str) -> One {
        let disputes = self.agency.missed.as_ref().is_some_and(|rules| rules.disputes);
        let mut bins = self.property.bins.iter().filter(|bin| bin.kind == kind).peekable();
        let Some(first) = bins.peek().copied() else {
            // Old days may not know of it.
            return if self.property.is_stale { One::Open(String::new()) } else { One::Absent };
        };
        let bin = bins.find(|bin| bin.is_open(self.property.is_stale)).unwrap_or(first);
        let mut words = bin.stand.as_ref().map(|stand| collected::stand(stand, &self.agency, kind)).unwrap_or_default();
        // Who is turned away reads when the crew comes again.
        if let (Some(Stand::TooLate { .. } | Stand::CrewRecorded { .. }), Some(next)) = (&bin.stand, bin.next()) {
            words.push_str(&format!(" The next collection is on {}.", when::weekday(next.day)));
        }
        match &bin.stand {
            _ if bin.is_open(self.property.is_stale) => One::Open(words),
            Some(Stand::CrewRecorded { .. }) if disputes => One::Told(words),
            _ => One::Closed(words),
        }
    }

    /// Closes what cannot be ticked, and says beside each how it stands.
    fn mark(&self, face: &mut Face) {
        let Face::Choices(face) = face else { return };
        face.options.retain(|option| !matches!(self.one(&option.value), One::Absent));
        for option in &mut face.options {
            match self.one(&option.value) {
                One::Open(words) | One::Told(words) => option.hint = Some(words).filter(|words| !words.is_empty()),
                One::Closed(words) => {
                    option.hint = Some(words);
                    option.closed = true;
                    option.checked = false;
                }
                One::Absent => {}
            }
        }
    }

    /// What was ticked and is closed.
    fn problems(&self, answer: Option<&Answer>) -> Vec<Problem> {
        let problem = |kind: &str| {
            let text = match self.one(kind) {
                One::Closed(words) => words,
                One::Absent => "This home has no such collection".to_owned(),
                One::Open(_) | One::Told(_) => return None,
            };
            let id = self.ties.what.clone();
            Some(Problem { question: id.clone(), field: id, key: "choices.closed".to_owned(), text })
        };
        answer.map(Answer::options).unwrap_or_default().into_iter().find_map(problem).into_iter().collect()
    }

    /// The answer that goes along where the crew recorded why, so that the report asks whether that is right.
    fn along(&self, answer: Option<&Answer>) -> Vec<(String, Answer)> {
        let Some(told) = &self.ties.told else { return Vec::new() };
        let ticked = answer.map(Answer::options).unwrap_or_default();
        match ticked.into_iter().any(|kind| matches!(self.one(kind), One::Told(_))) {
            true => vec![(told.question.clone(), Answer::Choice(told.option.clone()))],
            false => Vec::new(),
        }
    }
}
