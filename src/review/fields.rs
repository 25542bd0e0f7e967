//! The fields of every record: how two versions of one are compared and how three are merged.
//!
//! Owns one table for each kind of record. A row names a field, or several that only make sense together, and the
//! strategy that merges it; the first name is what a conflict about the row is called. The record that a table puts
//! together names every field, so a new field without a row does not compile.
//!
//! Refuses: which records there are (`diff`, `merge`); it only looks at versions of one. Cells and threats stand inside
//! records and are identified by themselves, so they are merged by themselves.

mod grave;
mod lines;
mod refers;
mod said;
pub(super) mod strategy;

pub(super) use said::Said;
pub(super) use strategy::{Scribe, Three, cells};

use crate::session::{
    Asset, Assumption, Cells, Component, Flow, Mitigation, Note, Person, Sitting, Table, Threat, Value, Zone,
    edit::Header,
};

/// A record whose fields can be compared, merged and set one by one.
pub(super) trait Fields: Clone + PartialEq {
    /// Merges every field; what cannot be merged is written down by the scribe.
    fn merge(of: Three<&Self>, scribe: &mut Scribe<'_>) -> Self;

    /// The value of every row, in the order of the file.
    fn values(&self) -> Vec<(&'static str, Value)>;

    /// Gives a row the value of one side; `false` when the row does not exist or holds no such value.
    fn put(&mut self, field: &str, value: &Value) -> bool;

    /// The answered cells and the threats that stand inside.
    fn inside(&self) -> Option<(&Cells, &Table<Threat>)> {
        None
    }

    /// The same to be changed.
    fn inside_mut(&mut self) -> Option<(&mut Cells, &mut Table<Threat>)> {
        None
    }

    /// The rows and letters in which two versions differ.
    fn changed(&self, before: &Self) -> Vec<&'static str> {
        let rows = before.values().into_iter().zip(self.values()).filter(|(a, b)| a != b).map(|(a, _)| a.0);
        let inside = before.inside().zip(self.inside());
        let letters = inside.into_iter().flat_map(|((a, _), (b, _))| letters(a, b));
        rows.chain(letters).collect()
    }
}

/// The row that only says where in the meeting's order a record stands.
pub(super) const ORDER: &str = "rank";

/// The letters whose answers differ, as rows are named.
fn letters<'a>(before: &'a Cells, after: &'a Cells) -> impl Iterator<Item = &'static str> + 'a {
    use crate::session::Letter::{self, D, E, I, R, S, T};
    let names = [(S, "S"), (T, "T"), (R, "R"), (I, "I"), (D, "D"), (E, "E")];
    let differs = |(letter, _): &(Letter, &'static str)| before.get(*letter) != after.get(*letter);
    names.into_iter().filter(differs).map(|(_, name)| name)
}

/// One name by itself, two as a pair.
macro_rules! row {
    ($first:ident) => {
        $first
    };
    ($first:ident, $more:ident) => {
        ($first, $more)
    };
}

macro_rules! fields {
    (
        $record:ident apart from $($apart:ident),*;
        $($first:ident $(/ $more:ident)* => $strategy:ident,)+
        $({ $($extra:item)* })?
    ) => {
        impl Fields for $record {
            fn merge(of: Three<&Self>, scribe: &mut Scribe<'_>) -> Self {
                $(
                    // Most rows are the same on all sides; only those that are not are copied for all of them.
                    let row!($first $(, $more)*) = match of.agreed_on(|r| (&r.$first $(, &r.$more)*)) {
                        Some(r) => (r.$first.clone() $(, r.$more.clone())*),
                        None => {
                            let versions = of.map(|r| (r.$first.clone() $(, r.$more.clone())*));
                            strategy::$strategy(scribe, stringify!($first), versions)
                        }
                    };
                )+
                Self { $($apart: of.ours.$apart.clone(),)* $($first $(, $more)*),+ }
            }

            fn values(&self) -> Vec<(&'static str, Value)> {
                vec![$((stringify!($first), (self.$first.clone() $(, self.$more.clone())*).said())),+]
            }

            fn put(&mut self, field: &str, value: &Value) -> bool {
                $(
                    if field == stringify!($first) {
                        let Some(row!($first $(, $more)*)) = Said::heard(value) else { return false };
                        $(self.$more = $more;)*
                        self.$first = $first;
                        return true;
                    }
                )+
                false
            }

            $($($extra)*)?
        }
    };
}

fields! {
    Header apart from ;
    title => given,
    workload => whole,
    owner => whole,
    profile => whole,
    intake => text,
    matrix => whole,
    appetite => appetite,
    tolerance => tolerance,
    scope => text,
    note => text,
}

fields! {
    Person apart from id;
    name => given,
    roles => set,
}

fields! {
    Zone apart from id;
    rank => order,
    name => given,
    parent => refers,
    exposure => worst,
    note => text,
}

fields! {
    Asset apart from id;
    rank => order,
    name => given,
    class => worst,
    note => text,
}

fields! {
    Component apart from id, cells, threats;
    rank => order,
    name => given,
    kind / element => whole,
    responsibility => whole,
    zone => refers,
    owner => whole,
    entry_points => ways,
    assets => set,
    model => whole,
    taken => quiet,
    code => set,
    deviations => by_baseline,
    note => text,
    dismissed => dismissed,
    {
        fn inside(&self) -> Option<(&Cells, &Table<Threat>)> {
            Some((&self.cells, &self.threats))
        }

        fn inside_mut(&mut self) -> Option<(&mut Cells, &mut Table<Threat>)> {
            Some((&mut self.cells, &mut self.threats))
        }
    }
}

fields! {
    Flow apart from id, cells, threats;
    rank => order,
    from / to => refers,
    label => whole,
    protocol => whole,
    assets => set,
    note => text,
    dismissed => dismissed,
    {
        fn inside(&self) -> Option<(&Cells, &Table<Threat>)> {
            Some((&self.cells, &self.threats))
        }

        fn inside_mut(&mut self) -> Option<(&mut Cells, &mut Table<Threat>)> {
            Some((&mut self.cells, &mut self.threats))
        }
    }
}

fields! {
    Threat apart from id;
    rank => order,
    letter => given,
    also => set,
    statement => given,
    source => whole,
    prerequisites => whole,
    action => whole,
    impact => whole,
    assets => set,
    by => whole,
    inherent => by_rating,
    current => by_rating,
    target => by_rating,
    response / acceptance => open,
    mitigations => set,
    origin => whole,
    references => set,
    code => set,
    withdrawn => open,
    spread => whole,
    basis => quiet,
    note => text,
}

fields! {
    Mitigation apart from id;
    title => given,
    state => worst,
    owner => whole,
    due => whole,
    ticket => whole,
    layer => whole,
    responsibility => whole,
    effect => whole,
    verdict => whole,
    monitor => whole,
    text => text,
    origin => whole,
    evidence => set,
    code => set,
    note => text,
}

fields! {
    Assumption apart from id;
    text => given,
    place => refers,
    state => worst,
    by => whole,
    tripwires => set,
    note => text,
}

fields! {
    Note apart from id;
    kind => given,
    text => given,
    place / letter => refers,
    by => whole,
    owner => whole,
    due => whole,
    answer => text,
}

fields! {
    Sitting apart from id;
    date => given,
    minutes => whole,
    agenda => whole,
    present => set,
    moments => set,
    stop => open,
    waived_by => whole,
    summary => text,
    keep => text,
    change => text,
    next => whole,
}
