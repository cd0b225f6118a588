use crate::answer::named;
use crate::{CaseRule, FiledAs, Lead, Question, Regime, Retention, Stop, Words};

named! {
    /// What opens a report again: the link alone, or the link and a second factor (P-91).
    Tracking {
        Link = "link",
        LinkAndPin = "link_and_pin",
        /// Nothing does: it cannot be looked up at all (P-59).
        Nothing = "nothing",
    }
}
named! {
    /// Reporting without a name (C-10).
    Anonymous { Off = "off", Allowed = "allowed", EqualButton = "equal_button" }
}

/// One service: its questions, stops and words, in one version.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    pub id: String,
    pub version: u32,
    /// SHA-256 of both texts, in hex. A report remembers it (house.md, invariant 13).
    pub hash: String,
    /// `service.toml` with line ends as `\n`, to be stored by hash.
    pub text: String,
    /// `en.toml` likewise.
    pub words_text: String,
    /// Heading of the list it stands under.
    pub group: String,
    pub regime: Regime,
    pub tracking: Tracking,
    pub anonymous: Anonymous,
    /// Its reports may have a public page.
    pub public: bool,
    /// Every report of it is a sensitive flow (P-51).
    pub sensitive: bool,
    /// Mail names neither the service nor the agency in its subject.
    pub neutral_mail: bool,
    pub retention: Retention,
    /// Suggested priority where no answer raises it; 1 is the most urgent.
    pub priority: u8,
    /// Pages carry the exit button (P-48).
    pub exit: bool,
    /// A stop shown before the first question.
    pub opening: Option<String>,
    pub questions: Vec<Question>,
    pub stops: Vec<Stop>,
    /// Who leads, where several agencies answer: the first row that holds. Empty: all answer alike.
    pub leads: Vec<Lead>,
    /// What ties its reports to the collections of a home.
    pub collections: Option<crate::Collections>,
    /// Its reports book a day.
    pub booking: Option<crate::Booked>,
    /// Its reports order things for a home.
    pub order: Option<crate::Ordered>,
    /// One of its questions is the number of something that stands on the map.
    pub asset: Option<crate::AssetRule>,
    /// Its reports are kept as cases, and their diaries go on (C-18).
    pub case: Option<CaseRule>,
    /// Further words people use for it, for the search.
    pub synonyms: Vec<String>,
    pub words: Words,
    /// The language of its words: `en`, or that of a translation.
    pub language: String,
    /// A person who speaks the language has read the translation.
    pub reviewed: bool,
    /// As staff are asked who file it for somebody; None: as everybody is asked.
    pub filed: Option<FiledAs>,
}

impl Service {
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    pub fn stop(&self, id: &str) -> Option<&Stop> {
        self.stops.iter().find(|stop| stop.id == id)
    }

    /// The place question that decides who answers.
    pub fn deciding_place(&self) -> Option<&Question> {
        self.questions.iter().find(|question| matches!(question.kind, crate::Kind::Place { decides: true, .. }))
    }

    /// The place is a home, so that one of the homes of its postcode is picked (council C-6).
    pub fn asks_home(&self, question: &Question) -> bool {
        let of_home = self.collections.is_some() || self.order.is_some() || self.booking.is_some();
        matches!(question.kind, crate::Kind::Place { decides, home } if home || decides && of_home)
    }

    pub fn title(&self) -> &str {
        self.words.say("service.title")
    }

    /// One line for the list.
    pub fn summary(&self) -> &str {
        self.words.say("service.summary")
    }

    /// The title of a report type of this service; its own title where the type has none (`crime.theft` of theft).
    pub fn type_title(&self, type_code: &str) -> &str {
        self.words.get(&format!("type.{type_code}")).unwrap_or_else(|| self.title())
    }

    /// What staff read for a flag; none for one this service does not know.
    pub fn flag(&self, flag: &str) -> Option<&str> {
        self.words.get(&format!("flag.{flag}"))
    }

    /// The title for sensitive flows; the plain title where none is given.
    pub fn neutral_title(&self) -> &str {
        self.words.get("service.neutral_title").unwrap_or_else(|| self.title())
    }
}
