//! Reads Rust source just far enough to list the paths it names: comments and literals are skipped, groups expanded.
//!
//! Limitations: it knows no types and no macros. A path that a macro glues together is not seen.

use std::collections::BTreeSet;

/// A word or a sign of the source.
#[derive(Debug, Clone)]
struct Token {
    text: String,
    line: usize,
    test: bool,
}

impl Token {
    fn is_name(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// A path as written, groups expanded, each segment with its line.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    /// `crate`, `app`, `Model`; a macro's name ends with `!`.
    pub(crate) segments: Vec<(String, usize)>,
    /// How many modules written out in the file stand around it.
    pub(crate) depth: usize,
    /// Whether it stands in code that only tests compile.
    pub(crate) test: bool,
    /// Whether it is a method: something and a dot stand before it.
    pub(crate) method: bool,
    /// Whether an opening parenthesis follows.
    pub(crate) called: bool,
    /// The first word between the parentheses that follow.
    pub(crate) argument: String,
}

impl Path {
    /// The line where `words` stand one after the other in this path.
    pub(crate) fn holds(&self, words: &[&str]) -> Option<usize> {
        let found = |window: &&[(String, usize)]| window.iter().zip(words).all(|((segment, _), word)| segment == word);
        self.segments.windows(words.len()).find(found).and_then(|window| window.first()).map(|(_, line)| *line)
    }

    /// The last segment and its line.
    pub(crate) fn last(&self) -> (&str, usize) {
        self.segments.last().map_or(("", 0), |(name, line)| (name, *line))
    }
}

/// What the scanner understood of a file.
#[derive(Debug, Default)]
pub(crate) struct Source {
    pub(crate) paths: Vec<Path>,
    /// Lines with a comment that is not documentation.
    pub(crate) remarks: BTreeSet<usize>,
    /// Modules in files of their own that only tests compile: the name, or the file when the source names one.
    pub(crate) test_modules: Vec<String>,
}

impl Source {
    pub(crate) fn of(text: &str) -> Self {
        let (mut tokens, remarks) = Lexer::new(text).run();
        let test_modules = mark_tests(&mut tokens);
        Self { paths: paths(&tokens), remarks, test_modules }
    }
}

struct Lexer {
    chars: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
    remarks: BTreeSet<usize>,
}

impl Lexer {
    fn new(text: &str) -> Self {
        Self { chars: text.chars().collect(), at: 0, line: 1, tokens: Vec::new(), remarks: BTreeSet::new() }
    }

    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn starts(&self, text: &str) -> bool {
        text.chars().enumerate().all(|(ahead, c)| self.peek(ahead) == c)
    }

    fn step(&mut self) -> char {
        let c = self.peek(0);
        self.line += usize::from(c == '\n');
        self.at += 1;
        c
    }

    fn push(&mut self, text: String, line: usize) {
        self.tokens.push(Token { text, line, test: false });
    }

    fn run(mut self) -> (Vec<Token>, BTreeSet<usize>) {
        while self.at < self.chars.len() {
            let (c, line) = (self.peek(0), self.line);
            if self.starts("//") {
                self.line_comment();
            } else if self.starts("/*") {
                self.block_comment();
            } else if c == '"' {
                let text = self.string();
                self.push(text, line);
            } else if c == '\'' {
                self.quote();
            } else if c.is_alphanumeric() || c == '_' {
                self.word();
            } else if self.starts("::") {
                self.at += 2;
                self.push("::".to_owned(), line);
            } else {
                self.step();
                if !c.is_whitespace() {
                    self.push(c.to_string(), line);
                }
            }
        }
        (self.tokens, self.remarks)
    }

    fn line_comment(&mut self) {
        if !self.starts("///") && !self.starts("//!") {
            self.remarks.insert(self.line);
        }
        while self.at < self.chars.len() && self.peek(0) != '\n' {
            self.at += 1;
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while self.at < self.chars.len() {
            self.remarks.insert(self.line);
            if self.starts("/*") {
                depth += 1;
                self.at += 2;
            } else if self.starts("*/") {
                depth -= 1;
                self.at += 2;
                if depth == 0 {
                    return;
                }
            } else {
                self.step();
            }
        }
    }

    /// A string with its opening quote, so that it is never taken for a name.
    fn string(&mut self) -> String {
        let mut text = String::from(self.step());
        while self.at < self.chars.len() {
            match self.step() {
                '\\' => drop(self.step()),
                '"' => break,
                c => text.push(c),
            }
        }
        text
    }

    fn raw_string(&mut self, hashes: usize) {
        let end = format!("\"{}", "#".repeat(hashes));
        self.at += hashes + 1;
        while self.at < self.chars.len() && !self.starts(&end) {
            self.step();
        }
        self.at += end.len();
    }

    /// A character, or the name of a lifetime.
    fn quote(&mut self) {
        self.at += 1;
        if self.peek(0) == '\\' {
            self.at += 2;
            while self.at < self.chars.len() && self.step() != '\'' {}
        } else if self.peek(1) == '\'' {
            self.step();
            self.at += 1;
        } else {
            while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
                self.at += 1;
            }
        }
    }

