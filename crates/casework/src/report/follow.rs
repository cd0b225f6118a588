//! What a resident does with their own report: reads it, adds words, withdraws.

use super::{
    again, agreement,
    amend::{self, Added},
    away, booking, clock,
    court::{self, Step},
    diary,
    entry::{Happened, write},
    feedback::{self, Asked},
    fixed, hook, mark, office, ordered, payment, publication,
    reopening::{self, Reopening},
    review,
    tell::{self, Message},
    timeline::{self, Event},
};
use crate::{
    Draw, Error, Refusal, Result, Setting,
    casefile::{begin, own},
    codes, words,
};
use catalogue::{ClockKind, Cue};
use rights::{Actor, NotFound, Relation, Resident, Right};
use serde_json::{Value as Json, json};
use store::{
    Time, Tx, answer,
    clock::{Clock, SeenBy},
    contact, crime,
    held::Held,
    journal::{self, Audience, Verb},
    payment::Payment,
    report::{self, Head, Spot},
    staff,
    sub_case::{self, Core, SubCase},
    throttle,
};

/// Links one origin may ask for …
const LINKS: i64 = 10;
/// … in this time.
const LINK_SECONDS: i64 = 60 * 60;

/// One agency's part, in the resident's words.
#[derive(Clone, Debug)]
pub struct PartShown {
    pub agency: String,
    pub agency_name: String,
    pub stage_name: String,
    /// What happens next; empty when it has ended.
    pub next: String,
    pub core: Core,
    /// By when: the first answer until there is one, then the target.
    pub by: Option<Time>,
    /// The date has passed. It is shown as passed, never moved silently (P-80).
    pub overdue: bool,
    /// What was promised and is still to come, the soonest first.
    pub promises: Vec<Promise>,
    pub crimes: Vec<CrimeShown>,
    /// Where it stands at court, step by step; empty where it is not on its way there.
    pub court: Vec<Step>,
    /// What was agreed about updates (P-90).
    pub agreed: Option<store::agreement::Agreement>,
    /// Intervals one may ask for, by name, with their words.
    pub rhythms: Vec<(String, String)>,
    /// The person who deals with it is away.
    pub away: Option<away::AwayShown>,
}

/// A clock that the resident reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    pub words: String,
    pub by: Time,
    /// It has passed: the first date, shown beside a later one.
    pub overdue: bool,
    pub later: Option<Time>,
}

/// What the victim reads of a recorded crime: publishable words alone, nothing tactical (P-87).
#[derive(Clone, Debug, PartialEq)]
pub struct CrimeShown {
    pub number: Option<String>,
    pub offence: String,
    pub officer: Option<String>,
    pub recorded_at: Time,
    pub cancelled: bool,
}

/// The whole of it.
#[derive(Clone, Debug)]
pub struct Following {
    pub head: Head,
    /// The reference of the report that it is the same as, where everybody can read that one.
    pub same_as: Option<String>,
    pub service_title: String,
    pub spot: Spot,
    pub parts: Vec<PartShown>,
    pub timeline: Vec<Event>,
    pub answers: Vec<catalogue::ShownAnswer>,
    /// Photos and other files that the reporter gave, or that staff show them.
    pub files: Vec<Held>,
    /// Things told later, oldest first; the list in the answers stays as it was told.
    pub added: Vec<Added>,
    /// More of them may be told.
    pub takes_things: bool,
    /// The reporter goes on with a diary.
    pub diary: bool,
    /// What was done in the case it stands in, as far as its reporter may know, the newest first.
    pub done: Vec<own::Done>,
    /// An open question from staff waits for an answer.
    pub asked: bool,
    /// Agencies that closed it ask how they did (P-96).
    pub feedback: Vec<Asked>,
    /// A decision may be looked at again until then (P-83).
    pub review_until: Option<Time>,
    /// The service lets the reporter withdraw it outright; otherwise they may ask to (P-61).
    pub withdraws_outright: bool,
    pub ended: bool,
    /// What was ordered is on its way, and cannot be taken back.
    pub dispatched: bool,
    /// Everybody can read parts of it.
    pub public: bool,
    /// It is of a kind that others may read.
    pub has_public_words: bool,
    pub reopening: Reopening,
    /// Its reporter may say that it is fixed, which ends it.
    pub ends_by_word: bool,
    /// Its reporter may send it again to somebody else.
    pub sends_again: bool,
    pub payment: Option<Payment>,
    pub booking: Option<booking::Shown>,
}

