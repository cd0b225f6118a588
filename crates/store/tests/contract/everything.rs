//! Calls every public function once, for the tests that look at the statements: what each one does is proved beside it.

use crate::{
    account::{link, robin},
    agreement::agreed,
    alert::{alert, news},
    assessment::assessment,
    asset::{lamp, square},
    away::week,
    backup,
    ban::{banned, keep as shut_out},
    booking::{DAY, booked},
    bulk::{item, many},
    casefile::{action, casefile, complaint, file_id, noted, site_visit},
    clock::clock,
    collection::collected,
    confirmation::waiting_for,
    crime::crime,
    data_set::{area, set},
    engine::{Fresh, wait},
    fixtures::*,
    missed::missed_by,
    neighbourhood::team,
    objection::{keep as object, objection_of},
    occurrence::occurrence,
    ordered::ordered_by,
    payment::{due, settled},
    place::{place, postcode},
    premises::home,
    property::{mark, met},
    publication::publication,
    queue::lists,
    relief::before_the_front,
    remark::{keep as said, remark_of},
    reminder::reminder,
    round::{fortnightly, moved},
    saved_view::view,
    shown_name::named,
    subscription::{near, person, spots},
    wording::reworded,
};
use serde_json::json;
use store::{
    Error, Look, Time, access, account, answer, area, assessment, attempt, ban, booking, checkpoint, clock, collection,
    confirmation, contact, crime, data_set, definition, delivery, feedback, fetched, held, hook, incident, journal,
    leaf, log, missed, neighbourhood, objection, ordered, outside, payment,
    pin::{self, View},
    place, premises, property,
    queue::{self, Filter},
    remark, rendition, report, round, sending, session,
    shown_name::{self, ShownName},
    staff, sub_case, subject, throttle, transfer, wording,
};

/// Every statement there is, run at least once.
pub fn call(fresh: &Fresh) {
    fresh.write(backup::copying).unwrap();
    fresh.write(reports).unwrap();
    fresh.write(proofs).unwrap();
    fresh.write(people_at_work).unwrap();
    fresh.write(accounts).unwrap();
    fresh.write(open_data).unwrap();
    fresh.write(outbox).unwrap();
    fresh.write(told).unwrap();
    fresh.write(back_office).unwrap();
    fresh.write(files).unwrap();
    fresh.write(limits_and_crimes).unwrap();
    fresh.write(bookings).unwrap();
    fresh.write(a_case).unwrap();
    fresh.write(alerts).unwrap();
    fresh.write(time_is_over).unwrap();
    fresh.write(sealing).unwrap();
    fresh.read(reading).unwrap();
    wait(fresh.db.look(&officer(), glance(1), looking)).unwrap();
    for (n, (filter, sort, after)) in (10..).zip(lists()) {
        let counted = filter.clone();
        fresh.read(move |tx| queue::count(&officer(), tx, &counted)).unwrap();
        let (who, narrowed) = (officer(), filter.clone());
        wait(fresh.db.look(&who, glance(100_000 + n), move |look| pins(look, &narrowed))).unwrap();
        wait(fresh.db.look(&who, glance(n), move |look| queue::page(&officer(), look, &filter, sort, after))).unwrap();
    }
    wait(fresh.db.truncate()).unwrap();
}

fn time_is_over(tx: &mut store::Tx) -> Result<(), Error> {
    use crate::retention::{FIRST, place, raise};
    use store::{disposal, legal_hold, retention, retention_review};
    let (staff, one) = (officer(), report_id(1));
    retention::closed(&HOUSE, tx, COUNCIL, NOW, FIRST, 9)?;
    retention::untouched(&HOUSE, tx, (COUNCIL, "example"), NOW, FIRST, 9)?;
    retention::parts(&HOUSE, tx, one)?;
    place(tx, 730)?;
    legal_hold::standing(&staff, tx, one, COUNCIL)?;
    legal_hold::of_agency(&staff, tx, 9)?;
    retention::holds(&HOUSE, tx, one)?;
    legal_hold::release(&staff, tx, entry_id(730), staff_id(2), NOW)?;
    raise(tx, 731)?;
    retention_review::newest(&staff, tx, one, COUNCIL)?;
    retention_review::of_agency(&staff, tx, 9)?;
    retention_review::decide(
        &staff,
        tx,
        entry_id(731),
        (staff_id(1), NOW),
        (retention_review::Decision::Delete, None),
    )?;
    place(tx, 732)?;
    raise(tx, 733)?;
    a_report(tx, 7_000_000)?;
    disposal::anonymise(&HOUSE, tx, report_id(7_000_000), NOW)?;
    disposal::delete(&HOUSE, tx, report_id(7_000_000), NOW)?;
    Ok(())
}

fn accounts(tx: &mut store::Tx) -> Result<(), Error> {
    account::keep_sign_in(&HOUSE, tx, &link(1))?;
    account::awaited(&HOUSE, tx, link(1).id, NOW)?;
    account::take_sign_in(&HOUSE, tx, &link(1).token, NOW)?;
    for n in 1..=2 {
        account::open(&HOUSE, tx, &robin(n))?;
    }
    let id = robin(1).id;
    account::find(&HOUSE, tx, id)?;
    account::change(&HOUSE, tx, id, Some("Robin Example"), None, true)?;
    account::keep_signed_in(&HOUSE, tx, b"signed in", id, NOW, NOW.plus_hours(1))?;
    account::signed_in(&HOUSE, tx, b"signed in", NOW)?;
    account::reports(&HOUSE, tx, id, 100)?;
    account::report(&HOUSE, tx, id, "FT2ABCD")?;
    account::sign_out(&HOUSE, tx, id, Some(b"other"))?;
    account::sign_out(&HOUSE, tx, robin(2).id, None)?;
    account::forget(&HOUSE, tx, robin(2).id)?;
    account::sweep(&HOUSE, tx, NOW, NOW, NOW.plus_hours(-1))?;
    Ok(())
}

