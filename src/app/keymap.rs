//! Which keys mean which command, and the settings that change it.
//!
//! Owns the resolution of key sequences within scopes. Refuses: knowing what a command does.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use crate::format::nearest::nearest;

use super::{
    command::{self, Command, TABLE},
    context::Context,
    key::Key,
    pane::Pane,
    scope::Scope,
};

/// Bindings by scope and sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: BTreeMap<Scope, BTreeMap<Vec<Key>, Command>>,
}

/// What a sequence of keys means so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// A command.
    Command(Command),
    /// The start of one or more longer sequences: what may follow, with the command it leads to.
    Pending(Vec<(Vec<Key>, Command)>),
    /// Nothing.
    Unbound,
}

/// What is wrong with a binding of the settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BindingError {
    /// No command has this name.
    #[error("`{name}` is not a command{}", near.map_or(String::new(), |n| format!("; did you mean `{n}`?")))]
    UnknownCommand {
        /// What was written.
        name: String,
        /// The nearest name there is.
        near: Option<&'static str>,
    },
    /// The keys cannot be read.
    #[error("keys of `{name}`: {error}")]
    Keys {
        /// The command.
        name: String,
        /// Why.
        error: super::key::KeyError,
    },
    /// Two commands of one scope have the same keys.
    #[error("`{keys}` is bound to both `{first}` and `{second}`")]
    Clash {
        /// The keys.
        keys: String,
        /// The command that has them.
        first: &'static str,
        /// The command that wants them too.
        second: &'static str,
    },
    /// Keys that are the beginning of a longer sequence, so that one of the two can never be typed.
    #[error("`{keys}` of `{command}` is the beginning of `{sequence}` of `{other}`: give one of them other keys")]
    Tangled {
        /// The name in the settings that brought it about.
        name: &'static str,
        /// The shorter keys.
        keys: String,
        /// The command they mean.
        command: &'static str,
        /// The longer sequence.
        sequence: String,
        /// The command it means.
        other: &'static str,
    },
}

impl Default for Keymap {
    fn default() -> Self {
        let mut map = Self { bindings: BTreeMap::new() };
        for row in TABLE {
            for keys in row.keys.iter().filter_map(|keys| Key::parse_sequence(keys).ok()) {
                map.bindings.entry(row.scope).or_default().insert(keys, row.command);
            }
        }
        map
    }
}

impl Keymap {
    /// The default map with some commands on other keys. A command named here loses its default keys; an empty list
    /// leaves it to the palette. Every bad entry is reported; the good ones hold.
    pub fn with(changes: &BTreeMap<String, Vec<String>>) -> (Self, Vec<BindingError>) {
        let mut map = Self::default();
        let mut errors = Vec::new();
        let mut wanted = Vec::new();
        for (name, sequences) in changes {
            let Some(command) = command::by_name(name) else {
                let near = nearest(name, TABLE.iter().map(|row| row.name));
                errors.push(BindingError::UnknownCommand { name: name.clone(), near });
                continue;
            };
            let mut readable = Vec::new();
            for text in sequences {
                match Key::parse_sequence(text) {
                    Ok(keys) if keys.is_empty() => {}
                    Ok(keys) => readable.push((command, keys, text)),
                    Err(error) => errors.push(BindingError::Keys { name: name.clone(), error }),
                }
            }
            // Where nothing could be read the default keys hold; an empty list is a wish to have none.
            if !readable.is_empty() || sequences.is_empty() {
                if let Some(scope) = map.bindings.get_mut(&command.row().scope) {
                    scope.retain(|_, bound| *bound != command);
                }
                wanted.append(&mut readable);
            }
        }
        for (command, keys, text) in wanted {
            let scope = map.bindings.entry(command.row().scope).or_default();
            match scope.get(&keys) {
                Some(holder) if *holder != command => errors.push(BindingError::Clash {
                    keys: text.clone(),
                    first: holder.row().name,
                    second: command.row().name,
                }),
                _ => drop(scope.insert(keys, command)),
            }
        }
        errors.extend(map.tangled(changes));
        // A command that lost every key to a clash gets back those of its defaults that are still free.
        for row in TABLE.iter().filter(|row| changes.get(row.name).is_some_and(|wish| !wish.is_empty())) {
            if map.keys_of(row.command).is_empty() {
                let scope = map.bindings.entry(row.scope).or_default();
                for keys in row.keys.iter().filter_map(|keys| Key::parse_sequence(keys).ok()) {
                    scope.entry(keys).or_insert(row.command);
                }
            }
        }
        (map, errors)
    }

