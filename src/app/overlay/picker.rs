//! A list to choose from by typing parts of names.
//!
//! Owns fuzzy filtering and the selection. What was chosen is handled in `update` by [`Purpose`].

use std::borrow::Cow;

use nucleo_matcher::{
    Config, Matcher, Utf32String,
    pattern::{CaseMatching, Normalization, Pattern},
};

use crate::{
    app::form::target::Target,
    app::{command::Command, key::Key, line::Typing},
    session::{ComponentId, EntryId, Letter, MitigationId, PersonId, Place, Stop, ThreatId, plain},
};

/// Characters of the longest query that can match.
const LONGEST_QUERY: usize = 100;

/// What choosing is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Run a command, or go to a record.
    Command,
    /// Use a theme.
    Theme {
        /// The one in use when the list was opened.
        before: String,
    },
    /// Say why a cell does not apply.
    Reason(Place, Letter),
    /// Choose a baseline of the team that does not hold, or holds again.
    Baseline,
    /// Say why a component deviates from a baseline.
    Deviation(ComponentId, String),
    /// Capture a row of the catalogue to a cell.
    Catalogue(Place, Letter),
    /// Say why a row is not to be suggested at a place any more.
    Dismiss(Place, String),
    /// Say what is in place already against what a row says of a cell.
    InPlace(Place, Letter, String),
    /// Link a mitigation to a threat, or add a new one.
    Mitigate(ThreatId),
    /// File a threat to a place.
    File(ThreatId),
    /// Choose the threats a mitigation helps against.
    Threats(MitigationId),
    /// Say who carries a threat; the other questions about it follow.
    Carries(ThreatId),
    /// Say who sits at the keyboard.
    Me,
    /// Say how long the meeting is.
    Agenda,
    /// Say what is at stake.
    Intake,
    /// Say why the meeting ends.
    Stop,
    /// Choose since when the review shows changes.
    Base,
    /// Decide about the session.
    Decision,
    /// Choose the lines of a chat to write down.
    Chat,
    /// Begin a session with a template.
    Template,
    /// Give a field of a record its value; the form comes back afterwards.
    Field(Target, &'static str),
}

/// What an item stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A command.
    Command(Command),
    /// Its own text.
    Text,
    /// A mitigation.
    Mitigation(MitigationId),
    /// A mitigation of the session that models a component.
    Upstream(ComponentId, MitigationId),
    /// A place and letter.
    Cell(Place, Letter),
    /// A baseline at a component.
    Baseline(ComponentId, String),
    /// A threat.
    Threat(ThreatId),
    /// A person.
    Person(PersonId),
    /// A record of the session, to go to.
    Record(EntryId),
    /// A threat of the catalogue, by its id.
    Suggestion(String),
    /// A control of the catalogue, by its id.
    Control(String),
    /// A reason to end a meeting.
    Stop(Stop),
    /// A word that stands for more than itself, such as the id of a kind.
    Word(String),
}

/// One row of the list.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it stands for.
    pub value: Value,
    /// What is matched and shown.
    pub text: String,
    /// A word it is also found by, before anything that merely resembles what is typed; may be empty.
    pub name: Cow<'static, str>,
    /// More words it is also found by, such as references.
    pub tags: Vec<String>,
    /// Shown beside it.
    pub detail: String,
    /// Shown below the list while it is selected; may be empty.
    pub more: String,
    /// Why it cannot be chosen now.
    pub disabled: Option<String>,
    /// Whether it is marked, in a list where several can be.
    pub marked: bool,
}

impl Item {
    /// An item without detail.
    pub fn new(value: Value, text: impl Into<String>) -> Self {
        Self {
            value,
            text: text.into(),
            name: Cow::Borrowed(""),
            tags: Vec::new(),
            detail: String::new(),
            more: String::new(),
            disabled: None,
            marked: false,
        }
    }

    /// The same with something beside it.
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}

/// A match: which item, and which of its characters matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Index into the items.
    pub item: usize,
    /// Indices of matching characters, ascending.
    pub at: Vec<u32>,
}