fn pins(look: &mut Look, filter: &Filter) -> store::Result<()> {
    let view = View { south: 51.0, west: -3.0, north: 52.0, east: -2.0, spans: vec![(0, i64::MAX)] };
    pin::within(&officer(), look, filter, &view)?;
    pin::groups(&officer(), look, filter, &view, 1 << 20)?;
    queue::numbered(&officer(), look, &[10])?;
    pin::reference(&officer(), look.tx, 10)?;
    Ok(())
}

fn reports(tx: &mut store::Tx) -> Result<(), Error> {
    people(tx)?;
    definition::keep(tx, &definition(), NOW)?;
    report::insert(tx, &new_report(1))?;
    sub_case::next_number(tx)?;
    sub_case::insert(tx, &sub_case(1, COUNCIL))?;
    sub_case::mark(&HOUSE, tx, &sub_case(1, COUNCIL))?;
    sub_case::update(&HOUSE, tx, &sub_case(1, COUNCIL))?;
    let words = json!({ "words": "hello" });
    journal::write(&HOUSE, tx, &journal::NewEntry { content: Some(words), ..entry(1, 1) })?;
    let body = json!({});
    answer::insert(tx, report_id(1), &answer::Answer { part: answer::Part::Plain, body, salt: SALT.to_vec() })?;
    let nobody = contact::Contact { name: None, email: None, phone: None, safe: json!({}) };
    contact::insert(tx, report_id(1), &nobody)?;
    report::withdraw(&HOUSE, tx, report_id(1), NOW)?;
    tx.index_words(10, &format!("{} words", queue::label(COUNCIL)))?;
    tx.index_words(20, "others")?;
    tx.forget_words(20)?;
    transfer::insert(&officer(), tx, &transfer(1))?;
    transfer::decide(&officer(), tx, transfer(1).id, transfer::State::Accepted, NOW, None)
}

fn proofs(tx: &mut store::Tx) -> Result<(), Error> {
    tx.lock("proofs")?;
    access::keep_receipt(tx, report_id(1), b"r")?;
    access::keep_pin(tx, report_id(1), b"p")?;
    access::pin_tried(tx, report_id(1), 1, None)?;
    let (token, later) = (b"t".to_vec(), NOW.plus_hours(1));
    let link =
        access::Link { id: id(7, 1), token: token.clone(), report: report_id(1), created_at: NOW, expires_at: later };
    access::keep_link(tx, &link)?;
    let sight = access::Step::Whole;
    let visit = access::Visit { token, report: report_id(1), sight, created_at: NOW, expires_at: later };
    access::keep_visit(tx, &visit)?;
    access::end_visit(tx, b"u")?;
    attempt::insert(tx, &attempt(b"t"))?;
    attempt::save(tx, b"t", b"", later, 1)?;
    attempt::sent(tx, b"t", report_id(1), b"")?;
    attempt::drop(tx, b"u")?;
    access::sweep(tx, Time(0))?;
    throttle::knock(tx, "door", b"o", NOW, 60)?;
    throttle::weigh(tx, "bytes", b"o", NOW, (60, 9))?;
    throttle::sweep(tx, Time(0))?;
    store::reply::keep(&HOUSE, tx, b"m", report_id(1), NOW)?;
    store::reply::keep(&HOUSE, tx, b"n", report_id(1), NOW)?;
    store::reply::forget(&HOUSE, tx, b"n")?;
    store::reply::sweep(&HOUSE, tx, Time(0))?;
    Ok(())
}

fn people_at_work(tx: &mut store::Tx) -> Result<(), Error> {
    staff::tried(&HOUSE, tx, staff_id(1), 0, None, 1)?;
    staff::change(&officer(), tx, &member(1, COUNCIL))?;
    session::end_all(&officer(), tx, staff_id(9))?;
    store::sub_case::release(&officer(), tx, COUNCIL, staff_id(9))?;
    staff::keep_recovery(&HOUSE, tx, staff_id(1), b"c")?;
    staff::spend_recovery(&HOUSE, tx, staff_id(1), b"c", NOW)?;
    let opened = session::Session {
        token: b"s".to_vec(),
        staff: staff_id(1),
        created_at: NOW,
        touched_at: NOW,
        expires_at: NOW.plus_hours(1),
    };
    session::insert(&HOUSE, tx, &opened)?;
    session::touch(&HOUSE, tx, b"s", NOW, NOW)?;
    session::end(&HOUSE, tx, b"s")
}

fn open_data(tx: &mut store::Tx) -> Result<(), Error> {
    let load = data_set::next_load(tx)?;
    area::insert(tx, load, &area("A"))?;
    place::insert(tx, load, 1, &place("Somewhere"))?;
    place::insert_postcode(tx, load, &postcode("BS23 1AA", 51.0))?;
    data_set::put_in_force(tx, &set("places", load))?;
    data_set::changed(tx)?;
    area::sweep(tx)?;
    place::sweep(tx)?;
    premises::insert(tx, &home(load, 1, "BS23 1AA"), &["R1".to_owned()])?;
    round::insert(tx, &fortnightly(load, "R1"))?;
    round::insert_day(tx, load, "R1", &moved())?;
    data_set::put_in_force(tx, &set(&round::set(COUNCIL), load))?;
    collection::keep(tx, &collected("R1", ""))?;
    premises::sweep(tx)?;
    store::asset::insert(tx, load, &lamp("NS 1"))?;
    store::asset::sweep(tx)?;
    round::sweep(tx)?;
    neighbourhood::put(&HOUSE, tx, &team(COUNCIL, "pier", 1))?;
    neighbourhood::put(&officer(), tx, &team(COUNCIL, "pier", 2))?;
    neighbourhood::one(tx, COUNCIL, "pier")?;
    neighbourhood::lies_in(tx, report_id(1), COUNCIL, "pier")?;
    neighbourhood::kept(tx, COUNCIL, "answered", NOW, NOW)?;
    feedback::give(&resident(report_id(1)), tx, report_id(1), COUNCIL, 24_322, 1)?;
    feedback::counts(tx, COUNCIL, 24_322, 24_323)?;
    neighbourhood::of_agency(tx, COUNCIL)?;
    neighbourhood::in_force(tx)?;
    neighbourhood::history(&officer(), tx, "pier")?;
    Ok(())
}

