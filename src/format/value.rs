//! One value of a JSON, YAML or Terraform file, by its key.
//!
//! Owns how a key is written: names and positions joined by dots (`ingress.tls.0.enabled`), a name with a dot in it in
//! quotes. A single value is given as the file writes it, without its quotes; a list or a map is none. What the file says
//! twice under one key is said to be unclear, and nothing is computed: no reference, no alias, no interpolation.
//!
//! Terraform is read line by line, as `terraform fmt` lays it out: a block or a map opens at the end of a line and closes
//! on one of its own. The names of a block are its type and labels (`resource.aws_s3_bucket.logs.acl`). A parser of the
//! whole language would bring eight crates and its own depth of recursion for what is one comparison here.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle};

/// What kinds of files hold values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Yaml,
    Terraform,
}

impl Kind {
    fn of(path: &str) -> Option<Self> {
        let ending = path.rsplit_once('.')?.1.to_ascii_lowercase();
        Some(match ending.as_str() {
            "json" | "tfstate" => Self::Json,
            "yaml" | "yml" => Self::Yaml,
            "tf" | "tfvars" | "hcl" => Self::Terraform,
            _ => return None,
        })
    }
}

/// The value that a file has under a key; `None` when it has none. An error says in words why nobody can tell.
pub fn find(path: &str, text: &str, key: &str) -> Result<Option<String>, String> {
    let key = parts(key)?;
    let found = match Kind::of(path) {
        None => return Err("values are read from .json, .yaml, .yml, .tf, .tfvars and .hcl files".to_owned()),
        Some(Kind::Json) => json(text, &key)?,
        Some(Kind::Yaml) => yaml(text, &key)?,
        Some(Kind::Terraform) => terraform(text, &key),
    };
    match found.as_slice() {
        [] => Ok(None),
        [Some(value)] => Ok(Some(value.clone())),
        [None] => Err("it is a list, a map or a reference there, not a single value".to_owned()),
        _ => Err("the file has it more than once".to_owned()),
    }
}

/// A key in its parts.
fn parts(key: &str) -> Result<Vec<String>, String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for c in key.chars() {
        match c {
            '"' => quoted = !quoted,
            '.' if !quoted => parts.push(String::new()),
            c => parts.last_mut().into_iter().for_each(|part| part.push(c)),
        }
    }
    if quoted || parts.iter().any(String::is_empty) {
        return Err(format!("`{key}` is no key; write it like ingress.tls.enabled"));
    }
    Ok(parts)
}

/// What was found: single values, or `None` for anything else.
type Found = Vec<Option<String>>;

fn json(text: &str, key: &[String]) -> Result<Found, String> {
    use serde_json::Value;
    let whole: Value = serde_json::from_str(text).map_err(|error| format!("it is not JSON: {error}"))?;
    let mut at = Some(&whole);
    for part in key {
        at = match at {
            Some(Value::Object(map)) => map.get(part),
            Some(Value::Array(list)) => part.parse().ok().and_then(|n: usize| list.get(n)),
            _ => None,
        };
    }
    Ok(at
        .into_iter()
        .map(|value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Object(_) | Value::Array(_) => None,
            single => Some(single.to_string()),
        })
        .collect())
}

/// Where a reader of YAML is: in a list at a position, or in a map, where names and values take turns.
enum Level {
    List(usize),
    Map(Option<String>),
}

