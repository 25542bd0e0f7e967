//! How a field is merged: one function for each strategy.
//!
//! Where only one side changed a field, or both changed it alike, every strategy takes that change. They differ in what
//! two different changes mean: some can be joined, the rest are conflicts. The value that stands in the session until a
//! conflict is settled never depends on which side is called ours, and leans to the worse, so that a gate fails rather
//! than passes.

use std::collections::{BTreeMap, BTreeSet};

use super::{grave::Grave, lines, refers::Refers, said::Said};
use crate::{
    method::matrix::{Matrix, Risk},
    session::{
        Basis, Cell, Cells, Conflict, ConflictId, ConflictKind, Deviation, Dismissal, EntryId, EntryPoint, Exposure,
        Letter, Level, Rating, Session, Table, Text, Value,
    },
};

/// Three versions of one thing: before, and on both sides. What is new on both sides has no version before.
#[derive(Debug, Clone, Copy)]
pub(in crate::review) struct Three<T> {
    pub(in crate::review) base: Option<T>,
    pub(in crate::review) ours: T,
    pub(in crate::review) theirs: T,
}

impl<T> Three<T> {
    pub(in crate::review) fn map<U>(&self, of: impl Fn(&T) -> U) -> Three<U> {
        Three { base: self.base.as_ref().map(&of), ours: of(&self.ours), theirs: of(&self.theirs) }
    }

    /// The value when at most one side changed it, or both did alike.
    pub(in crate::review) fn agreed(self) -> Result<T, Self>
    where
        T: PartialEq,
    {
        match &self.base {
            _ if self.ours == self.theirs => Ok(self.ours),
            Some(base) if *base == self.ours => Ok(self.theirs),
            Some(base) if *base == self.theirs => Ok(self.ours),
            _ => Err(self),
        }
    }

    /// The version that counts when at most one side changed this part of it, or both did alike.
    pub(in crate::review) fn agreed_on<P: PartialEq>(&self, part: impl Fn(&T) -> P) -> Option<T>
    where
        T: Copy,
    {
        let (ours, theirs) = (part(&self.ours), part(&self.theirs));
        if ours == theirs {
            return Some(self.ours);
        }
        let base = self.base.as_ref().map(part)?;
        if base == ours {
            Some(self.theirs)
        } else if base == theirs {
            Some(self.ours)
        } else {
            None
        }
    }

    /// The same for a value that people can leave out: what was not there before was empty.
    fn agreed_or_empty(self) -> Result<T, Empty<T>>
    where
        T: PartialEq + Default,
    {
        let base = Some(self.base.unwrap_or_default());
        let missing = |of: Self| Empty { base: of.base.unwrap_or_default(), ours: of.ours, theirs: of.theirs };
        Three { base, ..self }.agreed().map_err(missing)
    }
}

/// Three different versions, all known.
struct Empty<T> {
    base: T,
    ours: T,
    theirs: T,
}

/// Writes down what two versions of a record cannot agree on.
pub(in crate::review) struct Scribe<'a> {
    /// The record at hand; none for the fields above the records.
    pub(in crate::review) record: Option<EntryId>,
    /// The session of one side.
    pub(in crate::review) ours: &'a Session,
    /// The session of the other side.
    pub(in crate::review) theirs: &'a Session,
    /// What levels are looked up in.
    pub(in crate::review) matrix: &'static Matrix,
    /// What was written down so far.
    pub(in crate::review) conflicts: &'a mut BTreeMap<ConflictId, Conflict>,
}

