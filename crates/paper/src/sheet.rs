//! One page, before it is written.

use crate::{style::Style, tree::Node, wrap::Line};

#[derive(Default)]
pub struct Sheet {
    pub marks: Vec<Mark>,
}

/// Lengths in points from the upper left corner.
pub enum Mark {
    /// `node`: whose text it is; none where it is for the eye alone. `y` is the base line.
    Text { node: Option<Node>, x: f32, y: f32, style: Style, line: Line },
    /// For the eye alone.
    Box { x: f32, y: f32, width: f32, height: f32, grey: f32 },
}
