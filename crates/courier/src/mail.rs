//! A mail, written from a delivery: no words of the case, only what it is about and a private link.

use crate::{
    alert_mail,
    facts::Facts,
    lines::wrapped,
    words::{self, Message, Words, Written, neutral},
};
use casework::{Setting, account, codes, report::objection};
use jiff::{Timestamp, tz::TimeZone};
use lettre::Address;
use store::{Time, delivery::Delivery};

/// One mail to one person, as it is sent and as the demonstration shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// The part before the `@`, the delivery's id: the same at every try. The sender's domain follows it.
    pub message_id: String,
    /// It says nothing of the case, and the sender's name must not either (P-51).
    pub neutral: bool,
    /// Where one press stops all mail of this kind (RFC 8058).
    pub unsubscribe: Option<String>,
    /// Where an answer goes, if one is invited (C-61).
    pub reply_to: Option<String>,
}

/// Why a delivery cannot be written. The texts hold nothing personal: staff read them, and so do logs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    #[error("the address is not one that mail can be sent to")]
    Address,
    #[error("the facts of the message cannot be read")]
    Facts,
    #[error("there is no message of this name")]
    Template,
    #[error("the message has no link")]
    Link,
    #[error("the message cannot be put into words")]
    Words,
}

/// Writes the mail of a delivery. The same delivery gives the same mail each time.
pub fn compose(setting: &Setting, delivery: &Delivery) -> Result<Mail, Unwritable> {
    if delivery.template == account::SIGN_IN {
        return sign_in(setting, delivery);
    }
    if delivery.template == casework::stuck::STUCK {
        return stuck(setting, delivery);
    }
    if objection::is_decision(delivery) {
        return decided(setting, delivery);
    }
    if casework::alerts::telling::is_ours(delivery) {
        return alert_mail::compose(setting, delivery);
    }
    let message = Message::named(&delivery.template).ok_or(Unwritable::Template)?;
    let facts = Facts::read(&delivery.facts).ok_or(Unwritable::Facts)?;
    let to = address(&delivery.address).ok_or(Unwritable::Address)?.to_string();
    let token = setting.keys.link_token(facts.link.ok_or(Unwritable::Link)?);
    let asks = message == Message::Questionnaire;
    let link = format!("{}/{}/{token}", setting.public_url, if asks { "asked" } else { "track/link" });
    let about = facts.about(setting);
    // Of what may not be named nobody is invited to write, and a mail that leads to a PIN is not the way around it.
    let reply_to = facts.reply.filter(|_| about.is_some() && !facts.pin);
    // It is asked about nothing that may not be named.
    if asks && about.is_none() {
        return Err(Unwritable::Words);
    }
    let written = match &about {
        None => neutral(&link, facts.pin),
        Some(about) => {
            let subject = message.subject(&about.title);
            let received = local(delivery.created_at).ok_or(Unwritable::Words)?;
            let confirm =
                facts.confirm.map(|id| format!("{}/confirm/{}", setting.public_url, setting.keys.link_token(id)));
            let (link, confirm, pin) = (link.as_str(), confirm.as_deref(), facts.pin);
            message.write(Words {
                subject: &subject,
                about,
                received: &received,
                link,
                confirm,
                pin,
                answers: reply_to.is_some(),
            })
        }
    };
    let written = written.map_err(|_| Unwritable::Words)?;
    let unsubscribe = asks.then(|| format!("{link}/stop"));
    Ok(Mail { unsubscribe, reply_to, ..mail(delivery, to, written, about.is_none()) })
}

fn mail(delivery: &Delivery, to: String, written: Written, neutral: bool) -> Mail {
    Mail {
        to,
        subject: written.subject,
        text: wrapped(&written.text),
        html: written.html,
        message_id: delivery.id.to_string(),
        neutral,
        unsubscribe: None,
        reply_to: None,
    }
}

/// What staff decided of something public, for somebody who said that it should not be.
fn decided(setting: &Setting, delivery: &Delivery) -> Result<Mail, Unwritable> {
    let to = address(&delivery.address).ok_or(Unwritable::Address)?.to_string();
    let reference = delivery.facts.get("reference").and_then(|text| text.as_str()).ok_or(Unwritable::Facts)?;
    let hidden = delivery.facts.get("hidden").and_then(|hidden| hidden.as_bool()).ok_or(Unwritable::Facts)?;
    let link = format!("{}/reports", setting.public_url);
    let written = words::decided(&codes::show_reference(reference), hidden, &link).map_err(|_| Unwritable::Words)?;
    Ok(mail(delivery, to, written, false))
}

