//! What goes to a back office: read as it goes out, so that what was erased, or is no longer the agency's to see, does not go.

use super::sends;
use crate::{
    Result, Setting,
    contact::{self as gate, Kind as Way},
    report::{acts, files},
};
use catalogue::{Answer, Answers, Office, OfficePhotos, Question, Service};
use places::{Point, grid::Grid};
use rights::{Actor, Group, Groups, Relation};
use serde_json::{Map, Value as Json};
use store::{
    Time, Tx, answer, contact, held,
    journal::{self, Entry},
    outside, publication, remark, rendition,
    report::{self, Head},
    sending::{Kind, Sending},
    sub_case::SubCase,
};
use uuid::Uuid;

/// Fields of a form, in their order, and the pictures that go with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    pub fields: Vec<(String, String)>,
    pub photos: Vec<Photo>,
}

/// A picture that was made from a photo: never the bytes as they came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Photo {
    pub held: Uuid,
    pub version: i64,
    pub longest: i64,
}

impl Letter {
    fn put(&mut self, name: &str, value: impl Into<String>) {
        let value = value.into();
        if !value.is_empty() {
            self.fields.push((name.to_owned(), value));
        }
    }
}

/// None where there is nothing to tell any more.
pub fn compose(actor: &Actor, tx: &mut Tx, setting: &Setting, row: &Sending) -> Result<Option<Letter>> {
    sends(actor)?;
    let Some(office) = setting.office(&row.agency) else { return Ok(None) };
    let head = report::by_id(tx, row.report)?;
    let (relation, case) = acts::relation(actor, tx, &row.agency, &head)?;
    let Some(case) = case else { return Ok(None) };
    let mut letter = Letter::default();
    letter.put("jurisdiction_id", office.jurisdiction.clone().unwrap_or_default());
    match row.kind {
        Kind::Request if relation == Relation::Holder => {
            request(actor, tx, setting, office, (&head, &case), &mut letter)?;
        }
        Kind::Update if relation == Relation::Holder => {
            let entries = journal::of_report(actor, tx, head.id)?;
            let Some(entry) = entries.iter().find(|entry| entry.id == row.entry) else { return Ok(None) };
            let Some(named) = outside::of_report(actor, tx, head.id, &row.agency)? else { return Ok(None) };
            let id = match office.known_by {
                catalogue::KnownBy::Theirs => named.outside_id,
                catalogue::KnownBy::CustomerReference => named.customer_reference.unwrap_or(named.outside_id),
            };
            letter.put("service_request_id", id);
            letter.put("update_id", row.id.simple().to_string());
            update(setting, (&row.agency, &case), &head, entry, &mut letter);
            if entry.kind == "remark.made" {
                // Others say it, and may not say it to everybody any more.
                if remark::stands(actor, tx, head.id, entry.id)? != Some(publication::Shown::Public) {
                    return Ok(None);
                }
                let photos = held::said_in_public(tx, head.id)?;
                for photo in photos.iter().filter(|photo| photo.remark == Some(entry.id)) {
                    letter.put("media_url", link(setting, &head, photo.id));
                }
            }
            if entry.kind == "place.moved" && shared(&case).contains(&Group::Place) {
                place(&report::own_spot(actor, tx, head.id)?, &mut letter);
            }
        }
        _ => return Ok(None),
    }
    Ok(Some(letter))
}

/// Where everybody can see a photo of it.
fn link(setting: &Setting, head: &Head, photo: Uuid) -> String {
    format!("{}/reports/{}/photo/{photo}/large", setting.public_url, head.reference)
}

fn shared(case: &SubCase) -> Groups {
    serde_json::from_value(case.shared.clone()).unwrap_or_default()
}

/// Where the pin was moved to. Updates of GeoReport have no field for it: it goes with the words.
fn place(spot: &report::Spot, letter: &mut Letter) {
    let point = spot.lat.zip(spot.lon).map(|(lat, lon)| format!(" ({lat:.6}, {lon:.6})")).unwrap_or_default();
    if let Some((_, words)) = letter.fields.iter_mut().find(|(name, _)| name == "description") {
        *words = format!("It is at {}{point}. {words}", spot.place);
    }
}