/// A list to choose from.
#[derive(Debug)]
pub struct Picker {
    /// Heading.
    pub title: String,
    /// What choosing is for.
    pub purpose: Purpose,
    /// What is typed.
    pub query: Typing,
    /// All items.
    pub items: Vec<Item>,
    /// Those that match, best first.
    pub matches: Vec<Match>,
    /// Index of the selected row, see [`Picker::row`].
    pub selected: usize,
    /// Words for taking the typed text itself, such as "new mitigation"; `None` when only items can be chosen.
    pub free: Option<&'static str>,
    /// What the typed text will become, shown beside it; empty where it is only words.
    pub own: String,
    /// Whether what is typed names somebody.
    pub names: bool,
    /// Whether several items can be marked.
    pub several: bool,
    /// Nothing there is clearly what was typed, so the typed text is the first row and not the last.
    own_first: bool,
    prepared: Prepared,
}

/// The items as the matcher reads them, written out with the first key that is typed: a list can be long, and keys fast.
#[derive(Debug, Default)]
struct Prepared {
    items: Vec<Read>,
    /// What `matches` is about.
    query: String,
}

/// An item as it is compared with what is typed.
#[derive(Debug)]
struct Read {
    text: Utf32String,
    detail: Utf32String,
    /// The text, plain.
    called: String,
    /// The words of its name, and those of its text and detail.
    name: Vec<String>,
    words: Vec<String>,
    /// Its tags, plain.
    tags: Vec<String>,
}

impl Read {
    fn of(item: &Item) -> Self {
        Self {
            text: item.text.as_str().into(),
            detail: item.detail.as_str().into(),
            called: plain(&item.text),
            name: words(&item.name),
            words: [words(&item.text), words(&item.detail)].concat(),
            tags: item.tags.iter().map(|tag| plain(tag)).collect(),
        }
    }
}

/// A row of the list on screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<'a> {
    /// An item that matches.
    Item(&'a Match),
    /// The typed text itself.
    Own,
}

impl Picker {
    /// A picker with everything shown.
    pub fn new(title: impl Into<String>, purpose: Purpose, items: Vec<Item>) -> Self {
        let mut picker = Self {
            title: title.into(),
            purpose,
            query: Typing::line(""),
            items,
            matches: Vec::new(),
            selected: 0,
            free: None,
            own: String::new(),
            names: false,
            several: false,
            own_first: false,
            prepared: Prepared::default(),
        };
        picker.filter();
        picker
    }

    /// The same, where typed text may be taken as it is.
    pub fn or_new(mut self, words: &'static str) -> Self {
        self.free = Some(words);
        self
    }

    /// The same, where several items can be marked.
    pub fn many(mut self) -> Self {
        self.several = true;
        self
    }

    /// Number of rows, the one for the typed text included.
    pub fn rows(&self) -> usize {
        self.matches.len() + usize::from(self.offers_free())
    }

    /// Whether a row offers the typed text itself.
    pub fn offers_free(&self) -> bool {
        self.free.is_some() && !self.query.first_line().trim().is_empty()
    }

    /// Moves the selection, wrapping around.
    pub fn step(&mut self, by: isize) {
        let rows = self.rows();
        if rows > 0 {
            self.selected = (self.selected as isize + by).rem_euclid(rows as isize) as usize;
        }
    }

