//! Promoting: a threat of a session as a row that others can be offered.
//!
//! Owns what becomes of it: the names of its place become placeholders, its kind that of the component it is about, its
//! controls those of the catalogue that its mitigations are. What a row needs and the threat does not say is left for
//! the review and told ([`Promoted::left`]); nothing is made up for it. A threat that came from a row becomes that row
//! in the team's words.

use super::{Catalogue, Condition, Peer, Seat, Threat, lint, situation::plainest};
use crate::{
    method::{
        prompts::{prompts, standing},
        weight::Pair,
    },
    session::{self, Component, Element, Mitigation, Place, Session},
};

/// A row made of a threat.
#[derive(Debug, Clone, PartialEq)]
pub struct Promoted {
    /// The row.
    pub row: Threat,
    /// What is still to be done before it is a good one, a sentence each.
    pub left: Vec<String>,
}

/// What the ids of promoted rows begin with.
const OWN: &str = "own";

impl Catalogue {
    /// Makes a row of a threat; `None` for a place that is not there or the unfiled tray, where nothing says what the
    /// row would be about.
    pub fn promote(&self, session: &Session, place: &Place, threat: &session::Threat) -> Option<Promoted> {
        let mut left = Vec::new();
        let stage = Stage::of(session, place)?;
        let text = stage.general(threat.statement.trim().trim_end_matches('.'));
        let says = |slot: &str| text.contains(slot);
        // Where only the source is named, the row is about the source.
        let at_source = stage.from.is_some() && says("{from}") && !says("{to}");
        let about = stage.from.filter(|_| at_source).unwrap_or(stage.about);
        let kind = self.kinds().get(&about.kind).map_or(plainest(about.element), |kind| &kind.id);
        if kind.is_empty() || self.kinds().get(&about.kind).is_none() {
            left.push(format!("the kind of {} is not known: look at `kinds`", about.name));
        }
        let before = self.threat(threat.origin.split('@').next().unwrap_or_default());
        let mut row = before.cloned().unwrap_or_else(|| Threat {
            id: self.free_id(if kind.is_empty() { "any" } else { kind }, threat.letter),
            version: 0,
            letter: threat.letter,
            kinds: [kind].into_iter().filter(|kind| !kind.is_empty()).map(str::to_owned).collect(),
            at: if at_source { Seat::Source } else { Seat::Target },
            peer: Peer::default(),
            when: Condition::default(),
            replaces: Vec::new(),
            part: None,
            text: String::new(),
            question: stage.question(threat.letter),
            controls: Vec::new(),
            references: Vec::new(),
        });
        row.version += 1;
        row.text = text;
        for reference in
            threat.references.iter().filter(|reference| !row.references.contains(reference)).collect::<Vec<_>>()
        {
            row.references.push(reference.clone());
        }
        for mitigation in threat.mitigations.iter().filter_map(|id| session.mitigations.get(id)) {
            match self.control_called(mitigation) {
                Some(control) if row.controls.contains(&control.to_owned()) => {}
                Some(control) => row.controls.push(control.to_owned()),
                None => left.push(format!(
                    "\"{}\" is no control of the catalogue yet: add it and name it under `controls`",
                    mitigation.title
                )),
            }
        }
        left.extend(lint::of_row(self, &row));
        Some(Promoted { row, left })
    }

    /// The control that a mitigation was made from, or says the same as.
    fn control_called(&self, mitigation: &Mitigation) -> Option<&str> {
        let same = |text: &str| text.trim().eq_ignore_ascii_case(mitigation.title.trim());
        self.controls().iter().find(|control| same(&control.text)).map(|control| control.id.as_str())
    }

    /// `own.aws.s3.I2`, the first that no row has.
    fn free_id(&self, kind: &str, letter: session::Letter) -> String {
        let mut numbers = 1..;
        let id = numbers.find_map(|number| {
            let id = format!("{OWN}.{kind}.{letter}{number}");
            self.threat(&id).is_none().then_some(id)
        });
        // There are more numbers than rows.
        id.unwrap_or_default()
    }
}

/// What stands at a place, as far as its words go.
struct Stage<'s> {
    /// Where a flow starts.
    from: Option<&'s Component>,
    /// Where it ends, or the component by itself.
    about: &'s Component,
    question: Box<dyn Fn(session::Letter) -> &'static str + 's>,
}

impl<'s> Stage<'s> {
    fn of(session: &'s Session, place: &Place) -> Option<Self> {
        Some(match place {
            Place::Flow(id) => {
                let flow = session.flows.get(id)?;
                let ends = Pair::of(session, flow);
                Self {
                    from: Some(session.components.get(&flow.from)?),
                    about: session.components.get(&flow.to)?,
                    question: Box::new(move |letter| {
                        prompts(ends.from, ends.to, letter).first().copied().unwrap_or_default()
                    }),
                }
            }
            Place::Component(id) => {
                let about = session.components.get(id)?;
                let element: Element = about.element;
                let question = move |letter| standing(element.into(), letter).first().copied().unwrap_or_default();
                Self { from: None, about, question: Box::new(question) }
            }
            Place::Unfiled => return None,
        })
    }

