//! What a team knows of its own: its rows over the built-in catalogue, its baselines, models to begin with, and what it
//! agreed on for its sessions.
//!
//! Owns the value that `strideboard.ron` comes to, and which baselines stand where. Refuses: reading the file (`format`
//! does) and finding it (`runtime` does). Without such a file the value is the default one, and everything is as it
//! ships.
//!
//! A baseline stands at a component by its kind, or one that it inherits from, and by its zone, or one around it. It
//! answers a threat that came from a row which names its control, and a threat in somebody's own words if that has one
//! of its letters.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Catalogue, Kinds, Overlay, builtin,
    template::{self, Template},
};
use crate::{
    method::{
        baseline::{Baseline, Standing},
        rules::Rules,
    },
    session::{Component, Place, Session, Threat},
};

/// What a team keeps beside its sessions.
#[derive(Debug, Clone, Default)]
pub struct Team {
    /// The merged catalogue; none where the team changes nothing of the built-in one.
    catalogue: Option<Arc<Catalogue>>,
    baselines: Vec<Baseline>,
    /// Models to begin with, of the team's own.
    templates: Vec<Arc<Template>>,
    /// For each baseline the rows that name its control, looked up once so that no frame has to read the catalogue.
    rows: Vec<BTreeSet<String>>,
    rules: Rules,
}

impl Team {
    /// A team with rows over the built-in catalogue and controls that hold by declaration.
    pub fn new(overlay: &Overlay, baselines: Vec<Baseline>) -> Self {
        let catalogue = (!overlay.is_empty()).then(|| Arc::new(builtin().with(overlay)));
        let mut team = Self { catalogue, baselines, templates: Vec::new(), rows: Vec::new(), rules: Rules::default() };
        team.rows = team.baselines.iter().map(|baseline| team.rows_naming(&baseline.control)).collect();
        team
    }

    /// The same with models to begin with.
    pub fn with_templates(self, templates: Vec<Arc<Template>>) -> Self {
        Self { templates, ..self }
    }

    /// Models to begin with: the team's own, then those that ship and whose id none of the team's has.
    pub fn templates(&self) -> impl Iterator<Item = &Arc<Template>> {
        let shipped = template::templates().iter().filter(|shipped| !self.has_own_template(&shipped.id));
        self.templates.iter().chain(shipped)
    }

    /// The model to begin with that has this id.
    pub fn template(&self, id: &str) -> Option<&Arc<Template>> {
        self.templates().find(|template| template.id == id)
    }

    /// Whether the team wrote the template with this id.
    pub fn has_own_template(&self, id: &str) -> bool {
        self.templates.iter().any(|own| own.id == id)
    }

    /// The same team with what it agreed on for its sessions.
    #[must_use]
    pub fn with_rules(self, rules: Rules) -> Self {
        Self { rules, ..self }
    }

    /// What it agreed on for its sessions.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    fn rows_naming(&self, control: &str) -> BTreeSet<String> {
        if control.is_empty() {
            return BTreeSet::new();
        }
        let naming = self.catalogue().threats().iter().filter(|row| row.controls.iter().any(|id| id == control));
        naming.map(|row| row.id.clone()).collect()
    }

    /// Everything that is known beforehand.
    pub fn catalogue(&self) -> &Catalogue {
        self.catalogue.as_deref().unwrap_or_else(|| builtin())
    }

    /// The kinds of components; spares reading the built-in threats where only a word is looked up.
    pub fn kinds(&self) -> &Kinds {
        self.catalogue.as_deref().map_or_else(|| Kinds::builtin().as_ref(), |catalogue| catalogue.kinds())
    }

    /// Controls that hold without anybody saying so in a session.
    pub fn baselines(&self) -> &[Baseline] {
        &self.baselines
    }

    /// The baselines declared for a component, those it deviates from as well.
    pub fn standing<'a>(&'a self, session: &Session, component: &'a Component) -> Vec<Standing<'a>> {
        self.standing_numbered(session, component).map(|(_, standing)| standing).collect()
    }

    /// The baselines of every component of a session.
    pub fn standing_everywhere<'a>(&'a self, session: &'a Session) -> Vec<Standing<'a>> {
        session.components.iter().flat_map(|component| self.standing(session, component)).collect()
    }

    /// The baselines declared for the ends of a flow, its target first, or for a component.
    pub fn standing_at<'a>(&'a self, session: &'a Session, place: &Place) -> Vec<Standing<'a>> {
        ends(session, place).into_iter().flat_map(|component| self.standing(session, component)).collect()
    }

    /// Those of a place that answer a threat there, also where they are deviated from.
    pub fn answering<'a>(&'a self, session: &'a Session, place: &Place, threat: &Threat) -> Vec<Standing<'a>> {
        let row = threat.origin.split('@').next().unwrap_or_default();
        let standing = ends(session, place).into_iter().flat_map(|end| self.standing_numbered(session, end));
        let answers = |(number, standing): &(usize, Standing<'_>)| {
            if row.is_empty() {
                standing.baseline.letters.contains(&threat.letter)
            } else {
                self.rows[*number].contains(row)
            }
        };
        standing.filter(answers).map(|(_, standing)| standing).collect()
    }

    fn standing_numbered<'a>(
        &'a self,
        session: &Session,
        component: &'a Component,
    ) -> impl Iterator<Item = (usize, Standing<'a>)> + use<'a> {
        let kinds = self.kinds();
        let kind = kinds.get(&component.kind);
        let of_kind = |said: &String| {
            // The team may write an alias, and a session a kind that nobody knows.
            let meant = kinds.get(said).map_or(said.as_str(), |kind| kind.id.as_str());
            kind.map_or(meant == component.kind, |kind| kind.lineage().any(|id| id == meant))
        };
        let declared = |baseline: &Baseline| {
            (baseline.kinds.is_empty() || baseline.kinds.iter().any(of_kind))
                && baseline.holds_in_zone_of(session, component)
        };
        let declared: Vec<(usize, &Baseline)> =
            self.baselines.iter().enumerate().filter(|(_, baseline)| declared(baseline)).collect();
        declared.into_iter().map(|(number, baseline)| {
            (number, Standing { component, baseline, deviation: component.deviations.get(&baseline.id) })
        })
    }
}

