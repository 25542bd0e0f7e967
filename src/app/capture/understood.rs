//! What a line was understood as: the common language of its readers and of what carries it out.

use crate::{
    catalog::Kind,
    session::{Class, ComponentId, Exposure, FlowId, Rating, Role, ThreatId},
};

use super::token::Said;

/// A line, understood.
#[derive(Debug)]
pub(super) enum Line<'l> {
    /// Flows along a route.
    Flow {
        /// Where the route leads, at least two.
        ends: Vec<Phrase<'l>>,
        /// Between the ends: whether the flow also goes back.
        back: Vec<bool>,
        /// What moves on it.
        detail: Detail<'l>,
    },
    /// A component in a zone, and what it holds.
    Component(Phrase<'l>, Vec<&'l str>),
    /// A component that a flow goes through from now on.
    Via(FlowId, Phrase<'l>),
    /// As many of a component as said, in all.
    Copies(ComponentId, usize),
    /// A record that begins with its keyword, and what of it was not understood, as a warning.
    Record(Record<'l>, Option<String>),
    /// A threat.
    Threat(Said),
    /// A judgement of a threat that exists.
    Rate(ThreatId, Rating),
    /// An idea for a mitigation.
    Mitigation(Said),
    /// A question.
    Question(Said),
    /// An assumption.
    Assumption(Said),
    /// An action and its owner.
    Action(Said, Option<String>),
    /// A statement about the scope.
    Scope(&'l str),
    /// Words for the minutes.
    Quote(Said),
    /// A sign or letter without words; says what would come next.
    Unsaid(&'static str),
}

/// A record as it was said after its keyword.
#[derive(Debug)]
pub(super) enum Record<'l> {
    /// A way into a component that exists.
    Entry { component: &'l str, name: &'l str, exposure: Option<Exposure> },
    /// A zone.
    Zone { name: &'l str, parent: Option<&'l str>, exposure: Option<Exposure> },
    /// An asset.
    Asset { name: &'l str, class: Option<Class> },
    /// A person.
    Person { name: &'l str, roles: Vec<Role> },
}

/// A component as it was said: `api`, `api @Edge`, `api @Edge internet aws.apigw`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Phrase<'l> {
    pub(super) name: &'l str,
    pub(super) zone: Option<&'l str>,
    /// Who can reach that zone.
    pub(super) exposure: Option<Exposure>,
    pub(super) kind: Option<&'l Kind>,
    /// The name stands in quotes, so it is one for sure.
    pub(super) is_quoted: bool,
    /// A word in the place of a kind that is none.
    pub(super) unknown_kind: Option<&'l str>,
}

/// What moves on a route.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Detail<'l> {
    pub(super) label: String,
    pub(super) assets: Vec<&'l str>,
    pub(super) protocol: String,
}
