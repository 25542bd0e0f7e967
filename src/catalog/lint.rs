//! What makes a catalogue a good one, as findings about its rows.
//!
//! Owns the rules for built-in rows, which hold for a team's rows as well: ids, references between rows, coverage of the
//! letters, the form of sentences, and that every row can be suggested somewhere. A team may refer to whatever it likes,
//! or to nothing. Refuses matters of taste.

use std::collections::{BTreeMap, BTreeSet};

use super::{Carrier, Catalogue, Kind, Party, Protocol, Seat, Situation, Spot, Team, Threat, reference, words};
use crate::session::{Class, Element, Exposure, Letter};

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Id of the row, or of the kind.
    pub id: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// Kinds that have no threat for a letter, and why.
pub const EXCEPTIONS: [(&str, Letter, &str); 1] =
    [("human", Letter::D, "what keeps a person from working is asked of the component by itself")];

/// Most characters of a text, before names are filled in.
pub const LONGEST_TEXT: usize = 90;

/// Most characters of a question, before names are filled in.
pub const LONGEST_QUESTION: usize = 110;

const SLOTS: [&str; 4] = ["{from}", "{to}", "{self}", "{assets}"];

/// Words that weaken a sentence until nobody can disagree with it.
const HEDGES: [&str; 5] = ["potentially", "might", "possibly", "perhaps", "attacker could"];

/// Everything that is wrong, by id.
pub fn problems(catalogue: &Catalogue) -> Vec<Problem> {
    let mut found = Vec::new();
    ids(catalogue, &mut found);
    links(catalogue, &mut found);
    coverage(catalogue, &mut found);
    sentences(catalogue, &mut found);
    twins(catalogue, &mut found);
    reach(catalogue, &mut found);
    found.sort();
    found
}

/// What is wrong with what baselines name, by id of the baseline.
pub fn baselines(team: &Team) -> Vec<Problem> {
    let mut found = Vec::new();
    for baseline in team.baselines() {
        for kind in baseline.kinds.iter().filter(|kind| team.kinds().get(kind).is_none()) {
            say(&mut found, &baseline.id, format!("there is no kind `{kind}`"));
        }
        if !baseline.control.is_empty() && team.catalogue().control(&baseline.control).is_none() {
            say(&mut found, &baseline.id, format!("there is no control `{}`", baseline.control));
        }
        if baseline.control.is_empty() && baseline.letters.is_empty() {
            say(&mut found, &baseline.id, "it names neither a control nor letters, so it answers no threat");
        }
    }
    found
}

fn say(found: &mut Vec<Problem>, id: &str, message: impl Into<String>) {
    found.push(Problem { id: id.to_owned(), message: message.into() });
}

fn ids(catalogue: &Catalogue, found: &mut Vec<Problem>) {
    let mut seen = BTreeSet::new();
    for id in catalogue.missed() {
        say(
            found,
            id,
            "no row has this id, so there is nothing to leave out; `strideboard catalog list` shows the rows",
        );
    }
    let kinds = catalogue.kinds().all().iter().map(|kind| &kind.id);
    let threats = catalogue.threats().iter().map(|threat| &threat.id);
    let controls = catalogue.controls().iter().map(|control| &control.id);
    let packs = catalogue.packs().iter().map(|pack| &pack.id);
    for id in kinds.chain(threats).chain(controls).chain(packs) {
        if !seen.insert(id) {
            say(found, id, "two rows have this id; give one of them another");
        }
        if !id.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)) {
            say(found, id, "an id has only letters, digits, `.`, `-` and `_`");
        }
    }
}

fn links(catalogue: &Catalogue, found: &mut Vec<Problem>) {
    let kinds = catalogue.kinds();
    let mut used = BTreeSet::new();
    let brought: BTreeSet<&str> = catalogue.packs().iter().flat_map(|pack| &pack.threats).map(String::as_str).collect();
    for threat in catalogue.threats() {
        if threat.kinds.is_empty() && !brought.contains(threat.id.as_str()) {
            say(found, &threat.id, "it is about no kind and no pack brings it, so nobody will see it");
        }
        for id in threat.kinds.iter().chain(&threat.peer.kinds).filter(|id| kinds.by_id(id).is_none()) {
            say(found, &threat.id, format!("there is no kind `{id}`"));
        }
        if threat.controls.is_empty() {
            say(found, &threat.id, NO_CONTROL);
        }
        for id in &threat.controls {
            used.insert(id.as_str());
            if catalogue.control(id).is_none() {
                say(found, &threat.id, format!("there is no control `{id}`"));
            }
        }
        for id in &threat.replaces {
            match catalogue.threat(id) {
                None => say(found, &threat.id, format!("it replaces `{id}`, which does not exist")),
                Some(other) if other.letter != threat.letter => {
                    say(found, &threat.id, format!("it replaces `{id}`, which has another letter"));
                }
                Some(_) => (),
            }
        }
        references(catalogue, &threat.id, &threat.references, found);
    }
    for control in catalogue.controls() {
        // That a team leaves threats out does not make their controls wrong.
        if !used.contains(control.id.as_str()) && (!catalogue.is_overlaid() || catalogue.is_own(&control.id)) {
            say(found, &control.id, "no threat names this control");
        }
        references(catalogue, &control.id, &control.references, found);
    }
    for pack in catalogue.packs() {
        for id in pack.threats.iter().filter(|id| catalogue.threat(id).is_none()) {
            say(found, &pack.id, format!("it brings `{id}`, which does not exist"));
        }
    }
}

