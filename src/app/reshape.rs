//! Drawing a finished part of the model anew: a component in the middle of a flow, several of a component.
//!
//! Owns what happens to what was decided there: nothing is lost. The half of a flow that keeps its id keeps its answers,
//! threats and questions; an answer whose ground moved goes stale by its [basis](crate::method::basis) and stays
//! readable. A copy brings the answers of the original, stale until somebody says that they hold for it too, and none of
//! its threats: those were found at the original and stay there.
//!
//! Refuses: names (the capture line has read them) and applying; an edit for each step is returned, in order.

use crate::{
    method::basis::basis,
    session::{Cells, Component, ComponentId, Edit, Flow, FlowId, Place, Session, Table, edit::Entry, id::Suffixes},
};

/// Most copies of a component at once, the original counted.
pub const MOST: usize = 50;

/// Leads a flow through a component: the flow ends there, and another one goes on from there with the same label,
/// protocol and assets. The error says in words why that cannot be.
pub fn via(
    session: &Session,
    flow: FlowId,
    through: &ComponentId,
    suffixes: &mut dyn Suffixes,
) -> Result<Vec<Edit>, &'static str> {
    let Some(before) = session.flows.get(&flow) else { return Err("this flow was removed") };
    if before.from == *through || before.to == *through {
        return Err("the flow begins or ends there already");
    }
    let first = Flow { to: through.clone(), ..before.clone() };
    let second = Flow {
        // Ranks may be shared; the id, which is higher, puts it right behind the first half.
        rank: before.rank,
        label: before.label.clone(),
        protocol: before.protocol.clone(),
        assets: before.assets.clone(),
        ..Flow::new(session.fresh_flow(suffixes), through.clone(), before.to.clone())
    };
    Ok(vec![Edit::Change(Entry::Flow(Box::new(first))), Edit::Add(Entry::Flow(Box::new(second)))])
}

/// The names of the copies that are missing until there are as many as wanted: `Web server 2`, `Web server 3`.
pub fn missing(session: &Session, of: &ComponentId, wanted: usize) -> Vec<String> {
    let Some(original) = session.components.get(of) else { return Vec::new() };
    let base = unnumbered(&original.name);
    let alike = session.components.iter().filter(|c| c.kind == original.kind && unnumbered(&c.name) == base);
    let present: Vec<&str> = alike.map(|c| c.name.as_str()).collect();
    let free = (2..).map(|number| format!("{base} {number}")).filter(|name| !present.contains(&name.as_str()));
    free.take(wanted.min(MOST).saturating_sub(present.len())).collect()
}

/// One more of a component, under another name, with a flow for each of its flows.
pub fn copy(session: &Session, of: &ComponentId, name: &str, suffixes: &mut dyn Suffixes) -> Vec<Edit> {
    let Some(original) = session.components.get(of) else { return Vec::new() };
    let id = session.fresh_component(name);
    let component = Component {
        id: id.clone(),
        rank: Session::next_rank(session.components.iter(), |c| c.rank),
        name: name.to_owned(),
        cells: carried(session, &Place::Component(of.clone()), &original.cells),
        threats: Table::default(),
        ..original.clone()
    };
    let mut edits = vec![Edit::Add(Entry::Component(Box::new(component)))];
    let mut flows: Vec<&Flow> = session.flows_of(of).collect();
    flows.sort_unstable_by_key(|flow| (flow.rank, flow.id.number(), flow.id));
    // Ids are counted up on a session that has the flows so far; their ends do not matter for that.
    let mut counted = session.flows.clone();
    for flow in flows {
        let next = Session { flows: counted.clone(), ..Session::new("") }.fresh_flow(suffixes);
        let end = |end: &ComponentId| if end == of { id.clone() } else { end.clone() };
        let copied = Flow {
            id: next,
            from: end(&flow.from),
            to: end(&flow.to),
            cells: carried(session, &Place::Flow(flow.id), &flow.cells),
            threats: Table::default(),
            ..flow.clone()
        };
        counted.insert(copied.clone());
        edits.push(Edit::Add(Entry::Flow(Box::new(copied))));
    }
    edits
}

