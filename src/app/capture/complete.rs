//! What the word under the cursor can become: names first, because typing them is what takes time in a meeting.
//!
//! Owns which names fit where: after `@` places and zones, after `%` and `[` assets, after `~` and `>` people, after an
//! arrow components, after `NAME @ZONE` kinds, after a keyword its own words. Elsewhere the names of the session.
//! Refuses to complete half a word that the cursor stands inside of: what is right of the cursor stays as it is.

use crate::{
    catalog::Kinds,
    session::{Letter, Named, Session},
};

use super::{Context, detail::PROTOCOLS, names, quote, record};

/// At most this many candidates.
const MOST: usize = 40;

/// What fits at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// Where the word begins that a candidate replaces, up to the cursor.
    pub start: usize,
    /// What can stand there, best first.
    pub candidates: Vec<Candidate>,
}

/// One way to complete the word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The text to put in.
    pub text: String,
    /// What it names.
    pub detail: String,
}

/// Candidates for the word that ends at the cursor.
pub fn complete(line: &str, cursor: usize, ctx: &Context<'_>) -> Completion {
    let cursor = (0..=cursor.min(line.len())).rev().find(|at| line.is_char_boundary(*at)).unwrap_or(0);
    let before = &line[..cursor];
    let start = before.rfind([' ', '\t', '[', ',']).map_or(0, |at| at + 1);
    let (front, word) = before.split_at(start);
    let mut found = Found { session: ctx.session, kinds: ctx.kinds, word, all: Vec::new() };
    let start = found.fill(before, front, start);
    Completion { start, candidates: found.finish() }
}

struct Found<'a> {
    session: &'a Session,
    kinds: &'a Kinds,
    /// What is typed of the word.
    word: &'a str,
    all: Vec<(usize, Candidate)>,
}

impl<'a> Found<'a> {
    /// Collects what fits and says where the replaced text begins.
    fn fill(&mut self, before: &'a str, front: &'a str, start: usize) -> usize {
        let trimmed = front.trim_start();
        let trimmed_end = front.trim_end();
        match self.word.chars().next() {
            Some('@') => {
                let ends_of_flow = trimmed_end.rsplit(['>', '→', '↔']).next().unwrap_or("").trim();
                let drawing =
                    !ends_of_flow.is_empty() && ends_of_flow.split(' ').count() <= 2 && !trimmed.contains(':');
                if drawing && !trimmed.starts_with(['+', '?', '=', '>', '"']) {
                    self.zones("@");
                }
                self.places("@");
                if trimmed.starts_with('+') || start > 0 {
                    self.threats();
                }
                self.zones("@");
                self.offer("@-", "no place: the unfiled tray");
                return start;
            }
            Some('%') => {
                self.assets("%");
                return start;
            }
            Some('~') => {
                self.people("~");
                return start;
            }
            Some(':') => {
                for letter in Letter::ALL {
                    self.offer(&format!(":{letter}"), letter.name());
                }
                return start;
            }
            _ => {}
        }
        if front.rfind('[') > front.rfind(']') {
            let at = before.rfind(['[', ',']).map_or(start, |at| at + 1);
            let at = at + (before[at..].len() - before[at..].trim_start().len());
            self.word = &before[at..];
            self.assets("");
            return at;
        }
        if let Some(start) = self.keyword_words(before, trimmed, start) {
            return start;
        }
        let after_arrow =
            ["->", "→", "=>", "<->", "↔"].iter().filter_map(|a| front.rfind(a).map(|at| at + a.len())).max();
        if let Some(arrow) = after_arrow {
            let said = &before[arrow..];
            if said.contains(':') {
                self.protocols();
                self.named();
                return start;
            }
            if said.contains(" @") {
                self.kinds();
                return start;
            }
            let at = before.len() - said.trim_start().len();
            self.word = &before[at..];
            self.components();
            self.kinds();
            return at;
        }
        if trimmed.is_empty() {
            self.components();
            for flow in self.session.flows.iter() {
                self.offer(&flow.id.short(), &format!("{} → {}", flow.from, flow.to));
            }
            for (keyword, next) in record::KEYWORDS {
                self.offer(keyword, next);
            }
            return start;
        }
        if trimmed.starts_with('>') && !trimmed.contains(':') {
            self.people("");
        }
        let after_zone = trimmed_end.rsplit(' ').next().is_some_and(|word| word.starts_with('@'));
        if after_zone {
            self.kinds();
        }
        if names::place(self.session, trimmed_end).is_some() {
            for letter in Letter::ALL {
                self.offer(&format!("{letter}:"), letter.name());
            }
        }
        self.named();
        start
    }

