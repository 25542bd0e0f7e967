//! Theme files: RON text to a theme, with every mistake reported at once.
//!
//! Owns the errors of a theme file. Refuses paths (the text is passed in) and half themes: every role must be set.

use ratatui::style::Modifier;

use super::{
    Role, Theme,
    color::Rgb,
    depth::Paint,
    form::{Entry, File, Pairs, Word},
    scan::{Scan, Spot},
};

use crate::format::session::sentence;

/// A mistake in a theme file and where it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {fault}")]
pub struct ThemeError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub fault: ThemeFault,
}

/// What is wrong with a theme file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ThemeFault {
    /// Not RON, or not the form of a theme.
    #[error("{0}")]
    Form(String),
    /// A role without a style.
    #[error("role `{}` is not set ({})", .0.name(), .0.purpose())]
    MissingRole(Role),
    /// A style for something that is no role.
    #[error("there is no role `{name}`{}", meant(*.nearest))]
    UnknownRole {
        /// As written.
        name: String,
        /// The role that was probably meant.
        nearest: Option<&'static str>,
    },
    /// A role or a palette entry given twice.
    #[error("`{0}` is set twice")]
    Repeated(String),
    /// A colour that is neither in the palette nor `#rrggbb`.
    #[error("`{value}` is neither `#rrggbb` nor a name in the palette{}", meant(.nearest.as_deref()))]
    UnknownColor {
        /// As written.
        value: String,
        /// The palette entry that was probably meant.
        nearest: Option<String>,
    },
    /// A palette entry that is not `#rrggbb`.
    #[error("`{value}` is not a colour; write `#rrggbb`")]
    NotHex {
        /// As written.
        value: String,
    },
    /// A modifier that does not exist.
    #[error("there is no modifier `{name}`{}", meant(*.nearest))]
    UnknownModifier {
        /// As written.
        name: String,
        /// The modifier that was probably meant.
        nearest: Option<&'static str>,
    },
}

const MODIFIERS: [(&str, Modifier); 5] = [
    ("Bold", Modifier::BOLD),
    ("Dim", Modifier::DIM),
    ("Italic", Modifier::ITALIC),
    ("Underlined", Modifier::UNDERLINED),
    ("Reversed", Modifier::REVERSED),
];

/// Reads a theme file.
pub(super) fn parse(source: &str) -> Result<Theme, Vec<ThemeError>> {
    let source = source.trim_start_matches('\u{feff}');
    let file: File = ron::from_str(source).map_err(|error| {
        let start = error.span.start;
        let fault = ThemeFault::Form(sentence(&error.code));
        vec![ThemeError { line: start.line, column: start.col, fault }]
    })?;
    let mut check = Check { scan: Scan::new(source), palette: Vec::new(), errors: Vec::new() };
    check.palette(&file.palette);
    let paints = check.roles(&file.roles);
    if check.errors.is_empty() {
        Ok(Theme::new(file.name, file.about, file.ground, &paints))
    } else {
        check.errors.sort_by_key(|error| (error.line, error.column));
        Err(check.errors)
    }
}

/// The state of looking through one file.
struct Check<'a> {
    scan: Scan,
    palette: Vec<(&'a str, Rgb)>,
    errors: Vec<ThemeError>,
}

impl<'a> Check<'a> {
    fn palette(&mut self, pairs: &'a Pairs<String>) {
        self.scan.section("palette");
        for (name, value) in &pairs.0 {
            let spot = self.scan.key(name);
            if self.palette.iter().any(|(known, _)| known == name) {
                self.report(spot, ThemeFault::Repeated(name.clone()));
            }
            match Rgb::from_hex(value) {
                Some(color) => self.palette.push((name, color)),
                None => self.report(self.scan.value(value), ThemeFault::NotHex { value: value.clone() }),
            }
        }
    }

    fn roles(&mut self, pairs: &Pairs<Entry>) -> [Paint; Role::COUNT] {
        let mut paints = [None; Role::COUNT];
        let section = self.scan.section("roles");
        for (name, entry) in &pairs.0 {
            let spot = self.scan.key(name);
            let paint = self.paint(entry);
            if let Some(role) = Role::from_name(name) {
                if paints[role as usize].replace(paint).is_some() {
                    self.report(spot, ThemeFault::Repeated(name.clone()));
                }
            } else {
                let nearest = nearest(name, Role::ALL.iter().map(|role| role.name()));
                self.report(spot, ThemeFault::UnknownRole { name: name.clone(), nearest });
            }
        }
        for &role in Role::ALL.iter().filter(|role| paints[**role as usize].is_none()) {
            self.report(section, ThemeFault::MissingRole(role));
        }
        paints.map(Option::unwrap_or_default)
    }