fn request(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    office: &Office,
    (head, case): (&Head, &SubCase),
    letter: &mut Letter,
) -> Result<()> {
    let groups = shared(case);
    letter.put("service_code", office.code(&head.service).unwrap_or(&head.service));
    let (service, answers) = (setting.definition(&head.definition), own(actor, tx, head, &groups)?);
    let spot = match groups.contains(&Group::Place) {
        true => Some(report::own_spot(actor, tx, head.id)?),
        false => None,
    };
    let point = spot.as_ref().and_then(|spot| Point::new(spot.lat?, spot.lon?));
    if let Some(point) = point {
        letter.put("lat", format!("{:.6}", point.lat));
        letter.put("long", format!("{:.6}", point.lon));
    }
    letter.put("address_string", spot.map(|spot| spot.place).unwrap_or_default());
    let title = setting.service_title(head);
    let mut lines = vec![title];
    if let Some(service) = &service {
        let told = may_leave(service, &answers);
        lines.extend(words(service, &answers));
        letter.put("description", lines.join("\n"));
        // What the service that it is now asks too.
        match setting.catalogue.service(&head.service).filter(|now| now.id != service.id) {
            Some(now) => attributes(office, now, &catalogue::carry(service, now, &told), letter),
            None => attributes(office, service, &told, letter),
        }
    } else {
        letter.put("description", lines.join("\n"));
    }
    if let Some(grid) = point.and_then(Grid::from_point) {
        letter.put("attribute[easting]", format!("{:.0}", grid.easting));
        letter.put("attribute[northing]", format!("{:.0}", grid.northing));
    }
    letter.put("attribute[fixmystreet_id]", &head.reference);
    let shown = publication::public(tx, &head.reference)?;
    let of = if shown.is_some() { "reports" } else { "staff/reports" };
    letter.put("attribute[report_url]", format!("{}/{of}/{}", setting.public_url, head.reference));
    let links = office.photos == OfficePhotos::Links && shown.is_some();
    if office.photos != OfficePhotos::None && !links && !head.sensitive {
        letter.photos = photos(actor, tx, head, service.as_deref(), &groups)?;
    }
    if links {
        for photo in crate::report::publication::photos_of(tx, &head.reference)? {
            letter.put("media_url", link(setting, head, photo));
        }
    }
    if office.contact && groups.contains(&Group::Contact) && !head.sensitive {
        person(actor, tx, head, letter)?;
    }
    Ok(())
}

/// Pictures of the reporter's photos that the agency's part may see and that may leave: none that staff hid, none of an answer
/// that is evidence, special or restricted.
fn photos(actor: &Actor, tx: &mut Tx, head: &Head, service: Option<&Service>, groups: &Groups) -> Result<Vec<Photo>> {
    let plain = [answer::Part::Plain, answer::Part::Personal];
    let parts: Vec<_> = files::parts_of(groups).into_iter().filter(|part| plain.contains(part)).collect();
    let mut all = Vec::new();
    for one in held::own(actor, tx, head.id)? {
        let may_leave = service.and_then(|service| service.question(&one.question)).is_some_and(Question::may_leave);
        let is_theirs = one.giver == held::Giver::Reporter && one.hidden_at.is_none() && files::may_be_shown(&one);
        if !(may_leave && is_theirs && parts.contains(&one.part)) {
            continue;
        }
        let made = rendition::of(tx, one.id, one.version)?;
        all.extend(made.last().map(|made| Photo { held: made.held, version: made.version, longest: made.longest }));
    }
    Ok(all)
}

/// Answers of the groups that the agency's part may see. Evidence and what is restricted lie in parts that are not asked for.
fn own(actor: &Actor, tx: &mut Tx, head: &Head, groups: &Groups) -> Result<Map<String, Json>> {
    let plain =
        |part: &answer::Part| matches!(part, answer::Part::Plain | answer::Part::Personal | answer::Part::Place);
    let parts: Vec<_> = files::parts_of(groups).into_iter().filter(plain).collect();
    let mut all = Map::new();
    for answer in answer::own(actor, tx, head.id)?.into_iter().filter(|answer| parts.contains(&answer.part)) {
        if let Json::Object(map) = answer.body {
            all.extend(map);
        }
    }
    Ok(all)
}

/// By the tags of the questions too, whatever part an answer lies in.
fn may_leave(service: &Service, all: &Map<String, Json>) -> Answers {
    let kept = all.iter().filter(|(id, _)| service.question(id).is_some_and(Question::may_leave));
    let kept: Map<String, Json> = kept.map(|(id, answer)| (id.clone(), answer.clone())).collect();
    Answers::from_json(service, &Json::Object(kept)).unwrap_or_default()
}

/// What of the answers may leave the house, a line each. The place goes by itself.
pub fn words(service: &Service, all: &Map<String, Json>) -> Vec<String> {
    let told = may_leave(service, all);
    let shown = catalogue::shown(service, &told);
    let line = |answer: &catalogue::ShownAnswer| {
        let lines: Vec<&str> = answer.lines.iter().map(|line| line.text.as_str()).collect();
        format!("{}: {}", answer.label, lines.join(", "))
    };
    shown.iter().filter(|shown| !shown.place).map(line).collect()
}