    /// What follows `zone`, `asset`, `person` and `entry`.
    fn keyword_words(&mut self, before: &'a str, trimmed: &str, start: usize) -> Option<usize> {
        let (keyword, rest) = trimmed.split_once(' ')?;
        match keyword.to_ascii_lowercase().as_str() {
            "zone" => {
                if let Some(parent) = rest.rfind('<') {
                    let at = before.rfind('<').map_or(start, |at| at + 1);
                    let at = before.len() - before[at..].trim_start().len();
                    if rest[parent + 1..].trim().is_empty() {
                        self.word = &before[at..];
                        self.zones("");
                        return Some(at);
                    }
                    self.words(record::EXPOSURES, "who can reach it");
                } else if rest.trim().is_empty() {
                    self.zones("");
                } else {
                    self.words(record::EXPOSURES, "who can reach it");
                }
            }
            "asset" if rest.trim().is_empty() => self.assets(""),
            "asset" => self.words(record::CLASSES, "class"),
            "person" if rest.trim().is_empty() => self.people(""),
            "person" => self.words(record::ROLES, "role"),
            "entry" if rest.contains(':') => self.words(record::EXPOSURES, "who can reach it"),
            "entry" => self.components(),
            _ => return None,
        }
        Some(start)
    }

    /// Offers a text when the word is the beginning of it or of a part of it.
    fn offer(&mut self, text: &str, detail: &str) {
        let sigil = text.starts_with(['@', '%', '~', ':']);
        if !sigil && self.word.is_empty() && self.all.len() > MOST {
            return;
        }
        let word = self.word;
        let place = if begins(text, word) || begins(text.trim_start_matches('"'), word) {
            0
        } else {
            let (text, word) = if sigil { (&text[1..], word.get(1..).unwrap_or("")) } else { (text, word) };
            let part = |text: &str| text.split([' ', '-', '.', '_']).skip(1).any(|part| begins(part, word));
            let named = word.chars().count() >= 2 && detail.split(' ').any(|part| begins(part, word));
            match (part(text), named) {
                (true, _) => 1,
                (false, true) => 2,
                (false, false) => return,
            }
        };
        if names::same(text, word) || self.all.iter().any(|(_, candidate)| candidate.text == text) {
            return;
        }
        self.all.push((place, Candidate { text: text.to_owned(), detail: detail.to_owned() }));
    }

    fn words<T: Named>(&mut self, words: &record::Words<T>, detail: &str) {
        for word in words.all() {
            self.offer(word, detail);
        }
    }

    fn components(&mut self) {
        for component in self.session.components.iter() {
            let detail = if component.kind.is_empty() { "component" } else { &component.kind };
            self.offer(&quote::sayable(&component.name), detail);
        }
    }

    fn places(&mut self, sigil: &str) {
        for flow in self.session.flows.iter() {
            self.offer(&format!("{sigil}{}", flow.id.short()), &format!("{} → {}", flow.from, flow.to));
        }
        for component in self.session.components.iter() {
            self.offer(&format!("{sigil}{}", component.id), &component.name);
        }
    }

    fn threats(&mut self) {
        for (_, threat) in self.session.threats() {
            self.offer(&format!("@{}", threat.id.short()), &threat.statement);
        }
    }

    fn zones(&mut self, sigil: &str) {
        for zone in self.session.zones.iter() {
            if sigil.is_empty() || !zone.name.contains(' ') {
                self.offer(&format!("{sigil}{}", zone.name), "zone");
            } else {
                self.offer(&format!("{sigil}{}", zone.id), &format!("zone {}", zone.name));
            }
        }
    }

    fn assets(&mut self, sigil: &str) {
        for asset in self.session.assets.iter() {
            let text = if sigil.is_empty() { asset.name.clone() } else { format!("{sigil}{}", asset.id) };
            self.offer(&text, asset.class.name());
        }
    }

    fn people(&mut self, sigil: &str) {
        for person in self.session.people.iter() {
            self.offer(&format!("{sigil}{}", person.id), &person.name);
        }
    }

    fn kinds(&mut self) {
        if self.word.is_empty() && !self.all.is_empty() {
            return;
        }
        for kind in self.kinds.all().iter().filter(|kind| kind.is_component()) {
            self.offer(&kind.id, &kind.name);
        }
    }

    fn protocols(&mut self) {
        if !self.word.is_empty() {
            for protocol in PROTOCOLS {
                self.offer(protocol, "protocol");
            }
        }
    }

    /// The names of the session inside a sentence, once two characters are typed.
    fn named(&mut self) {
        if self.word.chars().count() >= 2 {
            self.components();
            self.assets("");
            self.people("");
        }
    }

    fn finish(mut self) -> Vec<Candidate> {
        // Stable: within a rank the order in which they were offered stays.
        self.all.sort_by_key(|(place, _)| *place);
        self.all.into_iter().take(MOST).map(|(_, candidate)| candidate).collect()
    }
}

/// Whether a text begins with a word, in any case.
fn begins(text: &str, word: &str) -> bool {
    let mut text = text.chars().flat_map(char::to_lowercase);
    word.chars().flat_map(char::to_lowercase).all(|c| text.next() == Some(c))
}
