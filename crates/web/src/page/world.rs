use super::when;
use crate::App;
use casework::Geography;
use catalogue::Context;
use std::sync::Arc;

/// What answers are read in: the time, and the places in memory.
#[derive(Clone)]
pub struct World {
    now: jiff::ZonedDateTime,
    geography: Arc<Geography>,
}

impl World {
    pub fn of(app: &App) -> World {
        World { now: when::local(app.now()), geography: app.setting.geography() }
    }

    pub fn context(&self) -> Context<'_> {
        Context { now: &self.now, finder: &*self.geography, territory: &*self.geography }
    }
}