    /// Keys that cannot be typed because of a beginning they share, as far as the settings are why: a sequence whose
    /// beginning means something somewhere, and keys that are nothing but a beginning wherever they could mean something.
    fn tangled(&self, changes: &BTreeMap<String, Vec<String>>) -> Vec<BindingError> {
        let contexts = contexts();
        let mut tangles = BTreeSet::new();
        for (scope, bindings) in &self.bindings {
            let here: Vec<&Context> = contexts.iter().filter(|ctx| ctx.scopes().contains(scope)).collect();
            for (keys, command) in bindings {
                for ctx in &here {
                    let beginnings = (1..keys.len()).map(|length| &keys[..length]);
                    tangles.extend(beginnings.filter_map(|beginning| match self.resolve(beginning, ctx) {
                        Resolved::Command(first) => Some((beginning.to_vec(), first, keys.clone(), *command)),
                        _ => None,
                    }));
                }
                let only_a_beginning: Option<Vec<_>> = here.iter().map(|ctx| self.continued(keys, ctx)).collect();
                if let Some((longer, other)) = only_a_beginning.and_then(|all| all.into_iter().next()) {
                    tangles.insert((keys.clone(), *command, longer, other));
                }
            }
        }
        let asked = |command: Command| changes.contains_key(command.row().name);
        let tangles = tangles.into_iter().filter(|(_, command, _, other)| asked(*command) || asked(*other));
        tangles
            .map(|(keys, command, sequence, other)| BindingError::Tangled {
                name: if asked(command) { command.row().name } else { other.row().name },
                keys: notation(&keys),
                command: command.row().name,
                sequence: notation(&sequence),
                other: other.row().name,
            })
            .collect()
    }

    /// The first sequence that these keys only begin here.
    fn continued(&self, keys: &[Key], ctx: &Context) -> Option<(Vec<Key>, Command)> {
        match self.resolve(keys, ctx) {
            Resolved::Pending(next) => {
                next.into_iter().next().map(|(rest, command)| ([keys, rest.as_slice()].concat(), command))
            }
            _ => None,
        }
    }

    /// The first key of a command as people read it; how to find it in the palette when it has none.
    pub fn key(&self, command: Command) -> String {
        self.keys_of(command).into_iter().next().unwrap_or_else(|| format!(":{}", command.row().name))
    }

    /// A sentence in which `{mark-clear}` stands for the key of that command.
    pub fn phrase(&self, sentence: &str) -> String {
        let mut whole = String::with_capacity(sentence.len());
        let mut left = sentence;
        while let Some((front, (name, after))) =
            left.split_once('{').and_then(|(front, rest)| Some((front, rest.split_once('}')?)))
        {
            whole.push_str(front);
            match command::by_name(name) {
                Some(command) => whole.push_str(&self.key(command)),
                None => drop(write!(whole, "{{{name}}}")),
            }
            left = after;
        }
        whole + left
    }

    /// What a sequence means here. A complete binding in a narrow scope wins over a longer one in a wider scope.
    pub fn resolve(&self, keys: &[Key], ctx: &Context) -> Resolved {
        let mut pending: Vec<(Vec<Key>, Command)> = Vec::new();
        for scope in ctx.scopes() {
            let Some(bindings) = self.bindings.get(&scope) else { continue };
            if pending.is_empty()
                && let Some(command) = bindings.get(keys)
            {
                return Resolved::Command(*command);
            }
            for (sequence, command) in bindings.iter().filter(|(s, _)| s.len() > keys.len() && s.starts_with(keys)) {
                let rest = sequence[keys.len()..].to_vec();
                if !pending.iter().any(|(known, _)| *known == rest) {
                    pending.push((rest, *command));
                }
            }
        }
        if pending.is_empty() { Resolved::Unbound } else { Resolved::Pending(pending) }
    }

