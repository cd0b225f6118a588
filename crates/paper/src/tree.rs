//! What a reader who does not see the page is told: the tags of a document.

/// A tag; what it needs besides its name comes with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Document,
    /// Counted from one, the title.
    Heading(u8),
    Paragraph,
    List,
    Item,
    Bullet,
    Words,
    Table,
    Head,
    Body,
    Row,
    ColumnHeader,
    RowHeader,
    Cell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node(pub usize);

/// Nodes in the order they are read, the document first. One that holds others holds no text of its own.
pub struct Tree {
    pub nodes: Vec<(Role, Option<Node>, Vec<Node>)>,
    deepest: u8,
}

impl Tree {
    pub const ROOT: Node = Node(0);

    pub fn new() -> Tree {
        Tree { nodes: vec![(Role::Document, None, Vec::new())], deepest: 0 }
    }

    pub fn add(&mut self, parent: Node, role: Role) -> Node {
        let node = Node(self.nodes.len());
        // ISO 14289-1, 7.4.2: no level of headings is left out on the way down.
        let role = match role {
            Role::Heading(level) => {
                self.deepest = level.min(self.deepest + 1);
                Role::Heading(self.deepest)
            }
            other => other,
        };
        self.nodes.push((role, Some(parent), Vec::new()));
        self.nodes[parent.0].2.push(node);
        node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_level_of_headings_is_left_out() {
        let mut tree = Tree::new();
        for level in [1, 3, 3, 2, 3, 1, 3] {
            tree.add(Tree::ROOT, Role::Heading(level));
        }
        let levels: Vec<_> = tree.nodes[1..].iter().map(|node| node.0).collect();
        assert_eq!(levels, [1, 2, 3, 2, 3, 1, 2].map(Role::Heading));
    }
}
