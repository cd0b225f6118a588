//! Bin days (C-28, C-32, C-34 to C-36): from a postcode or an address to a property, its days, a page for the wall, a calendar.
//! All of it is general data, the same for everyone; nobody signs in.

pub mod calendar;
mod drawing;
pub mod find;
pub mod home;
pub mod property;
pub mod reminder;
pub mod year;

use crate::{
    App,
    page::{Failure, lookups::limits},
};
use casework::bins::{self, Bin, Property};
use catalogue::Bins;

/// What a page of one property needs.
struct Found {
    property: Property,
    agency: catalogue::Agency,
    bins: Bins,
}

/// How a property is looked up, for the limits.
enum Door {
    Page,
    Calendar,
}

/// The property, where this origin may look one more up today. A number that nobody has is counted like another.
async fn found(app: &App, uprn: &str, origin: &str, door: Door) -> Result<Found, Failure> {
    let number = collection::rows::uprn(uprn).filter(|number| number == uprn).ok_or(Failure::NotFound)?;
    let (now, limits) = (app.now(), limits(app).ok_or(Failure::NotFound)?);
    let (name, most) = match door {
        Door::Page => ("page", limits.properties),
        Door::Calendar => ("calendar", limits.calendars),
    };
    if !app.lookups.home(name, origin, &number, most, now) {
        return Err(Failure::TooMany);
    }
    let setting = app.setting.clone();
    let property = app.db.read(move |tx| bins::property(tx, &setting, &number, now)).await?;
    let property = property.ok_or(Failure::NotFound)?;
    let agency = app.setting.catalogue.agency(&property.home.agency).ok_or(Failure::NotFound)?.clone();
    let bins = agency.bins.clone().ok_or(Failure::NotFound)?;
    Ok(Found { property, agency, bins })
}

impl Found {
    fn kind(&self, id: &str) -> String {
        self.bins.kind(id).map_or_else(|| id.replace(['_', '-'], " "), |kind| kind.name.clone())
    }

    fn container(&self, bin: &Bin) -> String {
        let known = self.bins.container(&bin.kind, &bin.container);
        known.map_or_else(|| bin.container.replace(['_', '-'], " "), |container| container.name.clone())
    }

    fn path(&self) -> String {
        format!("/property/{}", self.property.home.uprn)
    }

    fn put_out(&self, own: &str) -> String {
        if own.is_empty() { self.bins.put_out.clone() } else { own.to_owned() }
    }
}
