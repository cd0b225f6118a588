//! Mails to those who asked to hear of public reports: one that asks whether the address is theirs, and news. They name reports
//! as everybody reads them, and carry a link that stops them all.

use crate::{
    Mail, Unwritable,
    lines::{one_line, wrapped},
    mail,
};
use askama::Template;
use casework::{
    Setting,
    alerts::{
        reminder::{self, REMINDING},
        subscribe::CONFIRMING,
        telling::{NEWS, Told},
    },
    codes,
};
use serde::Deserialize;
use store::{alert::What, delivery::Delivery, publication::Stand};
use uuid::Uuid;

/// The messages there are, by the names `casework::alerts` gives them.
pub const NAMES: [&str; 3] = [CONFIRMING, NEWS, REMINDING];

#[derive(Deserialize)]
struct Asking {
    subscriber: Uuid,
    subscription: Uuid,
    about: String,
}

#[derive(Template)]
#[template(path = "mail/alerts-confirm.txt")]
struct AskingText<'a> {
    about: &'a str,
    link: &'a str,
    days: i64,
}

#[derive(Template)]
#[template(path = "mail/alerts-confirm.html")]
struct AskingHtml<'a> {
    subject: &'a str,
    about: &'a str,
    link: &'a str,
    days: i64,
}

struct Line {
    title: String,
    said: String,
    link: String,
}

#[derive(Template)]
#[template(path = "mail/alerts.txt")]
struct NewsText<'a> {
    lines: &'a [Line],
    more: usize,
    all: &'a str,
    page: &'a str,
    stop: &'a str,
}

#[derive(Template)]
#[template(path = "mail/alerts.html")]
struct NewsHtml<'a> {
    subject: &'a str,
    lines: &'a [Line],
    more: usize,
    all: &'a str,
    page: &'a str,
    stop: &'a str,
}

/// Writes it. The same delivery gives the same mail each time.
pub fn compose(setting: &Setting, delivery: &Delivery) -> Result<Mail, Unwritable> {
    match delivery.template.as_str() {
        CONFIRMING => asking(setting, delivery),
        REMINDING => reminding(setting, delivery),
        _ => news(setting, delivery),
    }
}

#[derive(Template)]
#[template(path = "mail/bins-reminder.txt")]
struct RemindingText<'a> {
    address: &'a str,
    day: &'a str,
    lines: &'a [String],
    gone: Option<&'a [String]>,
    all: &'a str,
    page: &'a str,
    stop: &'a str,
}

#[derive(Template)]
#[template(path = "mail/bins-reminder.html")]
struct RemindingHtml<'a> {
    subject: &'a str,
    address: &'a str,
    day: &'a str,
    lines: &'a [String],
    gone: Option<&'a [String]>,
    all: &'a str,
    page: &'a str,
    stop: &'a str,
}

/// What comes tomorrow; or what does not after all.
fn reminding(setting: &Setting, delivery: &Delivery) -> Result<Mail, Unwritable> {
    let facts = reminder::Facts::deserialize(&delivery.facts).map_err(|_| Unwritable::Facts)?;
    let day = facts.day.strftime("%A %-d %B").to_string();
    let lines: Vec<String> = facts
        .lines
        .iter()
        .map(|line| one_line(&format!("{}: put out your {} by {}", line.name, line.container, line.put_out)))
        .collect();
    let gone = facts.gone.map(|gone| gone.iter().map(not_coming).collect::<Vec<String>>());
    let gone = gone.as_deref();
    let is_changed = gone.is_some();
    let subject = if is_changed { format!("Your bin day has changed: {day}") } else { format!("Bin day: {day}") };
    let (page, stop) = (link(setting, "yours", facts.subscriber), link(setting, "stop", facts.subscriber));
    let all = format!("{}/property/{}", setting.public_url, facts.uprn);
    let (address, lines) = (one_line(&facts.address), lines.as_slice());
    let (address, day, all, page, stop) = (address.as_str(), day.as_str(), all.as_str(), page.as_str(), stop.as_str());
    let text = RemindingText { address, day, lines, gone, all, page, stop };
    let html = RemindingHtml { subject: &subject, address, day, lines, gone, all, page, stop };
    let written = (text.render().map_err(|_| Unwritable::Words)?, html.render().map_err(|_| Unwritable::Words)?);
    finish(setting, delivery, facts.subscriber, subject, written)
}

