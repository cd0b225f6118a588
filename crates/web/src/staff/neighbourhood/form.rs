//! The page of a team as a form: lists of rows, each with its fields, as they were typed. What is wrong with a row is said
//! beside it, and nothing that was typed is lost.

use casework::neighbourhood::{
    Body,
    body::{Event, MOST, Officer, Priority, SHORT, Way},
    edit::{self, Fault},
};
use catalogue::Form;

/// A list of rows, and the fields of each in the order of the page.
pub struct List {
    pub name: &'static str,
    /// What the page calls the list and one of it.
    pub heading: &'static str,
    pub one: &'static str,
    pub fields: &'static [Field],
}

pub struct Field {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Line,
    Words,
    Day,
    Moment,
    /// Kept as it is and shown to nobody.
    Kept,
}

const fn field(name: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { name, label, kind }
}

pub const LISTS: [List; 4] = [
    List {
        name: "officers",
        heading: "Officers",
        one: "officer",
        fields: &[
            field("name", "Name", Kind::Line),
            field("rank", "Rank", Kind::Line),
            field("bio", "A few words about them", Kind::Words),
            field("photo", "", Kind::Kept),
        ],
    },
    List {
        name: "priorities",
        heading: "Priorities",
        one: "priority",
        fields: &[
            field("issue", "What people are worried about", Kind::Words),
            field("issued", "Since when", Kind::Day),
            field("action", "What was done", Kind::Words),
            field("acted", "When it was done", Kind::Day),
        ],
    },
    List {
        name: "events",
        heading: "Meetings",
        one: "meeting",
        fields: &[
            field("title", "What it is called", Kind::Line),
            field("where", "Where it is", Kind::Line),
            field("starts", "When it starts", Kind::Moment),
            field("ends", "When it ends", Kind::Moment),
            field("about", "What people should know", Kind::Words),
            field("minutes", "If people can ask for a time: how many minutes each gets", Kind::Line),
            field("kind", "", Kind::Kept),
        ],
    },
    List {
        name: "ways",
        heading: "Other ways to reach the team",
        one: "way",
        fields: &[
            field("name", "What it is", Kind::Line),
            field("about", "What people should know", Kind::Words),
            field("phone", "Phone number", Kind::Line),
            field("email", "Email address", Kind::Line),
            field("web", "Web address", Kind::Line),
        ],
    },
];

/// What stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub about: String,
    /// Rows of each of [`LISTS`]: a value for each field.
    pub rows: [Vec<Vec<String>>; 4],
}

impl Typed {
    pub fn of(body: &Body) -> Typed {
        let day = |day: &Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let minute = |at: jiff::civil::DateTime| at.strftime("%Y-%m-%dT%H:%M").to_string();
        let minutes = |minutes: &Option<u16>| minutes.map(|minutes| minutes.to_string()).unwrap_or_default();
        let maybe = |text: &Option<String>| text.clone().unwrap_or_default();
        let officer = |o: &Officer| vec![o.name.clone(), o.rank.clone(), o.bio.clone(), maybe(&o.photo)];
        let priority = |p: &Priority| vec![p.issue.clone(), day(&p.issued), p.action.clone(), day(&p.acted)];
        let event = |e: &Event| {
            let ends = e.ends.map(minute).unwrap_or_default();
            vec![
                e.title.clone(),
                e.place.clone(),
                minute(e.starts),
                ends,
                e.about.clone(),
                minutes(&e.minutes),
                e.kind.clone(),
            ]
        };
        let way = |w: &Way| vec![w.name.clone(), w.about.clone(), maybe(&w.phone), maybe(&w.email), maybe(&w.web)];
        Typed {
            about: body.about.clone(),
            rows: [
                body.officers.iter().map(officer).collect(),
                body.priorities.iter().map(priority).collect(),
                body.events.iter().map(event).collect(),
                body.ways.iter().map(way).collect(),
            ],
        }
    }

    pub fn read(form: &Form) -> Typed {
        let rows = LISTS.each_ref().map(|list| {
            let row = |n: usize| {
                let values = list.fields.iter().map(|field| form.get(&name(list, n, field)));
                let values: Vec<Option<&str>> = values.collect();
                values.iter().any(Option::is_some).then(|| values.iter().map(|v| tidy(v.unwrap_or_default())).collect())
            };
            (0..=MOST).map_while(row).collect()
        });
        Typed { about: tidy(form.get("about").unwrap_or_default()), rows }
    }