fn references(catalogue: &Catalogue, id: &str, references: &[String], found: &mut Vec<Problem>) {
    if catalogue.is_own(id) {
        return;
    }
    if references.is_empty() {
        say(found, id, "it names no reference");
    }
    for unknown in references.iter().filter(|reference| reference::list(reference).is_none()) {
        say(found, id, format!("`{unknown}` looks like an id of no list; see src/catalog/lists.ron"));
    }
}

fn coverage(catalogue: &Catalogue, found: &mut Vec<Problem>) {
    for kind in catalogue.kinds().all() {
        for letter in Letter::ALL {
            let has = kind.lineage().any(|id| catalogue.about(id, letter).next().is_some());
            let excused = EXCEPTIONS.iter().any(|(id, except, _)| *id == kind.id && *except == letter);
            match (has, excused) {
                (false, false) => say(found, &kind.id, format!("it has no threat for {letter} and no stated reason")),
                (true, true) => say(found, &kind.id, format!("it has a threat for {letter}: drop the exception")),
                _ => (),
            }
        }
    }
}

/// What the rules say of a row that is in no catalogue yet, without its id.
pub(super) fn of_row(catalogue: &Catalogue, row: &Threat) -> Vec<String> {
    let mut found = Vec::new();
    sentences_of(row, &mut found);
    if row.controls.is_empty() {
        say(&mut found, &row.id, NO_CONTROL);
    }
    let subject = words::Subject::of(&row.text);
    let others = catalogue.threats().iter().enumerate().filter(|(_, other)| other.id != row.id);
    for (_, other) in others.filter(|(at, _)| catalogue.subject(*at).is_near(&subject)) {
        say(&mut found, &row.id, format!("it says nearly what `{}` says: {}", other.id, other.text));
    }
    found.into_iter().map(|problem| problem.message).collect()
}

const NO_CONTROL: &str = "it names no control that helps";

fn sentences(catalogue: &Catalogue, found: &mut Vec<Problem>) {
    catalogue.threats().iter().for_each(|threat| sentences_of(threat, found));
    for control in catalogue.controls() {
        for (what, sentence) in [("text", &control.text), ("way to verify", &control.verify)] {
            let length = sentence.chars().count();
            if length > LONGEST_TEXT || sentence.ends_with('.') || !sentence.starts_with(char::is_uppercase) {
                say(
                    found,
                    &control.id,
                    format!("its {what} is too long, ends with a full stop or begins small: {sentence}"),
                );
            }
        }
    }
}

fn sentences_of(threat: &Threat, found: &mut Vec<Problem>) {
    for (what, sentence, longest) in
        [("text", &threat.text, LONGEST_TEXT), ("question", &threat.question, LONGEST_QUESTION)]
    {
        let mut wrong = |message: String| say(found, &threat.id, format!("its {what} {message}: {sentence}"));
        let length = sentence.chars().count();
        if length > longest {
            wrong(format!("has {length} characters; the most is {longest}"));
        }
        for slot in slots_of(sentence).filter(|slot| !SLOTS.contains(&slot.as_str())) {
            wrong(format!("says {slot}, which nothing fills"));
        }
        if threat.at == Seat::Alone && ["{from}", "{to}"].iter().any(|slot| sentence.contains(slot)) {
            wrong("names a flow, but the row is about a component by itself".to_owned());
        }
        if sentence.starts_with('{') || sentence.contains("}'s") {
            wrong("begins with a name or puts 's behind one".to_owned());
        }
        let lower = sentence.to_lowercase();
        if let Some(hedge) = HEDGES.iter().find(|hedge| what == "text" && lower.contains(**hedge)) {
            wrong(format!("says `{hedge}`; say what happens"));
        }
        if sentence.ends_with('.') || (what == "question") != sentence.ends_with('?') {
            wrong("ends with the wrong mark".to_owned());
        }
    }
}