fn not_coming(one: &reminder::Gone) -> String {
    let why = if one.why.is_empty() { String::new() } else { format!(" ({})", one.why) };
    one_line(&match one.moved_to {
        Some(day) => format!("{}: it comes on {} instead{why}", one.name, day.strftime("%A %-d %B")),
        None => format!("{}: it does not come{why}", one.name),
    })
}

fn asking(setting: &Setting, delivery: &Delivery) -> Result<Mail, Unwritable> {
    let facts = Asking::deserialize(&delivery.facts).map_err(|_| Unwritable::Facts)?;
    let link = link(setting, "confirm", facts.subscription);
    let (subject, days) = ("Please confirm your alerts", setting.alerts.confirm_days);
    let about = one_line(&facts.about);
    let text = AskingText { about: &about, link: &link, days }.render().map_err(|_| Unwritable::Words)?;
    let html = AskingHtml { subject, about: &about, link: &link, days }.render().map_err(|_| Unwritable::Words)?;
    finish(setting, delivery, facts.subscriber, subject.to_owned(), (text, html))
}

fn news(setting: &Setting, delivery: &Delivery) -> Result<Mail, Unwritable> {
    let facts = Told::deserialize(&delivery.facts).map_err(|_| Unwritable::Facts)?;
    let house = &setting.public_url;
    let lines: Vec<Line> = facts
        .items
        .iter()
        .map(|item| Line {
            title: one_line(&format!("{}, {} ({})", item.title, item.place, codes::show_reference(&item.reference))),
            said: said(&item.what, &item.stand),
            link: format!("{house}/reports/{}", item.reference),
        })
        .collect();
    let n = lines.len() + facts.more;
    // Subjects are read by others over the shoulder: how many, and no more.
    let subject = format!("Your alerts: {n} {}", if n == 1 { "report" } else { "reports" });
    let (page, stop) = (link(setting, "yours", facts.subscriber), link(setting, "stop", facts.subscriber));
    let (all, more) = (format!("{house}/reports"), facts.more);
    let (lines, all, page, stop) = (lines.as_slice(), all.as_str(), page.as_str(), stop.as_str());
    let text = NewsText { lines, more, all, page, stop }.render().map_err(|_| Unwritable::Words)?;
    let html = NewsHtml { subject: &subject, lines, more, all, page, stop }.render().map_err(|_| Unwritable::Words)?;
    finish(setting, delivery, facts.subscriber, subject, (text, html))
}

fn said(what: &str, stand: &str) -> String {
    let now = match Stand::from_name(stand) {
        Some(Stand::Open) | None => "It is open.",
        Some(Stand::Fixed) => "It is fixed.",
        Some(Stand::Closed) => "It is closed.",
    };
    match What::from_name(what) {
        Some(What::New) => format!("New. {now}"),
        Some(What::Changed | What::Fixed) | None => format!("There is news. {now}"),
    }
}

fn link(setting: &Setting, to: &str, id: Uuid) -> String {
    format!("{}/alerts/{to}/{}", setting.public_url, setting.keys.alert_token(id))
}

fn finish(
    setting: &Setting,
    delivery: &Delivery,
    subscriber: Uuid,
    subject: String,
    (text, html): (String, String),
) -> Result<Mail, Unwritable> {
    Ok(Mail {
        to: mail::address(&delivery.address).ok_or(Unwritable::Address)?.to_string(),
        subject,
        text: wrapped(&text),
        html,
        message_id: delivery.id.to_string(),
        neutral: false,
        unsubscribe: Some(link(setting, "stop", subscriber)),
        reply_to: None,
    })
}
