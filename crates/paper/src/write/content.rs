//! What is drawn on one page.

use pdf_writer::{Content, Name, Str, types::ArtifactType};

use super::face::Codes;
use crate::{
    Fault,
    font::Weight,
    sheet::{Mark, Sheet},
    style,
    tree::Node,
};

/// The operators of a page, and whose each piece of marked content is, by its number.
pub fn draw(sheet: &Sheet, codes: &mut [Codes; 2]) -> Result<(Vec<u8>, Vec<Node>), Fault> {
    let mut content = Content::new();
    let mut owners: Vec<Node> = Vec::new();
    // Who owns the piece that is open.
    let mut open: Option<Option<Node>> = None;
    for mark in &sheet.marks {
        let owner = match mark {
            Mark::Text { node, .. } => *node,
            Mark::Box { .. } => None,
        };
        if open != Some(owner) {
            if open.is_some() {
                content.end_marked_content();
            }
            begin(&mut content, owner, &mut owners);
            open = Some(owner);
        }
        match mark {
            Mark::Text { x, y, style, line, .. } => {
                let codes = &mut codes[usize::from(style.weight == Weight::Bold)];
                let mut text = Vec::with_capacity(2 * line.len());
                for letter in line {
                    text.extend(codes.of(*letter)?.to_be_bytes());
                }
                content.begin_text().set_fill_gray(style.grey).set_font(codes.name(), style.size);
                content.next_line(rounded(*x), rounded(style::HIGH - y)).show(Str(&text)).end_text();
            }
            Mark::Box { x, y, width, height, grey } => {
                content.set_fill_gray(*grey);
                content.rect(rounded(*x), rounded(style::HIGH - y - height), rounded(*width), rounded(*height));
                content.fill_nonzero();
            }
        }
    }
    if open.is_some() {
        content.end_marked_content();
    }
    Ok((content.finish().into_vec(), owners))
}

fn begin(content: &mut Content, owner: Option<Node>, owners: &mut Vec<Node>) {
    match owner {
        Some(node) => {
            let number = i32::try_from(owners.len()).unwrap_or(i32::MAX);
            content.begin_marked_content_with_properties(Name(b"Span")).properties().identify(number);
            owners.push(node);
        }
        None => {
            let mut mark = content.begin_marked_content_with_properties(Name(b"Artifact"));
            mark.properties().artifact().kind(ArtifactType::Pagination);
        }
    }
}

/// A hundredth of a point is finer than any printer.
fn rounded(length: f32) -> f32 {
    (length * 100.0).round() / 100.0
}