fn slots_of(sentence: &str) -> impl Iterator<Item = String> {
    sentence.split('{').skip(1).map(|part| format!("{{{}}}", part.split('}').next().unwrap_or_default()))
}

/// Sentences that say nearly the same, unless one row replaces the other.
fn twins(catalogue: &Catalogue, found: &mut Vec<Problem>) {
    let rows = catalogue.threats();
    for (earlier, later) in words::near(rows.len(), |row| catalogue.subject(row)) {
        let (other, threat) = (&rows[earlier], &rows[later]);
        if !threat.replaces.contains(&other.id) && !other.replaces.contains(&threat.id) {
            // Of two rows the team can mend its own.
            let (theirs, own) = if catalogue.is_own(&other.id) { (threat, other) } else { (other, threat) };
            say(found, &own.id, format!("it says nearly what `{}` says: {}", theirs.id, own.text));
        }
    }
    let mut said: BTreeMap<&str, &str> = BTreeMap::new();
    for threat in rows {
        for sentence in [&threat.text, &threat.question] {
            if let Some(first) = said.insert(sentence, &threat.id) {
                say(found, &threat.id, format!("it says word for word what `{first}` says: {sentence}"));
            }
        }
    }
}

/// Rows that no place could ever have, because what they ask for contradicts itself.
fn reach(catalogue: &Catalogue, found: &mut Vec<Problem>) {
    let of = catalogue.kinds();
    for threat in catalogue.threats() {
        let kinds: Vec<&Kind> = threat.kinds.iter().filter_map(|id| of.by_id(id)).collect();
        let packs: Vec<&str> = catalogue
            .packs()
            .iter()
            .filter(|p| p.threats.contains(&threat.id))
            .filter_map(|p| p.words.first())
            .map(String::as_str)
            .collect();
        let offered =
            kinds.iter().map(|kind| (*kind, "")).chain(packs.iter().filter_map(|word| Some((of.get("web")?, *word))));
        if !offered.into_iter().any(|(of, label)| is_offered(catalogue, threat, of, label)) {
            say(found, &threat.id, "no place could have it: what it asks for contradicts itself");
        }
    }
}

/// Whether a row is suggested at a place made to meet everything that it asks for.
fn is_offered(catalogue: &Catalogue, threat: &Threat, of: &Kind, label: &str) -> bool {
    let peer_kind = threat.peer.kinds.first().and_then(|id| catalogue.kinds().by_id(id));
    let element =
        peer_kind.map(|kind| kind.element).or(threat.peer.elements.first().copied()).unwrap_or(Element::Process);
    let exposure = Some(threat.when.exposure.or(threat.when.at_most).unwrap_or(Exposure::Internet));
    let me = Party { name: "this", kind: &of.id, element: of.element, exposure, class: None };
    let peer = Party { name: "that", kind: peer_kind.map_or("", |kind| &kind.id), element, exposure, class: None };
    let spot = match threat.at {
        Seat::Alone => Spot::Component(me),
        Seat::Source => Spot::Flow { from: me, to: peer },
        Seat::Target | Seat::Either => Spot::Flow { from: peer, to: me },
    };
    let carrier = threat.when.over.first().copied().or(threat.when.network.then_some(Carrier::Web));
    let situation = Situation {
        spot,
        label,
        protocol: Protocol { carrier, encrypted: threat.when.encrypted },
        crossing: threat.when.crossing.unwrap_or_default(),
        class: Some(threat.when.class.unwrap_or(Class::Restricted)),
        assets: String::new(),
        log_store: threat.when.log_store,
        present: Vec::new(),
        dismissed: Vec::new(),
    };
    catalogue.suggestions(&situation, threat.letter).iter().any(|found| found.threat.id == threat.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::builtin;

    #[test]
    fn the_built_in_catalogue_has_no_problem() {
        let problems = problems(builtin());
        let lines: Vec<String> = problems.iter().map(|p| format!("{}: {}", p.id, p.message)).collect();
        assert!(lines.is_empty(), "\n{}", lines.join("\n"));
    }

    #[test]
    fn the_built_in_catalogue_holds_every_row_that_was_checked() {
        let catalogue = builtin();
        let counts = [catalogue.kinds().all().len(), catalogue.threats().len(), catalogue.controls().len()];
        assert_eq!(counts, [58, 565, 243]);
    }
}
