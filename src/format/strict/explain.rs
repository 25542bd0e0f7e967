//! ron's errors in words for people who edit the file by hand: one sentence, no type names, the nearest valid name.

use std::borrow::Cow;

use ron::Error;

use super::escape::visible;
use crate::format::nearest::nearest;

/// What stands where an error was found.
#[derive(Debug, Clone, Copy)]
pub(in crate::format) struct Scene<'a> {
    /// The field whose value is wrong; empty when there is none.
    pub(in crate::format) field: &'a str,
    /// The type name in front of the record's bracket; empty when it was left out.
    pub(in crate::format) record: &'a str,
    /// The value as it is written.
    pub(in crate::format) written: &'a str,
}

/// How people call what the file calls by a type name.
const NAMES: &[(&str, &str)] = &[
    ("Session", "the session"),
    ("Person", "a person"),
    ("Zone", "a zone"),
    ("Asset", "an asset"),
    ("Component", "a component"),
    ("EntryPoint", "an entry point"),
    ("Deviation", "a deviation"),
    ("DeviationReason", "a reason for a deviation"),
    ("Flow", "a flow"),
    ("Cell", "a cell"),
    ("Dismissal", "a dismissed suggestion"),
    ("Threat", "a threat"),
    ("Rating", "a rating"),
    ("Acceptance", "an acceptance"),
    ("Mitigation", "a mitigation"),
    ("Assumption", "an assumption"),
    ("Note", "a note"),
    ("Sitting", "a sitting"),
    ("Moment", "a moment of a sitting"),
    ("Conflict", "a conflict"),
    ("ConflictKind", "a kind of conflict"),
    ("Value", "a side of a conflict"),
    ("Answer", "an answer for a cell"),
    ("AssumptionState", "a state of an assumption"),
    ("Class", "a data class"),
    ("Element", "an element of a diagram"),
    ("Exposure", "an exposure"),
    ("Layer", "a layer of protection"),
    ("Letter", "a letter of STRIDE"),
    ("Verdict", "a verdict of the business"),
    ("Level", "a level of risk"),
    ("MitigationState", "a state of a mitigation"),
    ("NoteKind", "a kind of note"),
    ("Place", "a place"),
    ("Response", "a response"),
    ("Responsibility", "a responsibility"),
    ("Role", "a role"),
    ("Phase", "a phase of a sitting"),
    ("Stop", "a reason to stop"),
    ("Turn", "something that happens to a clock"),
    ("Team", "the team file"),
    ("Catalogue", "the catalogue file"),
    ("Kind", "a kind"),
    ("Control", "a control"),
    ("Pack", "a feature pack"),
    ("Baseline", "a baseline"),
    ("Template", "the template"),
    ("Question", "a question of a template"),
    ("Preset", "a default"),
    ("Agenda", "an agenda"),
    ("Profile", "a profile"),
    ("Anchors", "anchors"),
    ("Criterion", "a criterion"),
    ("Severity", "how much a finding weighs"),
    ("Condition", "the conditions of a threat"),
    ("Peer", "the other end of a threat"),
    ("Carrier", "a way to move"),
    ("Domain", "a domain of controls"),
    ("Seat", "a place in a flow"),
    ("ServiceClass", "a class of service"),
    ("Settings", "the settings"),
    ("Theme", "the theme"),
    ("Style", "the style of a role"),
    ("Ground", "a ground"),
];

/// Characters of a sentence.
const LONGEST: usize = 600;

/// Fields that hold a day.
const DAYS: [&str; 4] = ["date", "due", "until", "next"];

/// An error in another file that people write by hand, in plain words.
pub fn sentence(error: &Error) -> String {
    let (message, hint) = explain(error, Scene { field: "", record: "", written: "" });
    hint.map_or(message.clone(), |hint| format!("{message}; {hint}"))
}

/// The sentence for an error, and what may help.
pub(in crate::format) fn explain(error: &Error, scene: Scene<'_>) -> (String, Option<String>) {
    let (message, hint) = match error {
        Error::NoSuchStructField { expected, found, outer } => {
            let whose = called(outer.as_deref().unwrap_or(scene.record));
            (format!("{whose} has no field `{found}`"), Some(choose(found, expected, "its fields are", "and")))
        }
        Error::MissingStructField { field, outer } => {
            (format!("{} needs `{field}`", called(outer.as_deref().unwrap_or(scene.record))), None)
        }
        Error::DuplicateStructField { field, .. } => {
            (format!("`{field}` stands here twice; a record has each field once"), None)
        }
        Error::NoSuchEnumVariant { expected, found, outer } => {
            let what = outer.as_deref().map_or("a known name", called);
            (format!("`{found}` is not {what}"), Some(choose(found, expected, "write", "or")))
        }
        Error::Message(_) | Error::InvalidValueForType { .. } if DAYS.contains(&scene.field) => (
            format!("`{}`: {} is not a day", scene.field, shortened(scene.written)),
            Some("write year, month and day like \"2026-03-31\"".to_owned()),
        ),
        Error::Message(_) | Error::InvalidValueForType { .. } if scene.field == "at" => (
            format!("`at`: {} is not a moment", shortened(scene.written)),
            Some("write day and time like \"2026-03-31T14:05:00Z\"".to_owned()),
        ),
        Error::Message(message) => (message.clone(), None),
        Error::ExpectedIdentifier if scene.field == "place" => {
            (wanted(scene, "a place"), Some("write `Flow(\"F1-k3q\")`, `Component(\"api\")` or `Unfiled`".to_owned()))
        }
        Error::IntegerOutOfBounds => (format!("`{}`: {} is out of range", scene.field, shortened(scene.written)), None),
        Error::ExpectedIdentifier if scene.written.starts_with('"') => {
            let name = scene.written.trim_matches('"');
            (wanted(scene, "a name without quotes"), Some(format!("write {}", shortened(name))))
        }
        other => match expected(other) {
            Some(what) => (wanted(scene, &what), None),
            None => (syntax(other), None),
        },
    };
    (visible(&brief(&message)), hint.map(|hint| visible(&brief(&hint))))
}

