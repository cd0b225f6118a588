use super::{Failure, when};
use crate::App;
use casework::{Geography, codes, geography::ForStaff, report::publication};
use catalogue::{Context, Finder, Form, Found, Territory};
use std::sync::Arc;

/// What answers are read in: the time, the places in memory, and the place of a report that somebody named.
#[derive(Clone)]
pub struct World {
    now: jiff::ZonedDateTime,
    geography: Arc<Geography>,
    territory: Arc<dyn Territory + Send + Sync>,
    /// A report's number, and where it is.
    named: Option<(String, Found)>,
}

impl World {
    pub fn of(app: &App) -> World {
        let geography = app.setting.geography();
        World { now: when::local(app.now()), territory: geography.clone(), geography, named: None }
    }

    /// The same for an agency's own staff and programs: they send what only staff may send too.
    pub fn for_staff(app: &App, agency: &str) -> World {
        let world = World::of(app);
        let territory = ForStaff { places: world.geography.clone(), agency: agency.to_owned() };
        World { territory: Arc::new(territory), ..world }
    }

    /// Looks up the report whose number was typed, where one was: a place may be given by it (C-6).
    pub async fn know(&mut self, app: &App, form: &Form) -> Result<(), Failure> {
        // A place is typed into a field of this name; nine digits in another may be a telephone number.
        let mut typed = form.0.iter().filter(|(name, _)| name.ends_with(".text"));
        let Some(reference) = typed.find_map(|(_, typed)| codes::read_reference(typed)) else { return Ok(()) };
        let number = reference.clone();
        let found = app.db.read(move |tx| publication::place_of(tx, &number)).await?;
        self.named = found.map(|found| (reference, found));
        Ok(())
    }

    pub fn context(&self) -> Context<'_> {
        Context { now: &self.now, finder: self, territory: &*self.territory }
    }
}

impl Finder for World {
    fn find(&self, text: &str) -> Vec<Found> {
        match &self.named {
            Some((reference, found)) if codes::read_reference(text).as_ref() == Some(reference) => vec![found.clone()],
            _ => self.geography.find(text),
        }
    }

    fn describe(&self, lat: f64, lon: f64) -> Option<String> {
        self.geography.describe(lat, lon)
    }
}