fn attributes(office: &Office, service: &Service, answers: &Answers, letter: &mut Letter) {
    for row in office.attributes.iter().filter(|row| row.service == service.id) {
        let theirs = |ours: &str| {
            let known = row.values.iter().find(|(option, _)| option == ours);
            known.map_or(ours, |(_, theirs)| theirs).to_owned()
        };
        let name = format!("attribute[{}]", row.code);
        match answers.get(&row.question) {
            Some(Answer::Text(text) | Answer::Choice(text)) => letter.put(&name, theirs(text)),
            Some(Answer::Choices(options)) => {
                options.iter().for_each(|option| letter.put(&format!("{name}[]"), theirs(option)));
            }
            Some(Answer::YesNo(yes)) => letter.put(&name, theirs(if *yes { "yes" } else { "no" })),
            Some(Answer::Number(number)) => letter.put(&name, number.to_string()),
            Some(Answer::Date(date)) => letter.put(&name, date.to_string()),
            // What has no plain form stands in the description.
            _ => {}
        }
    }
}

/// Who may be reached by anybody at any time. Wishes about how and when never go: a system that does not know them would
/// break them.
fn person(actor: &Actor, tx: &mut Tx, head: &Head, letter: &mut Letter) -> Result<()> {
    let Some(contact) = contact::own(actor, tx, head.id)? else { return Ok(()) };
    let email = gate::at_any_time(&contact.safe, Way::Email);
    let phone = gate::at_any_time(&contact.safe, Way::Phone);
    if email.is_none() && phone.is_none() {
        return Ok(());
    }
    let name = contact.name.unwrap_or_default();
    let (first, last) = name.trim().rsplit_once(' ').unwrap_or((name.trim(), ""));
    letter.put("first_name", first);
    letter.put("last_name", if last.is_empty() { "-" } else { last });
    letter.put("email", email.unwrap_or_default());
    letter.put("phone", phone.unwrap_or_default());
    Ok(())
}

fn update(setting: &Setting, (agency, case): (&str, &SubCase), head: &Head, entry: &Entry, letter: &mut Letter) {
    let text = |name: &str| entry.facts[name].as_str().unwrap_or_default();
    let is_theirs = setting.office(agency).is_some_and(|office| office.code(&head.service).is_some());
    let stands = setting.update_word(agency, &case.stage, case.outcome.as_deref(), case.core.ended());
    let status = match entry.kind.as_str() {
        "stage.set" => setting.update_word(agency, text("to"), None, false),
        "report.closed" => setting.update_word(agency, "", Some(text("outcome")), true),
        "report.reopened" => "open",
        "report.withdrawn" if setting.extended(agency) => catalogue::UpdateWord::Cancelled.name(),
        "report.withdrawn" => catalogue::UpdateWord::Closed.name(),
        // It is none of theirs any more.
        "service.changed" if !is_theirs && setting.extended(agency) => catalogue::UpdateWord::Cancelled.name(),
        "service.changed" if !is_theirs => catalogue::UpdateWord::Closed.name(),
        _ if setting.extended(agency) => catalogue::UpdateWord::Unchanged.name(),
        _ => stands,
    };
    let said = entry.content.as_ref().and_then(|content| content["words"].as_str()).unwrap_or_default();
    let plain = match entry.kind.as_str() {
        "stage.set" | "report.closed" => text("name"),
        "codes.corrected" => text("name"),
        "report.withdrawn" => "The reporter withdrew the report",
        "report.reopened" => "Taken up again",
        // The words alone would not say what was asked.
        "questionnaire.answered" => match text("answer") {
            "still" => "The reporter says that it is not fixed and still a problem.",
            "gone" => "The reporter says that it is not fixed, but no problem any more.",
            _ => "The reporter says that it is fixed.",
        },
        "remark.made" => match text("says") {
            "still" => "Somebody else says that it is still there.",
            "fixed" => "Somebody else says that it is fixed.",
            _ => "Somebody else says something in public.",
        },
        "place.moved" => "The pin was moved",
        "service.changed" => "It is of another kind now",
        _ => "The words of this update were deleted",
    };
    letter.put("updated_datetime", stamp(entry.at));
    letter.put("status", status.to_uppercase());
    match (entry.kind.as_str(), said) {
        ("service.changed", _) => {
            let said = if said.is_empty() { plain } else { said };
            letter.put("description", format!("It was {}. It is {} now. {said}", text("from_name"), text("to_name")));
        }
        (_, "") => letter.put("description", plain),
        ("questionnaire.answered" | "remark.made", _) => letter.put("description", format!("{plain} {said}")),
        (_, said) => letter.put("description", said),
    }
    letter.put("attribute[fixmystreet_id]", &head.reference);
}

/// W3CDTF in whole seconds, UTC.
fn stamp(at: Time) -> String {
    let at = jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default();
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