/// As much as a sentence can hold; what is longer quotes a file that nobody wrote by hand.
fn brief(sentence: &str) -> Cow<'_, str> {
    match sentence.char_indices().nth(LONGEST) {
        Some((end, _)) => Cow::Owned(format!("{}…", &sentence[..end])),
        None => Cow::Borrowed(sentence),
    }
}

fn called(type_name: &str) -> &str {
    NAMES.iter().find(|(name, _)| *name == type_name).map_or("this record", |(_, called)| called)
}

fn choose(found: &str, expected: &[&'static str], otherwise: &str, joined: &str) -> String {
    match nearest(found, expected.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("{otherwise} {}", listed(expected, joined)),
    }
}

fn listed(names: &[&str], joined: &str) -> String {
    match names {
        [] => "nothing".to_owned(),
        [name] => format!("`{name}`"),
        [names @ .., last] => format!("`{}` {joined} `{last}`", names.join("`, `")),
    }
}

fn wanted(scene: Scene<'_>, what: &str) -> String {
    let found = if scene.written.is_empty() { String::new() } else { format!(", found {}", shortened(scene.written)) };
    if scene.field.is_empty() {
        format!("expected {what}{found}")
    } else {
        format!("`{}`: expected {what}{found}", scene.field)
    }
}

/// The beginning of what is written, on one line.
fn shortened(written: &str) -> String {
    let line = written.lines().next().unwrap_or_default();
    let short: String = line.chars().take(40).collect();
    if short.len() < written.len() { format!("`{}…`", short.trim_end()) } else { format!("`{short}`") }
}

/// What a value should have been.
fn expected(error: &Error) -> Option<String> {
    let what = match error {
        Error::ExpectedArray => "a list in `[ ]`",
        Error::ExpectedBoolean => "`true` or `false`",
        Error::ExpectedString | Error::ExpectedChar | Error::ExpectedByteString => "a text in quotes",
        Error::ExpectedInteger | Error::InvalidIntegerDigit { .. } | Error::UnderscoreAtBeginning => "a whole number",
        Error::ExpectedFloat | Error::FloatUnderscore => "a number",
        Error::ExpectedStructLike | Error::ExpectedMap | Error::ExpectedUnit => "a record in `( )`",
        Error::ExpectedOption => "a value",
        Error::ExpectedIdentifier => "a name",
        Error::ExpectedNamedStructLike(name) => return Some(format!("{}, `{name}(…)`", called(name))),
        Error::ExpectedDifferentStructName { expected, .. } => {
            return Some(format!("{}, `{expected}(…)`", called(expected)));
        }
        Error::ExpectedDifferentLength { expected, .. } | Error::InvalidValueForType { expected, .. } => {
            return Some(plain(expected));
        }
        _ => return None,
    };
    Some(what.to_owned())
}

/// serde's words for what it expected.
fn plain(expected: &str) -> String {
    match expected {
        "u8" => "a whole number from 0 to 255".to_owned(),
        "u32" => "a whole number".to_owned(),
        "a string" | "a date string" | "str" => "a text in quotes".to_owned(),
        "a sequence" | "a list of records" | "a list of cells" => "a list in `[ ]`".to_owned(),
        other => match other.strip_prefix("struct ").or(other.strip_prefix("enum ")) {
            Some(name) => called(name).to_owned(),
            None => other.to_owned(),
        },
    }
}

/// Errors of spelling rather than of content.
fn syntax(error: &Error) -> String {
    match error {
        Error::Eof => "the file ends too early".to_owned(),
        Error::ExpectedComma => "expected a comma before this".to_owned(),
        Error::ExpectedMapColon => "expected `:` and a value after the name of the field".to_owned(),
        Error::ExpectedArrayEnd => "expected `,` or `]`".to_owned(),
        Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => "expected `,` or `)`".to_owned(),
        Error::ExpectedStringEnd => "a text is not closed: its second quote is missing".to_owned(),
        Error::InvalidEscape(_) => {
            r#"a text has an unknown escape; write a backslash as \\ and a quote as \""#.to_owned()
        }
        Error::TrailingCharacters => "something stands after the closing bracket".to_owned(),
        Error::UnclosedBlockComment => "a comment is not closed: its `*/` is missing".to_owned(),
        Error::UnexpectedChar(c) => format!("`{c}` cannot stand here"),
        Error::InvalidIdentifier(name) | Error::SuggestRawIdentifier(name) => format!("`{name}` is not a name"),
        Error::ExceededRecursionLimit => "brackets are nested too deeply".to_owned(),
        Error::NoSuchExtension(name) => format!("the extension `{name}` is not known"),
        Error::ExpectedAttribute | Error::ExpectedAttributeEnd => {
            "a line that starts with `#!` is not understood; remove it".to_owned()
        }
        other => other.to_string(),
    }
}