/// The link by which a resident signs in. It is about no report, and says of nobody that they have any.
fn sign_in(setting: &Setting, delivery: &Delivery) -> Result<Mail, Unwritable> {
    let to = address(&delivery.address).ok_or(Unwritable::Address)?.to_string();
    let link = delivery.facts.get("link").and_then(|id| id.as_str()).and_then(|id| id.parse().ok());
    let token = setting.keys.link_token(link.ok_or(Unwritable::Link)?);
    let link = format!("{}/account/link/{token}", setting.public_url);
    let written = words::sign_in(&link).map_err(|_| Unwritable::Words)?;
    Ok(mail(delivery, to, written, false))
}

/// What is stuck at an agency, in figures.
fn stuck(setting: &Setting, delivery: &Delivery) -> Result<Mail, Unwritable> {
    let to = address(&delivery.address).ok_or(Unwritable::Address)?.to_string();
    let count = |name: &str| delivery.facts[name].as_i64().ok_or(Unwritable::Facts);
    let agency = delivery.facts["agency"].as_str().ok_or(Unwritable::Facts)?;
    let told = [
        ("messages", "message to people was not sent", "messages to people were not sent"),
        ("hooks", "message to your records system was refused", "messages to your records system were refused"),
        ("untold", "message to your back office was refused", "messages to your back office were refused"),
        ("nobodys", "thing your back office said fits no report", "things your back office said fit no report"),
    ];
    let mut lines = Vec::new();
    for (name, one, several) in told {
        match count(name)? {
            0 => {}
            1 => lines.push(format!("1 {one}")),
            n => lines.push(format!("{n} {several}")),
        }
    }
    let link = format!("{}/staff/deliveries", setting.public_url);
    let written = words::stuck(&setting.agency_name(agency), &lines, &link).map_err(|_| Unwritable::Words)?;
    Ok(mail(delivery, to, written, false))
}

/// One address and nothing else: no list, no name, no line end. Letters beyond ASCII are refused: few servers take them.
pub fn address(text: &str) -> Option<Address> {
    let is_plain = |b: u8| b.is_ascii_graphic() && !b"<>,;:\"()[]\\".contains(&b);
    if text.bytes().all(is_plain) { text.parse().ok() } else { None }
}

/// An instant as people in England say it: `Tuesday 24 November 2026 at 2:05pm`.
fn local(at: Time) -> Option<String> {
    let zone = TimeZone::get("Europe/London").ok()?;
    let local = Timestamp::from_microsecond(at.micros()).ok()?.to_zoned_datetime(zone);
    let half = if local.hour() < 12 { "am" } else { "pm" };
    let hour = if local.hour() % 12 == 0 { 12 } else { local.hour() % 12 };
    Some(format!("{} at {hour}:{:02}{half}", local.strftime("%A %-d %B %Y"), local.minute()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_cannot_smuggle_in_a_header_or_a_second_person() {
        for bad in [
            "",
            "robin",
            "robin@example.org\r\nBcc: other@example.org",
            "robin@example.org\nSubject: x",
            "robin@example.org, other@example.org",
            "robin@example.org;other@example.org",
            "Robin <robin@example.org>",
            "<robin@example.org>",
            "\"robin\r\nBcc: x\"@example.org",
            "robin@example.org>\r\nRCPT TO:<other@example.org",
            "robin@example.org SIZE=1",
            "robin\0@example.org",
            " robin@example.org",
            "robin@example.org\u{2028}",
            "røbin@example.org",
            "robin@bücher.example",
        ] {
            assert!(address(bad).is_none(), "{bad:?}");
        }
    }

    #[test]
    fn ordinary_addresses_are_taken_as_they_are() {
        for good in ["robin@example.org", "o'robin.example+fly@mail.example.test", "r@xn--bcher-kva.example"] {
            assert_eq!(address(good).map(|a| a.to_string()).as_deref(), Some(good));
        }
    }

    #[test]
    fn times_are_those_of_the_clock_on_the_wall() {
        let at = |text: &str| local(Time(text.parse::<Timestamp>().unwrap().as_microsecond())).unwrap();
        assert_eq!(at("2026-11-24T14:05:59Z"), "Tuesday 24 November 2026 at 2:05pm");
        assert_eq!(at("2026-07-01T23:30:00Z"), "Thursday 2 July 2026 at 12:30am");
        assert_eq!(at("2026-07-01T11:00:00Z"), "Wednesday 1 July 2026 at 12:00pm");
    }
}
