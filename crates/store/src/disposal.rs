//! What goes of a report when its time is over: of who reported it, or of all of it. What was sealed stays sealed: leaves and
//! entries hold no words, and the entry that says what went is written in the same transaction.

use crate::{Error, Result, Time, Tx, journal::house, sub_case};
use rights::Actor;
use serde_json::Value as Json;
use uuid::Uuid;

/// Who reported it, how they prove it, and what only agencies know. In this order: what names another goes before it.
const OF_THE_PERSON: [&str; 19] = [
    "DELETE FROM contact WHERE report = $1",
    "DELETE FROM reporter_mark WHERE report = $1",
    "DELETE FROM receipt WHERE report = $1",
    "DELETE FROM pin WHERE report = $1",
    "DELETE FROM link WHERE report = $1",
    "DELETE FROM visit WHERE report = $1",
    "DELETE FROM attempt WHERE report = $1",
    "DELETE FROM reply WHERE report = $1",
    "DELETE FROM agreement WHERE report = $1",
    "DELETE FROM confirmation WHERE report = $1",
    "DELETE FROM questionnaire WHERE report = $1",
    "DELETE FROM shown_name WHERE report = $1 AND remark IS NULL",
    "DELETE FROM delivery WHERE report = $1",
    "DELETE FROM hook WHERE report = $1",
    "DELETE FROM sending WHERE report = $1",
    "DELETE FROM photo_link WHERE report = $1",
    "DELETE FROM property_mark WHERE report = $1",
    "DELETE FROM answer WHERE report = $1 AND part NOT IN ('plain', 'place')",
    "UPDATE report SET anonymous = TRUE, language = NULL WHERE id = $1",
];

/// The place too, where nobody was ever to read of it: it is mostly somebody's home.
const OF_THE_PLACE: [&str; 3] = [
    "DELETE FROM answer WHERE report = $1 AND part = 'place'",
    "UPDATE report SET place = '', lat = NULL, lon = NULL, cell_8 = NULL, cell_10 = NULL, layers = '[]' WHERE id = $1",
    "UPDATE sub_case SET cell = NULL, lat = NULL, lon = NULL WHERE report = $1",
];

/// All the rest.
const OF_THE_REPORT: [&str; 30] = [
    "DELETE FROM content WHERE entry IN (SELECT id FROM journal WHERE report = $1)",
    "DELETE FROM answer WHERE report = $1",
    "DELETE FROM held WHERE report = $1",
    "DELETE FROM shown_name WHERE report = $1",
    "DELETE FROM publication WHERE report = $1",
    "DELETE FROM legal_hold WHERE report = $1",
    "DELETE FROM retention_review WHERE report = $1",
    "DELETE FROM property_match WHERE lost = $1",
    "DELETE FROM property_match WHERE found = $1",
    "DELETE FROM duplicate WHERE report = $1",
    "DELETE FROM duplicate WHERE original = $1",
    "DELETE FROM complaint WHERE report = $1",
    "DELETE FROM occurrence WHERE report = $1",
    "DELETE FROM clock WHERE report = $1",
    "DELETE FROM assessment WHERE report = $1",
    "DELETE FROM incident WHERE report = $1",
    "DELETE FROM feedback_given WHERE report = $1",
    "DELETE FROM report_neighbourhood WHERE report = $1",
    "DELETE FROM outside WHERE report = $1",
    "DELETE FROM transfer WHERE report = $1",
    "DELETE FROM missed WHERE report = $1",
    "DELETE FROM payment WHERE report = $1",
    "DELETE FROM booking WHERE report = $1",
    "DELETE FROM ordered WHERE report = $1",
    "DELETE FROM subscription WHERE report = $1",
    "DELETE FROM news WHERE report = $1",
    "DELETE FROM bulk_item WHERE report = $1",
    "DELETE FROM shortlist WHERE report = $1",
    "DELETE FROM sub_case WHERE report = $1",
    "UPDATE report SET type_code = '', area = '', cell_6 = NULL, ward = '', channel = '', device = '', filed_by = NULL, \
     filed_as = NULL, filed_role = '', boundaries = '' WHERE id = $1",
];

