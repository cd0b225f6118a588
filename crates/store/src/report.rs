//! What somebody told us, once, with one reference for every agency.

use crate::{Error, Look, Result, Time, Tx, from_row, journal, named_value};
use rights::{Actor, Right};
use serde_json::Value as Json;
use uuid::Uuid;

named_value! {
    /// How a report is followed (P-59, P-91).
    pub enum Tracking {
        /// A private link, or the reference with the receipt code.
        Link = "link",
        /// The same and the PIN the resident chose.
        LinkAndPin = "link_and_pin",
        /// Reference and receipt code, which show the stage and nothing else.
        Code = "code",
    }
}

named_value! {
    /// For whom staff filed a report (C-70).
    pub enum FiledAs {
        Another = "another",
        Anonymous = "anonymous",
        Agency = "agency",
    }
}

named_value! {
    /// From what a report was sent.
    pub enum Device {
        Unknown = "",
        Phone = "phone",
        Tablet = "tablet",
        Computer = "computer",
    }
}

/// Who of the staff filed a report, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub by: Uuid,
    pub filed_as: FiledAs,
    /// Their role, by its id; empty where they had none.
    pub role: String,
}

#[derive(Clone, Debug)]
pub struct NewReport {
    pub id: Uuid,
    pub reference: String,
    pub service: String,
    pub definition: String,
    pub type_code: String,
    pub first_received_at: Time,
    pub anonymous: bool,
    pub sensitive: bool,
    pub tracking: Tracking,
    /// The reporter is a witness or a third party (P-88).
    pub short_view: bool,
    pub spot: Spot,
    pub cell_6: Option<i64>,
    pub cell_8: Option<i64>,
    pub cell_10: Option<i64>,
    /// The boundaries the point was routed by, with their date.
    pub boundaries: String,
    /// The language it was answered in, where it is not English.
    pub language: Option<String>,
    /// By what it came: a word of the program, such as `web` or `api`.
    pub channel: String,
    /// The code of the ward it lies in; empty where none is known.
    pub ward: String,
    /// The layers of land it lies in, as they were then: a list of objects.
    pub layers: Json,
    pub device: Device,
    /// Staff filed it for somebody.
    pub filed: Option<Filed>,
}

impl NewReport {
    /// The report as it begins, without reading it back.
    pub fn head(&self) -> Head {
        Head {
            id: self.id,
            reference: self.reference.clone(),
            service: self.service.clone(),
            definition: self.definition.clone(),
            type_code: self.type_code.clone(),
            first_received_at: self.first_received_at,
            anonymous: self.anonymous,
            sensitive: self.sensitive,
            tracking: self.tracking,
            short_view: self.short_view,
            area: self.spot.area.clone(),
            withdrawn_at: None,
            follow_opened_at: None,
        }
    }
}

/// Where it is: personal data.
#[derive(Clone, Debug, PartialEq)]
pub struct Spot {
    /// In the reporter's words, or as the search found it.
    pub place: String,
    /// The coarse name that may be shown to an agency that was only asked.
    pub area: String,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
}

from_row!(Spot { place, area, lat, lon });

/// The parts of a report that hold no personal data.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    pub id: Uuid,
    pub reference: String,
    pub service: String,
    pub definition: String,
    pub type_code: String,
    pub first_received_at: Time,
    pub anonymous: bool,
    pub sensitive: bool,
    pub tracking: Tracking,
    /// Its reporter, a witness or a third party, sees the shorter view (P-88).
    pub short_view: bool,
    pub area: String,
    pub withdrawn_at: Option<Time>,
    /// An officer has heard from the victim that following it online is safe (P-92).
    pub follow_opened_at: Option<Time>,
}

impl Head {
    /// Its following online waits for an officer (P-92).
    pub fn follow_waits(&self) -> bool {
        self.sensitive && self.tracking == Tracking::LinkAndPin && self.follow_opened_at.is_none()
    }
}

from_row!(Head {
    id,
    reference,
    service,
    definition,
    type_code,
    first_received_at,
    anonymous,
    sensitive,
    tracking,
    short_view,
    area,
    withdrawn_at,
    follow_opened_at,
});