fn outbox(tx: &mut store::Tx) -> Result<(), Error> {
    delivery::insert(tx, &delivery(1))?;
    let claim = id(8, 1);
    delivery::claim(&HOUSE, tx, claim, NOW, NOW)?;
    delivery::settle(&HOUSE, tx, delivery(1).id, claim, delivery::State::Dead, NOW, None)?;
    delivery::retry(&officer(), tx, delivery(1).id, NOW)?;
    delivery::give_up_lost_claims(&HOUSE, tx, NOW)?;
    delivery::give_up_copied(&HOUSE, tx)?;
    Ok(())
}

fn told(tx: &mut store::Tx) -> Result<(), Error> {
    crime::insert(&HOUSE, tx, &a_crime(1))?;
    crime::join(&HOUSE, tx, a_crime(1).id, report_id(1), NOW)?;
    crime::joined(&HOUSE, tx, a_crime(1).id)?;
    hook::insert(tx, &new_hook(1, 1, Some(a_crime(1).id)))?;
    let claim = id(8, 2);
    hook::claim(&HOUSE, tx, COUNCIL, claim, NOW, NOW)?;
    hook::settle(&HOUSE, tx, new_hook(1, 1, None).id, claim, hook::State::Dead, NOW, None)?;
    hook::retry(&officer(), tx, new_hook(1, 1, None).id, NOW)?;
    hook::take_back_lost_claims(&HOUSE, tx, NOW)?;
    Ok(())
}

fn back_office(tx: &mut store::Tx) -> Result<(), Error> {
    store::photo_link::insert(&HOUSE, tx, &crate::photo_link::link(1, 1))?;
    store::photo_link::claim(&HOUSE, tx, report_id(1), NOW, NOW)?;
    let claimed = (crate::photo_link::link(1, 1).id, report_id(1));
    store::photo_link::settle(&HOUSE, tx, claimed, store::photo_link::State::Kept, NOW, None)?;
    store::photo_link::take_back_lost_claims(&HOUSE, tx, NOW)?;
    store::photo_link::of_report(&HOUSE, tx, report_id(1))?;
    store::publication::set_photos(&HOUSE, tx, report_id(1), &serde_json::json!([]))?;
    sending::begun(tx, report_id(1), COUNCIL)?;
    sending::insert(tx, &new_sending(1, 1, sending::Kind::Request))?;
    let claim = id(8, 3);
    sending::claim(&HOUSE, tx, COUNCIL, claim, NOW, NOW)?;
    let tried = json!([]);
    let dead = sending::Settled { state: sending::State::Dead, at: NOW, token: None, problem: None, tried };
    sending::settle(&HOUSE, tx, new_sending(1, 1, sending::Kind::Request).id, claim, &dead)?;
    sending::retry(&officer(), tx, new_sending(1, 1, sending::Kind::Request).id, NOW)?;
    sending::take_back_lost_claims(&HOUSE, tx, NOW)?;
    sending::in_doubt(&HOUSE, tx, COUNCIL)?;
    store::stuck::count(&HOUSE, tx, COUNCIL)?;
    store::outside::is_named(tx, report_id(1), COUNCIL)?;
    store::outside::oldest_worked(&HOUSE, tx, COUNCIL)?;
    outside::keep(&HOUSE, tx, &outside(1))?;
    outside::named(&HOUSE, tx, COUNCIL, "FS-1")?;
    outside::worked(&HOUSE, tx, COUNCIL, "", 10)?;
    outside::keep_service(&HOUSE, tx, COUNCIL, &outside_service("a", 1))?;
    outside::gone(&officer(), tx)?;
    fetched::keep(&HOUSE, tx, &fetched(1))?;
    fetched::held(&HOUSE, tx, COUNCIL, "u1")?;
    fetched::wait(&HOUSE, tx, COUNCIL, "u1", "nobody's")?;
    fetched::waiting(&HOUSE, tx, COUNCIL, (NOW, ""), 10)?;
    fetched::end(&HOUSE, tx, COUNCIL, "u1", fetched::State::Taken)?;
    let poll = fetched::ask(&HOUSE, tx, (COUNCIL, "updates"), claim, (NOW, NOW, NOW))?.unwrap();
    fetched::asked(&HOUSE, tx, COUNCIL, &poll)?;
    fetched::polls(&officer(), tx)?;
    Ok(())
}

fn files(tx: &mut store::Tx) -> Result<(), Error> {
    held::hold(tx, &photo(1), &until(b"a"))?;
    held::hold(tx, &photo(2), &until(b"b"))?;
    rendition::keep(tx, &pictures(1, 0))?;
    held::let_go(tx, b"b", NOW)?;
    let place = held::Place {
        report: report_id(1),
        entry: entry_id(1),
        question: "photos",
        part: answer::Part::Plain,
        ordinal: 0,
    };
    held::claim(tx, b"a", photo(1).id, &place)?;
    held::add(&officer(), tx, &held::Held { report: Some(report_id(1)), ..photo(3) }, entry_id(1))?;
    held::hide(&officer(), tx, photo(1).id, Some(NOW))?;
    held::redact(&officer(), tx, photo(1).id, 0, &pictures(1, 1))?;
    held::scanned(&HOUSE, tx, photo(1).id, held::Scan::Clean)?;
    held::forget(&HOUSE, tx, photo(2).id, NOW)?;
    Ok(())
}

fn in_public(tx: &mut store::Tx) -> Result<(), Error> {
    let (staff, one) = (officer(), report_id(1));
    confirmation::insert(tx, &waiting_for(1))?;
    confirmation::by_token(tx, &waiting_for(1).token, NOW)?;
    confirmation::confirm(tx, &waiting_for(1).token, NOW)?;
    confirmation::show(tx, one)?;
    confirmation::waits(&staff, tx, one)?;
    store::objection::waiting(&staff, tx, one)?;
    remark::waiting(&staff, tx, one)?;
    store::publication::hand_over(&HOUSE, tx, one, (COUNCIL, true))?;
    confirmation::looked(&staff, tx, one)?;
    asked_whether_fixed(tx)?;
    let version = wording::version(&staff, tx, one)?.unwrap();
    wording::change(&staff, tx, one, version, &reworded())?;
    let said = objection_of(710);
    object(tx, 710, &said)?;
    objection::waits(&staff, tx, one, said.id)?;
    objection::decide(&staff, tx, one, said.id, objection::State::Stays)?;
    shut_out(tx, 720, &banned(720))?;
    ban::holds(tx, COUNCIL, ban::Kind::Email, "x", NOW)?;
    ban::end(&staff, tx, banned(720).id, NOW)
}

