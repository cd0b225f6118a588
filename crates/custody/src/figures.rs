//! What the sealer counts of its work, for operators. Files have their own beside them.

use crate::Ledger;
use telemetry::{Count, Family, Reading, Source, Spread};

#[derive(Default)]
pub(crate) struct Figures {
    pub sealed: Count,
    pub signed: Count,
    pub failures: Count,
    pub took: Spread,
}

const SEALED: Family = Family::counter("moothall_ledger_sealed", "Entries sealed by this process");
const SIGNED: Family = Family::counter("moothall_ledger_checkpoints", "Checkpoints signed and shown by this process");
const FAILURES: Family =
    Family::counter("moothall_ledger_failures", "Times the ledger could not go on; the log says why; entries wait");
const TOOK: Family = Family::histogram(
    "moothall_ledger_seal_duration",
    "How long a round of sealing and publishing took that sealed something",
);

impl Source for Ledger {
    fn readings(&self, out: &mut Vec<Reading>) {
        let figures = &self.0.figures;
        out.extend([
            SEALED.is(&[], figures.sealed.get()),
            SIGNED.is(&[], figures.signed.get()),
            FAILURES.is(&[], figures.failures.get()),
            TOOK.is(&[], &figures.took),
        ]);
    }
}