impl Scribe<'_> {
    /// Writes a conflict down; a later one about the same field takes its place.
    pub(in crate::review) fn note(&mut self, field: &str, kind: ConflictKind, [base, ours, theirs]: [Value; 3]) {
        let id = ConflictId::new(self.record.clone(), field);
        let (ours_from, theirs_from) = (String::new(), String::new());
        self.conflicts.insert(id.clone(), Conflict { id, kind, base, ours, theirs, ours_from, theirs_from });
    }

    fn differ<T: Said>(&mut self, field: &str, [base, ours, theirs]: [Option<&T>; 3]) {
        let said = |value: Option<&T>| value.map_or(Value::Nothing, Said::said);
        self.note(field, ConflictKind::Differ, [said(base), said(ours), said(theirs)]);
    }

    /// Whether both sides have all these records.
    pub(in crate::review) fn stand(&self, records: &[EntryId]) -> bool {
        records.iter().all(|id| self.ours.has(id) && self.theirs.has(id))
    }
}

/// Takes what is agreed; otherwise a conflict, and `meanwhile` says what stands there until it is settled.
fn decided<T: Said + Default + PartialEq>(
    scribe: &mut Scribe<'_>,
    field: &str,
    of: Three<T>,
    meanwhile: impl FnOnce([T; 3]) -> T,
) -> T {
    of.agreed_or_empty().unwrap_or_else(|Empty { base, ours, theirs }| {
        scribe.differ(field, [Some(&base), Some(&ours), Some(&theirs)]);
        meanwhile([base, ours, theirs])
    })
}

/// One value, taken as a whole. Meanwhile it stays what it was.
pub(super) fn whole<T: Said + Default + PartialEq>(scribe: &mut Scribe<'_>, field: &str, of: Three<T>) -> T {
    decided(scribe, field, of, |[base, ..]| base)
}

/// A decision. Meanwhile nothing is decided.
pub(super) fn open<T: Said + Default + PartialEq>(scribe: &mut Scribe<'_>, field: &str, of: Three<T>) -> T {
    decided(scribe, field, of, |_| T::default())
}

/// A value that cannot be left out. Meanwhile it stays what it was, or is one of both when it is new.
pub(super) fn given<T: Said + Ord>(scribe: &mut Scribe<'_>, field: &str, of: Three<T>) -> T {
    of.agreed().unwrap_or_else(|Three { base, ours, theirs }| {
        scribe.differ(field, [base.as_ref(), Some(&ours), Some(&theirs)]);
        base.unwrap_or_else(|| ours.min(theirs))
    })
}

/// Meanwhile the graver of both.
pub(super) fn worst<T: Said + Default + PartialEq + Grave>(scribe: &mut Scribe<'_>, field: &str, of: Three<T>) -> T {
    decided(scribe, field, of, |[_, ours, theirs]| if ours.gravity() >= theirs.gravity() { ours } else { theirs })
}

/// A rating. Meanwhile the one with the worse level; between equal levels the one with the greater steps.
pub(super) fn by_rating(scribe: &mut Scribe<'_>, field: &str, of: Three<Option<Rating>>) -> Option<Rating> {
    let matrix = scribe.matrix;
    decided(scribe, field, of, |[_, ours, theirs]| {
        let key = |rating: &Option<Rating>| {
            let risk = rating.map_or(Risk::Unrated, |rating| matrix.level(rating));
            (risk, rating.map(|r| (r.impact, r.likelihood)))
        };
        if key(&ours) >= key(&theirs) { ours } else { theirs }
    })
}

/// The level above which somebody must answer. Meanwhile the lower one.
pub(super) fn appetite(scribe: &mut Scribe<'_>, field: &str, of: Three<Option<Level>>) -> Option<Level> {
    decided(scribe, field, of, |[_, ours, theirs]| ours.min_by_level(theirs, Level::Low))
}

/// The level above which nobody may sign. Meanwhile the lower one.
pub(super) fn tolerance(scribe: &mut Scribe<'_>, field: &str, of: Three<Option<Level>>) -> Option<Level> {
    decided(scribe, field, of, |[_, ours, theirs]| ours.min_by_level(theirs, Level::High))
}

trait ByLevel {
    fn min_by_level(self, other: Self, absent: Level) -> Self;
}

impl ByLevel for Option<Level> {
    fn min_by_level(self, other: Self, absent: Level) -> Self {
        // Absent and written out mean the same level; then the shorter one, whichever side it is on.
        std::cmp::min_by_key(self, other, |level| (level.unwrap_or(absent), *level))
    }
}

