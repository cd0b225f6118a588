//! Photos in the form of a new report: taken in like any other file, and held under keys of their own until the report claims
//! them.

use super::errors::Told;
use crate::{App, page::files};
use casework::{
    codes,
    report::files::{self as held, Holder},
};
use catalogue::{Kind, Service};
use custody::files::Arriving;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Photos that custody holds: the question they answer, and each with its key.
#[derive(Debug, Default)]
pub struct Taken {
    question: Option<String>,
    tokens: BTreeMap<Uuid, String>,
    /// In the order in which they came.
    ids: Vec<Uuid>,
}

impl Taken {
    pub fn holder(&self) -> Holder {
        if self.tokens.is_empty() { Holder::Nobody } else { Holder::Each(self.tokens.clone()) }
    }

    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// They are the answer of their question.
    pub fn answer(&self, body: &mut Map<String, Json>) {
        let answers = body.get_mut("answers").and_then(Json::as_object_mut);
        if let (Some(answers), Some(question)) = (answers, &self.question) {
            answers.insert(question.clone(), json!(self.ids));
        }
    }
}

/// Takes them in for the first question of the service that asks for photos. What cannot be taken is one error each.
pub async fn receive(app: &App, service: &Service, photos: Vec<(String, Arriving)>) -> Result<Taken, Told> {
    let mut taken = Taken::default();
    if photos.is_empty() {
        return Ok(taken);
    }
    let asks = service.questions.iter().find(|question| matches!(question.kind, Kind::Photo { .. }));
    let Some((question, wish)) = asks.and_then(|question| Some((question, files::wish(question)?))) else {
        return Err(Told::wrong(vec!["This service takes no photos".to_owned()]));
    };
    let mut errors = Vec::new();
    for (name, arrived) in photos {
        match files::receive(app, &name, arrived, &wish).await? {
            Err((_, words)) => errors.push(format!("photo: {words}")),
            Ok(file) => {
                let mut draw = app.draw();
                let (id, token) = (file.0.id, codes::show_token(&draw.bytes()));
                let key = token.clone();
                app.db.write(move |tx| held::hold_alone(tx, &draw, &key, &file)).await?;
                taken.tokens.insert(id, token);
                taken.ids.push(id);
            }
        }
    }
    taken.question = Some(question.id.clone());
    if errors.is_empty() { Ok(taken) } else { Err(Told::wrong(errors)) }
}