    fn word(&mut self) {
        let start = self.at;
        while self.peek(0).is_alphanumeric() || self.peek(0) == '_' {
            self.at += 1;
        }
        let word: String = self.chars[start..self.at].iter().collect();
        let hashes = self.chars[self.at..].iter().take_while(|c| **c == '#').count();
        match word.as_str() {
            "r" | "br" | "cr" if self.peek(hashes) == '"' => self.raw_string(hashes),
            "b" | "c" if self.peek(0) == '"' => drop(self.string()),
            "b" if self.peek(0) == '\'' => self.quote(),
            "r" if hashes == 1 => self.at += 1,
            _ => self.push(word, self.line),
        }
    }
}

/// Marks what stands behind `#[cfg(test)]` and names the modules in files among it.
fn mark_tests(tokens: &mut [Token]) -> Vec<String> {
    let mut files = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let Some(end) = attribute(tokens, at) else {
            at += 1;
            continue;
        };
        if !is_test_only(&tokens[at..end]) {
            at = end;
            continue;
        }
        let mut body = end;
        while let Some(next) = attribute(tokens, body) {
            body = next;
        }
        let close = item_end(tokens, body);
        files.extend(module_file(&tokens[at..close]));
        tokens[at..close].iter_mut().for_each(|token| token.test = true);
        at = close;
    }
    files
}

fn text_at(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.text.as_str())
}

/// Where the attribute that starts here ends.
fn attribute(tokens: &[Token], at: usize) -> Option<usize> {
    let bracket = if text_at(tokens, at + 1) == "!" { at + 2 } else { at + 1 };
    if text_at(tokens, at) != "#" || text_at(tokens, bracket) != "[" {
        return None;
    }
    let mut depth = 0_usize;
    for (n, token) in tokens.iter().enumerate().skip(bracket) {
        match token.text.as_str() {
            "[" => depth += 1,
            "]" => depth -= 1,
            _ => (),
        }
        if depth == 0 {
            return Some(n + 1);
        }
    }
    None
}

fn is_test_only(attribute: &[Token]) -> bool {
    let has = |word: &str| attribute.iter().any(|token| token.text == word);
    text_at(attribute, 2) == "cfg" && has("test") && !has("not") && !has("any")
}

/// Where an item ends: behind its semicolon or its block.
fn item_end(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0_i32;
    for (n, token) in tokens.iter().enumerate().skip(start) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth -= 1,
            _ => (),
        }
        if depth == 0 && matches!(token.text.as_str(), ";" | "}") {
            return n + 1;
        }
    }
    tokens.len()
}

fn module_file(item: &[Token]) -> Option<String> {
    let at = item.windows(3).position(|w| w[0].text == "mod" && w[1].is_name() && w[2].text == ";")?;
    let named = item.windows(3).find(|w| w[0].text == "path" && w[1].text == "=").map(|w| w[2].text.clone());
    Some(named.map_or_else(|| item[at + 1].text.clone(), |file| file.trim_start_matches('"').to_owned()))
}

fn paths(tokens: &[Token]) -> Vec<Path> {
    let mut found = Vec::new();
    let mut blocks: Vec<bool> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match text_at(tokens, at) {
            "{" => blocks.push(at >= 2 && text_at(tokens, at - 2) == "mod"),
            "}" => drop(blocks.pop()),
            _ => (),
        }
        if tokens[at].is_name() {
            let before = if at == 0 { "" } else { text_at(tokens, at - 1) };
            let path = Path {
                segments: Vec::new(),
                depth: blocks.iter().filter(|is_module| **is_module).count(),
                test: tokens[at].test,
                method: before == ".",
                called: false,
                argument: String::new(),
            };
            at = tree(tokens, at, path, &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// Follows a path from a name on, into every branch of its groups; gives the place behind it.
fn tree(tokens: &[Token], mut at: usize, mut path: Path, found: &mut Vec<Path>) -> usize {
    loop {
        if text_at(tokens, at) == "{" {
            at += 1;
            while at < tokens.len() && text_at(tokens, at) != "}" {
                if tokens[at].is_name() || matches!(text_at(tokens, at), "*" | "{") {
                    at = tree(tokens, at, path.clone(), found);
                }
                while at < tokens.len() && !matches!(text_at(tokens, at), "," | "}") {
                    at += 1;
                }
                at += usize::from(text_at(tokens, at) == ",");
            }
            return at + 1;
        }
        let token = &tokens[at];
        path.segments.push((token.text.clone(), token.line));
        let follows = tokens.get(at + 2).is_some_and(|next| next.is_name() || matches!(next.text.as_str(), "{" | "*"));
        if text_at(tokens, at + 1) == "::" && follows {
            at += 2;
            continue;
        }
        if text_at(tokens, at + 1) == "!" && text_at(tokens, at + 2) != "=" {
            path.segments.last_mut().into_iter().for_each(|(name, _)| name.push('!'));
        }
        path.called = text_at(tokens, at + 1) == "(";
        if path.called {
            text_at(tokens, at + 2).clone_into(&mut path.argument);
        }
        found.push(path);
        return at + 1;
    }
}
