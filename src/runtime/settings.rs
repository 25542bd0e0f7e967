//! Personal settings: one RON file that people write by hand.
//!
//! Owns its fields, telling everything that is wrong in it at once, and changing one value without touching the rest.
//! A bad entry never stops the program: it is told, and the default holds in its place.
//!
//! ```ron
//! Settings(
//!     theme: "dark",            // `strideboard themes` lists them
//!     mouse: true,
//!     autosave: true,
//!     autosave_after_ms: 800,
//!     editor: "code --wait",    // else VISUAL, else EDITOR
//!     me: "ana",                // whose name goes on answers
//!     keys: { "mark-clear": ["x"] },
//! )
//! ```
//!
//! Refuses: team settings, which are versioned with the sessions and live elsewhere.

mod layout;

use std::{collections::BTreeMap, fmt, fs, path::Path};

use ron::Value;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, MapAccess, Visitor},
};

use super::store::{self, SaveError, StoreError};
use crate::{
    app::keymap::{BindingError, Keymap},
    format::{nearest::nearest, session::sentence},
    session::limits,
    ui::theme::BUILTIN,
};
use layout::Layout;

/// Every field there is.
const FIELDS: &[&str] = &["theme", "mouse", "autosave", "autosave_after_ms", "editor", "me", "keys"];

/// What a person prefers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Name of a built-in theme, or the path of a theme file.
    pub theme: String,
    /// Whether the program takes the mouse.
    pub mouse: bool,
    /// Whether changes are saved without being asked for.
    pub autosave: bool,
    /// How long nothing has to happen before that.
    pub autosave_after_ms: u64,
    /// Command of the text editor; the environment's when absent.
    pub editor: Option<String>,
    /// Who sits at the keyboard: a person of the session by slug or name, or any name.
    pub me: Option<String>,
    /// Keys of commands that are not on their default ones.
    pub keys: BTreeMap<String, Vec<String>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: "dark".to_owned(),
            mouse: true,
            autosave: true,
            autosave_after_ms: 800,
            editor: None,
            me: None,
            keys: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Reads the settings file and everything that is wrong in it, as `path:line:column: message`.
    ///
    /// Without a file there are only defaults. A file that cannot be read counts as none, and that is said.
    pub fn load(path: &Path) -> (Self, Vec<String>) {
        let content = match store::read_within(path, limits::SETTINGS) {
            Ok(content) => content,
            Err(StoreError::NotFound { .. }) => return Self::default().alone(),
            Err(error) => return (Self::default(), vec![error.to_string()]),
        };
        let (settings, problems) = match String::from_utf8(content.bytes) {
            Ok(text) => Self::parse(&text),
            Err(_) => (Self::default(), vec!["1:1: the file is not UTF-8 text; save it as UTF-8".to_owned()]),
        };
        (settings, problems.into_iter().map(|problem| format!("{}:{problem}", path.display())).collect())
    }

    fn alone(self) -> (Self, Vec<String>) {
        (self, Vec::new())
    }

    /// Reads settings and everything that is wrong in them, as `line:column: message` in the order of the text.
    pub fn parse(source: &str) -> (Self, Vec<String>) {
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        if Layout::new(source).is_blank() {
            return Self::default().alone();
        }
        let dialect = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        match dialect.from_str::<Entries>(source) {
            Ok(entries) => Reader::new(source).read(&entries.0),
            Err(error) => {
                let at = error.span.end;
                let hint = "settings look like `Settings(theme: \"dark\")`; none of this file was used";
                (Self::default(), vec![format!("{}:{}: {}; {hint}", at.line, at.col, sentence(&error.code))])
            }
        }
    }

    /// The key map these settings ask for.
    pub fn keymap(&self) -> Keymap {
        // What is wrong with the bindings was told when they were read.
        Keymap::with(&self.keys).0
    }
}

/// Sets `theme:` in the settings file and nothing else, comments included; makes file and folder if there are none.
///
/// A file whose brackets do not fit is left as it is.
pub fn remember_theme(path: &Path, name: &str) -> Result<(), RememberError> {
    let value = ron::to_string(name).map_err(|_| RememberError::Unclear)?;
    let (text, fingerprint) = match store::read_within(path, limits::SETTINGS) {
        Ok(content) => {
            let text = String::from_utf8(content.bytes).map_err(|_| RememberError::Unclear)?;
            (text, Some(content.fingerprint))
        }
        Err(StoreError::NotFound { .. }) => (String::new(), None),
        Err(error) => return Err(error.into()),
    };
    let new = if text.trim().is_empty() {
        format!("Settings(\n    theme: {value},\n)\n")
    } else {
        Layout::new(&text).with_theme(&value).ok_or(RememberError::Unclear)?
    };
    if let Some(folder) = path.parent() {
        // If it cannot be made, saving says so better.
        drop(fs::create_dir_all(folder));
    }
    store::save(path, new.as_bytes(), fingerprint.as_ref())?;
    Ok(())
}

