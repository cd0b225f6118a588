//! What everybody may read of: which kinds of reports, and who deals with them.

use crate::App;

/// Services that everybody may read of, by title.
pub fn services(app: &App) -> Vec<(String, String)> {
    let public = app.setting.catalogue.services().iter().filter(|service| service.public);
    let mut all: Vec<_> = public.map(|service| (service.id.clone(), service.title().to_owned())).collect();
    all.sort_by(|a, b| a.1.cmp(&b.1));
    all
}

/// Agencies that offer one of them.
pub fn agencies(app: &App) -> Vec<(String, String)> {
    let public = services(app);
    let offers = |agency: &&catalogue::Agency| public.iter().any(|(id, _)| agency.offer(id).is_some());
    let all = app.setting.catalogue.agencies().iter().filter(offers);
    all.map(|agency| (agency.id.clone(), agency.name.clone())).collect()
}
