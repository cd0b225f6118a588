use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// What a person may do. Roles in `agencies/*.toml` are sets of these names.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Right { $($(#[$doc])* $name,)* }

        impl Right {
            /// Every right, in the order of the table.
            pub const ALL: &'static [Right] = &[$(Right::$name,)*];

            /// The name as it stands in `agencies/*.toml`.
            pub const fn name(self) -> &'static str {
                match self { $(Right::$name => $text,)* }
            }
        }
    };
}

rights! {
    /// File a report for a resident who gives a name (C-70).
    FileAsAnother = "file_as_another",
    /// File a report for somebody who gives no name.
    FileAnonymously = "file_anonymously",
    /// File a report for one's own agency, under its name.
    FileAsAgency = "file_as_agency",
    /// See the agency's list of reports.
    SeeQueue = "see_queue",
    /// Open a report.
    SeeReport = "see_report",
    /// See who reported and how to reach them.
    SeeContact = "see_contact",
    /// See answers kept as evidence (C-17).
    SeeEvidence = "see_evidence",
    /// See answers marked special or restricted (J-26).
    SeeRestricted = "see_restricted",
    /// See and name people believed responsible for what a case is about (C-25).
    SeePeople = "see_people",
    /// See the history: who did and who read what.
    SeeHistory = "see_history",
    Acknowledge = "acknowledge",
    Assign = "assign",
    /// Say what was found at the place (C-65).
    Inspect = "inspect",
    /// Put a report on one's own list of what to go and see (C-69).
    KeepShortlist = "keep_shortlist",
    /// Say how soon a report is to be worked, by the agency's list (C-68).
    SetPriority = "set_priority",
    SetStage = "set_stage",
    AskResident = "ask_resident",
    Note = "note",
    /// Add a photo or another file to a report.
    AddFile = "add_file",
    /// Hide a file or black out parts of it.
    RedactFile = "redact_file",
    /// Show a report to everybody, or hide it.
    Moderate = "moderate",
    /// Keep a report private, and end that (C-65).
    MarkPrivate = "mark_private",
    /// Put right where a report is (C-65).
    EditReport = "edit_report",
    /// Say that a report is of another kind (C-65).
    ChangeService = "change_service",
    /// Hold a report for the law, let go of it, and say whether it is still needed (J-43, E-122).
    Retain = "retain",
    /// Ask another agency to take a report over.
    Transfer = "transfer",
    /// Accept or hand back what another agency sent.
    DecideTransfer = "decide_transfer",
    Close = "close",
    Reopen = "reopen",
    /// Say how urgent a report is (THRIVE).
    Assess = "assess",
    /// Record crimes from a report, join reports to one, and keep them.
    RecordCrime = "record_crime",
    /// Cancel a crime that was recorded (P-72).
    CancelCrime = "cancel_crime",
    /// Answer a request to look at a decision again.
    AnswerReview = "answer_review",
    /// Record that something was paid another way than by card, or need not be (C-38).
    RecordPayment = "record_payment",
    /// Give back what was paid.
    RefundPayment = "refund_payment",
    /// See how the agency keeps its limits.
    SeeMeasures = "see_measures",
    /// See counts of the agency's reports, without reports and without people (C-72).
    SeeDashboard = "see_dashboard",
    SeeDeliveries = "see_deliveries",
    RetryDelivery = "retry_delivery",
    ManageStaff = "manage_staff",
    /// Change what the page of a neighbourhood team says (P-97), and see what it said before.
    EditNeighbourhood = "edit_neighbourhood",
    /// Change the answers that colleagues use again, and see who wrote them (C-67).
    EditTemplates = "edit_templates",
    /// Change how the agency offers a service: on or off, its targets, what is said of it (C-68, C-71).
    EditServices = "edit_services",
    /// Say something on the pages of the site for a time, and end it (C-74).
    EditMessages = "edit_messages",
    /// Read one's own report.
    FollowOwn = "follow_own",
    /// See the stage of one's own report, what one was asked and the files one gave: for witnesses and third parties (P-88).
    FollowShort = "follow_short",
    /// Add words to one's own report.
    AddWords = "add_words",
    /// Pay for what one's own report asks for.
    PayOwn = "pay_own",
    /// Change the day of what one has booked, or cancel it.
    ChangeBooking = "change_booking",
    /// Withdraw one's own report, or ask for it.
    WithdrawOwn = "withdraw_own",
    /// The public words of one's own report, and what of it is public at all.
    CorrectOwn = "correct_own",
    /// Ask for a decision on one's own report to be looked at again.
    AskReview = "ask_review",
    /// Say how one was dealt with, once one's report has ended (P-96).
    GiveFeedback = "give_feedback",
    /// Read, change and end one's own account, and list the reports that give its address.
    KeepAccount = "keep_account",
    /// Say something of a public report (C-48).
    Remark = "remark",
    /// See the stage of an anonymous report, and nothing else (P-59).
    SeeOwnStage = "see_own_stage",
}

/// A name that is not a right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a right")]
pub struct UnknownRight(pub String);

impl FromStr for Right {
    type Err = UnknownRight;
    fn from_str(text: &str) -> Result<Right, UnknownRight> {
        Right::ALL.iter().copied().find(|r| r.name() == text).ok_or_else(|| UnknownRight(text.to_owned()))
    }
}

impl fmt::Display for Right {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_right_is_read_back_from_its_name() {
        for right in Right::ALL {
            assert_eq!(right.name().parse(), Ok(*right));
        }
        assert!("be_everything".parse::<Right>().is_err());
    }
}