/// Answers as they come along to a copy: they rest on the original, so they are stale there.
fn carried(session: &Session, from: &Place, cells: &Cells) -> Cells {
    let now = basis(session, from);
    let mut carried = cells.clone();
    for cell in cells.iter() {
        let mut cell = cell.clone();
        cell.basis = cell.basis.or(now);
        carried.set(cell);
    }
    carried
}

/// The name without the number of a copy.
fn unnumbered(name: &str) -> &str {
    let (front, last) = name.rsplit_once(' ').unwrap_or((name, ""));
    if !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit()) { front } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::{
            cell::{Parked, cells},
            fixture::{flow_id, login, put, threat, web},
        },
        session::{Answer, Cell, Letter},
    };

    /// `browser → api` with a clear cell, an answer that rests on nothing, and a threat.
    fn decided() -> Session {
        let mut session = web();
        let now = basis(&session, &login());
        let flow = session.flows.get_mut(&flow_id("F1-a00")).unwrap();
        flow.cells.set(Cell { basis: now, ..Cell::new(Letter::R, Answer::Clear) });
        flow.cells.set(Cell::new(Letter::D, Answer::Clear));
        put(&mut session, &login(), threat("T1-000", Letter::S));
        session
    }

    fn after(session: &Session, edits: Vec<Edit>) -> Session {
        session.apply(&Edit::Batch { label: String::new(), edits }).unwrap()
    }

    #[test]
    fn a_flow_led_through_a_component_keeps_what_was_decided_on_its_first_half() {
        let before = decided();
        let through = before.components.keys().find(|id| !["browser", "api"].contains(&id.as_str())).unwrap().clone();
        let after = after(&before, via(&before, flow_id("F1-a00"), &through, &mut || 0).unwrap());
        let first = after.flows.get(&flow_id("F1-a00")).unwrap();
        let second = after.flows.iter().max_by_key(|flow| flow.id.number()).unwrap();
        assert_eq!((first.from.as_str(), &first.to), ("browser", &through));
        assert_eq!((&second.from, second.to.as_str()), (&through, "api"));
        assert_eq!((&second.label, &second.assets), (&first.label, &first.assets));
        let seen = cells(&after, &login(), &Parked::of(&after));
        assert!(!seen[Letter::R as usize].stale.is_empty(), "its end moved");
        assert!(seen[Letter::D as usize].is_decided(), "it rests on nothing");
        assert_eq!(first.threats, before.flows.get(&flow_id("F1-a00")).unwrap().threats);
        assert!(via(&before, flow_id("F1-a00"), &"api".parse().unwrap(), &mut || 0).is_err());
    }

    #[test]
    fn a_copy_brings_answers_that_somebody_has_to_confirm_and_no_threats() {
        let before = decided();
        let api: ComponentId = "api".parse().unwrap();
        let edits = copy(&before, &api, "api 2", &mut || 0);
        let after = after(&before, edits);
        assert_eq!(after.flows.len(), before.flows.len() + before.flows_of(&api).count());
        let copied = after.flows.iter().find(|flow| flow.to.as_str() == "api-2").unwrap();
        assert!(copied.threats.is_empty());
        let seen = cells(&after, &Place::Flow(copied.id), &Parked::of(&after));
        for letter in [Letter::R, Letter::D] {
            assert!(seen[letter as usize].state.is_answered() && !seen[letter as usize].is_decided(), "{letter}");
        }
    }

    #[test]
    fn copies_are_numbered_and_those_that_are_there_count() {
        let session = decided();
        let api: ComponentId = "api".parse().unwrap();
        assert_eq!(missing(&session, &api, 3), ["api 2", "api 3"]);
        let session = after(&session, copy(&session, &api, "api 2", &mut || 0));
        assert_eq!(missing(&session, &api, 3), ["api 3"]);
        assert_eq!(missing(&session, &"api-2".parse().unwrap(), 2), Vec::<String>::new());
    }
}
