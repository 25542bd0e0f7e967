//! Exchanging two records in the meeting's order.
//!
//! Owns which ranks change so that two records change places and no other moves.

use crate::session::{AssetId, ComponentId, EditError, FlowId, Session, ZoneId, edit::EntryId, whereabouts::Known};

impl Session {
    pub(super) fn swap(&mut self, a: &EntryId, b: &EntryId, known: Known<'_>) -> Result<(), EditError> {
        for id in [a, b] {
            if !self.holds(id, known) {
                return Err(EditError::Missing(id.clone()));
            }
        }
        macro_rules! swap_ranks {
            ($table:expr, $a:expr, $b:expr, $key:expr) => {{
                let order = $table.iter().map(|r| (r.rank, $key(&r.id))).collect();
                for (rank, key) in exchanged(order, &$key($a), &$key($b)) {
                    $table.get_mut(&key.1).into_iter().for_each(|r| r.rank = rank);
                }
            }};
        }
        match (a, b) {
            (EntryId::Zone(a), EntryId::Zone(b)) => swap_ranks!(self.zones, a, b, |id: &ZoneId| ((), id.clone())),
            (EntryId::Asset(a), EntryId::Asset(b)) => swap_ranks!(self.assets, a, b, |id: &AssetId| ((), id.clone())),
            (EntryId::Component(a), EntryId::Component(b)) => {
                swap_ranks!(self.components, a, b, |id: &ComponentId| ((), id.clone()));
            }
            (EntryId::Flow(a), EntryId::Flow(b)) => swap_ranks!(self.flows, a, b, |id: &FlowId| (id.number(), *id)),
            (EntryId::Threat(a), EntryId::Threat(b)) => {
                let order = self.threats().map(|(_, threat)| threat.order()).collect();
                for (rank, id) in exchanged(order, a, b) {
                    self.threat_mut(id, known)?.rank = Some(rank);
                }
            }
            _ => return Err(EditError::NotComparable),
        }
        Ok(())
    }
}

/// The ranks to change so that `a` and `b` stand where the other stood, and everything else where it was.
///
/// Mostly these are their two ranks. Records of equal rank stand by id and cannot be told apart by exchanging ranks;
/// those behind move up as far as they must.
fn exchanged<K: Ord + Clone>(mut order: Vec<(u32, K)>, a: &K, b: &K) -> Vec<(u32, K)> {
    order.sort_unstable();
    let at = |id: &K| order.iter().position(|(_, key)| key == id);
    let (Some(first), Some(second)) = (at(a), at(b)) else { return Vec::new() };
    let before = order.clone();
    order[first].1.clone_from(b);
    order[second].1.clone_from(a);
    for n in 1..order.len() {
        if order[n] <= order[n - 1] {
            let step = u32::from(order[n].1 < order[n - 1].1);
            order[n].0 = order[n - 1].0.saturating_add(step);
        }
    }
    let moved = |n: &usize| *n == first || *n == second || order[*n].0 != before[*n].0;
    let moved: Vec<usize> = (0..order.len()).filter(moved).filter(|_| first != second).collect();
    moved.into_iter().map(|n| order[n].clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Asset, Edit, Text};

    #[test]
    fn swapping_exchanges_two_and_leaves_the_others_where_they_were_even_without_ranks() {
        let asset = |(name, rank): &(&str, u32)| Asset {
            id: name.parse().unwrap(),
            rank: *rank,
            name: (*name).to_owned(),
            class: crate::session::Class::default(),
            note: Text::default(),
        };
        let order = |session: &Session| {
            let mut order: Vec<_> = session.assets.iter().map(|a| (a.rank, a.id.to_string())).collect();
            order.sort_unstable();
            order.into_iter().map(|(_, id)| id).collect::<Vec<_>>().concat()
        };
        let id = |name: &str| EntryId::Asset(name.parse().unwrap());
        let without = [("a", 0), ("b", 0), ("c", 0), ("d", 0)];
        let with = [("a", 1), ("b", 2), ("c", 3), ("d", 9)];
        for (ranks, a, b, wanted, touched) in [
            (without, "a", "b", "bacd", 3),
            (without, "b", "a", "bacd", 3),
            (without, "d", "c", "abdc", 1),
            (without, "a", "a", "abcd", 0),
            (with, "b", "c", "acbd", 2),
            (with, "d", "a", "dbca", 2),
        ] {
            let session = Session { assets: ranks.iter().map(asset).collect(), ..Session::new("x") };
            let swapped = session.apply(&Edit::Swap(id(a), id(b))).unwrap();
            assert_eq!(order(&swapped), wanted, "{a} and {b}");
            let changed = session.assets.iter().zip(swapped.assets.iter()).filter(|(a, b)| a != b).count();
            assert_eq!(changed, touched, "{a} and {b}");
        }
    }
}
