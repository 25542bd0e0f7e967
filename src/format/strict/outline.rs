//! The shape of a RON document: which record, list and value stands where.
//!
//! Built without recursion and with a bound on its size, because it also looks at files that ron refuses.

use std::ops::Range;

use super::scan::{Token, Tokens};

/// A file with more values than this has an outline of its beginning only.
const MOST_NODES: usize = 2_000_000;
/// Deeper nesting is never a session, and ron refuses it.
const DEEPEST: usize = 64;

/// One value in the document, with the field name in front of it.
#[derive(Debug, Clone)]
pub(in crate::format) struct Node {
    /// From the field name, or the value when it has none, to the last byte of the value.
    pub(in crate::format) span: Range<usize>,
    /// Where the value begins; for a record, where its type name begins.
    pub(in crate::format) value: usize,
    /// The field name; empty for elements of lists.
    pub(in crate::format) field: Range<usize>,
    /// The type name in front of `(`; may be empty.
    pub(in crate::format) name: Range<usize>,
    /// `(`, `[`, `{`, or 0 for a value without brackets.
    pub(in crate::format) bracket: u8,
    /// The value around this one.
    pub(in crate::format) parent: Option<usize>,
    /// One past the last value inside this one.
    after: usize,
}

/// Every value of a document, outer before inner, first before second.
#[derive(Debug, Clone, Default)]
pub(in crate::format) struct Outline {
    nodes: Vec<Node>,
    /// The offset of a bracket that is never closed, or that closes nothing.
    pub(in crate::format) unbalanced: Option<usize>,
    cut: bool,
}

impl Outline {
    pub(in crate::format) fn new(source: &str) -> Self {
        let mut outline = Self::default();
        outline.cut = outline.build(source).is_none();
        outline
    }

    /// Whether everything was understood, so that a value can be taken out without moving others.
    pub(in crate::format) fn is_sound(&self) -> bool {
        self.unbalanced.is_none() && !self.cut
    }

    pub(in crate::format) fn node(&self, index: usize) -> &Node {
        &self.nodes[index]
    }

    /// The outermost record: the session.
    pub(in crate::format) fn root(&self) -> Option<usize> {
        self.nodes.iter().position(|node| node.parent.is_none() && node.bracket == b'(')
    }

