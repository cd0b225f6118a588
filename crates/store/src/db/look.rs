use super::{Db, Tx};
use crate::{Error, Time, journal};
use rights::Actor;
use telemetry::{Kind, within};
use uuid::Uuid;

/// What a look showed: collected by the job, committed before the value is released (J-33, J-35, J-41).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The report, where the look was at one.
    pub report: Option<Uuid>,
    /// References of every report a list showed.
    pub references: Vec<String>,
    /// Many reports were read at once: the entry names them all, and is of none of them.
    pub many: bool,
    /// The field groups read.
    pub groups: Vec<&'static str>,
    /// What was searched for; kept as erasable content.
    pub terms: Option<String>,
    /// The part of the map that was seen: south, west, north, east in degrees.
    pub map: Option<String>,
}

/// A transaction in which staff read personal data. Only [`Db::look`] makes one, so a page cannot read such data
/// without an entry.
pub struct Look<'l, 'c> {
    pub tx: &'l mut Tx<'c>,
    shown: &'l mut Shown,
}

impl<'c> Look<'_, 'c> {
    pub fn shows(&mut self, report: Uuid, group: &'static str) {
        if !self.shown.many {
            self.shown.report = Some(report);
        }
        if !self.shown.groups.contains(&group) {
            self.shown.groups.push(group);
        }
    }

    pub fn lists(&mut self, references: impl IntoIterator<Item = String>) {
        self.shown.references.extend(references);
    }

    /// From now on reports are read as rows of a table.
    pub fn reads_many(&mut self) {
        self.shown.many = true;
    }

    pub fn saw_map(&mut self, view: String) {
        self.shown.map = Some(view);
    }

    pub fn searched(&mut self, terms: &str) {
        self.shown.terms = Some(terms.to_owned());
    }
}

/// When a look happens and the id and salt of its entry, drawn before.
#[derive(Clone, Debug)]
pub struct Glance {
    pub at: Time,
    pub entry: Uuid,
    pub salt: [u8; 16],
    /// Why, from the list of reasons, where the agency asks for it (J-34).
    pub reason: &'static str,
}

impl Db {
    /// Staff reading personal data: `job` reads, one consultation entry is committed, then the value is released.
    pub async fn look<T, E, F>(&self, actor: &Actor, glance: Glance, job: F) -> Result<T, E>
    where
        F: FnOnce(&mut Look) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let work = async {
            let (value, shown) = self
                .read(move |tx| {
                    let mut shown = Shown::default();
                    let value = job(&mut Look { tx, shown: &mut shown })?;
                    Ok::<_, E>((value, shown))
                })
                .await?;
            let actor = actor.clone();
            self.write(move |tx| journal::consulted(&actor, tx, &glance, &shown)).await?;
            Ok(value)
        };
        within("db.look", Kind::Internal, work, |_, _| ()).await
    }
}