pub(super) fn mine(actor: &Actor, right: Right) -> Result<uuid::Uuid> {
    rights::allow(actor, right, Relation::Reporter)?;
    match actor {
        Actor::Resident(Resident { report, .. }) => Ok(*report),
        _ => Err(NotFound.into()),
    }
}

pub fn following(actor: &Actor, tx: &mut Tx, setting: &Setting, now: Time) -> Result<Following> {
    let id = mine(actor, Right::FollowOwn)?;
    let head = report::by_id(tx, id)?;
    let cases = sub_case::of_report(tx, id)?;
    let service = setting.definition(&head.definition);
    let rows = answer::own(actor, tx, id)?;
    let answers = service.as_ref().map(|s| super::answers::shown(s, rows.iter().map(|a| &a.body))).unwrap_or_default();
    let crimes = crime::of_report(tx, id)?;
    let entries = journal::for_resident(actor, tx, id)?;
    let (mut parts, mut review_until) = (Vec::new(), None);
    let booking = booking::own(actor, tx, setting, now)?;
    let lapsed = booking.as_ref().is_some_and(|booked| booked.state == store::booking::State::Lapsed);
    for case in &cases {
        let mut shown = part(setting, case, now);
        if lapsed {
            // It ended by time, and nobody took it back.
            "Your booking has ended".clone_into(&mut shown.stage_name);
            "You can book again.".clone_into(&mut shown.next);
        }
        let running = clock::running(tx, setting, case)?;
        review_until = review_until.or(review::window(setting, case, &running, now));
        shown.promises = promises(setting, case, running, now);
        shown.rhythms = agreement::choices(setting, case);
        if !case.core.ended() {
            shown.away = away::shown(tx, setting, case, now)?;
            shown.agreed = store::agreement::own(actor, tx, id, &case.agency)?;
        }
        for known in crimes.iter().filter(|known| known.agency == case.agency) {
            shown.crimes.push(crime_shown(tx, setting, known)?);
        }
        shown.court = court::steps(setting, case, &entries);
        parts.push(shown);
    }
    let ended = head.withdrawn_at.is_some() || cases.iter().all(|case| case.core.ended());
    let published = match &service {
        Some(service) if service.public => store::publication::of_report(actor, tx, id)?,
        _ => None,
    };
    Ok(Following {
        has_public_words: published.is_some(),
        sends_again: again::may(setting, &head, &cases),
        ends_by_word: published.is_some() && fixed::may(setting, &cases),
        reopening: match head.withdrawn_at {
            None => reopening::stands(setting, &cases, now),
            Some(_) => Reopening::Not,
        },
        public: published.is_some_and(|row| row.shown == store::publication::Shown::Public),
        review_until,
        added: amend::added(&entries),
        diary: diary::goes_on(setting, &head),
        done: own::done(tx, setting, id)?,
        takes_things: amend::takes(setting, &head, ended),
        service_title: setting.service_title(&head),
        same_as: store::duplicate::in_public(tx, id)?,
        spot: report::own_spot(actor, tx, id)?,
        timeline: timeline::for_resident(setting, &entries),
        asked: cases.iter().any(|case| case.core == Core::WaitingResident),
        withdraws_outright: setting.withdraws_outright(&head),
        dispatched: ordered::is_dispatched(setting, &head.service, &cases),
        ended,
        payment: payment::own(actor, tx)?,
        booking,
        answers,
        feedback: feedback::asked(actor, tx, setting, id, &cases)?,
        files: super::files::own(actor, tx)?,
        parts,
        head,
    })
}

