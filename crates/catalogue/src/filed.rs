//! A service as staff file it for somebody (C-70): the same version with the same hash, but who reports is asked as it can be
//! asked on the telephone, or not at all.

use crate::answer::named;
use crate::{Anonymous, Ask, Kind, PersonPart, Question, Service, Tracking};

named! {
    /// For whom a member of staff files.
    FiledAs {
        /// For a resident, of whom the name alone will do.
        Another = "another",
        /// For somebody who gives no name.
        Anonymous = "anonymous",
        /// For the agency itself, under its name.
        Agency = "agency",
    }
}

impl Service {
    /// Whether staff can file it so. A name is kept where somebody is asked for theirs, and left out where that is allowed.
    pub fn can_be_filed(&self, filed: FiledAs) -> bool {
        match filed {
            FiledAs::Another => self.questions.iter().any(is_of_person),
            FiledAs::Anonymous => self.anonymous != Anonymous::Off,
            FiledAs::Agency => true,
        }
    }

    /// The same service, as staff are asked.
    pub fn filed(&self, filed: FiledAs) -> Service {
        let mut service = Service { filed: Some(filed), ..self.clone() };
        service.questions.iter_mut().for_each(in_their_words);
        match filed {
            FiledAs::Another => service.questions.iter_mut().for_each(by_name),
            FiledAs::Anonymous => {
                service.questions.retain(|question| !is_of_person(question));
                // The PIN is for a private link, and there is none without a name (P-59).
                if service.tracking == Tracking::LinkAndPin {
                    service.tracking = Tracking::Link;
                }
            }
            FiledAs::Agency => {
                service.questions.retain(|question| !is_of_person(question));
                service.tracking = Tracking::Nothing;
            }
        }
        service
    }
}

fn is_of_person(question: &Question) -> bool {
    matches!(question.kind, Kind::Person { .. })
}

/// What a caller tells has a place from the first page on, where others may leave it for later.
fn in_their_words(question: &mut Question) {
    if matches!(question.kind, Kind::LongText { .. }) && question.ask == Ask::Later {
        question.ask = Ask::Optional;
    }
}

/// A name alone will do, and has to be given; that there is none cannot be chosen.
fn by_name(question: &mut Question) {
    let unnamed = |option: &String| question.when.iter().any(|when| when.anonymous && when.test.names(option));
    match &mut question.kind {
        Kind::Person { parts, needs, needs_all } => {
            if !parts.contains(&PersonPart::Name) {
                parts.insert(0, PersonPart::Name);
            }
            *needs = vec![PersonPart::Name];
            needs_all.clear();
            question.ask = Ask::Required;
            question.show_when = None;
        }
        Kind::Choice { options, .. } | Kind::Choices { options, .. } => options.retain(|option| !unnamed(option)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_every_way_are_read_back() {
        for name in FiledAs::NAMES {
            assert_eq!(FiledAs::from_name(name).map(FiledAs::name), Some(*name));
        }
    }
}