/// A place in the meeting's order: both moved it, and the one further to the front wins.
pub(super) fn order<T: Ord>(_: &mut Scribe<'_>, _: &str, of: Three<T>) -> T {
    of.agreed().unwrap_or_else(|Three { ours, theirs, .. }| ours.min(theirs))
}

/// What a statement rested on. When both looked again, either will do: at worst somebody is asked to look once more.
pub(super) fn quiet(_: &mut Scribe<'_>, _: &str, of: Three<Option<Basis>>) -> Option<Basis> {
    of.agreed().unwrap_or_else(|Three { ours, theirs, .. }| ground(ours, theirs))
}

/// One of two grounds, the same whichever side they are on; an answer without any never goes stale, so any is better.
fn ground(a: Option<Basis>, b: Option<Basis>) -> Option<Basis> {
    a.into_iter().chain(b).min_by_key(|basis| basis.0)
}

/// Entries of a list, each by itself: what either side took out is out, what either side added is in.
pub(super) fn set<T: Ord + Clone>(_: &mut Scribe<'_>, _: &str, of: Three<Vec<T>>) -> Vec<T> {
    of.agreed().unwrap_or_else(|Three { base, ours, theirs }| {
        let base = base.unwrap_or_default();
        let [known, a, b] = [&base, &ours, &theirs].map(|list| list.iter().collect::<BTreeSet<_>>());
        let mut seen = BTreeSet::new();
        let stay = base.iter().filter(|entry| a.contains(entry) && b.contains(entry) && seen.insert(*entry));
        let added = a.union(&b).copied().filter(|entry| !known.contains(entry));
        stay.chain(added).cloned().collect()
    })
}

/// Suggestions that were turned down, each by its row. Both turned it down for other reasons: one of them will do,
/// whichever side it is on.
pub(super) fn dismissed(_: &mut Scribe<'_>, _: &str, of: Three<Table<Dismissal>>) -> Table<Dismissal> {
    of.agreed().unwrap_or_else(|of| {
        let rows: BTreeSet<&String> = of.base.iter().chain([&of.ours, &of.theirs]).flat_map(Table::keys).collect();
        let merged = rows.into_iter().filter_map(|row| {
            let at = of.map(|table| table.get(row).cloned());
            let one = Three { base: Some(at.base.flatten()), ours: at.ours, theirs: at.theirs };
            one.agreed().unwrap_or_else(|Three { ours, theirs, .. }| ours.into_iter().chain(theirs).min())
        });
        merged.collect()
    })
}

/// Text, line by line.
pub(super) fn text(scribe: &mut Scribe<'_>, field: &str, of: Three<Text>) -> Text {
    of.agreed_or_empty().unwrap_or_else(|Empty { base, ours, theirs }| {
        let (merged, whole) = lines::merge(base.as_str(), ours.as_str(), theirs.as_str());
        if !whole {
            scribe.differ(field, [Some(&base), Some(&ours), Some(&theirs)]);
        }
        merged.into()
    })
}

