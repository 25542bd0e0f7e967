//! Suggestions: which rows are worth saying at a place, best first.
//!
//! Owns the order: what is known of both ends before what is known of one, a kind's own rows before those of a feature,
//! those before what the kind inherits, and what holds for every flow last; then by how many conditions are known to be
//! met, then by id. The two ends of a flow take turns, the target first. Owns as well what is left out: rows that contradict the
//! place, that another row replaces, that somebody dismissed, or that a threat at the place says already.
//!
//! A row has one letter and comes once for a place, so that no suggestion stands twice within a flow.
//!
//! Refuses: adding anything to a session, and looking at more of it than its [`Situation`].

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use super::{
    Catalogue, Fact, Kinds, Pack, Party, Seat, Situation, Threat,
    fit::{Role, fit},
    pack::Said,
    words::Subject,
};
use crate::{
    method::prompts::fill,
    session::{Letter, Responsibility},
};

/// A row that fits a place, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion<'c, 's> {
    /// The row.
    pub threat: &'c Threat,
    /// Where the component that it is about stands.
    pub seat: Seat,
    /// That component.
    pub about: &'s Party<'s>,
    /// How the row was found.
    pub via: Via<'c>,
    /// What it asked for and found.
    pub met: Vec<Fact>,
}

/// How a row was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Via<'c> {
    /// It is about the kind of a component.
    Kind(&'c str),
    /// A feature brings it.
    Pack(&'c str),
    /// It is about a kind that the component's kind inherits from.
    Inherited(&'c str),
    /// It holds for every flow.
    Flow,
}

impl<'c> Suggestion<'c, '_> {
    /// What goes wrong, with the names of the place.
    pub fn text(&self, situation: &Situation<'_>) -> String {
        fill(&self.threat.text, &situation.names(self.about))
    }

    /// What to ask, with the names of the place.
    pub fn question(&self, situation: &Situation<'_>) -> String {
        fill(&self.threat.question, &situation.names(self.about))
    }

    /// Why it is here: how it was found, what it asked for, where to read more.
    pub fn why(&self) -> String {
        let via = match self.via {
            Via::Kind(id) | Via::Inherited(id) | Via::Pack(id) => id,
            Via::Flow => "every flow",
        };
        let reference = self.threat.references.first().cloned();
        let parts: Vec<String> =
            std::iter::once(via.to_owned()).chain(self.met.iter().map(|fact| fact.words())).chain(reference).collect();
        parts.join(" · ")
    }

    /// Whether the provider answers for where it goes wrong: still worth a question, and its report is the answer.
    pub fn is_providers(&self) -> bool {
        let part = self.threat.part.zip(self.about.class);
        part.is_some_and(|(part, class)| part.answered_by(class) == Responsibility::Provider)
    }

    /// Whether a row that replaces it does so here. What is said of the very kind of one end stays, whatever holds for
    /// kinds that inherit from it and stand at the other.
    fn gives_way_to(&self, replacing: &Threat, kinds: &Kinds) -> bool {
        match self.via {
            Via::Kind(own) => {
                !replacing.kinds.iter().filter_map(|id| kinds.get(id)).any(|of| of.lineage().any(|id| id == own))
            }
            Via::Inherited(_) | Via::Pack(_) | Via::Flow => true,
        }
    }

    /// How particular it is; smaller is more so.
    fn tier(&self) -> u8 {
        match self.via {
            Via::Kind(_) if self.met.contains(&Fact::Peer) => 0,
            Via::Kind(_) => 1,
            Via::Pack(_) => 2,
            Via::Inherited(_) => 3,
            Via::Flow => 4,
        }
    }

    /// Smaller comes first.
    fn rank(&self) -> impl Ord + use<'c> {
        (self.tier(), Reverse(self.met.len()), self.threat.id.as_str(), self.seat)
    }
}

/// Lets the two ends of a flow take turns among what is equally particular, the target first, so that neither pushes the
/// other off the screen. Takes them sorted by rank.
fn in_turns<'c, 's>(sorted: Vec<Suggestion<'c, 's>>) -> Vec<Suggestion<'c, 's>> {
    let mut turns = Vec::with_capacity(sorted.len());
    let mut rest = sorted.into_iter().peekable();
    while let Some(first) = rest.next() {
        let (tier, mut group) = (first.tier(), vec![first]);
        while let Some(next) = rest.next_if(|next| next.tier() == tier) {
            group.push(next);
        }
        let (source, target): (Vec<_>, Vec<_>) = group.into_iter().partition(|found| found.seat == Seat::Source);
        let (mut source, mut target) = (source.into_iter(), target.into_iter());
        loop {
            let before = turns.len();
            turns.extend(target.next());
            turns.extend(source.next());
            if turns.len() == before {
                break;
            }
        }
    }
    turns
}