    /// The values directly inside one.
    pub(in crate::format) fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.nodes[index].after;
        let first = Some(index + 1).filter(|first| *first < end);
        std::iter::successors(first, move |child| Some(self.nodes[*child].after).filter(|next| *next < end))
    }

    /// The value of a field of a record, without an explicit `Some(..)` around it.
    pub(in crate::format) fn field(&self, source: &str, record: usize, field: &str) -> Option<usize> {
        self.children(record).find(|child| source[self.nodes[*child].field.clone()] == *field)
    }

    /// Looks through `Some(..)`.
    pub(in crate::format) fn inner(&self, source: &str, mut index: usize) -> usize {
        while source[self.nodes[index].name.clone()] == *"Some" {
            let Some(child) = self.children(index).next() else { break };
            index = child;
        }
        index
    }

    /// The innermost value for which `wants` holds, of those around an offset, ends included.
    pub(in crate::format) fn around(&self, offset: usize, wants: impl Fn(&Node) -> bool) -> Option<usize> {
        let reached = self.nodes.partition_point(|node| node.span.start <= offset);
        let mut at = reached.checked_sub(1);
        while let Some(index) = at {
            let node = &self.nodes[index];
            if node.span.end >= offset && wants(node) {
                return Some(index);
            }
            at = node.parent;
        }
        None
    }

    /// The last text in double quotes that ends before an offset.
    pub(in crate::format) fn text_before(&self, source: &str, offset: usize) -> Option<Range<usize>> {
        let reached = self.nodes.partition_point(|node| node.span.start <= offset);
        let mut texts = self.nodes[..reached].iter().rev().map(|node| node.value..node.span.end);
        texts.find(|text| text.end <= offset && source[text.clone()].starts_with('"'))
    }

    /// `None` when the document is deeper or larger than any session.
    fn build(&mut self, source: &str) -> Option<()> {
        let mut open: Vec<usize> = Vec::new();
        let mut field: Range<usize> = 0..0;
        let mut word: Range<usize> = 0..0;
        for (token, span) in Tokens::new(source) {
            if self.nodes.len() >= MOST_NODES || open.len() >= DEEPEST {
                return None;
            }
            // A word turned out to be a value by itself when anything but `:` or `(` follows it.
            if !word.is_empty() && !matches!(token, Token::Colon | Token::Open(b'(')) {
                self.add(&mut field, word.clone(), 0..0, 0, open.last().copied());
                word = 0..0;
            }
            match token {
                Token::Word => word = span,
                Token::Colon => (field, word) = (word, 0..0),
                Token::Comma => field = 0..0,
                Token::Text => self.add(&mut field, span, 0..0, 0, open.last().copied()),
                Token::Open(bracket) => {
                    let start = if word.is_empty() { span.start } else { word.start };
                    let value = start..span.end;
                    self.add(&mut field, value, std::mem::take(&mut word), bracket, open.last().copied());
                    open.push(self.nodes.len() - 1);
                }
                Token::Close(bracket) => {
                    field = 0..0;
                    let Some(index) = open.pop() else {
                        self.unbalanced = Some(span.start);
                        return Some(());
                    };
                    let after = self.nodes.len();
                    let node = &mut self.nodes[index];
                    (node.span.end, node.after) = (span.end, after);
                    if !matches!((node.bracket, bracket), (b'(', b')') | (b'[', b']') | (b'{', b'}')) {
                        self.unbalanced = Some(node.value);
                        open.push(index);
                        break;
                    }
                }
            }
        }
        self.unbalanced = self.unbalanced.or(open.last().map(|index| self.nodes[*index].value));
        let after = self.nodes.len();
        for index in open {
            (self.nodes[index].span.end, self.nodes[index].after) = (source.len(), after);
        }
        Some(())
    }

    fn add(
        &mut self,
        field: &mut Range<usize>,
        value: Range<usize>,
        name: Range<usize>,
        bracket: u8,
        parent: Option<usize>,
    ) {
        let field = std::mem::take(field);
        let start = if field.is_empty() { value.start } else { field.start };
        let after = self.nodes.len() + 1;
        self.nodes.push(Node { span: start..value.end, value: value.start, field, name, bracket, parent, after });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "// c\nSession(a: [T(x: 1, y: \"s\"), T(x: 2)], b: Some(R(z: [3])))";

    fn text(outline: &Outline, index: usize) -> &'static str {
        &SOURCE[outline.node(index).span.clone()]
    }

    #[test]
    fn values_know_their_fields_and_surroundings() {
        let outline = Outline::new(SOURCE);
        let root = outline.root().unwrap();
        assert!(outline.is_sound());
        let list = outline.field(SOURCE, root, "a").unwrap();
        let entries: Vec<_> = outline.children(list).map(|entry| text(&outline, entry)).collect();
        assert_eq!(entries, ["T(x: 1, y: \"s\")", "T(x: 2)"]);
        let b = outline.field(SOURCE, root, "b").unwrap();
        assert_eq!(text(&outline, outline.inner(SOURCE, b)), "R(z: [3])");
        assert_eq!(outline.field(SOURCE, root, "x"), None);
    }

    #[test]
    fn the_innermost_value_around_an_offset_is_found() {
        let outline = Outline::new(SOURCE);
        let at = |needle: &str| SOURCE.find(needle).unwrap();
        let around = |offset| text(&outline, outline.around(offset, |_| true).unwrap());
        assert_eq!(around(at("\"s\"")), "y: \"s\"");
        assert_eq!(around(at("y:")), "y: \"s\"");
        assert_eq!(around(at("3]")), "3");
        let record = outline.around(at("2)"), |node| node.bracket == b'(').unwrap();
        assert_eq!(text(&outline, record), "T(x: 2)");
    }

    #[test]
    fn brackets_that_do_not_match_are_pointed_at() {
        for (source, at) in [("S(a: [1, 2)", Some(5)), ("S(a: [1]", Some(0)), ("S())", Some(3)), ("S()", None)] {
            assert_eq!(Outline::new(source).unbalanced, at, "{source}");
        }
    }

    #[test]
    fn hostile_nesting_is_cut_and_not_followed() {
        let outline = Outline::new(&"[".repeat(1_000_000));
        assert!(!outline.is_sound() && outline.nodes.len() <= DEEPEST);
    }
}