    /// One more empty row of a list, or one row less.
    pub fn turn(&mut self, wish: &str) -> bool {
        let mut parts = wish.split('-');
        let (act, list) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let Some(at) = LISTS.iter().position(|known| known.name == list) else { return false };
        match (act, parts.next().and_then(|n| n.parse::<usize>().ok())) {
            ("add", None) if self.rows[at].len() < MOST => {
                self.rows[at].push(vec![String::new(); LISTS[at].fields.len()]);
                true
            }
            ("remove", Some(n)) if n < self.rows[at].len() => {
                self.rows[at].remove(n);
                true
            }
            _ => false,
        }
    }

    /// What is to be kept, or everything that is wrong. Rows without a word are left out.
    pub fn body(&self) -> Result<Body, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut body = Body { about: self.about.clone(), ..Body::default() };
        let mut typed = self.clone();
        for (list, rows) in LISTS.iter().zip(&mut typed.rows) {
            rows.retain(|row| row.iter().any(|value| !value.is_empty()));
            for (n, row) in rows.iter().enumerate() {
                let mut moments = Moments { list, n, row, faults: &mut faults };
                let text = |at: usize| row[at].clone();
                let maybe = |at: usize| Some(row[at].clone()).filter(|text| !text.is_empty());
                match list.name {
                    "officers" => {
                        let photo = maybe(3).filter(|at| at.starts_with("https://") && at.len() <= SHORT);
                        body.officers.push(Officer { name: text(0), rank: text(1), bio: text(2), photo });
                    }
                    "priorities" => {
                        let (issued, acted) = (moments.read(1), moments.read(3));
                        body.priorities.push(Priority { issue: text(0), issued, action: text(2), acted });
                    }
                    "events" => {
                        let (starts, ends) = (moments.needed(2), moments.read(3));
                        let minutes = moments.read(5);
                        let (title, place, about, kind) = (text(0), text(1), text(4), text(6));
                        body.events.push(Event { title, about, kind, place, starts, ends, minutes });
                    }
                    _ => body.ways.push(Way {
                        name: text(0),
                        about: text(1),
                        phone: maybe(2),
                        email: maybe(3),
                        web: maybe(4),
                    }),
                }
            }
        }
        let unread: Vec<String> = faults.iter().map(|fault| fault.field.clone()).collect();
        faults.extend(edit::faults(&body).into_iter().filter(|fault| !unread.contains(&fault.field)));
        if faults.is_empty() { Ok(body) } else { Err(faults) }
    }

    /// Without rows that hold nothing: as [`Typed::body`] counts them.
    pub fn filled(mut self) -> Typed {
        for rows in &mut self.rows {
            rows.retain(|row| row.iter().any(|value| !value.is_empty()));
        }
        self
    }
}

/// Dates and times of a row.
struct Moments<'a> {
    list: &'a List,
    n: usize,
    row: &'a [String],
    faults: &'a mut Vec<Fault>,
}

impl Moments<'_> {
    fn read<T: std::str::FromStr>(&mut self, at: usize) -> Option<T> {
        let typed = self.row[at].replace(' ', "T");
        let read = typed.parse().ok();
        if read.is_none() && !typed.is_empty() {
            self.fault(at);
        }
        read
    }

    fn needed(&mut self, at: usize) -> jiff::civil::DateTime {
        if self.row[at].is_empty() {
            self.fault(at);
        }
        self.read(at).unwrap_or_default()
    }

    fn fault(&mut self, at: usize) {
        let field = &self.list.fields[at];
        let words = match field.kind {
            Kind::Line => "Write a number, like 20",
            Kind::Day => "Write a day, like 2026-12-03",
            _ => "Write a day and an hour, like 2026-12-03 18:00",
        };
        self.faults.push(Fault { field: name(self.list, self.n, field), words: words.to_owned() });
    }
}

/// The name of a field in the form, and of its fault.
pub fn name(list: &List, n: usize, field: &Field) -> String {
    format!("{}.{n}.{}", list.name, field.name)
}

/// As people typed it, in lines that end alike and without signs that cannot be seen.
fn tidy(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    let seen: String = lines.chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    seen.trim().to_owned()
}

#[cfg(test)]
mod tests;