    /// The words with placeholders for the names of the place, the longest name first, so that `api` does not take a
    /// part of `api gateway` away.
    fn general(&self, words: &str) -> String {
        let slot = if self.from.is_some() { "{to}" } else { "{self}" };
        let called = |component: &'s Component, slot| [(component.name.as_str(), slot), (component.id.as_str(), slot)];
        let mut names: Vec<(&str, &str)> = called(self.about, slot).into_iter().collect();
        names.extend(self.from.into_iter().flat_map(|from| called(from, "{from}")));
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        let text = names.iter().fold(words.to_owned(), |text, (name, slot)| replaced(&text, name, slot));
        // Without the other end the sentence holds for the component by itself as well.
        if text.contains("{from}") { text } else { text.replace("{to}", "{self}") }
    }

    /// What the method asks first of such a place.
    fn question(&self, letter: session::Letter) -> String {
        (self.question)(letter).replace("{label}", "this exchange")
    }
}

/// The text with a placeholder for every whole word or phrase that is the name, in any case.
fn replaced(text: &str, name: &str, slot: &str) -> String {
    let name: Vec<char> = name.trim().chars().collect();
    let letters: Vec<char> = text.chars().collect();
    let same = |a: &char, b: &char| a == b || a.to_lowercase().eq(b.to_lowercase());
    let bound = |at: Option<&char>| at.is_none_or(|c| !c.is_alphanumeric() && *c != '{' && *c != '}');
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let here = letters[at..].get(..name.len()).filter(|_| !name.is_empty());
        let fits = here.is_some_and(|here| here.iter().zip(&name).all(|(a, b)| same(a, b)));
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        if fits && bound(before) && bound(letters.get(at + name.len())) {
            out.push_str(slot);
            at += name.len();
        } else {
            out.push(letters[at]);
            at += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        catalog::builtin,
        method::fixture::{login, put, web},
        session::Letter,
    };

    fn promoted(statement: &str) -> Promoted {
        let mut session = web();
        session.components.get_mut("api").unwrap().kind = "api".to_owned();
        session.components.get_mut("browser").unwrap().kind = "browser".to_owned();
        let threat = session::Threat::new("T1-000".parse().unwrap(), Letter::T, statement);
        put(&mut session, &login(), threat.clone());
        builtin().promote(&session, &login(), &threat).unwrap()
    }

    #[test]
    fn names_of_the_place_become_placeholders_as_whole_words_in_any_case() {
        for (said, text) in [
            ("Old tokens open the API.", "Old tokens open the {self}"),
            ("Script in the browser calls api twice", "Script in the {from} calls {to} twice"),
            ("Rapid tapping of capitals", "Rapid tapping of capitals"),
        ] {
            assert_eq!(promoted(said).row.text, text);
        }
    }

    #[test]
    fn a_row_is_about_the_component_it_speaks_of_and_asks_what_the_method_asks() {
        let about_target = promoted("Old tokens open the api").row;
        assert_eq!((about_target.kinds, about_target.at), (vec!["api".to_owned()], Seat::Target));
        assert_eq!(about_target.id, "own.api.T1");
        assert!(about_target.question.ends_with('?') && !about_target.question.contains("{label}"));
        let about_source = promoted("An extension of the browser rewrites pages").row;
        assert_eq!((about_source.kinds, about_source.at), (vec!["browser".to_owned()], Seat::Source));
    }

    #[test]
    fn what_is_left_to_do_is_said() {
        let left = promoted("api accepts unsigned tokens").left;
        assert!(left.iter().any(|line| line.contains("begins with a name")), "{left:?}");
        assert!(left.iter().any(|line| line.contains("names no control")), "{left:?}");
    }

    #[test]
    fn a_threat_from_a_row_becomes_that_row_in_other_words() {
        let mut session = web();
        let row = builtin().threat("web.S2").unwrap();
        let threat = session::Threat {
            origin: row.origin(),
            ..session::Threat::new("T1-000".parse().unwrap(), Letter::S, "A cart id set before sign-in stays valid")
        };
        put(&mut session, &login(), threat.clone());
        let promoted = builtin().promote(&session, &login(), &threat).unwrap();
        assert_eq!((promoted.row.id.as_str(), promoted.row.version), ("web.S2", row.version + 1));
        assert_eq!(promoted.row.text, "A cart id set before sign-in stays valid");
        assert_eq!(promoted.row.controls, row.controls);
    }
}