/// What an anonymous report's code shows: each agency's stage, and nothing else (P-59).
pub fn stage_only(actor: &Actor, tx: &mut Tx, setting: &Setting, now: Time) -> Result<(Head, Vec<PartShown>)> {
    let id = mine(actor, Right::SeeOwnStage)?;
    let head = report::by_id(tx, id)?;
    let cases = sub_case::of_report(tx, id)?;
    let parts = cases.iter().map(|case| part(setting, case, now)).collect();
    Ok((head, parts))
}

pub(super) fn part(setting: &Setting, case: &SubCase, now: Time) -> PartShown {
    let stage = setting.stage(&case.agency, &case.stage);
    let by = match (case.core.ended(), case.acknowledged_at, case.first_due_at) {
        (true, _, _) => None,
        (_, None, Some(first)) => Some(first),
        _ => Some(case.due_at),
    };
    PartShown {
        agency: case.agency.clone(),
        agency_name: setting.agency_name(&case.agency),
        stage_name: setting.stands(case).unwrap_or_else(|| case.stage.clone()),
        next: stage.map(|stage| stage.next).unwrap_or_default(),
        core: case.core,
        by,
        overdue: by.is_some_and(|by| by < now),
        promises: Vec::new(),
        crimes: Vec::new(),
        court: Vec::new(),
        agreed: None,
        rhythms: Vec::new(),
        away: None,
    }
}

fn promises(setting: &Setting, case: &SubCase, mut running: Vec<Clock>, now: Time) -> Vec<Promise> {
    // A window is the resident's own time, and no promise.
    let rules = setting.clock_rules(&case.agency);
    let window = |id: &str| rules.iter().any(|rule| rule.id == id && rule.kind == ClockKind::Window);
    running.retain(|clock| clock.seen_by == SeenBy::Resident && !window(&clock.rule));
    let shown = running.into_iter().map(|clock| Promise {
        overdue: clock.broken_at.is_some() || clock.due_at < now,
        later: clock.promised_at.filter(|later| *later >= now),
        words: clock.words,
        by: clock.due_at,
    });
    shown.collect()
}

fn crime_shown(tx: &mut Tx, setting: &Setting, known: &store::crime::Crime) -> Result<CrimeShown> {
    let officer = known.officer.map(|id| staff::name(&Actor::House("officer"), tx, id)).transpose()?.flatten();
    Ok(CrimeShown {
        number: known.number.clone(),
        offence: setting.offence_name(&known.agency, &known.offence),
        officer,
        recorded_at: known.recorded_at,
        cancelled: known.cancelled_at.is_some(),
    })
}

/// Words from the resident: an answer if something was asked, more information otherwise.
pub fn add_words(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, typed: &str) -> Result<()> {
    say(actor, tx, setting, draw, typed, json!({}))
}

/// The same, with what is to be known of how they came.
pub(super) fn say(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    typed: &str,
    mut facts: Json,
) -> Result<()> {
    let id = mine(actor, Right::AddWords)?;
    let words = words::read(typed)?;
    let cases = sub_case::of_report(tx, id)?;
    if reopening::stands(setting, &cases, draw.now()) == Reopening::Over {
        return Err(Refusal::Ended.into());
    }
    let (answered, moved) = wake(actor, tx, setting, draw, id)?;
    moved.note(&mut facts);
    let entry = write(
        actor,
        tx,
        draw,
        Happened {
            report: id,
            agency: None,
            verb: Verb::Collection,
            kind: if answered { "question.answered" } else { "words.added" },
            audience: Audience::Resident,
            facts,
            words: Some(&words),
        },
    )?;
    let head = report::by_id(tx, id)?;
    for case in sub_case::of_report(tx, id)?.iter().filter(|case| case.core != Core::WithOtherAgency) {
        hook::report(tx, setting, draw, (hook::Event::MessageAdded, entry), &case.agency, &head, None)?;
        office::tell(actor, tx, setting, draw, (entry, &case.agency, &head))?;
    }
    Ok(())
}