/// Why a setting was not remembered.
#[derive(Debug, thiserror::Error)]
pub enum RememberError {
    /// The file could not be read.
    #[error(transparent)]
    Read(#[from] StoreError),
    /// The file could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The file is not one that can be changed safely.
    #[error("the settings file has mistakes in it, so it was left as it is; mend them and choose the theme again")]
    Unclear,
}

/// The fields of a settings file in their order, whatever they are called.
struct Entries(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields;

        impl<'de> Visitor<'de> for Fields {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("settings")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(Name(name)) = map.next_key()? {
                    entries.push((name, map.next_value()?));
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_struct("Settings", FIELDS, Fields)
    }
}

/// The name of a field, which RON writes without quotes.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Word;

        impl Visitor<'_> for Word {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<Name, E> {
                Ok(Name(name.to_owned()))
            }
        }

        deserializer.deserialize_identifier(Word)
    }
}

/// Turns fields into settings, noting what is wrong and where.
struct Reader {
    layout: Layout,
    settings: Settings,
    problems: Vec<((usize, usize), String)>,
}

impl Reader {
    fn new(source: &str) -> Self {
        Self { layout: Layout::new(source), settings: Settings::default(), problems: Vec::new() }
    }

    fn read(mut self, entries: &[(String, Value)]) -> (Settings, Vec<String>) {
        for (index, (name, value)) in entries.iter().enumerate() {
            let at = self.layout.field(index);
            if entries[..index].iter().any(|(earlier, _)| earlier == name) {
                self.problems.push((at, format!("`{name}` is set twice; the first one holds")));
            } else {
                self.field(name, value.clone(), at);
            }
        }
        self.problems.sort();
        let problems = self.problems.into_iter().map(|((line, column), text)| format!("{line}:{column}: {text}"));
        (self.settings, problems.collect())
    }

    fn field(&mut self, name: &str, value: Value, at: (usize, usize)) {
        match name {
            "theme" => {
                if let Some(theme) = self.value::<String>(name, value, "a name in quotes", at) {
                    self.theme(theme, at);
                }
            }
            "mouse" => {
                self.settings.mouse = self.value(name, value, "true or false", at).unwrap_or(self.settings.mouse);
            }
            "autosave" => {
                self.settings.autosave = self.value(name, value, "true or false", at).unwrap_or(self.settings.autosave);
            }
            "autosave_after_ms" => {
                let told = self.value(name, value, "a number of milliseconds", at);
                self.settings.autosave_after_ms = told.unwrap_or(self.settings.autosave_after_ms);
            }
            "editor" => self.settings.editor = self.value(name, value, "a command in quotes", at),
            "me" => {
                let told: Option<String> = self.value(name, value, "a name in quotes", at);
                self.settings.me = told.filter(|me| !me.trim().is_empty());
            }
            "keys" => {
                let shape = "a map of commands to lists of keys, like {\"mark-clear\": [\"x\"]}";
                if let Some(keys) = self.value(name, value, shape, at) {
                    self.keys(keys);
                }
            }
            unknown => {
                let meant = match nearest(unknown, FIELDS.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the settings are {}", FIELDS.join(", ")),
                };
                self.problems.push((at, format!("`{unknown}` is not a setting; {meant}")));
            }
        }
    }

    fn value<T: DeserializeOwned>(&mut self, name: &str, value: Value, shape: &str, at: (usize, usize)) -> Option<T> {
        let read = value.into_rust().ok();
        if read.is_none() {
            self.problems.push((at, format!("`{name}` must be {shape}")));
        }
        read
    }

    fn theme(&mut self, theme: String, at: (usize, usize)) {
        let names = || BUILTIN.iter().map(|(name, _)| *name);
        if names().any(|known| known == theme) || Path::new(&theme).extension().is_some_and(|end| end == "ron") {
            self.settings.theme = theme;
            return;
        }
        let meant = match nearest(&theme, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the themes are {}", names().collect::<Vec<_>>().join(", ")),
        };
        self.problems.push((at, format!("there is no theme `{theme}`; {meant}")));
    }

