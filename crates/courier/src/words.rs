//! The words of the mails: templates in `templates/mail`, a text and an HTML face of each.

use crate::{facts::About, lines::one_line};
use askama::Template;

/// What a mail that is not sensitive is made of. The words of a message are never in it.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    pub subject: &'a str,
    pub about: &'a About,
    /// Local time of the report, for the receipt (P-58).
    pub received: &'a str,
    pub link: &'a str,
    /// The link by which the report is shown to others, where it waits for that (C-9).
    pub confirm: Option<&'a str>,
    /// The link alone opens nothing (P-91).
    pub pin: bool,
    /// What the person answers reaches their report (C-61).
    pub answers: bool,
}

/// A mail in words.
pub struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

macro_rules! messages {
    ($($message:ident = $name:literal, $opening:literal, $text:ident, $html:ident, $txt_path:literal, $html_path:literal;)*) => {
        /// The messages there are, by the names `casework::report::tell` gives them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Message { $($message,)* }

        $(
            #[derive(Template)]
            #[template(path = $txt_path)]
            struct $text<'a> { w: Words<'a> }

            #[derive(Template)]
            #[template(path = $html_path)]
            struct $html<'a> { w: Words<'a> }
        )*

        impl Message {
            pub const ALL: &'static [(Message, &'static str)] = &[$((Message::$message, $name),)*];

            pub fn named(name: &str) -> Option<Message> {
                match name { $($name => Some(Message::$message),)* _ => None }
            }

            pub fn name(self) -> &'static str {
                match self { $(Message::$message => $name,)* }
            }

            /// What it is, then what it is about: a title is not bent to fit into a sentence.
            pub fn subject(self, title: &str) -> String {
                let opening = match self { $(Message::$message => $opening,)* };
                one_line(&format!("{opening}: {title}"))
            }

            pub fn write(self, w: Words) -> askama::Result<Written> {
                let (text, html) = match self {
                    $(Message::$message => ($text { w }.render()?, $html { w }.render()?),)*
                };
                Ok(Written { subject: w.subject.to_owned(), text, html })
            }
        }
    };
}

messages! {
    Receipt = "receipt", "We have your report", ReceiptText, ReceiptHtml, "mail/receipt.txt", "mail/receipt.html";
    Update = "update", "There is news about your report", UpdateText, UpdateHtml, "mail/update.txt", "mail/update.html";
    Question = "question", "We have a question for you", QuestionText, QuestionHtml, "mail/question.txt", "mail/question.html";
    Reminder = "reminder", "Reminder", ReminderText, ReminderHtml, "mail/reminder.txt", "mail/reminder.html";
    Questionnaire = "questionnaire", "Is it fixed?", QuestionnaireText, QuestionnaireHtml, "mail/questionnaire.txt", "mail/questionnaire.html";
    Link = "link", "Your link", LinkText, LinkHtml, "mail/link.txt", "mail/link.html";
}

#[derive(Template)]
#[template(path = "mail/neutral.txt")]
struct NeutralText<'a> {
    link: &'a str,
    pin: bool,
}

#[derive(Template)]
#[template(path = "mail/neutral.html")]
struct NeutralHtml<'a> {
    subject: &'a str,
    link: &'a str,
    pin: bool,
}

/// The one mail of sensitive flows, the same for every message: who reads along learns nothing (P-51).
pub fn neutral(link: &str, pin: bool) -> askama::Result<Written> {
    let subject = "You have an update";
    let text = NeutralText { link, pin }.render()?;
    let html = NeutralHtml { subject, link, pin }.render()?;
    Ok(Written { subject: subject.to_owned(), text, html })
}

#[derive(Template)]
#[template(path = "mail/sign_in.txt")]
struct SignInText<'a> {
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/sign_in.html")]
struct SignInHtml<'a> {
    subject: &'a str,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/decided.txt")]
struct DecidedText<'a> {
    reference: &'a str,
    hidden: bool,
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/decided.html")]
struct DecidedHtml<'a> {
    subject: &'a str,
    reference: &'a str,
    hidden: bool,
    link: &'a str,
}

/// What staff decided of something public that somebody said should not be.
pub fn decided(reference: &str, hidden: bool, link: &str) -> askama::Result<Written> {
    let subject = "We looked at what you told us";
    let text = DecidedText { reference, hidden, link }.render()?;
    let html = DecidedHtml { subject, reference, hidden, link }.render()?;
    Ok(Written { subject: subject.to_owned(), text, html })
}

/// The link by which a resident signs in.
pub fn sign_in(link: &str) -> askama::Result<Written> {
    let subject = "Your link to sign in";
    let text = SignInText { link }.render()?;
    let html = SignInHtml { subject, link }.render()?;
    Ok(Written { subject: subject.to_owned(), text, html })
}

#[derive(Template)]
#[template(path = "mail/stuck.txt")]
struct StuckText<'a> {
    agency: &'a str,
    lines: &'a [String],
    link: &'a str,
}

#[derive(Template)]
#[template(path = "mail/stuck.html")]
struct StuckHtml<'a> {
    subject: &'a str,
    agency: &'a str,
    lines: &'a [String],
    link: &'a str,
}

