use crate::App;
use rights::{Right, Staff};

/// Who sits at the desk, and where they may go from any page of it.
#[derive(Clone, Debug)]
pub struct Desk {
    pub name: String,
    pub agency: String,
    /// Which entry of the navigation is the present page.
    at: &'static str,
    pub bar: Vec<Entry>,
    /// What stands under “More”; nothing where it is so little that it stands in the bar.
    pub more: Vec<Entry>,
}

/// One entry of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: &'static str,
    pub words: &'static str,
    pub href: &'static str,
    /// What is opened many times a day stands in the bar itself, the rest under one word: on a phone thirteen links are a
    /// screen.
    daily: bool,
}

/// As many as this need no word of their own to stand under.
const FEW: usize = 2;

impl Desk {
    pub fn of(app: &App, staff: &Staff, may: impl Fn(Right) -> bool, files: bool, at: &'static str) -> Desk {
        let works = may(Right::SeeQueue);
        let cases = works && app.setting.cases(&staff.agency).is_some();
        let entry = |id, words, href, daily| Entry { id, words, href, daily };
        let all = [
            (works, entry("queue", "Reports", "/staff", true)),
            (works, entry("map", "Map", "/staff/map", true)),
            (files, entry("new", "File a report", "/staff/new", true)),
            (may(Right::KeepShortlist), entry("shortlist", "To go and see", "/staff/shortlist", true)),
            (cases, entry("cases", "Cases", "/staff/cases", true)),
            (may(Right::SeeDashboard), entry("dashboard", "Numbers", "/staff/dashboard", false)),
            (may(Right::SeeMeasures), entry("measures", "Limits", "/staff/measures", false)),
            (may(Right::SeeDeliveries), entry("deliveries", "Messages not sent", "/staff/deliveries", false)),
            (may(Right::EditMessages), entry("messages", "Messages on the site", "/staff/messages", false)),
            (may(Right::EditTemplates), entry("templates", "Templates", "/staff/templates", false)),
            (may(Right::EditServices), entry("services", "Services", "/staff/services", false)),
            (may(Right::EditNeighbourhood), entry("teams", "Team pages", "/staff/neighbourhoods", false)),
            (works || may(Right::ManageStaff), entry("away", "Time away", "/staff/away", false)),
            (may(Right::Retain), entry("retention", "How long kept", "/staff/retention", false)),
        ];
        let entries = all.into_iter().filter_map(|(stands, entry)| stands.then_some(entry));
        let (mut bar, mut more): (Vec<Entry>, Vec<Entry>) = entries.partition(|entry| entry.daily);
        if more.len() <= FEW {
            bar.append(&mut more);
        }
        Desk { name: staff.name.clone(), agency: app.setting.agency_name(&staff.agency), at, bar, more }
    }

    pub fn is_at(&self, entry: &Entry) -> bool {
        self.at == entry.id
    }

    /// The present page is one of those under “More”.
    pub fn is_in_more(&self) -> bool {
        self.more.iter().any(|entry| self.is_at(entry))
    }
}