fn yaml(text: &str, key: &[String]) -> Result<Found, String> {
    let mut levels: Vec<Level> = Vec::new();
    let mut found = Found::new();
    for event in Parser::new_from_str(text) {
        let (event, _) = event.map_err(|error| format!("it is not YAML: {error}"))?;
        let is_here = || {
            levels.len() == key.len()
                && levels.iter().zip(key).all(|(level, part)| match level {
                    Level::List(n) => part.parse() == Ok(*n),
                    Level::Map(name) => name.as_ref() == Some(part),
                })
        };
        let is_name = matches!(levels.last(), Some(Level::Map(None)));
        match event {
            Event::Scalar(value, ..) if is_name => {
                if let Some(Level::Map(name)) = levels.last_mut() {
                    *name = Some(value.into_owned());
                }
            }
            Event::Scalar(value, style, ..) => {
                if is_here() {
                    let empty = style == ScalarStyle::Plain && matches!(&*value, "" | "~");
                    found.push(Some(if empty { "null".to_owned() } else { value.into_owned() }));
                }
                passed(&mut levels);
            }
            Event::Alias(_) => {
                if !is_name && is_here() {
                    found.push(None);
                }
                passed(&mut levels);
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                if !is_name && is_here() {
                    found.push(None);
                }
                let list = matches!(event, Event::SequenceStart(..));
                levels.push(if list { Level::List(0) } else { Level::Map(None) });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                levels.pop();
                passed(&mut levels);
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(..) | Event::DocumentEnd => {}
        }
    }
    Ok(found)
}

/// A name or a value is over: what comes next in the list or map around it.
fn passed(levels: &mut [Level]) {
    match levels.last_mut() {
        Some(Level::List(n)) => *n += 1,
        Some(Level::Map(name)) => *name = if name.is_some() { None } else { Some(String::new()) },
        None => {}
    }
}

fn terraform(text: &str, key: &[String]) -> Found {
    let mut around: Vec<Vec<String>> = Vec::new();
    let mut found = Found::new();
    let mut lines = text.lines();
    let mut in_comment = false;
    while let Some(line) = lines.next() {
        let line = code(line, &mut in_comment);
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        if line.starts_with('}') {
            around.pop();
            continue;
        }
        let here = |last: &str| {
            let names = around.iter().flatten().map(String::as_str).chain([last]);
            names.eq(key.iter().map(String::as_str))
        };
        let assigned = assigned(line);
        if let Some((name, value)) = assigned {
            if value == "{" {
                if here(&name) {
                    found.push(None);
                }
                around.push(vec![name]);
                continue;
            }
            if here(&name) {
                found.push(single(value));
            }
            if let Some(end) = heredoc(value) {
                lines.by_ref().find(|line| line.trim() == end);
            } else {
                let mut open = depth(value);
                while open > 0 {
                    let Some(line) = lines.next() else { break };
                    open += depth(&code(line, &mut in_comment));
                }
            }
        } else if let Some(head) = line.strip_suffix('{') {
            around.push(words(head));
        }
    }
    found
}

/// A line without its comment; strings are left alone.
fn code<'a>(line: &'a str, in_comment: &mut bool) -> Cow<'a, str> {
    let mut out = String::new();
    let (mut quoted, mut escaped) = (false, false);
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        if *in_comment {
            let Some(end) = rest.find("*/") else { break };
            *in_comment = false;
            rest = &rest[end + 2..];
            continue;
        }
        if !quoted && (c == '#' || rest.starts_with("//")) {
            break;
        }
        if !quoted && rest.starts_with("/*") {
            *in_comment = true;
            rest = &rest[2..];
            continue;
        }
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    if out.len() == line.len() { Cow::Borrowed(line) } else { Cow::Owned(out) }
}

/// `name = value` or, in a map, `name: value`; the name may stand in quotes.
fn assigned(line: &str) -> Option<(String, &str)> {
    let (name, rest) = match line.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?,
        None => line.split_at(line.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))?),
    };
    let rest = rest.trim_start();
    let value = rest.strip_prefix('=').or_else(|| rest.strip_prefix(':'))?;
    let value = value.trim().trim_end_matches(',').trim_end();
    (!name.is_empty() && !value.starts_with('=')).then(|| (name.to_owned(), value))
}

/// The names in front of a block, without their quotes.
fn words(head: &str) -> Vec<String> {
    head.split_whitespace().map(|word| word.trim_matches('"').to_owned()).collect()
}

/// The name that ends a text over several lines.
fn heredoc(value: &str) -> Option<&str> {
    let name = value.strip_prefix("<<")?;
    Some(name.strip_prefix('-').unwrap_or(name).trim())
}

/// How many brackets a line opens more than it closes.
fn depth(line: &str) -> i64 {
    let mut quoted = false;
    let mut escaped = false;
    line.chars().fold(0, |open, c| {
        quoted ^= c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        match c {
            '(' | '[' | '{' if !quoted => open + 1,
            ')' | ']' | '}' if !quoted => open - 1,
            _ => open,
        }
    })
}