    fn keys(&mut self, keys: BTreeMap<String, Vec<String>>) {
        for error in Keymap::with(&keys).1 {
            let name = match &error {
                BindingError::UnknownCommand { name, .. } | BindingError::Keys { name, .. } => name.as_str(),
                BindingError::Clash { second, .. } => second,
                BindingError::Tangled { name, .. } => name,
            };
            self.problems.push((self.layout.text(name), error.to_string()));
        }
        self.settings.keys = keys;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_says_only_what_is_different() {
        let source = "// mine\nSettings(\n    mouse: false,\n    keys: {\"mark-clear\": [\"<ctrl-x>\"]},\n)\n";
        let (settings, problems) = Settings::parse(source);
        assert_eq!(problems, [""; 0]);
        assert_eq!(settings.keys["mark-clear"], ["<ctrl-x>"]);
        assert!(!settings.mouse && settings.autosave);
        for nothing in ["", "  \n", "// only a comment\n", "()", "Settings()"] {
            assert_eq!(Settings::parse(nothing), Settings::default().alone(), "{nothing}");
        }
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once_and_the_rest_holds() {
        let source = "(\n  them: \"light\",\n  theme: \"ligth\",\n  mouse: \"no\",\n  autosave: false,\n  mouse: true,\n  \
                      keys: {\n    \"mark-claer\": [\"x\"],\n    \"undo\": [\"<nope>\"],\n    \"zoom\": [\"c\"],\n  },\n)";
        let (settings, problems) = Settings::parse(source);
        assert_eq!(
            problems,
            [
                "2:3: `them` is not a setting; did you mean `theme`?",
                "3:3: there is no theme `ligth`; did you mean `light`?",
                "4:3: `mouse` must be true or false",
                "6:3: `mouse` is set twice; the first one holds",
                "8:5: `mark-claer` is not a command; did you mean `mark-clear`?",
                "9:5: keys of `undo`: `<nope>` is not a key; keys are written like <ctrl-s>, <tab>, <space>, <f1>, <lt>",
                "10:5: `c` is bound to both `capture` and `zoom`",
            ]
        );
        assert!(!settings.autosave && settings.mouse);
    }

    #[test]
    fn what_is_no_ron_is_told_with_its_place() {
        let (settings, problems) = Settings::parse("Settings(\n  theme \"dark\",\n)");
        assert_eq!(settings, Settings::default());
        assert!(problems[0].starts_with("2:"), "{problems:?}");
        for (source, message) in [
            ("[1, 2]", "1:1: expected the settings, `Settings(…)`"),
            ("Setings(theme: \"dark\")", "1:8: expected the settings, `Settings(…)`"),
            ("Settings(theme: \"dark\"", "1:23: expected a comma before this"),
        ] {
            let (settings, problems) = Settings::parse(source);
            assert_eq!(settings, Settings::default());
            let rest = problems[0].strip_prefix(message);
            assert_eq!(
                rest,
                Some("; settings look like `Settings(theme: \"dark\")`; none of this file was used"),
                "{problems:?}"
            );
        }
    }

    #[test]
    fn a_theme_is_remembered_and_comments_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep").join("settings.ron");
        let after = |before: Option<&str>| {
            if let Some(before) = before {
                fs::write(&path, before).unwrap();
            }
            remember_theme(&path, "light").map(|()| fs::read_to_string(&path).unwrap())
        };
        assert_eq!(after(None).unwrap(), "Settings(\n    theme: \"light\",\n)\n");
        for (before, expected) in [
            ("( // \"theme: no\"\n  theme: \"dark\", // mine\n)", "( // \"theme: no\"\n  theme: \"light\", // mine\n)"),
            ("Settings(theme : r#\"d)rk\"#)", "Settings(theme : \"light\")"),
            ("Settings(\n    mouse: false,\n)\n", "Settings(\n    theme: \"light\",\n    mouse: false,\n)\n"),
            ("(keys: {\"theme\": []})", "(\n    theme: \"light\",keys: {\"theme\": []})"),
            ("()", "(\n    theme: \"light\",)"),
            ("// later\n", "Settings(\n    theme: \"light\",\n)\n// later\n"),
        ] {
            let text = after(Some(before)).unwrap();
            assert_eq!(text, expected);
            assert_eq!(Settings::parse(&text).0.theme, "light", "{text}");
        }
        assert!(matches!(after(Some("Settings(theme: \"dark\"")), Err(RememberError::Unclear)));
        assert_eq!(fs::read_to_string(&path).unwrap(), "Settings(theme: \"dark\"");
    }
}
