//! Small sessions for tests of this room and of those that build on it.

use super::basis::basis;
use crate::session::{
    Answer, Asset, Cell, Class, Component, Element, EntryPoint, Exposure, Flow, FlowId, Letter, Mitigation,
    MitigationState, Note, NoteKind, Place, Rating, Session, Text, Threat, Zone,
};

/// An actor on the internet, a process at the edge, a store in an inner zone, and a flow from each to the next.
///
/// `F1-a00` browser → api carries credentials over https, `F2-b00` api → users carries them over sql. Nothing is
/// answered, no threat was found.
pub(crate) fn web() -> Session {
    let mut session = Session::new("Sign-in");
    "team-payments".clone_into(&mut session.owner);
    for (id, exposure) in [("internet", Exposure::Internet), ("edge", Exposure::Internal), ("data", Exposure::Isolated)]
    {
        session.zones.insert(Zone { exposure, ..zone(id) });
    }
    session.assets.insert(asset("credentials"));
    session.components.insert(component("browser", Element::Actor, Some("internet")));
    let mut api = component("api", Element::Process, Some("edge"));
    api.entry_points.push(EntryPoint { name: "REST".to_owned(), exposure: Exposure::Internet });
    session.components.insert(api);
    session.components.insert(component("users", Element::Store, Some("data")));
    for (id, from, to, protocol) in [("F1-a00", "browser", "api", "https"), ("F2-b00", "api", "users", "sql")] {
        let mut flow = flow(id, from, to);
        protocol.clone_into(&mut flow.protocol);
        flow.assets.push("credentials".parse().unwrap());
        session.flows.insert(flow);
    }
    session
}

/// [`web`] with every cell of both flows answered on its present basis: no check finds anything.
pub(crate) fn closed() -> Session {
    let mut session = web();
    for id in ["F1-a00", "F2-b00"].map(flow_id) {
        let now = basis(&session, &Place::Flow(id));
        let answers = Letter::ALL.map(|letter| Cell { basis: now, ..Cell::new(letter, Answer::Clear) });
        session.flows.get_mut(&id).unwrap().cells = answers.into_iter().collect();
    }
    session
}

/// The flow from the browser to the api in [`web`].
pub(crate) fn login() -> Place {
    Place::Flow(flow_id("F1-a00"))
}

pub(crate) fn flow_id(id: &str) -> FlowId {
    id.parse().unwrap()
}

pub(crate) fn zone(id: &str) -> Zone {
    Zone {
        id: id.parse().unwrap(),
        rank: 0,
        name: id.to_owned(),
        parent: None,
        exposure: Exposure::default(),
        note: Text::default(),
    }
}

pub(crate) fn asset(id: &str) -> Asset {
    Asset { id: id.parse().unwrap(), rank: 0, name: id.to_owned(), class: Class::default(), note: Text::default() }
}

pub(crate) fn component(id: &str, element: Element, zone: Option<&str>) -> Component {
    Component { element, zone: zone.map(|z| z.parse().unwrap()), ..Component::new(id.parse().unwrap(), id) }
}

pub(crate) fn flow(id: &str, from: &str, to: &str) -> Flow {
    Flow::new(flow_id(id), from.parse().unwrap(), to.parse().unwrap())
}

pub(crate) fn threat(id: &str, letter: Letter) -> Threat {
    Threat::new(id.parse().unwrap(), letter, "stolen cookie replayed")
}

/// A threat with a current rating of likelihood times impact.
pub(crate) fn rated(id: &str, letter: Letter, likelihood: u8, impact: u8) -> Threat {
    Threat { current: Some(rating(likelihood, impact)), ..threat(id, letter) }
}

/// A rating in which 0 stands for "unknown".
pub(crate) fn rating(likelihood: u8, impact: u8) -> Rating {
    let step = |n: u8| (n > 0).then_some(n);
    Rating { likelihood: step(likelihood), impact: step(impact) }
}

pub(crate) fn mitigation(id: &str, state: MitigationState) -> Mitigation {
    Mitigation { state, ..Mitigation::new(id.parse().unwrap(), "rotate session keys") }
}

/// An open question about a letter at a place.
pub(crate) fn question(id: &str, place: &Place, letter: Letter) -> Note {
    Note {
        place: Some(place.clone()),
        letter: Some(letter),
        ..Note::new(id.parse().unwrap(), NoteKind::Question, "limit per account?")
    }
}

/// Puts a threat at a place that exists.
pub(crate) fn put(session: &mut Session, place: &Place, threat: Threat) {
    match place {
        Place::Flow(id) => drop(session.flows.get_mut(id).unwrap().threats.insert(threat)),
        Place::Component(id) => drop(session.components.get_mut(id).unwrap().threats.insert(threat)),
        Place::Unfiled => drop(session.unfiled.insert(threat)),
    }
}