/// A value that needs nothing else to be known.
fn single(value: &str) -> Option<String> {
    if let Some(text) = value.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        let plain = !text.contains(['"', '\\']) && !text.contains("${") && !text.contains("%{");
        return plain.then(|| text.to_owned());
    }
    let plain = value.chars().all(|c| c.is_alphanumeric() || "+-_.".contains(c));
    let is_word = ["true", "false", "null"].contains(&value);
    (plain && (is_word || value.starts_with(|c: char| c.is_ascii_digit() || c == '-'))).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(path: &str, text: &str, key: &str) -> String {
        match find(path, text, key) {
            Ok(Some(value)) => value,
            Ok(None) => "none".to_owned(),
            Err(why) => format!("? {why}"),
        }
    }

    #[test]
    fn json_values_are_found_by_names_and_positions() {
        let text = r#"{"a": {"b.c": [1, {"d": "two words"}], "e": true, "f": null}}"#;
        for (key, value) in [
            ("a.\"b.c\".0", "1"),
            ("a.\"b.c\".1.d", "two words"),
            ("a.e", "true"),
            ("a.f", "null"),
            ("a.x", "none"),
            ("a.e.x", "none"),
            ("a", "? it is a list, a map or a reference there, not a single value"),
        ] {
            assert_eq!(told("x.json", text, key), value, "{key}");
        }
        assert!(told("x.json", "{", "a").starts_with("? it is not JSON"));
        assert!(told("x.txt", "{}", "a").starts_with("? values are read from"));
        assert!(told("x.json", "{}", "a..b").starts_with("? `a..b` is no key"));
    }

    #[test]
    fn yaml_values_are_as_they_are_written_and_aliases_are_not_followed() {
        let text =
            "on: No\nbase: &b {x: 1}\nuse: *b\nlist:\n  - name: a\n  - name: 017\n? [k]\n: v\nlast: \"~\"\nempty:\n";
        for (key, value) in [
            ("on", "No"),
            ("base.x", "1"),
            ("use", "? it is a list, a map or a reference there, not a single value"),
            ("list.1.name", "017"),
            ("list.2.name", "none"),
            ("last", "~"),
            ("empty", "null"),
        ] {
            assert_eq!(told("x.yaml", text, key), value, "{key}");
        }
        assert_eq!(told("x.yml", "a: 1\n---\na: 2\n", "a"), "? the file has it more than once");
        assert!(told("x.yml", "a: [1", "a").starts_with("? it is not YAML"));
        assert!(told("x.yml", &"[".repeat(100_000), "a").starts_with('?'));
    }

    #[test]
    fn terraform_values_are_found_by_the_blocks_around_them() {
        let text = r#"
resource "aws_s3_bucket" "logs" { # not "this" {
  acl    = "private" // as agreed
  count  = 2
  name   = "${var.prefix}-logs"
  policy = jsonencode({
    acl = "public"
  })
  note = <<-EOF
    acl = "public"
  EOF
  /* acl = "public"
     acl = "none" */
  versioning {
    enabled = true
  }
  tags = {
    "cost-centre" = "12"
    Owner : "ana"
  }
  list = [
    "a",
  ]
  rule {
    id = "x"
  }
  rule {
    id = "y"
  }
}
"#;
        let at = |key: &str| told("main.tf", text, &format!("resource.aws_s3_bucket.logs.{key}"));
        for (key, value) in [
            ("acl", "private"),
            ("count", "2"),
            ("versioning.enabled", "true"),
            ("tags.cost-centre", "12"),
            ("tags.Owner", "ana"),
            ("missing", "none"),
            ("name", "? it is a list, a map or a reference there, not a single value"),
            ("list", "? it is a list, a map or a reference there, not a single value"),
            ("tags", "? it is a list, a map or a reference there, not a single value"),
            ("rule.id", "? the file has it more than once"),
        ] {
            assert_eq!(at(key), value, "{key}");
        }
        assert_eq!(told("x.tfvars", "region = \"eu-central-1\"\n", "region"), "eu-central-1");
    }
}
