//! Whose reports an agency shows only by a decision of staff: an address, all addresses of a domain, or a number (C-54). Their
//! reports are filed and worked like any other.

use super::mark;
use crate::{Draw, Refusal, Result, clocks, words};
use jiff::civil::Date;
use rights::{Actor, NotFound, Right};
use serde_json::{Value as Json, json};
use store::{
    Look, Time, Tx,
    ban::{self, Ban, Kind, Read},
    contact::Contact,
    journal::{self, Audience, NewEntry, Verb},
    sub_case,
};
use uuid::Uuid;

/// One as staff read it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    pub id: Uuid,
    pub kind: Kind,
    pub value: String,
    pub until: Time,
    pub why: String,
}

/// As it is kept and compared; none where it is nothing of that kind.
fn folded(kind: Kind, typed: &str) -> Option<String> {
    let typed = typed.trim().to_lowercase();
    match kind {
        Kind::Email => Some(typed).filter(|address| catalogue::is_email(address)),
        Kind::Domain => {
            let domain = typed.trim_start_matches('@').to_owned();
            Some(domain).filter(|domain| catalogue::is_email(&format!("a@{domain}")))
        }
        Kind::Phone => {
            let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
            let abroad = digits.strip_prefix("44").filter(|_| typed.starts_with('+'));
            let home = digits.strip_prefix("0044").or(abroad);
            let digits = home.map_or(digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0')));
            // The shortest numbers of the United Kingdom with their code.
            Some(digits).filter(|digits| digits.len() >= 9)
        }
    }
}

/// Is whoever sent this on the list?
pub(super) fn shuts_out(tx: &mut Tx, agency: &str, contact: Option<&Contact>, now: Time) -> Result<bool> {
    let Some(contact) = contact else { return Ok(false) };
    let mut asked = Vec::new();
    if let Some(email) = contact.email.as_deref().and_then(|email| folded(Kind::Email, email)) {
        let domain = email.rsplit('@').next().unwrap_or_default().to_owned();
        asked.extend([(Kind::Email, email), (Kind::Domain, domain)]);
    }
    let phone = contact.phone.as_deref().and_then(|phone| folded(Kind::Phone, phone));
    asked.extend(phone.map(|phone| (Kind::Phone, phone)));
    for (kind, value) in asked {
        if ban::holds(tx, agency, kind, &value, now)? {
            return Ok(true);
        }
    }
    Ok(false)
}

pub(super) fn mark(tx: &mut Tx, report: Uuid, agency: &str) -> Result<()> {
    for mut case in sub_case::of_report(tx, report)?.into_iter().filter(|case| case.agency == agency) {
        mark::raise(&mut case, mark::SENDER_LISTED);
        sub_case::mark(&Actor::House("ban"), tx, &case)?;
    }
    Ok(())
}

fn enter(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    (kind, facts): (&'static str, Json),
    why: Option<&str>,
) -> Result<Uuid> {
    let id = draw.id();
    let entry = NewEntry {
        id,
        at: draw.now(),
        verb: Verb::Alteration,
        kind,
        report: None,
        agency: actor.agency().map(str::to_owned),
        audience: Audience::Audit,
        facts,
        content: why.map(|words| json!({ "words": words })),
        salt: draw.salt(),
    };
    journal::write(actor, tx, &entry)?;
    Ok(id)
}

/// Puts one on the list until the end of a day.
pub fn add(
    actor: &Actor,
    tx: &mut Tx,
    draw: &mut Draw,
    (kind, typed): (Kind, &str),
    until: Option<Date>,
    why: &str,
) -> Result<()> {
    rights::hold(actor, Right::Moderate)?;
    let agency = actor.agency().ok_or(NotFound)?.to_owned();
    let value = folded(kind, typed).ok_or(Refusal::NoSuchAddress)?;
    let until = until.map(clocks::end_of).filter(|until| *until > draw.now()).ok_or(Refusal::NoSuchDay)?;
    let why = words::read(why)?;
    let id = enter(actor, tx, draw, ("ban.added", json!({ "kind": kind.name() })), Some(&why))?;
    Ok(ban::insert(actor, tx, &Ban { id, agency, kind, value, until })?)
}

pub fn end(actor: &Actor, tx: &mut Tx, draw: &mut Draw, id: Uuid) -> Result<()> {
    ban::end(actor, tx, id, draw.now())?;
    enter(actor, tx, draw, ("ban.ended", json!({ "ban": id })), None)?;
    Ok(())
}

pub fn list(actor: &Actor, look: &mut Look, now: Time) -> store::Result<Vec<Listed>> {
    let why = |content: &Option<Json>| {
        content.as_ref().and_then(|content| content["words"].as_str()).unwrap_or_default().to_owned()
    };
    let listed =
        |row: Read| Listed { id: row.id, kind: row.kind, why: why(&row.content), value: row.value, until: row.until };
    Ok(ban::in_force(actor, look, now)?.into_iter().map(listed).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_is_compared_in_one_form() {
        for (kind, typed, kept) in [
            (Kind::Email, " Robin@Example.ORG ", Some("robin@example.org")),
            (Kind::Email, "robin", None),
            (Kind::Domain, "@Example.org", Some("example.org")),
            (Kind::Domain, "example", None),
            (Kind::Phone, "+44 7700 900123", Some("07700900123")),
            (Kind::Phone, "0044 (0)7700 900 123", Some("07700900123")),
            (Kind::Phone, "07700 900123", Some("07700900123")),
            (Kind::Phone, "12", None),
        ] {
            assert_eq!(folded(kind, typed).as_deref(), kept, "{typed}");
        }
    }
}
