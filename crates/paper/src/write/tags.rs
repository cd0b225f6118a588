//! The tags, and which piece of which page belongs to which.

use pdf_writer::{
    Finish, Pdf, Ref,
    types::{ListNumbering, StructRole, TableHeaderScope},
};

use super::Numbers;
use crate::tree::{Node, Role, Tree};

/// `marked`: for each page, whose its pieces of marked content are, by their numbers.
pub fn write(pdf: &mut Pdf, numbers: &mut Numbers, root: Ref, tree: &Tree, pages: &[Ref], marked: &[Vec<Node>]) {
    let nodes: Vec<Ref> = tree.nodes.iter().map(|_| numbers.next()).collect();
    let parents: Vec<Ref> = pages.iter().map(|_| numbers.next()).collect();
    let mut pieces = vec![Vec::new(); nodes.len()];
    for (owners, page) in marked.iter().zip(pages) {
        for (number, owner) in (0_i32..).zip(owners) {
            pieces[owner.0].push((*page, number));
        }
    }
    for (owners, parent) in marked.iter().zip(&parents) {
        pdf.indirect(*parent).array().items(owners.iter().map(|owner| nodes[owner.0]));
    }
    let mut whole = pdf.indirect(root).start::<pdf_writer::writers::StructTreeRoot>();
    whole.child(nodes[0]);
    whole.parent_tree_next_key(i32::try_from(pages.len()).unwrap_or(i32::MAX));
    let mut index = whole.parent_tree();
    let mut leaves = index.nums();
    for (key, parent) in (0_i32..).zip(&parents) {
        leaves.insert(key, *parent);
    }
    leaves.finish();
    index.finish();
    whole.finish();
    for (at, (role, parent, children)) in tree.nodes.iter().enumerate() {
        let mut element = pdf.struct_element(nodes[at]);
        element.kind(kind(*role)).parent(parent.map_or(root, |parent| nodes[parent.0]));
        if !children.is_empty() {
            let mut kids = element.children();
            for child in children {
                kids.struct_element(nodes[child.0]);
            }
        } else if !pieces[at].is_empty() {
            let mut kids = element.children();
            for (page, number) in &pieces[at] {
                kids.marked_content_ref().page(*page).marked_content_id(*number);
            }
        }
        match role {
            Role::List => {
                element.attributes().push().list().list_numbering(ListNumbering::Disc);
            }
            Role::ColumnHeader => {
                element.attributes().push().table().scope(TableHeaderScope::Column);
            }
            Role::RowHeader => {
                element.attributes().push().table().scope(TableHeaderScope::Row);
            }
            _ => {}
        }
    }
}

fn kind(role: Role) -> StructRole {
    match role {
        Role::Document => StructRole::Document,
        Role::Heading(0 | 1) => StructRole::H1,
        Role::Heading(2) => StructRole::H2,
        Role::Heading(_) => StructRole::H3,
        Role::Paragraph => StructRole::P,
        Role::List => StructRole::L,
        Role::Item => StructRole::LI,
        Role::Bullet => StructRole::Lbl,
        Role::Words => StructRole::LBody,
        Role::Table => StructRole::Table,
        Role::Head => StructRole::THead,
        Role::Body => StructRole::TBody,
        Role::Row => StructRole::TR,
        Role::ColumnHeader | Role::RowHeader => StructRole::TH,
        Role::Cell => StructRole::TD,
    }
}