fn asked_whether_fixed(tx: &mut store::Tx) -> Result<(), Error> {
    use store::questionnaire::{self, Answer};
    let one = report_id(1);
    questionnaire::insert(tx, one, NOW)?;
    questionnaire::due(&HOUSE, tx, NOW, 9)?;
    questionnaire::ask(&HOUSE, tx, one, b"asked", NOW.plus_hours(1))?;
    questionnaire::leave(&HOUSE, tx, one)?;
    questionnaire::by_token(tx, b"asked", NOW)?;
    questionnaire::answer(tx, b"asked", Answer::Still, NOW)?;
    questionnaire::refuse(tx, b"robin", NOW)?;
    questionnaire::allow(tx, b"robin")?;
    questionnaire::refuses(tx, b"robin")?;
    questionnaire::refuse(tx, b"robin", NOW)?;
    Ok(())
}

fn limits_and_crimes(tx: &mut store::Tx) -> Result<(), Error> {
    let (staff, one) = (officer(), report_id(1));
    clock::insert(tx, &clock(1))?;
    clock::update(tx, &store::clock::Clock { broken_at: Some(NOW), ..clock(1) })?;
    clock::waiting(&HOUSE, tx, NOW, 1)?;
    store::agreement::keep(&staff, tx, &agreed())?;
    store::away::keep(&staff, tx, &week())?;
    store::away::end(&staff, tx, staff_id(1))?;
    store::template::put(&officer(), tx, &crate::template::answer(1, 1))?;
    store::template::put(&officer(), tx, &crate::template::answer(1, 2))?;
    store::site_message::insert(&officer(), tx, &crate::site_message::message(1))?;
    store::site_message::insert(&officer(), tx, &crate::site_message::message(2))?;
    store::site_message::end(&officer(), tx, id(41, 2), NOW)?;
    store::offer::put(&officer(), tx, &crate::offer::offered("drain", 1, "2026-11-27"))?;
    store::saved_view::keep(&officer(), tx, &view(1, "front"))?;
    store::saved_view::keep(&officer(), tx, &view(2, ""))?;
    store::saved_view::remove(&officer(), tx, view(2, "").id)?;
    store::shortlist::put(&officer(), tx, report_id(1), NOW)?;
    store::shortlist::order(&officer(), tx, &[report_id(1)])?;
    store::shortlist::remove(&officer(), tx, report_id(1))?;
    store::bulk::begin(&officer(), tx, &many(1), &[item(1, 1)])?;
    store::bulk::settle(&officer(), tx, &item(1, 1), store::bulk::State::Waiting)?;
    store::bulk::undone(&officer(), tx, many(1).id, NOW)?;
    store::relief::raise(tx, &before_the_front(1))?;
    store::relief::end(tx, case_id(1))?;
    use store::publication::{self as everybody, Shown, Stand};
    everybody::insert(tx, &publication(1), "")?;
    store::ward::put(tx, report_id(1), "E1")?;
    store::ward::publish(tx, report_id(1), "E1")?;
    store::ward::set_renewed(tx, 1)?;
    let spot = new_report(1).spot;
    store::spot::put(&officer(), tx, report_id(1), &spot, store::spot::Cells::default(), "")?;
    store::spot::follow(&officer(), tx, case_id(1), &spot, store::spot::Cells::default())?;
    store::spot::publish(&officer(), tx, report_id(1), &spot, None, NOW)?;
    store::spot::leave(&officer(), tx, report_id(9))?;
    store::service::put(&officer(), tx, (report_id(1), case_id(1)), "example")?;
    store::service::publish(&officer(), tx, report_id(1), &crate::service::reclassed(), NOW)?;
    store::private::keep(&officer(), tx, report_id(1))?;
    store::private::is_kept(&officer(), tx, report_id(1))?;
    store::private::end(&officer(), tx, report_id(1))?;
    store::private::forget(tx, report_id(1))?;
    store::report::insert(tx, &new_report(900))?;
    store::desk::add(tx, case_id(1), &crate::desk::desk("roads", true))?;
    store::desk::clear(tx, case_id(1))?;
    store::ward::of(tx, report_id(1))?;
    store::duplicate::keep(&officer(), tx, &crate::duplicate::same(1, 900))?;
    store::duplicate::original(tx, report_id(1))?;
    store::duplicate::in_public(tx, report_id(1))?;
    store::duplicate::of_original(tx, report_id(900))?;
    store::duplicate::end(tx, report_id(1))?;
    // Others look at one report alone.
    tx.run("DELETE FROM report WHERE id = $1", &[&report_id(900)])?;
    let heard = remark_of(700, b"who", remark::Says::Fixed, everybody::Shown::Waits);
    said(tx, 700, &heard)?;
    remark::counts(tx, heard.report, NOW)?;
    remark::public(tx, heard.report)?;
    held::hold(tx, &photo(70), &until(b"said"))?;
    let by = rights::Actor::Account(id(30, 1));
    held::claim_for_remark(&by, tx, b"said", photo(70).id, (heard.report, heard.id, 0))?;
    held::said_in_public(tx, heard.report)?;
    let by_name = ShownName { item: heard.id, remark: Some(heard.id), ..named(1, None, None) };
    shown_name::keep(tx, &by_name)?;
    shown_name::in_public(tx, heard.report)?;
    shown_name::of_reporters(tx, &["FT2ABCD".into()])?;
    shown_name::of_report(&officer(), tx, heard.report)?;
    shown_name::mine(&by, tx, id(30, 1))?;
    shown_name::hide(&officer(), tx, heard.report, heard.id)?;
    remark::stands(&officer(), tx, heard.report, heard.id)?;
    remark::set_shown(&officer(), tx, heard.report, heard.id, everybody::Shown::Public)?;
    everybody::set_shown(&staff, tx, report_id(1), Shown::Public, Shown::Public)?;
    everybody::set_stand(tx, report_id(1), Stand::Open, NOW)?;
    in_public(tx)?;
    everybody::me_too(tx, report_id(1), b"mark", NOW)?;
    assessment::insert(&staff, tx, &assessment(1))?;
    assessment::grade(&staff, tx, one, COUNCIL)?;
    incident::hold(&staff, tx, report_id(1), COUNCIL, &incident::Incident { opening: "a".into(), closing: None })?;
    incident::of_report(tx, report_id(1), COUNCIL)?;
    crime::insert(&staff, tx, &crime(1))?;
    crime::join(&staff, tx, crime(1).id, one, NOW)?;
    crime::update(&staff, tx, &crime(1))?;
    contact::mark(tx, one, b"m")?;
    payment::insert(tx, &due(1))?;
    payment::own(&HOUSE, tx, report_id(1))?;
    payment::begin(&HOUSE, tx, due(1).id, id(32, 1), NOW)?;
    payment::claim(&HOUSE, tx, COUNCIL, id(33, 1), NOW, NOW)?;
    payment::settle(&HOUSE, tx, due(1).id, id(33, 1), &settled(payment::State::Due))?;
    let cashier = officer_with(COUNCIL, &[rights::Right::RecordPayment, rights::Right::RefundPayment]);
    payment::for_act(&cashier, tx, report_id(1), COUNCIL)?;
    let cash = (payment::State::Paid, payment::Method::Cash);
    assert!(matches!(payment::settle_by_hand(&cashier, tx, due(1).id, cash, "another", NOW), Err(Error::Stale)));
    payment::record(&cashier, tx, due(1).id, (payment::State::Paid, payment::Method::Cash), NOW)?;
    payment::refund(&cashier, tx, due(1).id, payment::State::Refunded, NOW)?;
    missed::insert(tx, &missed_by(1))?;
    missed::open(tx, COUNCIL, &missed_by(1).home)?;
    missed::homes(tx, COUNCIL, "R1", "2026-11-24")?;
    missed::raise(tx, COUNCIL, "R1", "2026-11-24", NOW)?;
    missed::waiting(&HOUSE, tx, NOW, 1)?;
    missed::raised(&HOUSE, tx, report_id(1))?;
    missed::close(&HOUSE, tx, report_id(1))?;
    missed::reopen(&HOUSE, tx, report_id(1))?;
    property::keep(tx, &mark(1, 1, property::Side::Lost))?;
    property::meeting(&HOUSE, tx, &mark(1, 1, property::Side::Lost), 1)?;
    property::due(&HOUSE, tx, NOW, 1)?;
    property::compared(&HOUSE, tx, mark(1, 1, property::Side::Lost).id, NOW)?;
    property::met(tx, &property::Match { found: one, ..met(1) })?;
    property::answer(&staff, tx, met(1).id, property::Answer::Same, NOW)?;
    report::open_following(&staff, tx, one, NOW)
}