/// A reference. Meanwhile it stays what it was, unless that was removed on one side.
pub(super) fn refers<T>(scribe: &mut Scribe<'_>, field: &str, of: Three<T>) -> T
where
    T: Said + PartialEq + Ord + Refers,
{
    of.agreed().or_else(|of| Three { base: of.base.or_else(T::none), ..of }.agreed()).unwrap_or_else(
        |Three { base, ours, theirs }| {
            scribe.differ(field, [base.as_ref(), Some(&ours), Some(&theirs)]);
            let stands = base.filter(|base| scribe.stand(&base.targets()));
            stands.unwrap_or_else(|| ours.min(theirs))
        },
    )
}

/// Ways in, each by its name. Both changed who can reach one: meanwhile the more exposed.
pub(super) fn ways(scribe: &mut Scribe<'_>, field: &str, of: Three<Vec<EntryPoint>>) -> Vec<EntryPoint> {
    of.agreed_or_empty().unwrap_or_else(|Empty { base, ours, theirs }| {
        let by_name = |ways: &[EntryPoint]| {
            let map: BTreeMap<String, Exposure> = ways.iter().map(|way| (way.name.clone(), way.exposure)).collect();
            (map.len() == ways.len()).then_some(map)
        };
        let maps = by_name(&base).zip(by_name(&ours)).zip(by_name(&theirs));
        let Some(((before, a), b)) = maps else {
            // With names that stand twice it cannot be known which is which.
            scribe.differ(field, [Some(&base), Some(&ours), Some(&theirs)]);
            return base;
        };
        let new: BTreeSet<&String> = a.keys().chain(b.keys()).filter(|name| !before.contains_key(*name)).collect();
        let (mut merged, mut agreed) = (Vec::new(), true);
        for name in base.iter().map(|way| &way.name).chain(new) {
            let of = Three { base: Some(before.get(name)), ours: a.get(name), theirs: b.get(name) };
            let exposure = of.agreed().unwrap_or_else(|of| {
                agreed = false;
                of.ours.max(of.theirs)
            });
            merged.extend(exposure.map(|exposure| EntryPoint { name: name.clone(), exposure: *exposure }));
        }
        if !agreed {
            scribe.differ(field, [Some(&base), Some(&ours), Some(&theirs)]);
        }
        merged
    })
}

/// Deviations, each by its baseline. Meanwhile a disputed one stands: a control that may not hold must not count.
pub(super) fn by_baseline(scribe: &mut Scribe<'_>, field: &str, of: Three<Table<Deviation>>) -> Table<Deviation> {
    of.agreed_or_empty().unwrap_or_else(|Empty { base, ours, theirs }| {
        let baselines: BTreeSet<&String> = [&base, &ours, &theirs].into_iter().flat_map(Table::keys).collect();
        let (mut merged, mut agreed) = (Table::default(), true);
        for id in baselines {
            let of = Three { base: Some(base.get(id)), ours: ours.get(id), theirs: theirs.get(id) };
            let stands = of.agreed().unwrap_or_else(|of| {
                agreed = false;
                of.ours.max(of.theirs)
            });
            if let Some(deviation) = stands {
                merged.insert(deviation.clone());
            }
        }
        if !agreed {
            scribe.differ(field, [Some(&base), Some(&ours), Some(&theirs)]);
        }
        merged
    })
}

/// Answers, each by its letter. The same answer twice is one by both; different ones leave the cell open meanwhile.
pub(in crate::review) fn cells(scribe: &mut Scribe<'_>, of: Three<&Cells>) -> Cells {
    let merged = Letter::ALL.into_iter().filter_map(|letter| {
        let cell = of.map(|cells| cells.get(letter).cloned());
        let Three { base, ours, theirs } = match (Three { base: Some(cell.base.flatten()), ..cell }).agreed() {
            Ok(agreed) => return agreed,
            Err(of) => of,
        };
        if let (Some(a), Some(b)) = (&ours, &theirs)
            && (a.state, &a.reason) == (b.state, &b.reason)
        {
            return Some(Cell { by: both(&a.by, &b.by), basis: ground(a.basis, b.basis), ..a.clone() });
        }
        let values = [base.flatten(), ours, theirs].map(|cell| cell.as_ref().map_or(Value::Nothing, answer));
        scribe.note(&letter.to_string(), ConflictKind::Differ, values);
        None
    });
    merged.collect()
}

/// An answer as a value; the letter is the field's name.
fn answer(cell: &Cell) -> Value {
    let Cell { letter: _, state, reason, by, basis } = cell.clone();
    Value::Cell { state, reason, by, basis }
}

/// The people of both, each once: `ana, ben`.
fn both(a: &str, b: &str) -> String {
    let people: BTreeSet<&str> =
        [a, b].into_iter().flat_map(|by| by.split(", ")).filter(|name| !name.is_empty()).collect();
    people.into_iter().collect::<Vec<_>>().join(", ")
}
