//! How long each step may take.

use std::time::Duration;

/// The longest wait at each step of handing a mail over. All of them together, and the time to settle, must end before
/// the claim runs out: a claim that runs out is given up as "may have been sent".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Look-up, connection, greeting and EHLO, with TLS where it comes first.
    pub greeting: Duration,
    /// Each command and its answer, STARTTLS and sign-in as one.
    pub command: Duration,
    /// The text and the answer to it. RFC 5321 allows ten minutes for the answer alone; the claim does not.
    pub text: Duration,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience { greeting: Duration::from_secs(60), command: Duration::from_secs(30), text: Duration::from_secs(180) }
    }
}

impl Patience {
    /// STARTTLS, AUTH, MAIL, RCPT, DATA.
    const COMMANDS: u32 = 5;

    /// The longest a whole exchange can take.
    pub fn whole(&self) -> Duration {
        self.greeting + self.command * Self::COMMANDS + self.text
    }
}
