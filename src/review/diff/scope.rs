//! What changed about the model itself and about the answers in its cells.

use super::{Report, Section, rows::rows};
use crate::{
    review::{fields::Fields, words},
    session::{Answer, Cell, Cells, Component, EntryId, Flow, Letter, Place, Record, Session, Table},
};

impl Report<'_> {
    /// Zones, assets, components and flows: what came, went or changed.
    pub(super) fn scope(&mut self) {
        let (before, after) = (self.before, self.after);
        self.table(Section::Scope, &before.zones, &after.zones, EntryId::Zone);
        self.table(Section::Scope, &before.assets, &after.assets, EntryId::Asset);
        self.table(Section::Scope, &before.components, &after.components, EntryId::Component);
        self.table(Section::Scope, &before.flows, &after.flows, EntryId::Flow);
        let component = |c: &Component| (Place::Component(c.id.clone()), c.cells.clone());
        let flow = |f: &Flow| (Place::Flow(f.id), f.cells.clone());
        for (was, is) in before.components.differences(&after.components) {
            self.answers(was.map(|c| component(c)), is.map(|c| component(c)));
        }
        for (was, is) in before.flows.differences(&after.flows) {
            self.answers(was.map(|f| flow(f)), is.map(|f| flow(f)));
        }
    }

    /// The records of one kind: what came, went or changed.
    pub(super) fn table<T: Record + Fields>(
        &mut self,
        section: Section,
        before: &Table<T>,
        after: &Table<T>,
        id: fn(T::Id) -> EntryId,
    ) {
        for (was, is) in before.differences(after) {
            match (was, is) {
                (Some(was), Some(is)) => {
                    let rows = if was == is { Vec::new() } else { rows(&**was, &**is) };
                    if !rows.is_empty() {
                        let id = id(is.id().clone());
                        let name = words::named(self.after, &id);
                        self.say_rows(section, Some(id), &name, &rows);
                    }
                }
                (None, Some(is)) => {
                    let id = id(is.id().clone());
                    let open = is.inside().map_or_else(String::new, |(cells, _)| unanswered(self.after, &id, cells));
                    let text = format!("{} is new{open}", words::named(self.after, &id));
                    self.say(section, Some(id), "", text);
                }
                (Some(was), None) => {
                    let id = id(was.id().clone());
                    let text = format!("{} was removed", words::named(self.before, &id));
                    self.say_gone(section, id, text);
                }
                (None, None) => {}
            }
        }
    }

    /// The answers of a place: letters that do not apply one by one, the others in one sentence for each answer.
    fn answers(&mut self, was: Option<(Place, Cells)>, is: Option<(Place, Cells)>) {
        // The answers of a place that is gone went with it.
        let Some((place, is)) = is else { return };
        let was = was.map(|(_, cells)| cells).unwrap_or_default();
        let name = words::place(self.after, &place);
        let id = place.entry();
        let (mut clear, mut inherited, mut reopened, mut again) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        // A letter may be called clear and a threat be written there later; whoever signs must not read "nothing".
        let mut beside = Vec::new();
        let threats = self.after.threats_at(&place);
        let threatened =
            |letter| threats.is_some_and(|threats| threats.iter().any(|t| t.is_live() && t.letter == letter));
        for (letter, field) in LETTERS {
            let (old, new) = (was.get(letter), is.get(letter));
            match (old, new) {
                _ if old == new => {}
                (Some(old), Some(new)) if says(old) == says(new) => again.push((letter, field)),
                (old, Some(new)) if new.state == Answer::NotApplicable => {
                    let text = format!("{name}: {letter} is not applicable{}", because(old, new));
                    self.say(Section::Withdrawn, id.clone(), field, text);
                }
                (_, Some(new)) if new.state == Answer::Inherited => inherited.push((letter, field)),
                (_, Some(_)) if threatened(letter) => beside.push((letter, field)),
                (_, Some(_)) => clear.push((letter, field)),
                (_, None) => reopened.push((letter, field)),
            }
        }
        for (letters, one, many) in [
            (clear, "is clear: nothing was found", "are clear: nothing was found"),
            (beside, "was called clear beside a threat", "were called clear beside threats"),
            (inherited, "is answered in another session", "are answered in another session"),
            (reopened, "is open again", "are open again"),
            (again, "was answered again", "were answered again"),
        ] {
            if let Some((_, field)) = letters.first() {
                let list: Vec<Letter> = letters.iter().map(|(letter, _)| *letter).collect();
                let text = format!("{name}: {}", words::letters(&list, one, many));
                self.say(Section::Other, id.clone(), field, text);
            }
        }
    }
}

/// The letters and what their cells are called as fields.
const LETTERS: [(Letter, &str); 6] =
    [(Letter::S, "S"), (Letter::T, "T"), (Letter::R, "R"), (Letter::I, "I"), (Letter::D, "D"), (Letter::E, "E")];

/// What a reader takes from a cell; who said so and when is not part of it.
fn says(cell: &Cell) -> (Answer, &str) {
    (cell.state, &cell.reason)
}

fn because(old: Option<&Cell>, new: &Cell) -> String {
    match old {
        Some(old) if old.state == Answer::NotApplicable => {
            let [old, new] = words::apart(&old.reason, &new.reason);
            format!(", because {new} (before: {old})")
        }
        Some(old) if old.state == Answer::Clear => format!(", because {} (before: clear)", words::quoted(&new.reason)),
        _ => format!(", because {}", words::quoted(&new.reason)),
    }
}

/// How many letters of a new flow wait for an answer.
fn unanswered(session: &Session, id: &EntryId, cells: &Cells) -> String {
    let EntryId::Flow(flow) = id else { return String::new() };
    let threats = session.flows.get(flow).map(|flow| &flow.threats);
    let found =
        |letter: Letter| threats.is_some_and(|threats| threats.iter().any(|t| t.is_live() && t.letter == letter));
    match Letter::ALL.into_iter().filter(|letter| cells.get(*letter).is_none() && !found(*letter)).count() {
        0 => "; every letter is answered".to_owned(),
        1 => "; one letter is not answered".to_owned(),
        open => format!("; {open} letters are not answered"),
    }
}
