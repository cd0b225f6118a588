//! Views that are kept: a person's own, and those of a team.

use crate::{engine::Fresh, fixtures::*};
use rights::{Actor, Right};
use serde_json::json;
use store::{
    Error,
    saved_view::{self, SavedView},
};

pub fn view(n: u64, team: &str) -> SavedView {
    SavedView {
        id: id(32, n),
        agency: COUNCIL.into(),
        staff: staff_id(1),
        team: team.into(),
        name: format!("View {n}"),
        filter: json!({ "view": "overdue" }),
        created_at: NOW,
    }
}

fn keep(fresh: &Fresh, view: SavedView) -> Result<(), Error> {
    fresh.write(move |tx| saved_view::keep(&officer(), tx, &view))
}

fn colleague(team: &str) -> Actor {
    let Actor::Staff(staff) = officer() else { unreachable!() };
    Actor::Staff(rights::Staff { id: staff_id(2), teams: vec![team.into()], ..staff })
}

on_both!(a_view_is_seen_by_who_keeps_it_and_one_of_a_team_by_the_team, |fresh| {
    fresh.write(people).unwrap();
    keep(fresh, view(1, "")).unwrap();
    keep(fresh, view(2, "front")).unwrap();
    assert_eq!(fresh.read(|tx| saved_view::seen(&officer(), tx)).unwrap(), [view(1, ""), view(2, "front")]);
    assert_eq!(fresh.read(|tx| saved_view::seen(&colleague("front"), tx)).unwrap(), [view(2, "front")]);
    assert!(fresh.read(|tx| saved_view::seen(&colleague("back"), tx)).unwrap().is_empty());
    let own = fresh.write(|tx| saved_view::remove(&colleague("front"), tx, view(1, "").id));
    assert!(is_not_found(&own));
    fresh.write(|tx| saved_view::remove(&colleague("front"), tx, view(2, "front").id)).unwrap();
    assert_eq!(fresh.read(|tx| saved_view::seen(&officer(), tx)).unwrap(), [view(1, "")]);
});

on_both!(nobody_keeps_a_view_for_somebody_else_or_for_a_team_they_are_not_of, |fresh| {
    fresh.write(people).unwrap();
    for wrong in [
        view(1, "back"),
        SavedView { staff: staff_id(2), ..view(1, "") },
        SavedView { agency: POLICE.into(), ..view(1, "") },
    ] {
        assert!(is_not_found(&keep(fresh, wrong)));
    }
    for actor in [officer_with(COUNCIL, &[Right::SeeReport]), Actor::Anonymous, HOUSE] {
        let who = actor.clone();
        assert!(is_not_found(&fresh.write(move |tx| saved_view::keep(&who, tx, &view(1, "")))), "{actor:?}");
        assert!(is_not_found(&fresh.read(move |tx| saved_view::seen(&actor, tx))));
    }
});