/// The components that a place touches, each once.
fn ends<'a>(session: &'a Session, place: &Place) -> Vec<&'a Component> {
    let mut ids = match place {
        Place::Flow(id) => session.flows.get(id).map_or(Vec::new(), |flow| vec![&flow.to, &flow.from]),
        Place::Component(id) => vec![id],
        Place::Unfiled => Vec::new(),
    };
    ids.dedup();
    ids.into_iter().filter_map(|id| session.components.get(id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        method::fixture::{login, web},
        session::{Letter, Zone},
    };

    fn baseline(id: &str) -> Baseline {
        Baseline::new(id, "Everything is encrypted")
    }

    fn standing(session: &Session, baseline: Baseline) -> Vec<String> {
        let team = Team::new(&Overlay::default(), vec![baseline]);
        team.standing_everywhere(session).iter().map(|one| one.component.id.to_string()).collect()
    }

    #[test]
    fn a_baseline_stands_by_kind_and_what_the_kind_inherits_from() {
        let mut session = web();
        session.components.get_mut("users").unwrap().kind = "aws.rds".to_owned();
        for (kind, at) in
            [("sqldb", &["users"][..]), ("postgres", &["users"]), ("aws.rds", &["users"]), ("aws.s3", &[])]
        {
            assert_eq!(standing(&session, Baseline { kinds: vec![kind.to_owned()], ..baseline("b") }), at, "{kind}");
        }
    }

    #[test]
    fn a_baseline_stands_in_its_zone_and_in_those_inside() {
        let mut session = web();
        let id = session.components.get("users").unwrap().zone.clone().unwrap();
        let outer: Zone = Zone {
            id: "outer".parse().unwrap(),
            name: "Production".to_owned(),
            parent: None,
            ..session.zones.get(&id).unwrap().clone()
        };
        session.zones.insert(outer);
        session.zones.get_mut(&id).unwrap().parent = Some("outer".parse().unwrap());
        let found = standing(&session, Baseline { zones: vec!["production".to_owned()], ..baseline("b") });
        assert!(found.contains(&"users".to_owned()) && !found.contains(&"browser".to_owned()), "{found:?}");
        // Zones that stand in each other, as only a file made by hand has them, end somewhere.
        session.zones.get_mut("outer").unwrap().parent = Some(id);
        assert_eq!(standing(&session, Baseline { zones: vec!["nowhere".to_owned()], ..baseline("b") }), [""; 0]);
    }

    #[test]
    fn it_answers_what_came_from_a_row_that_names_its_control_and_own_words_by_letter() {
        let session = web();
        let row = builtin().threats().iter().find(|row| !row.controls.is_empty()).unwrap();
        let by_control = Baseline { control: row.controls[0].clone(), kinds: vec!["browser".into()], ..baseline("c") };
        let by_letter = Baseline { letters: vec![Letter::I], kinds: vec!["browser".into()], ..baseline("l") };
        let mut session = session;
        session.components.get_mut("browser").unwrap().kind = "browser".to_owned();
        let team = Team::new(&Overlay::default(), vec![by_control, by_letter]);
        let mut threat = Threat::new("T1-abc".parse().unwrap(), Letter::I, "somebody reads it");
        let ids = |threat: &Threat| {
            let found = team.answering(&session, &login(), threat);
            found.iter().map(|one| one.baseline.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(&threat), ["l"]);
        threat.origin = row.origin();
        assert_eq!(ids(&threat), ["c"]);
        threat.origin = "gone.I1@1".to_owned();
        assert_eq!(ids(&threat), [""; 0]);
    }
}