/// Who reported it goes, and all that is not public; pictures that everybody may see stay. Returns the files whose bytes go after
/// this. A second time is an error.
pub fn anonymise(actor: &Actor, tx: &mut Tx, report: Uuid, at: Time) -> Result<Vec<Uuid>> {
    house(actor)?;
    once(tx.run(
        "UPDATE report SET anonymised_at = $1 WHERE id = $2 AND anonymised_at IS NULL AND deleted_at IS NULL",
        &[&at, &report],
    )?)?;
    forget_words(tx, report)?;
    let shown: Option<(Json,)> =
        tx.maybe("SELECT photos FROM publication WHERE report = $1 AND shown = 'public'", &[&report])?;
    let public = |file: Uuid| {
        let photos = shown.as_ref().and_then(|(photos,)| photos.as_array());
        photos.is_some_and(|photos| photos.iter().any(|one| one.as_str() == Some(&file.to_string())))
    };
    let files: Vec<(Uuid, Option<Uuid>, Option<Time>)> =
        tx.all("SELECT id, remark, hidden_at FROM held WHERE report = $1 ORDER BY id", &[&report])?;
    let mut gone = Vec::new();
    for (id, remark, hidden) in files {
        if remark.is_none() && (hidden.is_some() || !public(id)) {
            tx.run("DELETE FROM held WHERE id = $1", &[&id])?;
            gone.push(id);
        } else {
            tx.run("UPDATE held SET name = '', taken = '{}' WHERE id = $1", &[&id])?;
        }
    }
    forget_thread(tx, report)?;
    run(tx, &OF_THE_PERSON, report)?;
    if shown.is_none() {
        run(tx, &OF_THE_PLACE, report)?;
    }
    Ok(gone)
}

/// What was written goes, but for what others said in public, why it is held, and words of staff that are for everybody as a whole.
fn forget_thread(tx: &mut Tx, report: Uuid) -> Result<()> {
    let written: Vec<(Uuid, Json, Option<Json>)> = tx.all(
        "SELECT j.id, j.facts, c.body FROM journal AS j JOIN content AS c ON c.entry = j.id WHERE j.report = $1 \
         AND j.id NOT IN (SELECT id FROM remark WHERE report = $1) AND j.id NOT IN (SELECT id FROM legal_hold WHERE report = $1)",
        &[&report],
    )?;
    for (entry, facts, body) in written {
        let letters = body.as_ref().and_then(|body| body["words"].as_str()).map(|words| words.chars().count() as u64);
        if letters.is_none() || facts["for_everybody"].as_u64() != letters {
            tx.run("DELETE FROM content WHERE entry = $1", &[&entry])?;
        }
    }
    Ok(())
}

/// All of it goes; the row stays, for the entries that name it. Returns the files whose bytes go after this.
pub fn delete(actor: &Actor, tx: &mut Tx, report: Uuid, at: Time) -> Result<Vec<Uuid>> {
    house(actor)?;
    once(tx.run("UPDATE report SET deleted_at = $1 WHERE id = $2 AND deleted_at IS NULL", &[&at, &report])?)?;
    forget_words(tx, report)?;
    let files: Vec<(Uuid,)> = tx.all("SELECT id FROM held WHERE report = $1 ORDER BY id", &[&report])?;
    let cases: Vec<(Uuid,)> = tx.all("SELECT DISTINCT casefile FROM complaint WHERE report = $1", &[&report])?;
    run(tx, &OF_THE_PERSON, report)?;
    run(tx, &OF_THE_PLACE, report)?;
    run(tx, &OF_THE_REPORT, report)?;
    for (case,) in cases {
        end_case(tx, case)?;
    }
    Ok(files.into_iter().map(|(id,)| id).collect())
}

/// A case without complaints goes too, with what was written in it.
fn end_case(tx: &mut Tx, case: Uuid) -> Result<()> {
    if tx.maybe::<(Uuid,)>("SELECT casefile FROM complaint WHERE casefile = $1 LIMIT 1", &[&case])?.is_some() {
        return Ok(());
    }
    run(
        tx,
        &[
            "DELETE FROM content WHERE entry IN (SELECT entry FROM casefile_entry WHERE casefile = $1)",
            "DELETE FROM believed WHERE casefile = $1",
            "DELETE FROM site_visit WHERE casefile = $1",
            "DELETE FROM casefile_action WHERE casefile = $1",
            "DELETE FROM casefile_entry WHERE casefile = $1",
            "DELETE FROM casefile_follower WHERE casefile = $1",
            "DELETE FROM casefile WHERE id = $1",
        ],
        case,
    )
}

fn run(tx: &mut Tx, statements: &[&str], of: Uuid) -> Result<()> {
    statements.iter().try_for_each(|sql| tx.run(sql, &[&of]).map(drop))
}

fn once(rows: u64) -> Result<()> {
    if rows == 1 { Ok(()) } else { Err(Error::Stale) }
}

fn forget_words(tx: &mut Tx, report: Uuid) -> Result<()> {
    sub_case::of_report(tx, report)?.iter().try_for_each(|case| tx.forget_words(case.number))
}