    /// The sequences bound to a command, as people read them: `ctrl-s`, `g g`.
    pub fn keys_of(&self, command: Command) -> Vec<String> {
        let Some(scope) = self.bindings.get(&command.row().scope) else { return Vec::new() };
        let mut bound: Vec<&Vec<Key>> = scope.iter().filter(|(_, c)| **c == command).map(|(keys, _)| keys).collect();
        // Defaults are written most memorable first; keep that order, put remapped ones after it.
        let rank = |keys: &Vec<Key>| {
            let written = notation(keys);
            command.row().keys.iter().position(|k| *k == written).unwrap_or(usize::MAX)
        };
        bound.sort_by_key(|keys| rank(keys));
        bound.into_iter().map(|keys| keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")).collect()
    }
}

/// Keys as the settings write them.
fn notation(keys: &[Key]) -> String {
    keys.iter().map(|key| key.notation()).collect()
}

/// Every combination of scopes that can hold at once.
fn contexts() -> Vec<Context> {
    let workbench = Pane::ALL
        .into_iter()
        .flat_map(|focus| [false, true].map(|threat| Context { document: true, focus, threat, ..Context::default() }));
    let suggesting = [false, true].map(|threat| Context {
        document: true,
        focus: Pane::Checklist,
        suggesting: true,
        threat,
        ..Context::default()
    });
    workbench.chain(suggesting).chain([Context::default()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::pane::Pane;

    fn at(focus: Pane) -> Context {
        Context { document: true, focus, ..Context::default() }
    }

    fn keys(text: &str) -> Vec<Key> {
        Key::parse_sequence(text).unwrap()
    }

    #[test]
    fn letters_of_stride_win_over_list_keys_in_the_checklist() {
        let map = Keymap::default();
        assert_eq!(map.resolve(&keys("D"), &at(Pane::Checklist)), Resolved::Command(Command::CaptureD));
        assert_eq!(map.resolve(&keys("D"), &at(Pane::Components)), Resolved::Command(Command::Delete));
    }

    #[test]
    fn the_start_of_a_sequence_says_what_may_follow() {
        let Resolved::Pending(next) = Keymap::default().resolve(&keys("g"), &at(Pane::Components)) else { panic!() };
        assert_eq!(next.first(), Some(&(keys("g"), Command::First)));
        assert!(next.contains(&(keys("s"), Command::NextStale)));
    }

    #[test]
    fn keys_of_which_one_begins_the_other_are_told() {
        let told = |name: &str, keys: &str| {
            let (_, errors) = Keymap::with(&BTreeMap::from([(name.to_owned(), vec![keys.to_owned()])]));
            errors.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let one = |first: &str, second: &str| {
            vec![format!("{first} is the beginning of {second}: give one of them other keys")]
        };
        assert_eq!(told("zoom", "g"), one("`g` of `zoom`", "`gg` of `first`"));
        assert_eq!(told("mark-clear", "nx"), one("`n` of `mark-not-applicable`", "`nx` of `mark-clear`"));
        assert_eq!(told("mark-clear", "f").len(), 7, "every way to file a threat");
        // A sequence of a narrow place wins there, and the key works everywhere else.
        assert_eq!(told("zoom", "d"), [""; 0]);
        assert_eq!(told("mark-clear", "gx"), [""; 0]);
        let all = TABLE.iter().map(|row| (row.name.to_owned(), Vec::new())).collect();
        assert_eq!(Keymap::default().tangled(&all), []);
    }

    #[test]
    fn a_sentence_names_the_keys_that_hold() {
        let moved = BTreeMap::from([("capture".to_owned(), vec!["<f5>".to_owned()]), ("undo".to_owned(), Vec::new())]);
        let (map, _) = Keymap::with(&moved);
        let sentence = "press {capture}, {undo} or {save}, not {this} or {";
        assert_eq!(map.phrase(sentence), "press f5, :undo or ctrl-s, not {this} or {");
    }

    #[test]
    fn settings_move_a_command_and_report_every_mistake() {
        let wish = |name: &str, keys: &[&str]| (name.to_owned(), keys.iter().map(|k| (*k).to_owned()).collect());
        let (map, errors) = Keymap::with(&BTreeMap::from([
            wish("mark-clear", &["<ctrl-x>"]),
            wish("mark-claer", &["y"]),
            wish("park", &["<nope>"]),
            wish("zoom", &["u"]),
        ]));
        assert_eq!(map.resolve(&keys("<ctrl-x>"), &at(Pane::Checklist)), Resolved::Command(Command::MarkClear));
        assert_eq!(map.resolve(&keys("x"), &at(Pane::Checklist)), Resolved::Unbound);
        let words: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(words[0], "`mark-claer` is not a command; did you mean `mark-clear`?");
        assert!(words[1].starts_with("keys of `park`"), "{words:?}");
        assert_eq!(words[2], "`u` is bound to both `undo` and `zoom`");
    }
}
