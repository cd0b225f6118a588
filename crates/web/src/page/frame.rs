use crate::App;

/// The frame of every page: title, sheets and scripts, where in the house it stands.
#[derive(Clone, Debug)]
pub struct Frame {
    pub title: String,
    /// The page shows errors: the title says so first (P-31).
    pub wrong: bool,
    /// A sensitive flow: neutral title, the exit button, nothing kept (P-48, P-51).
    pub discreet: bool,
    /// Where the exit button leads (P-48): an address of ours that forgets what was typed, then goes on to the weather.
    pub exit: Option<String>,
    pub desk: Option<Desk>,
    pub demonstration: bool,
    pub style: String,
    /// Sheet and script of what only some pages have: files, a map of reports.
    pub beside: Option<(String, String)>,
    pub script: String,
    pub mark: String,
    pub icon: String,
    pub manifest: String,
    pub notices: String,
    /// Sheets and scripts of the staff side.
    pub of_staff: bool,
}

/// Who sits at the desk.
#[derive(Clone, Debug)]
pub struct Desk {
    pub name: String,
    pub agency: String,
    /// Which entry of the navigation is the present page.
    pub at: &'static str,
    pub says_away: bool,
    pub sees_deliveries: bool,
    pub sees_measures: bool,
    pub edits_teams: bool,
}

impl Frame {
    pub fn citizen(app: &App, title: impl Into<String>) -> Frame {
        Frame {
            title: title.into(),
            wrong: false,
            discreet: false,
            exit: None,
            desk: None,
            demonstration: app.options.demonstration,
            style: app.assets.url("citizen.css"),
            beside: None,
            script: app.assets.url("citizen.js"),
            mark: app.assets.url("mark.svg"),
            icon: app.assets.url("favicon.svg"),
            manifest: app.assets.url("manifest.webmanifest"),
            notices: app.assets.url("notices.txt"),
            of_staff: false,
        }
    }

    pub fn staff(app: &App, title: impl Into<String>, desk: Option<Desk>) -> Frame {
        Frame {
            style: app.assets.url("staff.css"),
            script: app.assets.url("staff.js"),
            of_staff: true,
            desk,
            ..Frame::citizen(app, title)
        }
    }

    pub fn wrong(mut self, wrong: bool) -> Frame {
        self.wrong = wrong;
        self
    }

    /// Shows files, or asks for some.
    pub fn with_files(mut self, app: &App, has: bool) -> Frame {
        let script = if self.of_staff { "redact.js" } else { "upload.js" };
        self.beside = has.then(|| (app.assets.url("files.css"), app.assets.url(script)));
        self
    }

    /// Shows a map of reports.
    pub fn with_pins(mut self, app: &App) -> Frame {
        self.beside = Some((app.assets.url("pins.css"), app.assets.url("pins.js")));
        self
    }

    /// With the exit button; `discreet` also takes the name of the house out of the title.
    pub fn exit(mut self, through: impl Into<String>, discreet: bool) -> Frame {
        self.exit = Some(through.into());
        self.discreet = discreet;
        self
    }

    /// The text of the title element.
    pub fn full_title(&self) -> String {
        let error = if self.wrong { "Error: " } else { "" };
        if self.discreet { format!("{error}{}", self.title) } else { format!("{error}{} – Moothall", self.title) }
    }
}
