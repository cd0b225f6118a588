use crate::{fixtures::*, publication::publication};
use store::{
    Error, Time,
    questionnaire::{self, Answer},
};

fn filled(tx: &mut store::Tx) -> Result<(), Error> {
    people(tx)?;
    store::definition::keep(tx, &definition(), NOW)?;
    for n in 1..=2 {
        store::report::insert(tx, &new_report(n))?;
        store::publication::insert(tx, &publication(n), "")?;
        questionnaire::insert(tx, report_id(n), NOW.plus_hours(n as i64))?;
    }
    Ok(())
}

on_both!(a_report_is_asked_of_once_when_its_day_has_come, |fresh| {
    fresh.write(filled).unwrap();
    assert!(matches!(fresh.write(|tx| questionnaire::insert(tx, report_id(1), NOW)), Err(Error::Taken(_))));
    let due = |at: Time, most| fresh.read(move |tx| questionnaire::due(&HOUSE, tx, at, most)).unwrap();
    assert!(due(NOW, 9).is_empty());
    assert_eq!(due(NOW.plus_hours(1), 9), [(report_id(1), NOW.plus_hours(1))]);
    assert_eq!(due(NOW.plus_hours(9), 1).len(), 1);
    fresh
        .write(|tx| {
            questionnaire::ask(&HOUSE, tx, report_id(1), b"token", NOW.plus_hours(8))?;
            questionnaire::leave(&HOUSE, tx, report_id(1))?;
            questionnaire::leave(&HOUSE, tx, report_id(2))?;
            questionnaire::ask(&HOUSE, tx, report_id(2), b"other", NOW.plus_hours(8))
        })
        .unwrap();
    assert!(due(NOW.plus_hours(9), 9).is_empty());
    let by =
        |token: &'static [u8], hours| fresh.read(move |tx| questionnaire::by_token(tx, token, NOW.plus_hours(hours)));
    assert_eq!(by(b"token", 7).unwrap().map(|row| (row.report, row.answer)), Some((report_id(1), None)));
    assert_eq!((by(b"token", 8).unwrap(), by(b"other", 1).unwrap()), (None, None));
    assert!(is_not_found(&fresh.read(|tx| questionnaire::due(&officer(), tx, NOW, 9))));
    assert!(is_not_found(&fresh.write(|tx| questionnaire::leave(&officer(), tx, report_id(1)))));
    assert!(is_not_found(&fresh.write(|tx| questionnaire::ask(&officer(), tx, report_id(1), b"x", NOW))));
});

on_both!(the_first_answer_in_time_is_the_only_one, |fresh| {
    fresh.write(filled).unwrap();
    let ask = |tx: &mut store::Tx| questionnaire::ask(&HOUSE, tx, report_id(1), b"token", NOW.plus_hours(8));
    fresh.write(ask).unwrap();
    let answer = |hours, answer| {
        let at = NOW.plus_hours(hours);
        fresh.write(move |tx| questionnaire::answer(tx, b"token", answer, at)).unwrap()
    };
    assert!(!answer(8, Answer::Fixed));
    assert!(answer(2, Answer::Still) && !answer(2, Answer::Fixed));
    let kept = fresh.read(|tx| questionnaire::by_token(tx, b"token", NOW)).unwrap().unwrap();
    assert_eq!(kept.answer, Some(Answer::Still));
});

on_both!(who_does_not_want_to_be_asked_is_not_until_they_say_otherwise, |fresh| {
    let refuses = || fresh.read(|tx| questionnaire::refuses(tx, b"robin")).unwrap();
    assert!(!refuses());
    let refuse = || fresh.write(|tx| questionnaire::refuse(tx, b"robin", NOW)).unwrap();
    assert!(refuse() && !refuse() && refuses());
    let allow = || fresh.write(|tx| questionnaire::allow(tx, b"robin")).unwrap();
    assert!(allow() && !allow() && !refuses());
});
