//! What a complainant reads of a case: own complaints stand on their own page; here is what was done and may be known (C-22).
//! Never a note, never that others complained, never a merge.

use super::above;
use crate::{Result, Setting};
use store::{
    Time, Tx,
    casefile::{self, Casefile},
    casefile_action::{self, Visibility},
};
use uuid::Uuid;

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    pub at: Time,
    pub name: String,
    pub agency: String,
}

/// From when on somebody whose complaint stands in `own` reads what is done in `case`: always in the own, from the merge on
/// in one it was merged into, and never in one that was merged into the own.
pub(super) fn reads_of(tx: &mut Tx, own: &Casefile, case: &Casefile) -> Result<Option<Time>> {
    if own.id == case.id {
        return Ok(Some(Time(i64::MIN)));
    }
    Ok(above(tx, own)?.into_iter().find(|(above, _)| above.id == case.id).map(|(_, since)| since))
}

/// What was done about a report, as far as its reporter may know, the newest first. The caller has shown whose it is.
pub(crate) fn done(tx: &mut Tx, setting: &Setting, report: Uuid) -> Result<Vec<Done>> {
    let mut all = Vec::new();
    for own in casefile::of_report(tx, report)? {
        let agency = setting.agency_name(&own.agency);
        let above = above(tx, &own)?;
        for (case, since) in std::iter::once((own, Time(i64::MIN))).chain(above) {
            let public =
                |row: &casefile_action::Action| row.visibility == Visibility::Public && row.happened_at >= since;
            let rows = casefile_action::of_casefile(tx, case.id)?.into_iter().filter(public);
            all.extend(rows.map(|row| Done {
                at: row.happened_at,
                name: setting.action_name(&case.agency, &row.kind),
                agency: agency.clone(),
            }));
        }
    }
    all.sort_by_key(|done| std::cmp::Reverse(done.at));
    Ok(all)
}