fn bookings(tx: &mut store::Tx) -> Result<(), Error> {
    let row = booked(1);
    booking::take(tx, &row, 5)?;
    booking::own(&HOUSE, tx, row.report)?;
    booking::change_day(&HOUSE, tx, &row, DAY, row.remind_at, 5)?;
    booking::taken(tx, COUNCIL, "bulky", DAY)?;
    booking::held_too_long(&HOUSE, tx, NOW, 5)?;
    booking::hold_longer(&HOUSE, tx, row.report, NOW)?;
    booking::settle(&HOUSE, tx, row.report)?;
    booking::to_remind(&HOUSE, tx, NOW, 5)?;
    booking::reminded(&HOUSE, tx, &row, None)?;
    booking::cancel(&HOUSE, tx, row.report)?;
    assert!(matches!(booking::lapse(&HOUSE, tx, row.report), Err(Error::Stale)));
    booking::give_day(tx, COUNCIL, "bulky", DAY, 4)?;
    booking::given(tx, COUNCIL, "bulky", DAY)?;
    ordered::insert(tx, &ordered_by(1))?;
    ordered::open(tx, COUNCIL, &ordered_by(1).home)?;
    ordered::waiting(&HOUSE, tx, NOW, 1)?;
    ordered::raised(&HOUSE, tx, report_id(1))?;
    ordered::close(&HOUSE, tx, report_id(1))?;
    ordered::reopen(&HOUSE, tx, report_id(1))
}

fn a_case(tx: &mut store::Tx) -> Result<(), Error> {
    use store::{
        believed, casefile as cases, casefile_action, casefile_entry, casefile_follower, complaint as complaints,
        occurrence, site_visit as visits,
    };
    let (staff, own, one) = (officer(), resident(report_id(1)), report_id(1));
    for n in [900, 901] {
        journal::write(&staff, tx, &noted(n, "words"))?;
    }
    cases::insert(tx, &casefile(1))?;
    cases::take_turn(tx, COUNCIL)?;
    cases::update(&staff, tx, &casefile(1))?;
    cases::due(&HOUSE, tx, NOW, 1)?;
    complaints::insert(tx, &complaint(1))?;
    casefile_entry::of(tx, file_id(1), entry_id(900))?;
    casefile_action::insert(tx, &action(1, 900))?;
    casefile_action::reword(&staff, tx, action(1, 900).id, (entry_id(900), entry_id(901)))?;
    casefile_follower::follow(&staff, tx, file_id(1))?;
    casefile_follower::tell(&HOUSE, tx, file_id(1), NOW)?;
    casefile_follower::mine(&staff, tx)?;
    casefile_follower::seen(&staff, tx, file_id(1))?;
    casefile_follower::leave(&staff, tx, file_id(1))?;
    believed::add(&staff, tx, id(44, 1), file_id(1), entry_id(900))?;
    believed::remove(&staff, tx, id(44, 1), file_id(1), NOW)?;
    visits::insert(&staff, tx, &site_visit(1, 900))?;
    occurrence::insert(&own, tx, &occurrence(1))?;
    occurrence::stop(&own, tx, one, occurrence(1).id, None)?;
    occurrence::sign(&own, tx, one, occurrence(1).id, entry_id(901))?;
    occurrence::insert(&own, tx, &occurrence(2))?;
    occurrence::undo(&own, tx, one, occurrence(2).id)
}

