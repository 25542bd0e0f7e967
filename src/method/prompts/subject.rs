//! What a question is about: the kinds of a place's ends and the names to put into the question.
//!
//! Owns reading them from a session. Refuses: wording; the questions are beside it.

use super::{Names, fill, prompts, standing};
use crate::{
    method::weight::End,
    session::{AssetId, ComponentId, Letter, Place, Session},
};

/// A flow or a component, as questions see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The kind of its source; of a component by itself its own kind.
    pub from: End,
    /// The kind of its target; likewise.
    pub to: End,
    by_itself: bool,
    names: [String; 5],
}

impl Subject {
    /// What stands at a place; nothing where it is gone, and for the unfiled tray.
    pub fn of(session: &Session, place: &Place) -> Option<Self> {
        let name = |id: &ComponentId| session.components.get(id).map_or(id.to_string(), |c| c.name.clone());
        match place {
            Place::Flow(id) => {
                let flow = session.flows.get(id)?;
                let end = |id| session.components.get(id).map_or(End::Process, |c| End::from(c.element));
                // Labels are any words people used; quoted they read well in every sentence.
                let label = if flow.label.is_empty() { String::new() } else { format!("“{}”", flow.label) };
                let assets = joined(session, &flow.assets);
                let names = [name(&flow.from), name(&flow.to), label, assets, String::new()];
                Some(Self { from: end(&flow.from), to: end(&flow.to), by_itself: false, names })
            }
            Place::Component(id) => {
                let component = session.components.get(id)?;
                let (end, me) = (End::from(component.element), component.name.clone());
                let names = [me.clone(), me.clone(), String::new(), joined(session, &component.assets), me];
                Some(Self { from: end, to: end, by_itself: true, names })
            }
            Place::Unfiled => None,
        }
    }

    /// Whether it is a component without a flow.
    pub fn is_by_itself(&self) -> bool {
        self.by_itself
    }

    /// The names for a sentence.
    pub fn names(&self) -> Names<'_> {
        let [from, to, label, assets, me] = &self.names;
        Names { from, to, label, assets, me }
    }

    /// The questions for a letter, with the names filled in.
    pub fn questions(&self, letter: Letter) -> impl Iterator<Item = String> + '_ {
        let questions = if self.by_itself { standing(self.to, letter) } else { prompts(self.from, self.to, letter) };
        questions.iter().map(|question| fill(question, &self.names()))
    }
}

/// Names of assets as a sentence says them.
fn joined(session: &Session, assets: &[AssetId]) -> String {
    let names: Vec<&str> =
        assets.iter().map(|id| session.assets.get(id).map_or(id.as_str(), |a| a.name.as_str())).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
