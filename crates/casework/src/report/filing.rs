//! A report that staff file for somebody (C-70): for a resident who told them, for somebody who gives no name, or for the agency
//! itself. It is asked and sent like any other; who filed it is kept with it and is never public.

use crate::{Refusal, Result, Setting};
use catalogue::{FiledAs, Service};
use rights::{Actor, NotFound, Right, Staff};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use store::{
    Tx,
    report::{self, Filed},
    staff,
};
use uuid::Uuid;

/// Who files, and for whom, as it is kept with the answers in progress.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    pub staff: Uuid,
    pub agency: String,
    filed_as: String,
}

impl Filing {
    pub fn new(staff: &Staff, filed_as: FiledAs) -> Filing {
        Filing { staff: staff.id, agency: staff.agency.clone(), filed_as: filed_as.name().to_owned() }
    }

    pub fn filed_as(&self) -> Option<FiledAs> {
        FiledAs::from_name(&self.filed_as)
    }

    pub fn is_of(&self, staff: &Staff) -> bool {
        self.staff == staff.id && self.agency == staff.agency
    }

    /// With the first of their roles, in the order of the agency.
    pub(super) fn row(&self, tx: &mut Tx, setting: &Setting) -> Result<Option<Filed>> {
        let Some(filed_as) = report::FiledAs::from_name(&self.filed_as) else { return Ok(None) };
        let row = staff::by_id(&Actor::House("filing"), tx, self.staff)?;
        let held = row.map(|row| serde_json::from_value::<Vec<String>>(row.roles).unwrap_or_default());
        let held = held.unwrap_or_default();
        let agency = setting.catalogue.agency(&self.agency);
        let first = agency.and_then(|agency| agency.roles.iter().find(|role| held.contains(&role.id)));
        let role = first.map(|role| role.id.clone()).unwrap_or_default();
        Ok(Some(Filed { by: self.staff, filed_as, role }))
    }

    /// The agency under whose name everybody reads it.
    pub(super) fn said_by(&self) -> &str {
        if self.filed_as() == Some(FiledAs::Agency) { &self.agency } else { "" }
    }

    pub(super) fn facts(&self) -> Json {
        json!({ "as": self.filed_as, "agency": self.agency })
    }
}

const fn right(filed_as: FiledAs) -> Right {
    match filed_as {
        FiledAs::Another => Right::FileAsAnother,
        FiledAs::Anonymous => Right::FileAnonymously,
        FiledAs::Agency => Right::FileAsAgency,
    }
}

/// For whom the actor may file reports at all, in the order in which it is asked.
pub fn ways(actor: &Actor) -> Vec<FiledAs> {
    let all = [FiledAs::Another, FiledAs::Anonymous, FiledAs::Agency];
    all.into_iter().filter(|filed_as| rights::hold(actor, right(*filed_as)).is_ok()).collect()
}

/// For whom the actor may file a report of this service.
pub fn ways_of(actor: &Actor, service: &Service) -> Vec<FiledAs> {
    ways(actor).into_iter().filter(|filed_as| service.can_be_filed(*filed_as)).collect()
}

/// The actor is the one who began it, may still file so, and the service is the one that was asked.
pub(super) fn allow(actor: &Actor, filing: &Filing, service: &Service) -> Result<()> {
    let staff = actor.staff().filter(|staff| filing.is_of(staff)).ok_or(NotFound)?;
    let filed_as = filing.filed_as().filter(|way| service.filed == Some(*way) && service.can_be_filed(*way));
    rights::hold(&Actor::Staff(staff.clone()), right(filed_as.ok_or(Refusal::Incomplete)?))?;
    Ok(())
}