    /// A row of the list on screen.
    pub fn row(&self, at: usize) -> Option<Shown<'_>> {
        let own = match (self.offers_free(), self.own_first) {
            (false, _) => None,
            (true, true) => Some(0),
            (true, false) => Some(self.matches.len()),
        };
        if own == Some(at) {
            return Some(Shown::Own);
        }
        let at = at - usize::from(own.is_some_and(|own| own < at));
        self.matches.get(at).map(Shown::Item)
    }

    /// Whether a sentence of somebody's own is meant unless an item clearly says it.
    fn prefers_own_words(&self) -> bool {
        self.free.is_some() && self.purpose != Purpose::Command
    }

    fn selected_index(&self) -> Option<usize> {
        match self.row(self.selected)? {
            Shown::Item(found) => Some(found.item),
            Shown::Own => None,
        }
    }

    /// The selected item; `None` when it is the typed text, or nothing.
    pub fn item(&self) -> Option<&Item> {
        self.selected_index().map(|at| &self.items[at])
    }

    /// Marks or unmarks the selected item.
    pub fn toggle(&mut self) {
        if let Some(at) = self.selected_index() {
            self.items[at].marked = !self.items[at].marked;
        }
    }

    /// A key for what is typed. The items are compared with it once somebody looks ([`Self::catch_up`]): a hundred keys
    /// that arrive together are one question.
    pub fn key(&mut self, key: Key) {
        self.query.key(key);
    }

    /// The same for pasted text.
    pub fn paste(&mut self, text: &str) {
        self.query.paste(text);
    }

    /// Compares the items with what is typed, if that has not been done; says whether it was needed.
    pub fn catch_up(&mut self) -> bool {
        let behind = self.prepared.query != self.query.first_line().trim();
        if behind {
            self.filter();
        }
        behind
    }

    /// Matches the items against what is typed and selects the best: where own words are allowed only an item that
    /// holds the beginning of every typed word, because somebody who writes a sentence of their own means it.
    pub fn filter(&mut self) {
        let query = self.query.first_line().trim();
        self.selected = 0;
        self.own_first = false;
        let before = std::mem::replace(&mut self.prepared.query, query.to_owned());
        if query.is_empty() {
            // Records are found by what is typed, and not looked through.
            let listed = (0..self.items.len()).filter(|at| !matches!(self.items[*at].value, Value::Record(_)));
            self.matches = listed.map(|item| Match { item, at: Vec::new() }).collect();
            return;
        }
        if query.chars().nth(LONGEST_QUERY).is_some() {
            // Nobody looks for that: something was pasted, and every key would compare it with everything.
            self.own_first = self.prefers_own_words();
            self.matches.clear();
            return;
        }
        let mut matcher = Matcher::new(Config::DEFAULT);
        let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
        let typed = Typed::of(query);
        if self.prepared.items.len() != self.items.len() {
            self.prepared.items = self.items.iter().map(Read::of).collect();
        }
        // Every further letter leaves fewer; a sign of the matcher's own language may bring some back.
        let narrower = !before.is_empty() && query.starts_with(&before) && query.chars().all(is_plain);
        let among: Vec<usize> = if narrower {
            self.matches.iter().map(|found| found.item).collect()
        } else {
            (0..self.items.len()).collect()
        };
        let mut scored = Vec::new();
        for index in among {
            let (item, read) = (&self.items[index], &self.prepared.items[index]);
            let mut at = Vec::new();
            let score = pattern.indices(read.text.slice(..), &mut matcher, &mut at).or_else(|| {
                // What stands beside the name helps to find it, but counts less than the name.
                at.clear();
                pattern.score(read.detail.slice(..), &mut matcher).map(|score| score / 4)
            });
            let nearness = Nearness::of(&typed, item, read);
            let is_record = matches!(item.value, Value::Record(_));
            if is_record && nearness == Nearness::Resembles {
                // There are many of them, and the letters of something are in most.
                continue;
            }
            if let Some(score) = score.max((nearness < Nearness::Resembles).then_some(0)) {
                at.sort_unstable();
                at.dedup();
                // What cannot be chosen now keeps its rank and says why: its neighbour was not meant. Among those that
                // are as near it comes last.
                scored.push(((nearness, item.disabled.is_some(), is_record, std::cmp::Reverse(score), index), at));
            }
        }
        scored.sort_by_key(|(rank, _)| *rank);
        // A command that resembles what is typed is meant before anything else.
        self.own_first = self.prefers_own_words()
            && scored.first().is_none_or(|((nearness, ..), _)| *nearness == Nearness::Resembles);
        self.matches = scored.into_iter().map(|((.., item), at)| Match { item, at }).collect();
    }
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || c == ' '
}

