use super::{Desk, Tongue};
use crate::{App, govuk::Html};

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
    /// Sheets and scripts of what only some pages have: files, a map of reports.
    pub beside: Vec<(String, Option<String>)>,
    pub script: String,
    pub mark: String,
    pub icon: String,
    pub manifest: String,
    pub notices: String,
    /// Sheets and scripts of the staff side.
    pub of_staff: bool,
    /// It asks what the public is asked, with the sheets and scripts of that side.
    pub asks: bool,
    /// For whom staff file the report that the page belongs to.
    pub filing: Option<String>,
    /// The language the visitor chose; the frame speaks it.
    pub tongue: Tongue,
    /// The language of what stands in the frame: the same, or English where there are no other words.
    pub said: Tongue,
    /// How people ask the agencies for another way to be told things.
    pub routes: Vec<Route>,
    /// A person has read the words of the page in its language.
    pub is_reviewed: bool,
    /// What agencies say there for a time.
    pub messages: Vec<super::said_on::Message>,
}

/// One way to be told things: what it is, and how each agency is asked for it.
#[derive(Clone, Debug)]
pub struct Route {
    pub key: &'static str,
    pub asked: Vec<(String, String)>,
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
            beside: Vec::new(),
            script: app.assets.url("citizen.js"),
            mark: app.assets.url("mark.svg"),
            icon: app.assets.url("favicon.svg"),
            manifest: app.assets.url("manifest.webmanifest"),
            notices: app.assets.url("notices.txt"),
            of_staff: false,
            asks: false,
            filing: None,
            tongue: Tongue::chosen(),
            said: Tongue::default(),
            is_reviewed: true,
            routes: Vec::new(),
            messages: Vec::new(),
        }
    }

    pub fn staff(app: &App, title: impl Into<String>, desk: Option<Desk>) -> Frame {
        Frame {
            style: app.assets.url("staff.css"),
            script: app.assets.url("staff.js"),
            of_staff: true,
            desk,
            // Staff read English.
            tongue: Tongue::default(),
            ..Frame::citizen(app, title)
        }
    }

    /// All of the page is in that language.
    pub fn speaks(mut self, tongue: &Tongue) -> Frame {
        self.is_reviewed = tongue.is_reviewed();
        self.said = tongue.clone();
        self
    }

    /// Nobody who speaks the language has read some of it.
    pub fn reviewed(mut self, reviewed: bool) -> Frame {
        self.is_reviewed &= reviewed;
        self
    }

    /// There are no words in the language that was chosen.
    pub fn is_only_english(&self) -> bool {
        self.said.is_english() && !self.tongue.is_english()
    }

    /// Words of the page.
    pub fn say(&self, key: &str) -> &'static str {
        self.said.say(key)
    }

    pub fn fill(&self, key: &str, name: &str, value: &str) -> String {
        self.said.fill(key, &[(name, value)])
    }

    pub fn linked(&self, key: &str) -> Html {
        self.said.linked(key, "/")
    }

    pub fn linked_to(&self, key: &str, to: &str) -> Html {
        self.said.linked(key, to)
    }

    /// Words of the frame around it.
    pub fn chrome(&self, key: &str) -> &'static str {
        self.tongue.say(key)
    }

    /// `Call 999`, never broken in two lines.
    pub fn call(&self, number: &str) -> String {
        self.tongue.fill("frame.call", &[("number", number)]).replace(' ', "\u{a0}")
    }

    pub fn skip(&self) -> crate::govuk::SkipLink {
        crate::govuk::SkipLink { text: self.chrome("frame.skip").to_owned(), ..crate::govuk::SkipLink::main() }
    }

    pub fn exit_button(&self, through: &str) -> crate::govuk::ExitThisPage {
        let hidden =
            Html::fixed("<span class=\"govuk-visually-hidden\">").then(&Html::text(self.chrome("frame.emergency")));
        let html = hidden.then(&Html::fixed("</span> ")).then(&Html::text(self.chrome("frame.exit")));
        let own = crate::govuk::ExitThisPage::through(through);
        if self.tongue.is_english() {
            return own;
        }
        crate::govuk::ExitThisPage {
            html,
            activated_text: self.chrome("frame.exit_done").to_owned(),
            timed_out_text: self.chrome("frame.exit_late").to_owned(),
            press_two_more_times_text: self.chrome("frame.exit_two").to_owned(),
            press_one_more_time_text: self.chrome("frame.exit_one").to_owned(),
            ..own
        }
    }

    /// The link to the page before, in the language of the frame.
    pub fn back(&self, href: impl Into<String>) -> crate::govuk::BackLink {
        crate::govuk::BackLink { text: self.say("frame.back").to_owned(), ..crate::govuk::BackLink::to(href) }
    }

    /// Offers the ways of the agencies that answer for a service, or of all.
    pub fn offers(mut self, app: &App, service: Option<&str>) -> Frame {
        let here = app.setting.catalogue.agencies().iter().filter(|a| service.is_none_or(|id| a.offer(id).is_some()));
        let ways: Vec<_> = here.filter_map(|agency| Some((agency, agency.ways.as_ref()?))).collect();
        let route = |key, how: fn(&catalogue::Ways) -> Option<&String>| {
            let asked = ways.iter().filter_map(|(agency, ways)| Some((agency.short_name.clone(), how(ways)?.clone())));
            Route { key, asked: asked.collect() }
        };
        let all = [
            route("routes.sign_101", |ways| ways.bsl.as_ref()),
            route("routes.easy_read", |ways| Some(&ways.easy_read)),
            route("routes.large_print", |ways| Some(&ways.large_print)),
            route("routes.interpreter", |ways| Some(&ways.interpreter)),
        ];
        self.routes = all.into_iter().filter(|route| !route.asked.is_empty()).collect();
        self
    }

    /// What an agency says, with its links.
    pub fn asked(&self, how: &str) -> Html {
        super::linked(how, "/")
    }

    pub fn wrong(mut self, wrong: bool) -> Frame {
        self.wrong = wrong;
        self
    }

    /// Shows files, or asks for some.
    pub fn with_files(mut self, app: &App, has: bool) -> Frame {
        let script = if self.of_staff && !self.asks { "redact.js" } else { "upload.js" };
        self.beside.extend(has.then(|| (app.assets.url("files.css"), Some(app.assets.url(script)))));
        self
    }

    /// Shows files among other things, each post with all of them.
    pub fn with_file_styles(mut self, app: &App) -> Frame {
        self.beside.push((app.assets.url("files.css"), None));
        self
    }

    /// Asks for a place, on a page of staff: the script and the styles of that question are the public pages'.
    pub fn with_place(mut self, app: &App) -> Frame {
        self.script = app.assets.url("citizen.js");
        // Where both say something, the desk's own comes last.
        self.beside.push((self.style, None));
        self.asks = true;
        self.style = app.assets.url("citizen.css");
        self
    }

    /// Shows a map of reports.
    pub fn with_pins(mut self, app: &App) -> Frame {
        self.beside.push((app.assets.url("pins.css"), Some(app.assets.url("pins.js"))));
        self
    }

    /// Lists things to choose one from, with a map of them.
    pub fn with_chooser(mut self, app: &App) -> Frame {
        self.beside.push((app.assets.url("pins.css"), Some(app.assets.url("choose.js"))));
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
        let error = if self.wrong { format!("{}: ", self.say("frame.error")) } else { String::new() };
        if self.discreet { format!("{error}{}", self.title) } else { format!("{error}{} – Moothall", self.title) }
    }
}