fn alerts(tx: &mut store::Tx) -> Result<(), Error> {
    use store::{
        alert::{self as told, What},
        subscriber::{self, Why},
        subscription::{self, Cadence, Hears},
    };
    let (who, what) = (person(1).id, near(1, 1).id);
    subscriber::insert(tx, &person(1))?;
    subscription::insert(tx, &near(1, 1), &spots())?;
    subscriber::confirm(&HOUSE, tx, who, NOW)?;
    subscription::confirm(&HOUSE, tx, what, NOW)?;
    subscription::set(&HOUSE, tx, what, (Cadence::Daily, Hears::All), NOW)?;
    subscription::begin_anew(&HOUSE, tx, who, NOW)?;
    subscription::watching(&HOUSE, tx, "c1")?;
    subscription::of(&HOUSE, tx, who)?;
    subscription::by_token(tx, b"t")?;
    subscription::sweep(&HOUSE, tx, NOW)?;
    subscription::remove(&HOUSE, tx, id(21, 9))?;
    subscriber::by_mark(&HOUSE, tx, b"m")?;
    store::stands::paid(&HOUSE, tx, id(0, 0), 1)?;
    store::stands::ended(&HOUSE, tx, id(0, 0), 1)?;
    use store::reminder as bins;
    bins::insert(tx, &reminder(1, 1))?;
    bins::confirm(&HOUSE, tx, reminder(1, 1).id, (NOW, NOW))?;
    bins::due(&HOUSE, tx, NOW, 1)?;
    bins::looked(&HOUSE, tx, reminder(1, 1).id, NOW, None)?;
    bins::wake_all(&HOUSE, tx, who, None)?;
    bins::of(&HOUSE, tx, who)?;
    bins::by_id(&HOUSE, tx, id(23, 9))?;
    bins::by_token(tx, b"t")?;
    bins::sweep(&HOUSE, tx, NOW)?;
    bins::remove(&HOUSE, tx, id(23, 9))?;
    subscriber::by_id(&HOUSE, tx, who)?;
    subscriber::by_token(tx, b"t")?;
    subscriber::unconfirmed(&HOUSE, tx, NOW, 1)?;
    subscriber::stop(&HOUSE, tx, id(20, 9), Why::Asked, NOW)?;
    subscriber::forget(&HOUSE, tx, id(20, 9))?;
    told::note(tx, &news(1, What::New))?;
    told::unmatched(&HOUSE, tx, 1)?;
    told::matched(&HOUSE, tx, &news(1, What::New), NOW)?;
    told::keep(&HOUSE, tx, &vec![alert(1, 1); 17])?;
    told::waiting(&HOUSE, tx, NOW, 1)?;
    told::due(&HOUSE, tx, who, NOW)?;
    told::settle(&HOUSE, tx, who, NOW, None)?;
    let mail = told::Mail { delivery: delivery(1).id, subscriber: who, subscription: None, made_at: NOW };
    told::mail(tx, &mail)?;
    told::of_delivery(&HOUSE, tx, mail.delivery)?;
    told::in_mail(&HOUSE, tx, mail.delivery)?;
    told::take_back(&HOUSE, tx, id(5, 99))?;
    told::give_up_copied(&HOUSE, tx)?;
    told::sweep(&HOUSE, tx, Time(0), Time(0))?;
    Ok(())
}

/// A whole group of leaves and one more, so that both forms of each statement are run.
fn sealing(tx: &mut store::Tx) -> Result<(), Error> {
    for n in 2..=17 {
        journal::write(&HOUSE, tx, &entry(n, 1))?;
    }
    log::name(&HOUSE, tx, "example.org/ledger")?;
    log::wake(&HOUSE, tx, Some("example.org/ledger"))?;
    seal(tx, 100)?;
    subject::advance(&HOUSE, tx, &(0..17).map(|n| head(n + 2, 1)).collect::<Vec<_>>())?;
    checkpoint::keep(&HOUSE, tx, &checkpoint(17))?;
    Ok(())
}