/// How near an item is to what is typed, nearest first. Letters are the last thing that counts: `clear` is a word of the
/// one command and scattered over the name of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// It is called just so.
    Called,
    /// Its name begins so.
    NameBegins,
    /// Every typed word is a word of its name.
    NameHolds,
    /// Every typed word begins a word of its name.
    NameHoldsBeginnings,
    /// Every typed word is a word of it.
    Holds,
    /// Every typed word begins a word of it.
    HoldsBeginnings,
    /// Its letters are there, in that order.
    Resembles,
}

impl Nearness {
    fn of(typed: &Typed, item: &Item, read: &Read) -> Self {
        let all = |there: &[String], fits: fn(&str, &str) -> bool| {
            !typed.words.is_empty() && typed.words.iter().all(|typed| there.iter().any(|word| fits(word, typed)))
        };
        let is = |word: &str, typed: &str| word == typed;
        let begins = |word: &str, typed: &str| word.starts_with(typed);
        let tagged = |fits: fn(&str, &str) -> bool| read.tags.iter().any(|tag| fits(tag, &typed.query));
        match () {
            () if tagged(is) => Self::Called,
            () if item.name == typed.name || read.called == typed.query => Self::Called,
            () if tagged(begins) => Self::NameBegins,
            () if !item.name.is_empty() && item.name.starts_with(&typed.name) => Self::NameBegins,
            () if all(&read.name, is) => Self::NameHolds,
            () if all(&read.name, begins) => Self::NameHoldsBeginnings,
            () if all(&read.words, is) => Self::Holds,
            () if all(&read.words, begins) => Self::HoldsBeginnings,
            () => Self::Resembles,
        }
    }
}

/// What is typed: plain, spelled like the name of an item, and its words.
struct Typed {
    query: String,
    name: String,
    words: Vec<String>,
}

impl Typed {
    fn of(query: &str) -> Self {
        let query = plain(query);
        Self { name: query.replace(' ', "-"), words: words(&query), query }
    }
}