/// Puts what the resident added before the agencies: whether one of them had asked something. It opens a closed report
/// again, since a closed one is on nobody's list.
pub(super) fn wake(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    id: uuid::Uuid,
) -> Result<(bool, clock::Moved)> {
    if report::by_id(tx, id)?.withdrawn_at.is_some() {
        return Err(Refusal::Ended.into());
    }
    let mut cases = sub_case::of_report(tx, id)?;
    let answered = cases.iter().any(|case| case.core == Core::WaitingResident);
    let all_ended = cases.iter().all(|case| case.core.ended());
    let mut moved = clock::Moved::default();
    let last = cases.iter().filter(|case| case.core == Core::Closed).max_by_key(|case| case.closed_at).map(|c| c.id);
    for case in &mut cases {
        let again = all_ended && Some(case.id) == last;
        if case.core.ended() && !again {
            continue;
        }
        if again || case.core == Core::WaitingResident {
            let stage = setting.first_stage(&case.agency, Core::Open).ok_or(Refusal::NoSuchStage)?;
            case.stage = stage.id;
            case.core = Core::Open;
            case.closed_at = None;
            case.outcome = None;
        }
        mark::raise(case, mark::RESIDENT_WROTE);
        away::relieve(tx, setting, draw.now(), case)?;
        case.changed_at = draw.now();
        sub_case::update(actor, tx, case)?;
        moved.add(clock::cue(tx, setting, draw, case, &[Cue::Wrote])?);
    }
    if all_ended {
        publication::follow(tx, setting, id, draw.now())?;
    }
    begin::stir(actor, tx, setting, draw, id)?;
    Ok((answered, moved))
}

/// The resident asks how it goes: a task for a person, with the time an answer takes.
pub fn ask_news(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw) -> Result<()> {
    let id = mine(actor, Right::FollowOwn)?;
    let mut moved = clock::Moved::default();
    let mut asked = false;
    for mut case in sub_case::of_report(tx, id)?.into_iter().filter(|case| !case.core.ended()) {
        mark::raise(&mut case, mark::ASKS_FOR_NEWS);
        away::relieve(tx, setting, draw.now(), &mut case)?;
        sub_case::update(actor, tx, &case)?;
        moved.add(clock::cue(tx, setting, draw, &case, &[Cue::Wrote])?);
        asked = true;
    }
    if !asked {
        return Err(Refusal::Ended.into());
    }
    let mut facts = json!({});
    moved.note(&mut facts);
    write(
        actor,
        tx,
        draw,
        Happened {
            report: id,
            agency: None,
            verb: Verb::Collection,
            kind: "news.asked",
            audience: Audience::Resident,
            facts,
            words: None,
        },
    )?;
    Ok(())
}