/// What is stuck, for the duty team of an agency.
pub fn stuck(agency: &str, lines: &[String], link: &str) -> askama::Result<Written> {
    let subject = "Messages that are stuck";
    let text = StuckText { agency, lines, link }.render()?;
    let html = StuckHtml { subject, agency, lines, link }.render()?;
    Ok(Written { subject: subject.to_owned(), text, html })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: &str = "https://moothall.example/track/link/abc";

    fn about(title: &str) -> About {
        About {
            title: title.into(),
            agency: "Example Council".into(),
            reference: "123 456 782".into(),
            next: "We look at it within two working days.".into(),
            words: String::new(),
        }
    }

    fn write(message: Message, title: &str, pin: bool) -> Written {
        let about = about(title);
        let received = "Tuesday 24 November 2026 at 2:05pm";
        message
            .write(Words {
                subject: &message.subject(title),
                about: &about,
                received,
                link: LINK,
                confirm: None,
                pin,
                answers: false,
            })
            .unwrap()
    }

    #[test]
    fn both_parts_of_every_message_say_the_same_facts() {
        for (message, name) in Message::ALL {
            assert_eq!(Message::named(name), Some(*message));
            let mail = write(*message, "Fly-tipping", true);
            assert!(mail.subject.ends_with(": Fly-tipping"), "{}", mail.subject);
            for part in [&mail.text, &mail.html] {
                for said in [
                    LINK,
                    "Fly-tipping",
                    "123 456 782",
                    "Example Council",
                    "You will need your PIN.",
                    "If you did not ask for this, you can ignore it.",
                    "In an emergency call",
                    "999",
                ] {
                    assert!(part.contains(said), "{name}: {said}\n{part}");
                }
            }
        }
        assert_eq!(Message::named("anything"), None);
    }

    #[test]
    fn the_receipt_says_when_it_came_and_what_happens_next() {
        let mail = write(Message::Receipt, "Fly-tipping", false);
        for part in [&mail.text, &mail.html] {
            assert!(part.contains("When you sent it: Tuesday 24 November 2026 at 2:05pm"), "{part}");
            assert!(part.contains("What happens next: We look at it within two working days."), "{part}");
            assert!(!part.contains("PIN"), "{part}");
        }
    }

    #[test]
    fn the_receipt_reads_like_this() {
        let mail = write(Message::Receipt, "Fly-tipping", false);
        assert_eq!(
            crate::lines::wrapped(&mail.text),
            "Hello\n\nWe have your report. Thank you for telling us.\n\n\
             What happens next: We look at it within two working days.\n\n\
             Use this link to follow your report, to tell us more, or to withdraw it:\n\n\
             https://moothall.example/track/link/abc\n\n\
             Keep this link to yourself. Anyone who has it can see your report.\n\n\
             What it is about: Fly-tipping\nReference: 123 456 782\nWho has it: Example Council\n\
             When you sent it: Tuesday 24 November 2026 at 2:05pm\n\n\
             If you did not ask for this, you can ignore it.\n\n\
             Nobody reads replies to this email. To tell us something, use the link.\n\n\
             In an emergency call 999.\n"
        );
    }

    #[test]
    fn a_receipt_of_a_public_report_says_how_it_is_shown_to_others() {
        let about = about("Fly-tipping");
        let confirm = "https://moothall.example/confirm/abc";
        let words = Words {
            subject: "s",
            about: &about,
            received: "today",
            link: LINK,
            confirm: Some(confirm),
            pin: false,
            answers: false,
        };
        let mail = Message::Receipt.write(words).unwrap();
        for part in [&mail.text, &mail.html] {
            assert!(part.contains(confirm) && part.contains("never who you are"), "{part}");
        }
        assert!(!write(Message::Receipt, "Fly-tipping", false).text.contains("never who you are"));
    }

    #[test]
    fn html_fetches_nothing_runs_nothing_and_escapes_what_comes_from_data() {
        for (message, name) in Message::ALL {
            let html = write(*message, "<img src=x> & \"waste\"", false).html;
            for banned in ["<img", "<script", "<style", "<link", "@import", "url(", "src=", "onload"] {
                assert!(
                    !html.to_lowercase().replace("&#60;img src=x", "").contains(banned),
                    "{name}: {banned}\n{html}"
                );
            }
            assert_eq!(html.matches("href=").count(), 1, "{name}: one link and no other");
        }
    }

    #[test]
    fn html_leaves_colours_to_the_reader_so_that_dark_mode_stays_readable() {
        let decided = decided("123 456 782", true, LINK).unwrap().html;
        let others = [neutral(LINK, true).unwrap().html, sign_in(LINK).unwrap().html, decided];
        for html in Message::ALL.iter().map(|(message, _)| write(*message, "Waste", true).html).chain(others) {
            assert!(!html.contains("background") && !html.contains(" color:"), "{html}");
            assert!(html.contains("name=\"color-scheme\" content=\"light dark\""));
            assert!(html.contains("lang=\"en-GB\"") && html.contains("<h1"));
        }
    }
}