fn words(text: &str) -> Vec<String> {
    plain(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker() -> Picker {
        let items = ["mark clear", "zoom", "next open cell"].map(|t| Item::new(Value::Text, t)).to_vec();
        Picker::new("t", Purpose::Me, items)
    }

    #[test]
    fn parts_of_words_find_the_item_and_show_why() {
        let mut picker = picker();
        picker.query.paste("opcl");
        picker.filter();
        assert_eq!(picker.item().unwrap().text, "next open cell");
        assert_eq!(picker.matches[0].at, vec![5, 6, 10, 12]);
    }

    #[test]
    fn many_keys_before_anybody_looks_are_one_question() {
        let mut picker = picker();
        for key in Key::parse_sequence("zoo").unwrap() {
            picker.key(key);
            assert_eq!(picker.matches.len(), 3);
        }
        assert!(picker.catch_up() && picker.matches.len() == 1);
        assert!(!picker.catch_up());
    }

    #[test]
    fn a_name_finds_its_item_before_anything_that_resembles_it() {
        let mut reload = Item::new(Value::Text, "read again; what you have stays one undo away");
        reload.name = "reload".into();
        let mut undo = Item::new(Value::Text, "take the last change back");
        (undo.name, undo.disabled) = ("undo".into(), Some("nothing to undo".to_owned()));
        let mut picker = Picker::new("t", Purpose::Command, vec![reload, undo]);
        picker.query.paste("undo");
        picker.filter();
        assert_eq!(picker.item().unwrap().name, "undo");
        assert_eq!(picker.matches.len(), 2);
    }

    /// The texts that match, best first.
    fn found(picker: &mut Picker, typed: &str) -> Vec<String> {
        picker.query.replace(typed);
        picker.filter();
        picker.matches.iter().map(|found| picker.items[found.item].text.clone()).collect()
    }

    #[test]
    fn an_exact_name_comes_before_what_holds_it() {
        let items = ["F1 ticket buyer → shop web", "shop web", "ticket buyer"].map(|t| Item::new(Value::Text, t));
        let mut picker = Picker::new("t", Purpose::Command, items.to_vec());
        assert_eq!(found(&mut picker, "Ticket buyer"), ["ticket buyer", "F1 ticket buyer → shop web"]);
    }

    #[test]
    fn words_come_before_beginnings_of_words_and_those_before_letters() {
        let items = ["show its tables", "go to stale cells", "go to stalemates"].map(|t| Item::new(Value::Text, t));
        let mut picker = Picker::new("t", Purpose::Command, items.to_vec());
        assert_eq!(found(&mut picker, "stale"), ["go to stale cells", "go to stalemates", "show its tables"]);
    }

    #[test]
    fn what_cannot_be_chosen_keeps_its_rank() {
        let mut stale = Item::new(Value::Text, "go to the next stale cell");
        stale.disabled = Some("no answer is stale".to_owned());
        let mut picker = Picker::new("t", Purpose::Command, vec![Item::new(Value::Text, "show its tables"), stale]);
        assert_eq!(found(&mut picker, "stale"), ["go to the next stale cell", "show its tables"]);
    }

    #[test]
    fn the_typed_text_can_be_taken_where_that_makes_sense() {
        let mut picker = picker().or_new("new");
        assert_eq!(picker.rows(), 3);
        picker.query.paste("zoo");
        picker.filter();
        assert_eq!(picker.rows(), 2);
        picker.step(-1);
        assert!(picker.item().is_none());
    }

    #[test]
    fn a_command_that_resembles_what_is_typed_comes_before_own_words() {
        let mut picker = picker().or_new("search the catalogue");
        picker.purpose = Purpose::Command;
        for (typed, taken) in [("opcl", Some("next open cell")), ("CWE-79", None)] {
            picker.query.replace(typed);
            picker.filter();
            assert_eq!(picker.item().map(|item| item.text.as_str()), taken, "{typed}");
        }
    }

    #[test]
    fn a_whole_tag_finds_its_item_before_longer_ones() {
        let items = ["CWE-798", "CWE-79", "CWE-7"]
            .map(|tag| Item { tags: vec![tag.to_owned()], ..Item::new(Value::Text, "said in other words") });
        let mut picker = Picker::new("t", Purpose::Me, items.to_vec());
        picker.query.paste("cwe-79");
        picker.filter();
        let found: Vec<&str> = picker.matches.iter().map(|found| picker.items[found.item].tags[0].as_str()).collect();
        assert_eq!(found, ["CWE-79", "CWE-798"]);
    }

    #[test]
    fn typed_text_comes_before_what_only_resembles_it() {
        let mut picker = picker().or_new("new");
        for (typed, taken) in [("opcl", None), ("next op", Some("next open cell")), ("clear", Some("mark clear"))] {
            picker.query.replace(typed);
            picker.filter();
            assert_eq!(picker.item().map(|item| item.text.as_str()), taken, "{typed}");
            assert_eq!(picker.row(picker.rows()), None);
            assert_eq!(picker.rows(), picker.matches.len() + 1);
        }
    }

    proptest::proptest! {
        #[test]
        fn typing_a_query_finds_what_pasting_it_finds(query in "[a-e !^$é]{1,6}", texts in proptest::collection::vec("[a-eé ]{0,8}", 0..12)) {
            let items = || texts.iter().map(|text| Item::new(Value::Text, text).with("deed")).collect();
            let (mut typed, mut pasted) = (Picker::new("t", Purpose::Me, items()), Picker::new("t", Purpose::Me, items()));
            for c in query.chars() {
                typed.query.paste(&c.to_string());
                typed.filter();
            }
            pasted.query.paste(&query);
            pasted.filter();
            proptest::prop_assert_eq!(typed.matches, pasted.matches);
        }
    }
}
