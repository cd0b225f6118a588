use super::when;
use crate::App;
use casework::{Geography, geography::ForStaff};
use catalogue::{Context, Territory};
use std::sync::Arc;

/// What answers are read in: the time, and the places in memory.
#[derive(Clone)]
pub struct World {
    now: jiff::ZonedDateTime,
    geography: Arc<Geography>,
    territory: Arc<dyn Territory + Send + Sync>,
}

impl World {
    pub fn of(app: &App) -> World {
        let geography = app.setting.geography();
        World { now: when::local(app.now()), territory: geography.clone(), geography }
    }

    /// The same for an agency's own staff and programs: they send what only staff may send too.
    pub fn for_staff(app: &App, agency: &str) -> World {
        let world = World::of(app);
        let territory = ForStaff { places: world.geography.clone(), agency: agency.to_owned() };
        World { territory: Arc::new(territory), ..world }
    }

    pub fn context(&self) -> Context<'_> {
        Context { now: &self.now, finder: &*self.geography, territory: &*self.territory }
    }
}
