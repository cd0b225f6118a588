mod registration;

use super::at::At;
use super::clean::{clean, length};
use super::object::{Object, SHORT};
use super::{Filled, Line};
use crate::answer::Vehicle;
use crate::{Answer, Face, Form, Problem, VehicleFace, Words};
pub(super) use registration::{is_british, registration};
use serde_json::{Value, json};

const PARTS: [&str; 4] = ["registration", "make", "colour", "marks"];

pub(super) fn read(at: &At, form: &Form) -> Result<Option<Answer>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut parts = PARTS.map(|part| match clean(form.get(&at.field(part)).unwrap_or(""), false) {
        Ok(text) if length(&text) <= SHORT => Some(text).filter(|text| !text.is_empty()),
        Ok(_) => {
            problems.push(at.problem(part, "text.long", &[("max", &SHORT.to_string())]));
            None
        }
        Err(key) => {
            problems.push(at.problem(part, key, &[]));
            None
        }
    });
    let vehicle = made(at, &mut parts, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok((!vehicle.is_empty()).then_some(Answer::Vehicle(vehicle)))
}

fn made(at: &At, parts: &mut [Option<String>; 4], problems: &mut Vec<Problem>) -> Vehicle {
    let [typed, make, colour, marks] = parts;
    // "unknown" is an answer people give (P-23): it leaves the field empty.
    let typed = typed.take().filter(|typed| !typed.eq_ignore_ascii_case("unknown"));
    let plate = typed.and_then(|typed| {
        let plate = registration(&typed);
        if plate.is_none() {
            problems.push(at.problem("registration", "vehicle.registration", &[]));
        }
        plate
    });
    Vehicle {
        foreign: plate.as_deref().is_some_and(|plate| !is_british(plate)),
        registration: plate,
        make: make.take(),
        colour: colour.take(),
        marks: marks.take(),
    }
}

pub(super) fn take(at: &At, value: &Value) -> Result<Answer, Vec<Problem>> {
    let mut object = Object::of(at, "", value)?;
    let mut parts = PARTS.map(|part| object.text(part));
    // Worked out anew from the registration.
    object.flag("foreign");
    let mut problems = Vec::new();
    let vehicle = made(at, &mut parts, &mut problems);
    object.problems.append(&mut problems);
    if vehicle.is_empty() && object.problems.is_empty() {
        object.wrong("registration", "given, or one of the other parts");
    }
    object.done(Answer::Vehicle(vehicle))
}

pub(super) fn face(at: &At, words: &Words, filled: Filled) -> Face {
    let vehicle = match filled.answer() {
        Some(Answer::Vehicle(vehicle)) => vehicle.clone(),
        _ => Vehicle::default(),
    };
    let input = |part: &str, known: &Option<String>| at.input(words, filled, part, known.as_deref());
    let mut registration = input("registration", &vehicle.registration);
    registration.width = Some(10);
    Face::Vehicle(VehicleFace {
        frame: at.frame(words),
        registration,
        make: input("make", &vehicle.make),
        colour: input("colour", &vehicle.colour),
        marks: input("marks", &vehicle.marks),
    })
}

pub(super) fn show(words: &Words, vehicle: &Vehicle) -> Vec<Line> {
    let mut lines = Vec::new();
    let parts = [&vehicle.registration, &vehicle.make, &vehicle.colour, &vehicle.marks];
    for (part, text) in PARTS.iter().zip(parts) {
        lines.extend(text.as_ref().map(|text| Line::named(words.say(&format!("vehicle.parts.{part}")), text.clone())));
    }
    if vehicle.foreign {
        lines.push(Line::plain(words.say("vehicle.show.foreign")));
    }
    lines
}

pub(super) fn schema() -> Value {
    let text = json!({ "type": "string", "maxLength": SHORT });
    json!({
        "type": "object",
        "properties": {
            "registration": text, "foreign": { "type": "boolean" }, "make": text, "colour": text, "marks": text,
        },
        "additionalProperties": false,
    })
}
