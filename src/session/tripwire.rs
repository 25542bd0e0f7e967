//! What must hold in the repository for an assumption to hold: a condition that can be looked at without running anything.
//!
//! Owns the five conditions and how they are written: `exists PATH`, `missing PATH`, `matches PATH REGEX`,
//! `lacks PATH REGEX`, `equals FILE KEY VALUE`. A path begins at the top of the repository and may be a glob; one with a
//! blank in it stands in quotes. Refuses: looking (`runtime::tripwires`).

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de};

/// A path or glob from the top of the repository, written with `/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodePath(String);

/// Most pairs of braces in a glob: each doubles the ways in which a name can match.
const BRACES: usize = 3;

impl CodePath {
    /// Reads what a person typed; an error is a sentence for them.
    pub fn new(text: &str) -> Result<Self, String> {
        let path = text.trim();
        let path = path.strip_prefix("./").unwrap_or(path).trim_end_matches('/');
        if path.is_empty() || path == "." {
            return Err("name a file, a folder or a glob below the top of the repository, like src/login/**".to_owned());
        }
        if path.starts_with('/') || path.starts_with('~') || path.split('/').any(|part| part == "..") {
            return Err(format!("`{path}` leads out of the repository; paths begin at its top, like src/login/**"));
        }
        if path.contains(['\\', '"']) || path.contains(char::is_control) {
            return Err(format!("`{path}` is no path of the repository; parts are separated by `/`"));
        }
        if path.matches('{').count() > BRACES {
            return Err(format!("`{path}` has more than {BRACES} pairs of braces; write several paths instead"));
        }
        Ok(Self(path.to_owned()))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CodePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A condition over the files of the repository.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tripwire {
    /// There is such a file or folder.
    Exists(CodePath),
    /// There is none.
    Missing(CodePath),
    /// One of these files has text that a regular expression matches.
    Matches(CodePath, String),
    /// None of these files has.
    Lacks(CodePath, String),
    /// A JSON, YAML or Terraform file says this for a key such as `ingress.tls.enabled`.
    Equals(CodePath, String, String),
}

/// How a tripwire is written, for people who wrote something else.
const FORMS: &str = "exists PATH, missing PATH, matches PATH REGEX, lacks PATH REGEX or equals FILE KEY VALUE";

impl FromStr for Tripwire {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (word, rest) = split(text)?;
        let path = |rest| split(rest).and_then(|(path, rest)| Ok((CodePath::new(path)?, rest)));
        let whole = |rest: &str| CodePath::new(rest.trim().trim_matches('"'));
        let said = |rest: &str, what: &str| match rest.trim() {
            "" => Err(format!("`{}` needs {what}: {FORMS}", text.trim())),
            said => Ok(said.to_owned()),
        };
        match word {
            "exists" => whole(rest).map(Self::Exists),
            "missing" => whole(rest).map(Self::Missing),
            "matches" | "lacks" => {
                let (path, rest) = path(rest)?;
                let regex = said(rest, "a regular expression")?;
                Ok(if word == "matches" { Self::Matches(path, regex) } else { Self::Lacks(path, regex) })
            }
            "equals" => {
                let (path, rest) = path(rest)?;
                let rest = said(rest, "a key")?;
                // A key may hold a quoted part with blanks in it.
                let mut quoted = false;
                let end = rest.find(|c: char| {
                    quoted ^= c == '"';
                    c.is_whitespace() && !quoted
                });
                let (key, value) = rest.split_at(end.unwrap_or(rest.len()));
                Ok(Self::Equals(path, key.to_owned(), said(value, "a value")?))
            }
            _ => Err(format!("`{word}` is none of {FORMS}")),
        }
    }
}

/// The first word, or what stands in quotes, and what follows.
fn split(text: &str) -> Result<(&str, &str), String> {
    let text = text.trim();
    let parts = match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"').ok_or_else(|| format!("`{text}` has a quote that does not end"))?,
        None => text.split_once(char::is_whitespace).unwrap_or((text, "")),
    };
    Ok(parts)
}

impl fmt::Display for Tripwire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = |path: &CodePath| {
            if path.0.contains(char::is_whitespace) { format!("\"{path}\"") } else { path.to_string() }
        };
        match self {
            Self::Exists(at) => write!(f, "exists {}", path(at)),
            Self::Missing(at) => write!(f, "missing {}", path(at)),
            Self::Matches(at, regex) => write!(f, "matches {} {regex}", path(at)),
            Self::Lacks(at, regex) => write!(f, "lacks {} {regex}", path(at)),
            Self::Equals(at, key, value) => write!(f, "equals {} {key} {value}", path(at)),
        }
    }
}

impl Serialize for Tripwire {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Tripwire {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tripwire_is_written_as_it_is_read() {
        for text in [
            "exists infra/waf.tf",
            "missing src/upload/**",
            "missing \"my docs/a b.md\"",
            "matches src/config.rs TLS_MIN = \"1\\.[23]\"",
            "lacks \"a b/**\" multipart/form-data",
            "equals infra/values.yaml ingress.tls.enabled true",
            "equals x.json a.\"b c\".0 two words",
        ] {
            assert_eq!(text.parse::<Tripwire>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_tripwire_is_refused_in_words() {
        for (text, part) in [
            ("", "none of exists"),
            ("runs rm -rf", "none of exists"),
            ("exists ../other", "leads out"),
            ("exists", "name a file"),
            ("matches src/x", "needs a regular expression"),
            ("equals a.json key", "needs a value"),
            ("matches \"a b", "does not end"),
        ] {
            let refused = text.parse::<Tripwire>().unwrap_err();
            assert!(refused.contains(part), "{text}: {refused}");
        }
    }

    #[test]
    fn only_paths_below_the_top_are_taken() {
        for text in ["", ".", "/etc/passwd", "../x", "a/../../x", "~/x", "a\\b", "{a,b}{a,b}{a,b}{a,b}"] {
            assert!(CodePath::new(text).is_err(), "{text}");
        }
        for (text, path) in [("./src/login/", "src/login"), (" infra/*.tf ", "infra/*.tf"), ("..x/y", "..x/y")] {
            assert_eq!(CodePath::new(text).unwrap().to_string(), path);
        }
    }
}