/// Withdraws the report, or asks for it where a recorded matter is not ended by its reporter alone (P-61).
pub fn withdraw(actor: &Actor, tx: &mut Tx, setting: &Setting, draw: &mut Draw, typed: &str) -> Result<()> {
    let id = mine(actor, Right::WithdrawOwn)?;
    let head = report::by_id(tx, id)?;
    let words = match typed.trim() {
        "" => None,
        _ => Some(words::read(typed)?),
    };
    if head.withdrawn_at.is_some() {
        return Err(Refusal::AlreadyDone.into());
    }
    // What is booked is cancelled, by its own hours.
    match store::booking::own(actor, tx, id)? {
        Some(row) if row.state.is_live() => return booking::cancel(actor, tx, setting, draw),
        Some(_) => return Err(Refusal::AlreadyDone.into()),
        None => {}
    }
    if ordered::is_dispatched(setting, &head.service, &sub_case::of_report(tx, id)?) {
        return Err(Refusal::TooLateToChange.into());
    }
    let outright = setting.withdraws_outright(&head);
    let mut ended = Vec::new();
    if outright {
        ended = end(actor, tx, setting, draw, id)?;
    }
    if !outright {
        for mut case in sub_case::of_report(tx, id)?.into_iter().filter(|case| !case.core.ended()) {
            mark::raise(&mut case, mark::ASKS_TO_WITHDRAW);
            sub_case::update(actor, tx, &case)?;
        }
    }
    let entry = write(
        actor,
        tx,
        draw,
        Happened {
            report: id,
            agency: None,
            verb: Verb::Alteration,
            kind: if outright { "report.withdrawn" } else { "withdrawal.asked" },
            audience: Audience::Resident,
            facts: json!({}),
            words: words.as_deref(),
        },
    )?;
    self::ended(actor, tx, setting, draw, (entry, &head), &ended)
}

/// Ends the work of every agency on a report that is withdrawn, and says whose.
pub(super) fn end(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    id: uuid::Uuid,
) -> Result<Vec<String>> {
    report::withdraw(actor, tx, id, draw.now()).map_err(|e| match e {
        store::Error::Stale => Error::Refused(Refusal::AlreadyDone),
        other => other.into(),
    })?;
    let mut ended = Vec::new();
    for mut case in sub_case::of_report(tx, id)? {
        if case.core.ended() {
            continue;
        }
        case.core = Core::Withdrawn;
        if let Some(stage) = setting.first_stage(&case.agency, Core::Withdrawn) {
            case.stage = stage.id;
        }
        case.closed_at = Some(draw.now());
        case.changed_at = draw.now();
        sub_case::update(actor, tx, &case)?;
        clock::cue(tx, setting, draw, &case, &[Cue::Ended])?;
        ended.push(case.agency);
    }
    publication::follow(tx, setting, id, draw.now())?;
    Ok(ended)
}

/// Tells the systems of those agencies, once the entry that says why is written.
pub(super) fn ended(
    actor: &Actor,
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    (entry, head): (uuid::Uuid, &Head),
    agencies: &[String],
) -> Result<()> {
    for agency in agencies {
        hook::report(tx, setting, draw, (hook::Event::Closed, entry), agency, head, None)?;
        office::tell(actor, tx, setting, draw, (entry, agency, head))?;
    }
    Ok(())
}

/// A link by e-mail, if the reference and the address belong together and the gate lets it. Says nothing of whether.
pub fn send_link(
    tx: &mut Tx,
    setting: &Setting,
    draw: &mut Draw,
    reference: &str,
    email: &str,
    origin: &str,
) -> Result<()> {
    let knocks = throttle::knock(tx, "link", &setting.keys.origin(origin), draw.now(), LINK_SECONDS)?;
    let Some(reference) = codes::read_reference(reference).filter(|_| knocks <= LINKS) else { return Ok(()) };
    let Some(head) = report::by_reference(tx, &reference)? else { return Ok(()) };
    let person = contact::own(&Actor::House("link"), tx, head.id)?;
    let same = person.and_then(|p| p.email).is_some_and(|kept| kept.eq_ignore_ascii_case(email.trim()));
    let Some(agency) = sub_case::of_report(tx, head.id)?.into_iter().next().map(|case| case.agency).filter(|_| same)
    else {
        return Ok(());
    };
    let entry = write(
        &Actor::House("link"),
        tx,
        draw,
        Happened {
            report: head.id,
            agency: Some(&agency),
            verb: Verb::Disclosure,
            kind: "link.asked",
            audience: Audience::Audit,
            facts: json!({}),
            words: None,
        },
    )?;
    tell::resident(tx, setting, draw, &head, &agency, entry, Message::Link)?;
    Ok(())
}