fn reading(tx: &mut store::Tx) -> Result<(), Error> {
    let own = resident(report_id(1));
    report::by_reference(tx, &reference(1))?;
    report::by_id(tx, report_id(1))?;
    report::reference_taken(tx, &reference(1))?;
    report::own_spot(&own, tx, report_id(1))?;
    report::count(tx)?;
    pin::at_cell(&officer(), tx, 6, 1)?;
    clock::of_report(tx, report_id(1), COUNCIL)?;
    clock::limits(tx, report_id(1), COUNCIL)?;
    clock::broken(&officer(), tx)?;
    feedback::given(&own, tx, report_id(1))?;
    store::agreement::own(&own, tx, report_id(1), COUNCIL)?;
    store::away::of_colleague(&officer(), tx, staff_id(1))?;
    store::away::back_on(&HOUSE, tx, staff_id(1), "2026-12-01")?;
    store::template::in_force(tx, COUNCIL)?;
    store::template::automatic(tx, COUNCIL, store::template::Moment::Filed)?;
    store::template::version(tx, id(30, 101))?;
    store::template::history(&officer(), tx, id(31, 1))?;
    store::offer::all(tx)?;
    store::site_message::shown(tx, NOW)?;
    store::site_message::own(&officer(), tx)?;
    store::site_message::generation(tx)?;
    store::offer::newest(tx, COUNCIL, "drain")?;
    store::offer::history(&officer(), tx, "drain")?;
    store::offer::generation(tx)?;
    store::saved_view::seen(&officer(), tx)?;
    store::shortlist::list(&officer(), tx)?;
    store::bulk::items(&officer(), tx, many(1).id)?;
    everybody(tx)?;
    store::relief::waiting(&officer(), tx, "front")?;
    clock::kept(tx, COUNCIL, "answered", NOW, NOW)?;
    store::casefile::by_id(tx, file_id(1))?;
    store::casefile::by_reference(&officer(), tx, &reference(1))?;
    store::casefile::of_report(tx, report_id(1))?;
    store::casefile::under(tx, file_id(1))?;
    store::complaint::of_casefile(tx, file_id(1))?;
    store::complaint::of_report(tx, report_id(1))?;
    store::casefile_action::of_casefile(tx, file_id(1))?;
    store::site_visit::of_casefile(tx, file_id(1))?;
    store::occurrence::own(&own, tx, report_id(1))?;
    property::of_pair(tx, COUNCIL, report_id(1), report_id(2))?;
    property::for_act(&officer(), tx, report_id(1), COUNCIL)?;
    crime::by_id(tx, COUNCIL, crime(1).id)?;
    crime::by_number(tx, COUNCIL, "1")?;
    crime::of_report(tx, report_id(1))?;
    sub_case::of_report(tx, report_id(1))?;
    sub_case::behind(&HOUSE, tx, uuid::Uuid::nil(), 1)?;
    answer::own(&own, tx, report_id(1))?;
    contact::own(&own, tx, report_id(1))?;
    journal::for_resident(&own, tx, report_id(1))?;
    journal::for_resident_of(&own, tx, report_id(1), &["report.received"])?;
    journal::of_report(&HOUSE, tx, report_id(1))?;
    journal::strays(&HOUSE, tx)?;
    journal::content_hash(&SALT, &json!({}));
    journal::waiting(&HOUSE, tx, 1)?;
    journal::in_order(&json!({}));
    answer::kept(&HOUSE, tx, None, 1)?;
    log::state(tx)?;
    leaf::bodies(&HOUSE, tx, 0, 1)?;
    leaf::received(&own, tx, report_id(1))?;
    leaf::stretch(&HOUSE, tx, 0, 1)?;
    leaf::extent(&HOUSE, tx)?;
    leaf::beyond(&HOUSE, tx, 1)?;
    leaf::counts(&HOUSE, tx)?;
    leaf::unsealed(tx, 10)?;
    leaf::adrift(&HOUSE, tx)?;
    subject::after(&HOUSE, tx, report_id(1), 1)?;
    checkpoint::latest(tx)?;
    checkpoint::of_size(tx, 17)?;
    checkpoint::after(&HOUSE, tx, 0, 1)?;
    held::of_attempt(tx, b"a")?;
    held::own(&own, tx, report_id(1))?;
    held::given(&own, tx, report_id(1))?;
    held::for_act(&officer(), tx, report_id(1), photo(1).id)?;
    held::run_out(&HOUSE, tx, NOW, 1)?;
    held::unclaimed_bytes(tx, NOW, 9)?;
    held::ids(&HOUSE, tx, photo(1).id, 1)?;
    held::unscanned(&HOUSE, tx, NOW, 1)?;
    held::kept(&HOUSE, tx, report_id(0), 1)?;
    rendition::of(tx, photo(1).id, 1)?;
    rendition::kept(&HOUSE, tx, (report_id(0), 0, 0), 1)?;
    transfer::of_report(tx, report_id(1))?;
    access::receipt(tx, report_id(1))?;
    access::pin(tx, report_id(1))?;
    access::linked(tx, b"t", NOW)?;
    access::visit(tx, b"t", NOW)?;
    attempt::find(tx, b"t", NOW)?;
    throttle::knocks(tx, "door", b"o", NOW, 60)?;
    session::find(&HOUSE, tx, b"s", NOW)?;
    staff::by_login(&HOUSE, tx, "person-1")?;
    staff::by_id(&HOUSE, tx, staff_id(1))?;
    staff::name(&HOUSE, tx, staff_id(1))?;
    staff::all(&HOUSE, tx)?;
    staff::colleagues(&officer(), tx)?;
    definition::by_hash(tx, "hash-of-one")?;
    definition::all(tx)?;
    data_set::all(tx)?;
    data_set::generation(tx)?;
    store::ward::renewed(tx)?;
    store::ward::located(&HOUSE, tx, uuid::Uuid::nil(), 10)?;
    area::in_force(tx)?;
    place::places(tx)?;
    premises::by_uprn(tx, "1")?;
    store::asset::around(tx, "asset.example.lamps", square())?;
    premises::at_postcode(tx, "BS23 1AA")?;
    premises::beginning(tx, "1 example")?;
    round::of(tx, &home(1, 1, "BS23 1AA"))?;
    round::days(tx, 1, "R1")?;
    round::came_in(tx, COUNCIL)?;
    collection::of(tx, COUNCIL, "R1", "2026-12-25", "1")?;
    place::postcodes(tx, |_| ())?;
    delivery::counts(tx)?;
    delivery::unsent(tx, 10)?;
    delivery::latest(&HOUSE, tx)?;
    hook::unsent(tx, 10)?;
    hook::waiting(&officer(), tx)?;
    hook::of_report(&HOUSE, tx, report_id(1))?;
    sending::unsent(tx, 10)?;
    sending::waiting(&officer(), tx)?;
    sending::of_report(&HOUSE, tx, report_id(1))?;
    outside::of_report(&HOUSE, tx, report_id(1), COUNCIL)?;
    outside::services(tx, COUNCIL)?;
    tx.find_words(&queue::label(COUNCIL), "words")?;
    tx.columns()?;
    tx.tables()?;
    Ok(())
}

