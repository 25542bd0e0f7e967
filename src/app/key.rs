//! Our own keys, so that the state machine knows no terminal library, and the notation people write them in.
//!
//! One notation everywhere (settings file, `--keys`, tests): plain characters stand for themselves, everything else is
//! in angle brackets: `jj<tab>x`, `<ctrl-s>`, `<alt-x>`, `<shift-tab>`, `<space>`, `<lt>` for `<` itself.

use std::fmt;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// A character as typed, upper case included; space is `Char(' ')`.
    Char(char),
    /// Function key, 1 to 24.
    F(u8),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab; back-tab is `Tab` with shift.
    Tab,
    /// Delete to the left.
    Backspace,
    /// Delete to the right.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Start of line.
    Home,
    /// End of line.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// A key press. Shift is only recorded where the character does not already show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control was held.
    pub ctrl: bool,
    /// Alt was held.
    pub alt: bool,
    /// Shift was held, for keys that are not characters.
    pub shift: bool,
}

/// Why a text is not a key sequence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// `<` without `>`.
    #[error("`<` at character {0} has no `>`; write `<lt>` for the character itself")]
    Unclosed(usize),
    /// A name in brackets that is no key.
    #[error("`<{0}>` is not a key; keys are written like <ctrl-s>, <tab>, <space>, <f1>, <lt>")]
    Unknown(String),
}

const NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("space", Code::Char(' ')),
    ("lt", Code::Char('<')),
];

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A character key.
    pub const fn char(c: char) -> Self {
        Self::plain(Code::Char(c))
    }

    /// A character with control held.
    pub const fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), ctrl: true, alt: false, shift: false }
    }

    /// The character it types into a text, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Reads a sequence in the notation of this module.
    pub fn parse_sequence(text: &str) -> Result<Vec<Self>, KeyError> {
        let mut keys = Vec::new();
        let mut chars = text.chars().enumerate();
        while let Some((at, c)) = chars.next() {
            if c != '<' {
                keys.push(Self::char(c));
                continue;
            }
            let mut name = String::new();
            loop {
                match chars.next() {
                    Some((_, '>')) => break,
                    Some((_, c)) => name.push(c),
                    None => return Err(KeyError::Unclosed(at)),
                }
            }
            keys.push(Self::named(&name)?);
        }
        Ok(keys)
    }

    fn named(name: &str) -> Result<Self, KeyError> {
        let unknown = || KeyError::Unknown(name.to_owned());
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = name;
        while let Some((modifier, tail)) = rest.split_once('-').filter(|(_, tail)| !tail.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" | "c" => ctrl = true,
                "alt" | "a" => alt = true,
                "shift" | "s" => shift = true,
                _ => return Err(unknown()),
            }
            rest = tail;
        }
        let lower = rest.to_ascii_lowercase();
        let named = NAMES.iter().find(|(n, _)| *n == lower).map(|(_, code)| *code);
        let function =
            || lower.strip_prefix('f').and_then(|n| n.parse().ok()).filter(|n| (1..=24).contains(n)).map(Code::F);
        let mut single = rest.chars();
        let character = match (single.next(), single.next()) {
            (Some(c), None) if ctrl || alt => Some(Code::Char(c)),
            _ => None,
        };
        let code = named.or_else(function).or(character).ok_or_else(unknown)?;
        Ok(Self { code, ctrl, alt, shift })
    }

    /// How the notation of this module writes it.
    pub fn notation(self) -> String {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt && c != '<' && c != ' ' => c.to_string(),
            // On screen it is `<`; inside brackets it needs its name.
            _ => format!("<{}>", self.to_string().replace('<', "lt")),
        }
    }
}

/// As people say it on screen: `ctrl-s`, `tab`, `x`.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(name)?;
            }
        }
        match (self.code, NAMES.iter().find(|(_, code)| *code == self.code)) {
            (Code::Char('<'), _) => f.write_str("<"),
            (_, Some((name, _))) => f.write_str(name),
            (Code::Char(c), None) => write!(f, "{c}"),
            (Code::F(n), None) => write!(f, "f{n}"),
            (other, None) => write!(f, "{other:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read() {
        for text in ["jj<tab>x", "<ctrl-s>", "<alt-x><shift-tab>", "a<space>b<lt>c", "<f12>é", "<ctrl-lt>"] {
            let keys = Key::parse_sequence(text).unwrap();
            assert_eq!(keys.iter().map(|k| k.notation()).collect::<String>(), text);
        }
    }

    #[test]
    fn what_is_no_key_is_named() {
        assert_eq!(Key::parse_sequence("a<b"), Err(KeyError::Unclosed(1)));
        assert_eq!(Key::parse_sequence("<nope>"), Err(KeyError::Unknown("nope".into())));
        assert_eq!(Key::parse_sequence("<hyper-x>"), Err(KeyError::Unknown("hyper-x".into())));
    }
}
