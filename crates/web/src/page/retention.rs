//! How long reports are kept, in words of the rules.

use catalogue::{Limit, Retention, RetentionAction, RetentionRule, RetentionTrigger};

/// When, while no day is known.
pub fn later(rule: &RetentionRule) -> String {
    let span = span(rule.after);
    match rule.trigger {
        RetentionTrigger::Closed => format!("{span} after it is closed"),
        RetentionTrigger::Received => format!("{span} after it came, once it is closed"),
        RetentionTrigger::Untouched => format!("When nothing has happened for {span}"),
    }
}

pub const fn does(action: RetentionAction) -> &'static str {
    match action {
        RetentionAction::Close => "It is closed",
        RetentionAction::Review => "Somebody looks whether it is still needed",
        RetentionAction::Anonymise => "Who reported it, and all that is not public, is taken out",
        RetentionAction::Delete => "All of it is deleted",
    }
}

/// Reports of a class, for everybody.
pub const fn of(class: Retention) -> &'static str {
    match class {
        Retention::Nothing => "",
        Retention::CouncilReport => "A report about streets, rubbish and other council matters",
        Retention::PoliceReport => "A report of a crime, an incident or bad behaviour, and a message to the police",
        Retention::LostAndFound => "A thing that is lost or found",
        Retention::AnonymousInformation => "What is told without a name",
    }
}

fn span(limit: Limit) -> String {
    let counted = |n: u32, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
    match limit {
        Limit::Months(n) if n % 12 == 0 => counted(n / 12, "year"),
        Limit::Months(n) => counted(n, "month"),
        Limit::Days(n) => counted(n, "day"),
        Limit::WorkingDays(n) => counted(n, "working day"),
        Limit::Hours(n) => counted(n, "hour"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_that_are_years_are_called_so() {
        let spans = [Limit::Months(72), Limit::Months(12), Limit::Months(3), Limit::Days(1)].map(span);
        assert_eq!(spans, ["6 years", "1 year", "3 months", "1 day"]);
    }
}