fn looking(look: &mut Look) -> Result<(), Error> {
    let (one, staff) = (report_id(1), officer());
    report::spot(&staff, look, one)?;
    answer::part(&staff, look, one, answer::Part::Plain)?;
    contact::of_report(&staff, look, one)?;
    contact::earlier(&staff, look, one, COUNCIL)?;
    remark::of_report(&staff, look, one)?;
    store::desk::of(&staff, look, case_id(1))?;
    objection::of_report(&staff, look, one)?;
    ban::in_force(&staff, look, NOW)?;
    journal::for_staff(&staff, look, one)?;
    held::for_staff(&staff, look, one, &[answer::Part::Plain])?;
    journal::history(&staff, look, one)?;
    assessment::of_report(&staff, look, one, COUNCIL)?;
    store::agreement::of_part(&staff, look, one, COUNCIL)?;
    report::language(&staff, look, one)?;
    report::layers(&staff, look, one)?;
    report::filed(&staff, look, one)?;
    store::bulk::listed(&officer(), look, many(1).id)?;
    crime::reports(&staff, look, crime(1).id)?;
    property::of_report(&staff, look, one, COUNCIL)?;
    payment::of_report(&staff, look, one, COUNCIL)?;
    booking::of_report(&staff, look, one)?;
    store::casefile::open(&staff, look)?;
    store::casefile::closed(&staff, look)?;
    store::casefile_entry::of_casefile(&staff, look, file_id(1))?;
    store::believed::of_casefile(&staff, look, file_id(1))?;
    store::occurrence::of_report(&staff, look, one)?;
    queue::by_outside(&staff, look, "A-1")?;
    queue::by_name(&staff, look, "Robin Example")?;
    queue::by_reporter(&staff, look, "robin@example.org", &[1; 32])?;
    queue::by_home(&staff, look, "999000000001", &[1; 32])?;
    transfer::asked(&staff, look)?;
    delivery::stuck(&staff, look)?;
    delivery::of_report(&staff, look, one)?;
    hook::stuck(&staff, look)?;
    sending::stuck(&staff, look)?;
    sending::for_staff(&staff, look, one)?;
    fetched::unmatched(&staff, look)?;
    queue::search(&staff, look, "words")?;
    for filter in [queue::Filter::default(), queue::Filter { closed: true, ..queue::Filter::default() }] {
        for after in [None, Some(store::sheet::After { at: NOW, id: one })] {
            store::sheet::piece(&staff, look, &filter, after.as_ref())?;
        }
    }
    queue::by_reference(&staff, look, &reference(1))?;
    Ok(())
}

fn everybody(tx: &mut store::Tx) -> Result<(), Error> {
    use store::publication::{
        Filter, Order, Stand, count, groups, highest_within, named, newest, of_report, public, within,
    };
    let view = View { south: 51.0, west: -3.0, north: 52.0, east: -2.0, spans: vec![(0, i64::MAX)] };
    let all = Filter {
        stand: Some(Stand::Open),
        service: Some("example".into()),
        services: vec!["example".into(), "other".into()],
        agency: Some(COUNCIL.into()),
        ward: Some("E1".into()),
        with_photo: true,
        ended_after: Some(NOW),
        ended_before: Some(NOW),
        from: Some(NOW),
        to: Some(NOW),
        changed_from: Some(NOW),
        changed_to: Some(NOW),
    };
    let one = publication(1);
    let ended = Filter { ended_before: Some(NOW), ..Filter::default() };
    let of_ward = Filter { ward: Some("E1".into()), ..Filter::default() };
    for filter in [Filter::default(), all, ended, of_ward] {
        within(tx, &filter, &view)?;
        count(tx, &filter, None)?;
        count(tx, &filter, Some(&view))?;
        groups(tx, &filter, &view, 1 << 20)?;
        for order in [Order::Received, Order::Changed, Order::MeToo] {
            newest(tx, &filter, order, None, 10)?;
            highest_within(tx, &filter, &view, order, Some(&store::publication::after(&one, order)), 10)?;
            newest(tx, &filter, order, Some(&store::publication::after(&one, order)), 10)?;
        }
    }
    store::statistic::public(tx, NOW, NOW)?;
    store::statistic::claimed(tx, NOW, NOW)?;
    store::statistic::counts(&officer(), tx, COUNCIL, NOW, NOW)?;
    store::statistic::came(&officer(), tx, COUNCIL, NOW, NOW)?;
    store::statistic::open(&officer(), tx, COUNCIL, NOW, NOW)?;
    store::statistic::answered(&officer(), tx, COUNCIL, NOW, NOW)?;
    store::statistic::ended(&officer(), tx, COUNCIL, NOW, NOW)?;
    store::statistic::cells(&officer(), tx, COUNCIL, NOW, NOW)?;
    store::statistic::sent(&officer(), tx, COUNCIL, NOW, NOW)?;
    public(tx, &one.reference)?;
    named(tx, &[one.reference])?;
    journal::public_steps(tx, one.report)?;
    held::public(tx, one.report)?;
    of_report(&HOUSE, tx, one.report)?;
    asked_by_programs(tx)
}

fn asked_by_programs(tx: &mut store::Tx) -> Result<(), Error> {
    use store::publication::Stand;
    use store::request::{self, Near, Past, Wanted};
    let one = publication(1);
    let all = Wanted {
        references: vec![one.reference.clone(), "2".into()],
        services: vec!["example".into()],
        stands: vec![Stand::Open],
        from: Some(NOW),
        to: Some(NOW),
        changed_from: Some(NOW),
        changed_to: Some(NOW),
        near: Some(Near { lat: 51.0, lon: -3.0, narrowing: 0.4, square: 0.001 }),
        with_photo: true,
        private: vec![],
    };
    let private = Wanted { with_photo: false, private: vec!["example".into()], ..all.clone() };
    let plain = Wanted { private: vec!["example".into()], ..Wanted::default() };
    for wanted in [&private, &plain] {
        request::private(&HOUSE, tx, &one.agency, wanted, None, 10)?;
    }
    request::answers(&HOUSE, tx, &[one.report])?;
    request::photos(tx, &[one.report])?;
    for wanted in [Wanted::default(), all] {
        request::newest(&rights::Actor::Anonymous, tx, &one.agency, &wanted, None, 10)?;
        request::newest(&HOUSE, tx, &one.agency, &wanted, None, 10)?;
    }
    let past = Past { at: NOW, id: one.report };
    request::told(&HOUSE, tx, &one.agency, (&[], &[]), (&past, NOW), 10)?;
    request::told(&HOUSE, tx, &one.agency, (&[one.reference], &["example".into()]), (&past, NOW), 10)?;
    Ok(())
}
