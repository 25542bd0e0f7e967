//! A template's file, read as strictly as the team's own.

use super::{
    Shape, Sort,
    strict::{self, Diagnostic, Position},
};
use crate::catalog::template::{Part, Template};

const TEMPLATE: Sort = Sort {
    file: "a template file",
    called: "a template file",
    opens: "Template(",
    format: 1,
    divide: "divide it into several templates",
};

/// Reads a template, and where its id stands. Whether its lines draw something is not known here.
pub fn decode_template(bytes: &[u8]) -> Result<(Template, Position), Vec<Diagnostic>> {
    let text = strict::text(bytes, &TEMPLATE)?;
    let template = strict::parse(&text, |template: &Template, text| {
        let shape = Shape::new(text);
        let problems = template.problems().into_iter();
        let mut found: Vec<Diagnostic> =
            problems.map(|problem| Diagnostic::new(place(&shape, problem.part), problem.message)).collect();
        found.sort_by_key(|diagnostic| (diagnostic.line, diagnostic.column));
        found
    })?;
    let id = place(&Shape::new(&text), Part::Id);
    Ok((template, id))
}

/// Where a part of a template stands.
fn place(shape: &Shape<'_>, part: Part) -> Position {
    let value = |field: &str| {
        let root = shape.outline.root()?;
        let node = shape.outline.field(shape.text, root, field)?;
        Some(shape.outline.node(shape.outline.inner(shape.text, node)))
    };
    let start = Position { line: 1, column: 1 };
    let of = |field: &str| value(field).map_or(start, |node| shape.position(node.value));
    match part {
        Part::Id => of("id"),
        Part::Title => of("title"),
        Part::About => of("about"),
        Part::Lines => of("lines"),
        Part::Question(index) => shape.elements("questions").nth(index).map_or(start, |at| shape.position(at)),
        Part::Line(number) => {
            let Some(node) = value("lines") else { return start };
            // A text that spans lines of the file has each of its lines on one of them.
            let mut offset = node.value;
            for line in shape.text[node.value..node.span.end].split_inclusive('\n').take(number - 1) {
                offset += line.len();
            }
            if offset >= node.span.end {
                return shape.position(node.value);
            }
            let indent = shape.text[offset..].find(|c: char| !c.is_whitespace()).unwrap_or(0);
            shape.position(offset + indent)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::template::{source, templates};

    fn told(text: &str) -> Vec<String> {
        let lines = |one: &Diagnostic| {
            let hint = one.hint.as_ref().map_or(String::new(), |hint| format!(" | {hint}"));
            format!("{one}{hint}")
        };
        decode_template(text.as_bytes()).err().unwrap_or_default().iter().map(lines).collect()
    }

    #[test]
    fn the_files_that_ship_are_read_with_the_place_of_their_id() {
        for template in templates() {
            let (read, at) = decode_template(source(&template.id).unwrap().as_bytes()).unwrap();
            assert_eq!((&read, at.line), (&**template, 2));
        }
    }

    #[test]
    fn what_is_wrong_is_told_at_once_by_line_and_column() {
        let text = "Template(\n    id: \"My shop\",\n    title: \"Shop\",\n    about: \"A shop.\",\n    \
                    questions: [\n        (name: \"who\", ask: \"Who?\", default: Name(\"\")),\n    ],\n    \
                    lines: \"\n        {who} @Internet\n        {what} @Edge\n    \",\n)\n";
        assert_eq!(
            told(text),
            [
                "2:9: the id `My shop` is not a word of lower-case letters, digits and hyphens",
                "6:9: the default of `who` is no answer: a name is needed",
                "10:9: line 3 has {what}, and no question is called so",
            ]
        );
        assert_eq!(
            told("(id: \"a\", title: \"A\", about: \"x\",\n  line: \"b\")"),
            ["2:3: the template has no field `line` | did you mean `lines`?"]
        );
        assert_eq!(told("(id: \"a\", title: \"A\", about: \"x\",\n  lines: 3)").len(), 1);
        assert_eq!(told(""), ["1:1: the file is empty | a template file starts with `Template(`"]);
    }

    #[test]
    fn a_line_of_a_text_without_line_breaks_points_at_the_text() {
        let text = "(id: \"a\", title: \"A\", about: \"x\", lines: \"api @Edge\\n{what} @Edge\")";
        assert_eq!(told(text), ["1:42: line 2 has {what}, and no question is called so"]);
    }
}
