//! What is counted of files, for operators: how many and why not, never whose.

use super::{Files, Unfit};
use telemetry::{Count, Family, Level, Reading, Source, Spread};

const REASONS: [&str; 6] = ["empty", "large", "sort", "picture", "malware", "lost"];

#[derive(Default)]
pub struct Figures {
    pub kept: Count,
    refused: [Count; REASONS.len()],
    pub running: Level,
    pub took: Spread,
    pub swept: Count,
    pub unsearched: Count,
}

const KEPT: Family = Family::counter("moothall_files_kept", "Files that were taken in: on the disk and read back");
const REFUSED: Family = Family::counter("moothall_files_refused", "Files that were not taken in, by reason");
const RUNNING: Family = Family::gauge("moothall_files_running", "Files that are being taken in");
const TOOK: Family =
    Family::histogram("moothall_file_duration", "How long it took to take a file in, with its search and its decoding");
const SWEPT: Family =
    Family::counter("moothall_files_swept", "Files and remains of files that nobody claimed, taken away");
const UNSEARCHED: Family =
    Family::counter("moothall_files_unsearched", "Files taken in while the search for malware was away");

impl Figures {
    pub fn refused(&self, why: &Unfit) {
        let at = match why {
            Unfit::Empty => 0,
            Unfit::TooLarge => 1,
            Unfit::Sort => 2,
            Unfit::Picture(_) => 3,
            Unfit::Malware => 4,
            Unfit::Lost(_) => 5,
        };
        self.refused[at].one();
    }
}

impl Source for Files {
    fn readings(&self, out: &mut Vec<Reading>) {
        let figures = &self.0.figures;
        out.extend(REASONS.iter().zip(&figures.refused).map(|(why, n)| REFUSED.is(&[("reason", why)], n.get())));
        out.extend([
            KEPT.is(&[], figures.kept.get()),
            RUNNING.is(&[], figures.running.get()),
            TOOK.is(&[], &figures.took),
            SWEPT.is(&[], figures.swept.get()),
            UNSEARCHED.is(&[], figures.unsearched.get()),
        ]);
    }
}