    fn paint(&mut self, entry: &Entry) -> Paint {
        let mut add = Modifier::empty();
        for Word(name) in &entry.add {
            if let Some((_, modifier)) = MODIFIERS.iter().find(|(known, _)| known == name) {
                add |= *modifier;
            } else {
                let nearest = nearest(name, MODIFIERS.iter().map(|(known, _)| *known));
                self.report(self.scan.value(name), ThemeFault::UnknownModifier { name: name.clone(), nearest });
            }
        }
        Paint { fg: self.color(&entry.fg), bg: self.color(&entry.bg), add }
    }

    fn color(&mut self, value: &str) -> Option<Rgb> {
        if value.is_empty() {
            return None;
        }
        let named = self.palette.iter().find(|(name, _)| *name == value).map(|(_, color)| *color);
        let color = named.or_else(|| Rgb::from_hex(value));
        if color.is_none() {
            let nearest = nearest(value, self.palette.iter().map(|(name, _)| *name)).map(str::to_owned);
            let fault = ThemeFault::UnknownColor { value: value.to_owned(), nearest };
            self.report(self.scan.value(value), fault);
        }
        color
    }

    fn report(&mut self, spot: Spot, fault: ThemeFault) {
        self.errors.push(ThemeError { line: spot.line, column: spot.column, fault });
    }
}

fn meant(nearest: Option<&str>) -> String {
    nearest.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

/// The candidate with the fewest changed characters, if that is few enough to be a slip.
fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).max(2);
    let near = candidates.map(|candidate| (slips(name, candidate), candidate)).min_by_key(|(slips, _)| *slips);
    near.filter(|(slips, _)| *slips <= limit).map(|(_, candidate)| candidate)
}

/// Levenshtein distance, case aside.
fn slips(a: &str, b: &str) -> usize {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.chars().enumerate() {
            let changed = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(source: &str) -> Vec<String> {
        parse(source).err().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    /// A theme that sets every role to nothing, with `replace` done on its text.
    fn with(replace: &[(&str, &str)]) -> String {
        let roles: Vec<String> = Role::ALL.iter().map(|role| format!("    \"{}\": (),\n", role.name())).collect();
        let roles = roles.concat();
        let source = format!(
            "(\n  name: \"T\",\n  about: \"t\",\n  ground: Dark,\n  palette: {{\"ink\": \"#ffffff\"}},\n  roles: {{\n{roles}  }},\n)\n"
        );
        replace.iter().fold(source, |source, (from, to)| source.replace(from, to))
    }

    #[test]
    fn a_theme_may_leave_every_style_empty_but_must_name_every_role() {
        assert_eq!(messages(&with(&[])), [""; 0]);
        assert_eq!(messages(&format!("\u{feff}{}", with(&[]))), [""; 0]);
        let missing = messages("(name: \"T\", about: \"t\", ground: Dark, roles: {})");
        assert_eq!(missing.len(), Role::COUNT);
        assert_eq!(missing[3], "1:39: role `text` is not set (what people wrote)");
    }

    #[test]
    fn every_mistake_is_reported_at_once_with_its_place_and_the_nearest_name() {
        let source = with(&[
            ("\"#ffffff\"", "\"#fff\", \"paper\": \"#000000\""),
            ("\"background\": ()", "\"background\": (fg: \"#12\", bg: \"papier\", add: [Bold, Blod])"),
            ("\"risk.high\"", "\"risk.hihg\""),
            ("\"letter.e\"", "\"letter.d\""),
        ]);
        assert_eq!(
            messages(&source),
            [
                "5:20: `#fff` is not a colour; write `#rrggbb`",
                "6:3: role `risk.high` is not set (high risk)",
                "6:3: role `letter.e` is not set (elevation of privilege)",
                "7:24: `#12` is neither `#rrggbb` nor a name in the palette",
                "7:35: `papier` is neither `#rrggbb` nor a name in the palette; did you mean `paper`?",
                "7:57: there is no modifier `Blod`; did you mean `Bold`?",
                "46:5: there is no role `risk.hihg`; did you mean `risk.high`?",
                "54:5: `letter.d` is set twice",
            ]
        );
    }

    #[test]
    fn broken_form_is_one_error_with_its_place() {
        for (source, want) in [
            ("", "1:1"),
            ("(name: \"T\",\n about: 3)", "2:8"),
            ("(name: \"T\", about: \"\", ground: Drak, roles: {})", "1:32"),
            ("(name: \"T\", colour: \"\")", "1:13"),
        ] {
            let messages = messages(source);
            assert_eq!(messages.len(), 1);
            assert!(messages[0].starts_with(want), "{}", messages[0]);
        }
        assert_eq!(messages("[1, 2]"), ["1:1: expected the theme, `Theme(…)`"]);
    }
}