impl Catalogue {
    /// The rows worth saying for a letter at a place, best first.
    pub fn suggestions<'c, 's>(&'c self, situation: &'s Situation<'_>, letter: Letter) -> Vec<Suggestion<'c, 's>> {
        let fitting = self.fitting(situation, letter);
        let mut replacing: HashMap<&str, Vec<&Threat>> = HashMap::new();
        for threat in fitting.values().map(|found| found.threat) {
            threat.replaces.iter().for_each(|id| replacing.entry(id).or_default().push(threat));
        }
        let is_replaced = |found: &Suggestion<'_, '_>| {
            let by = replacing.get(found.threat.id.as_str());
            by.is_some_and(|by| by.iter().any(|threat| found.gives_way_to(threat, self.kinds())))
        };
        let present: Vec<Subject> = situation.present.iter().map(|threat| Subject::of(threat.statement)).collect();
        let mut worth: Vec<Suggestion<'c, 's>> = fitting
            .into_iter()
            .filter(|(_, found)| !is_replaced(found))
            .filter(|(_, found)| !situation.dismissed.contains(&found.threat.id.as_str()))
            .filter(|(_, found)| !self.came_from(found.threat, situation))
            .filter(|(row, _)| !present.iter().any(|said| said.is_near(self.subject(*row))))
            .map(|(_, found)| found)
            .collect();
        worth.sort_by_cached_key(Suggestion::rank);
        in_turns(worth)
    }

    /// Every row that nothing contradicts, by its number, found in the best way there is.
    fn fitting<'c, 's>(&'c self, situation: &'s Situation<'_>, letter: Letter) -> BTreeMap<usize, Suggestion<'c, 's>> {
        let mut fitting: BTreeMap<usize, Suggestion<'c, 's>> = BTreeMap::new();
        let mut look = |row: usize, role: Role<'s>, via: Via<'c>| {
            let threat = &self.threats()[row];
            if let Some(met) = fit(threat, role, situation, self.kinds()) {
                let found = Suggestion { threat, seat: role.seat, about: role.about, via, met };
                match fitting.get(&row) {
                    Some(better) if better.rank() <= found.rank() => (),
                    _ => drop(fitting.insert(row, found)),
                }
            }
        };
        for role in Role::all(situation) {
            let Some(of) = self.kinds().get(role.about.kind) else { continue };
            for &row in self.rows_about(&of.id, letter) {
                look(row, role, Via::Kind(&of.id));
            }
            for parent in &of.inherits {
                for &row in self.rows_about(parent, letter) {
                    look(row, role, Via::Inherited(parent));
                }
            }
        }
        // What holds for every flow, and what features bring, is said of where the flow ends.
        if let Some(target) = Role::all(situation).into_iter().find(|role| role.seat == Seat::Target) {
            for &row in self.rows_about("flow", letter) {
                look(row, target, Via::Flow);
            }
            for pack in self.packs_of(situation, target.about) {
                let rows = pack.threats.iter().filter_map(|id| self.row(id));
                for row in rows.filter(|row| self.threats()[*row].letter == letter) {
                    look(row, target, Via::Pack(&pack.id));
                }
            }
        }
        fitting
    }

    /// The packs whose feature a flow has.
    fn packs_of(&self, situation: &Situation<'_>, target: &Party<'_>) -> impl Iterator<Item = &Pack> {
        let element = target.element;
        let names = Role::all(situation).into_iter().map(|role| Said::new(role.about.name));
        let texts: Vec<Said> = names.chain([Said::new(situation.label)]).collect();
        self.packs().iter().filter(move |pack| pack.elements.contains(&element) && pack.is_said(&texts))
    }

    /// Whether a threat at the place came from this row, or from one that replaces it.
    fn came_from(&self, threat: &Threat, situation: &Situation<'_>) -> bool {
        situation.present.iter().any(|present| {
            let origin = present.origin.split('@').next().unwrap_or_default();
            origin == threat.id || self.threat(origin).is_some_and(|row| row.replaces.contains(&threat.id))
        })
    }
}

#[cfg(test)]
mod tests;
