//! A new session from a template: what its lines draw, and nothing else.
//!
//! Owns which lines a template may have: those that draw (zones, assets, components, ways in, flows), people and the
//! scope. A line that would say more (a threat, a mitigation, an answer) is refused, and so is one that is not
//! understood as it stands: nobody looks at the preview here. Refuses: files and asking.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::capture::{Captured, Context, capture_all};
use crate::{
    catalog::{Kinds, template::Template},
    session::{Edit, Session, edit::Entry, id::Suffixes, limits},
};

/// A session with this title in which a template is drawn; the errors say what is wrong with an answer or a line.
pub fn start(
    template: &Template,
    answers: &BTreeMap<String, String>,
    kinds: &Kinds,
    title: &str,
    today: Date,
    suffixes: &mut dyn Suffixes,
) -> Result<Session, Vec<String>> {
    let lines = template.filled(answers)?;
    let empty = Session::new(title);
    let ctx = Context { session: &empty, kinds, outline: None, place: None, letter: None, threat: None, by: "", today };
    let (captured, session) = capture_all(&lines, &ctx, suffixes);
    let said = |captured: &Captured| lines.lines().nth(captured.line - 1).unwrap_or("").to_owned();
    let mut errors = Vec::new();
    for captured in &captured {
        if !draws(&captured.edit) {
            errors.push(format!("`{}` would become: {}; a template only draws", said(captured), captured.became));
            continue;
        }
        errors.extend(captured.warnings.iter().map(|warning| format!("`{}`: {warning}", said(captured))));
    }
    let longest = lines.lines().find(|line| line.chars().count() > limits::CAPTURED);
    errors.extend(longest.map(|_| format!("a line has more than {} characters", limits::CAPTURED)));
    if errors.is_empty() { Ok(session) } else { Err(errors) }
}

/// Whether an edit adds to the picture and answers nothing.
fn draws(edit: &Edit) -> bool {
    match edit {
        Edit::Add(entry) | Edit::Change(entry) => {
            matches!(entry, Entry::Person(_) | Entry::Zone(_) | Entry::Asset(_) | Entry::Component(_) | Entry::Flow(_))
        }
        Edit::ChangeHeader(_) => true,
        Edit::Batch { edits, .. } => edits.iter().all(draws),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::{
        catalog::template::{Preset, templates},
        method::weight::crosses,
    };

    const TODAY: Date = jiff::civil::date(2026, 11, 20);

    fn drawn(template: &Template, answers: &[(&str, &str)]) -> Result<Session, Vec<String>> {
        let answers = answers.iter().map(|(name, answer)| ((*name).to_owned(), (*answer).to_owned())).collect();
        start(template, &answers, Kinds::builtin(), "New", TODAY, &mut || 0)
    }

    #[test]
    fn every_template_draws_a_model_that_can_be_talked_about_at_once() {
        for template in templates() {
            let id = &template.id;
            let session = drawn(template, &[]).unwrap_or_else(|errors| panic!("{id}: {errors:#?}"));
            assert_eq!(session.problems(), Vec::new(), "{id}");
            assert!((4..=10).contains(&session.zones.len()), "{id}: zones");
            assert!((10..=20).contains(&session.components.len()), "{id}: {} components", session.components.len());
            assert!((10..=20).contains(&session.flows.len()), "{id}: {} flows", session.flows.len());
            for component in session.components.iter() {
                let name = &component.name;
                assert!(component.zone.is_some(), "{id}: {name} stands nowhere");
                assert!(
                    Kinds::builtin().get(&component.kind).is_some_and(|kind| kind.id == component.kind),
                    "{id}: {name}"
                );
                assert!(session.flows_of(&component.id).next().is_some(), "{id}: nothing reaches {name}");
            }
            for flow in session.flows.iter() {
                assert!(!flow.label.is_empty() && !flow.protocol.is_empty(), "{id}: {} → {}", flow.from, flow.to);
                assert!(!flow.assets.is_empty(), "{id}: {} → {} carries nothing", flow.from, flow.to);
            }
            let carried: BTreeSet<_> = session.flows.iter().flat_map(|flow| &flow.assets).collect();
            let idle: Vec<_> = session.assets.keys().filter(|asset| !carried.contains(asset)).collect();
            assert!(idle.is_empty(), "{id}: nothing carries {idle:?}");
            assert!(
                session.zones.iter().all(|zone| {
                    session.components.iter().any(|c| session.zone_path(c.zone.as_ref()).any(|at| *at == zone.id))
                }),
                "{id}: a zone is empty"
            );
            let crossing = session.flows.iter().filter(|flow| crosses(&session, flow)).count();
            assert!(crossing * 2 > session.flows.len(), "{id}: {crossing} flows cross a boundary");
            assert!(session.components.iter().any(|c| !c.entry_points.is_empty()), "{id}: no way in");
            let kept =
                session.threats().count() + session.mitigations.len() + session.assumptions.len() + session.notes.len();
            assert_eq!(kept, 0, "{id}: something was answered");
        }
    }

    #[test]
    fn every_template_can_be_drawn_with_other_answers() {
        for template in templates() {
            for question in &template.questions {
                let answers = match question.default {
                    Preset::Name(_) => vec!["Ærø's 2nd-best API"],
                    Preset::Names(_) => vec!["", "one", "first system, R&D desk, API v2.1"],
                    Preset::Number(_) => vec!["1", "4"],
                };
                for answer in answers {
                    let session = drawn(template, &[(&question.name, answer)]);
                    let session =
                        session.unwrap_or_else(|e| panic!("{} {} = {answer}: {e:#?}", template.id, question.name));
                    assert_eq!(session.problems(), Vec::new(), "{} {} = {answer}", template.id, question.name);
                }
            }
        }
    }

    #[test]
    fn what_does_not_draw_is_refused_with_its_line() {
        let lines = "browser @Internet browser\nT: body altered\n+ rotate keys\nzone Edge interne\n= TLS everywhere";
        let template = Template { lines: lines.to_owned(), questions: Vec::new(), ..(*templates()[0]).clone() };
        insta::assert_snapshot!(drawn(&template, &[]).unwrap_err().join("\n"), @r"
        `T: body altered` would become: threat T1 T in the unfiled tray; a template only draws
        `+ rotate keys` would become: mitigation M1, an idea without a threat yet; a template only draws
        `zone Edge interne`: `interne` is no exposure; is it `internet`?
        `= TLS everywhere` would become: assumption A1; a template only draws
        ");
    }
}