pub fn insert(tx: &mut Tx, report: &NewReport) -> Result<()> {
    tx.run(
        "INSERT INTO report (id, reference, service, definition, type_code, first_received_at, anonymous, sensitive, \
         tracking, short_view, place, area, lat, lon, cell_6, cell_8, cell_10, boundaries, language, channel, ward, layers, \
         device, filed_by, filed_as, filed_role) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, \
         $24, $25, $26)",
        &[
            &report.id,
            &report.reference,
            &report.service,
            &report.definition,
            &report.type_code,
            &report.first_received_at,
            &report.anonymous,
            &report.sensitive,
            &report.tracking,
            &report.short_view,
            &report.spot.place,
            &report.spot.area,
            &report.spot.lat,
            &report.spot.lon,
            &report.cell_6,
            &report.cell_8,
            &report.cell_10,
            &report.boundaries,
            &report.language,
            &report.channel,
            &report.ward,
            &report.layers,
            &report.device,
            &report.filed.as_ref().map(|filed| filed.by),
            &report.filed.as_ref().map(|filed| filed.filed_as),
            &report.filed.as_ref().map(|filed| filed.role.as_str()).unwrap_or_default(),
        ],
    )?;
    Ok(())
}

/// The language it was answered in, for staff; none where that is English.
pub fn language(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Option<String>> {
    rights::hold(actor, Right::SeeReport)?;
    look.shows(report, "language");
    let (language,): (Option<String>,) = look.tx.one("SELECT language FROM report WHERE id = $1", &[&report])?;
    Ok(language)
}

/// Who of the staff filed it, with their name, and for whom; none where whoever reported it did so.
pub fn filed(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Option<(Filed, String)>> {
    rights::hold(actor, Right::SeeReport)?;
    look.shows(report, "summary");
    let row: Option<(Uuid, FiledAs, String, String)> = look.tx.maybe(
        "SELECT r.filed_by, r.filed_as, r.filed_role, s.name FROM report AS r JOIN staff AS s ON s.id = r.filed_by \
         WHERE r.id = $1",
        &[&report],
    )?;
    Ok(row.map(|(by, filed_as, role, name)| (Filed { by, filed_as, role }, name)))
}

/// The layers of land it lay in when it came, for staff.
pub fn layers(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Json> {
    rights::hold(actor, Right::SeeReport)?;
    look.shows(report, "place");
    let (layers,): (Json,) = look.tx.one("SELECT layers FROM report WHERE id = $1", &[&report])?;
    Ok(layers)
}

pub fn by_reference(tx: &mut Tx, reference: &str) -> Result<Option<Head>> {
    tx.maybe(
        "SELECT id, reference, service, definition, type_code, first_received_at, anonymous, sensitive, tracking, \
         short_view, area, withdrawn_at, follow_opened_at FROM report WHERE reference = $1 AND deleted_at IS NULL",
        &[&reference],
    )
}

pub fn by_id(tx: &mut Tx, id: Uuid) -> Result<Head> {
    tx.one(
        "SELECT id, reference, service, definition, type_code, first_received_at, anonymous, sensitive, tracking, \
         short_view, area, withdrawn_at, follow_opened_at FROM report WHERE id = $1",
        &[&id],
    )
}

/// Is the reference in use? Asked before one is given out.
pub fn reference_taken(tx: &mut Tx, reference: &str) -> Result<bool> {
    Ok(tx.maybe::<(String,)>("SELECT reference FROM report WHERE reference = $1", &[&reference])?.is_some())
}

const SPOT: &str = "SELECT place, area, lat, lon FROM report WHERE id = $1";

/// The exact place, for its reporter or the house itself.
pub fn own_spot(actor: &Actor, tx: &mut Tx, report: Uuid) -> Result<Spot> {
    rights::hold(actor, Right::FollowOwn)?;
    journal::own(actor, report)?;
    tx.one(SPOT, &[&report])
}

/// The exact place, for staff.
pub fn spot(actor: &Actor, look: &mut Look, report: Uuid) -> Result<Spot> {
    rights::hold(actor, Right::SeeReport)?;
    look.shows(report, "place");
    look.tx.one(SPOT, &[&report])
}

/// Marks the report withdrawn; a second time is an error, so that nobody is told twice.
pub fn withdraw(actor: &Actor, tx: &mut Tx, report: Uuid, now: Time) -> Result<()> {
    rights::hold(actor, Right::WithdrawOwn)?;
    journal::own(actor, report)?;
    let n = tx.run("UPDATE report SET withdrawn_at = $1 WHERE id = $2 AND withdrawn_at IS NULL", &[&now, &report])?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// Opens the following of a sensitive report to its reporter.
pub fn open_following(actor: &Actor, tx: &mut Tx, report: Uuid, now: Time) -> Result<()> {
    rights::hold(actor, Right::SeeContact)?;
    let n =
        tx.run("UPDATE report SET follow_opened_at = $1 WHERE id = $2 AND follow_opened_at IS NULL", &[&now, &report])?;
    if n == 1 { Ok(()) } else { Err(Error::Stale) }
}

/// How many reports there are, for checks and the bench.
pub fn count(tx: &mut Tx) -> Result<i64> {
    Ok(tx.one::<(i64,)>("SELECT COUNT(*) FROM report", &[])?.0)
}
