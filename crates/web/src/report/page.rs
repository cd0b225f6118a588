//! What the pages of a journey share: the frame, the map, and news about the answer just given.

use super::{journey::Journey, way};
use crate::{
    App,
    page::{Frame, Map, session::SignedIn},
};
use catalogue::{Answer, Face, FiledAs, Kind, Question, Service, Walk};
use store::site_message::Place as Spot;

/// Frame, title and exit button by how sensitive the flow is by now (P-48, P-51).
pub fn frame(app: &App, journey: &Journey, sensitive: bool, said: &str) -> Frame {
    let service = &*journey.service;
    if let Some(staff) = &journey.staff {
        let frame = Frame::staff(app, format!("{said} – {}", service.title()), Some(staff.desk(app, "new")));
        return Frame { filing: service.filed.map(|filed| whom(app, staff, filed)), ..frame.with_place(app) };
    }
    let frame = Frame::citizen(app, way::title(service, sensitive, said));
    let speaks = service.language == frame.tongue.tag();
    let frame = if speaks { frame.clone().speaks(&frame.tongue).reviewed(service.reviewed) } else { frame };
    let frame = frame.offers(app, Some(&service.id));
    if service.exit || sensitive { frame.exit(way::page(&service.id, "leave"), sensitive) } else { frame }
}

/// Who reports is asked of staff in words for them: the caller has said that they may be named.
pub fn of_caller(journey: &Journey, face: &mut Face) {
    if let (true, Face::Person(person)) = (journey.staff.is_some(), face) {
        person.frame.label = "Who is it for?".to_owned();
        person.frame.hint =
            Some("A name is enough. Ask for an email address or a number if they want news.".to_owned());
    }
}

/// For whom staff file, in words.
pub fn whom(app: &App, staff: &SignedIn, filed: FiledAs) -> String {
    match filed {
        FiledAs::Another => "You file this for a resident".to_owned(),
        FiledAs::Anonymous => "You file this for somebody without a name".to_owned(),
        FiledAs::Agency => format!("You file this for {}", app.setting.agency_name(&staff.staff.agency)),
    }
}

/// Its answer says where, and so who answers.
pub fn decides(question: &Question) -> bool {
    matches!(question.kind, Kind::Place { decides: true, .. })
}

/// With what agencies say to people of that ward, once they have said where.
pub fn told_there(app: &App, frame: Frame, walk: &Walk) -> Frame {
    let place = walk.service.deciding_place().and_then(|question| walk.kept.get(&question.id));
    let at = match place {
        Some(Answer::Place(place)) => place.point,
        _ => None,
    };
    frame.told_in_ward(app, Spot::Reporting, Some(&walk.service.id), at)
}

/// What the pin picker draws, beginning where the service is offered.
pub fn map(app: &App, service: &Service) -> Option<Map> {
    let offering = app.setting.catalogue.offering(&service.id);
    let codes: Vec<&str> = offering.iter().flat_map(|agency| &agency.areas).map(String::as_str).collect();
    Map::of(app, &codes)
}

/// What the answer on the page is, where a photo says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FromPhoto {
    Place,
    Moment,
}

/// What an answer set off, said on the page after it. It travels in the address by ids; words come from the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Short names of questions whose answers went because a branch closed (P-17).
    pub gone: Vec<String>,
    pub notices: Vec<String>,
    /// The visitor was away too long; only the last answer is left.
    pub is_lost: bool,
    /// The answer on the page is what a photo says.
    pub from_photo: Option<FromPhoto>,
}

impl News {
    pub fn read(walk: &Walk, pairs: &[(String, String)]) -> News {
        let ids =
            |name: &str| pairs.iter().find(|(found, _)| found == name).map_or("", |(_, ids)| ids.as_str()).split(',');
        let words = &walk.service.words;
        let gone = ids("gone").filter(|id| walk.service.question(id).is_some()).map(|id| words.short(id).to_owned());
        let notices = ids("note").filter(|id| walk.effects.notices.iter().any(|known| known == id));
        News {
            gone: gone.collect(),
            notices: notices.map(|id| words.notice(id).to_owned()).collect(),
            is_lost: pairs.iter().any(|(name, _)| name == "lost"),
            from_photo: None,
        }
    }

    /// The part of an address that carries it.
    pub fn query(dropped: &[String], before: &[String], now: &[String]) -> Vec<String> {
        let new: Vec<&str> = now.iter().filter(|id| !before.contains(id)).map(String::as_str).collect();
        let mut query = Vec::new();
        if !dropped.is_empty() {
            query.push(format!("gone={}", dropped.join(",")));
        }
        if !new.is_empty() {
            query.push(format!("note={}", new.join(",")));
        }
        query
    }
}

/// Words with the addresses in them as links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Words(&'a str),
    Link(&'a str),
}

pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("https://") {
        let (before, from) = rest.split_at(at);
        let end = from.find(char::is_whitespace).unwrap_or(from.len());
        let link = from[..end].trim_end_matches(['.', ',', ')']);
        pieces.extend((!before.is_empty()).then_some(Piece::Words(before)));
        pieces.push(Piece::Link(link));
        rest = &from[link.len()..];
    }
    pieces.extend((!rest.is_empty()).then_some(Piece::Words(rest)));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_a_sentence_is_a_link_without_the_full_stop() {
        let found = pieces("Go to https://999bsl.co.uk. It is free.");
        assert_eq!(found, [Piece::Words("Go to "), Piece::Link("https://999bsl.co.uk"), Piece::Words(". It is free.")]);
        assert_eq!(pieces("Press 55."), [Piece::Words("Press 55.")]);
        assert_eq!(pieces("https://a.example b"), [Piece::Link("https://a.example"), Piece::Words(" b")]);
    }

    #[test]
    fn only_a_notice_that_is_new_is_told() {
        let ids = |all: &[&str]| all.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        assert_eq!(News::query(&[], &ids(&["a"]), &ids(&["a", "b"])), ["note=b"]);
        assert_eq!(News::query(&ids(&["x", "y"]), &[], &[]), ["gone=x,y"]);
        assert!(News::query(&[], &ids(&["a"]), &ids(&["a"])).is_empty());
    }
}
