//! Whether there is enough of a model to ask what can go wrong: one asset, one entry point, and two components that
//! something moves between.

use crate::session::{ComponentId, Session};

/// Something without which nothing useful can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// Nothing is worth protecting yet.
    Asset,
    /// Nothing outside reaches anything yet.
    EntryPoint,
    /// There are fewer than two components.
    Component,
    /// Nothing moves between two different components.
    Flow,
}

impl Missing {
    /// What is missing and why it matters, as a sentence without its full stop.
    pub fn words(self) -> &'static str {
        match self {
            Self::Asset => "nothing is worth protecting yet: name what an attacker would want, for example credentials",
            Self::EntryPoint => {
                "there is no way in yet: give a component an entry point, a port or page that outsiders reach"
            }
            Self::Component => {
                "there are fewer than two components: one alone has nobody to attack it; add who or what uses it"
            }
            Self::Flow => "nothing moves yet: join two components with a flow, because threats live where data moves",
        }
    }

    /// A capture line that mends it, where there is one.
    pub fn example(self) -> Option<&'static str> {
        match self {
            Self::Asset => Some("asset credentials confidential"),
            Self::EntryPoint => None,
            Self::Component | Self::Flow => Some("browser -> api: login [credentials] https"),
        }
    }
}

/// What is missing before threats can be looked for; empty when there is enough.
pub fn missing(session: &Session) -> Vec<Missing> {
    let has = session.components.iter().any(|component| !component.entry_points.is_empty());
    let exists = |id: &ComponentId| session.components.contains(id);
    let moves = session.flows.iter().any(|flow| flow.from != flow.to && exists(&flow.from) && exists(&flow.to));
    [
        (Missing::Asset, session.assets.is_empty()),
        (Missing::EntryPoint, !has),
        (Missing::Component, session.components.len() < 2),
        (Missing::Flow, !moves),
    ]
    .into_iter()
    .filter_map(|(what, lacks)| lacks.then_some(what))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{flow, web},
        session::Table,
    };

    #[test]
    fn each_missing_thing_is_named_and_nothing_else() {
        type Change = fn(&mut Session);
        let table: [(Change, &[Missing]); 7] = [
            (|_| (), &[]),
            (|s| *s = Session::new("empty"), &[Missing::Asset, Missing::EntryPoint, Missing::Component, Missing::Flow]),
            (|s| s.assets = Table::default(), &[Missing::Asset]),
            (|s| s.components.get_mut("api").unwrap().entry_points.clear(), &[Missing::EntryPoint]),
            (|s| s.flows = Table::default(), &[Missing::Flow]),
            (|s| s.flows = [flow("F1-000", "api", "api")].into_iter().collect(), &[Missing::Flow]),
            (|s| s.flows = [flow("F1-000", "api", "gone")].into_iter().collect(), &[Missing::Flow]),
        ];
        for (change, expected) in table {
            let mut session = web();
            change(&mut session);
            assert_eq!(missing(&session), expected);
        }
    }
}
