//! Tables of records: ordered by id, shared between versions of a session, a list in the file.
//!
//! Refuses: positions. A record is found by its id; the order of a meeting is a field of the record.

use std::{borrow::Borrow, collections::BTreeMap, fmt, sync::Arc};

use serde::{Deserialize, Serialize, de, ser::SerializeSeq};

/// A record with an identity.
pub trait Record: Clone {
    /// Its identity; the order of ids is the order in the file.
    type Id: Ord + Clone + fmt::Display;

    /// The identity of this record.
    fn id(&self) -> &Self::Id;
}

/// Most records that stand together in a table; changing one copies the pointers of its neighbours only.
const NEIGHBOURS: usize = 64;

type Chunk<T> = Vec<(<T as Record>::Id, Arc<T>)>;

/// Records by id. Cloning costs one reference count; changing one record copies the pointers of its neighbours, neither
/// the records nor the pointers of the rest. So the price of an edit hardly depends on the size of the session.
pub struct Table<T: Record> {
    /// In order of the ids; no chunk is empty.
    chunks: Arc<Vec<Arc<Chunk<T>>>>,
    len: usize,
}

impl<T: Record> Table<T> {
    /// Number of records.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The chunk that holds this id if any does; the last one for an id after all others.
    fn chunk_of<Q: Ord + ?Sized>(&self, id: &Q) -> usize
    where
        T::Id: Borrow<Q>,
    {
        let before = |chunk: &Arc<Chunk<T>>| chunk.last().is_some_and(|(last, _)| last.borrow() < id);
        self.chunks.partition_point(before).min(self.chunks.len().saturating_sub(1))
    }

    /// Chunk and place in it.
    fn find<Q: Ord + ?Sized>(&self, id: &Q) -> Option<(usize, usize)>
    where
        T::Id: Borrow<Q>,
    {
        let chunk = self.chunk_of(id);
        let at = self.chunks.get(chunk)?.binary_search_by(|(other, _)| other.borrow().cmp(id)).ok()?;
        Some((chunk, at))
    }

    fn entries(&self) -> impl DoubleEndedIterator<Item = &(T::Id, Arc<T>)> + ExactSizeIterator + '_ {
        Counted { inner: self.chunks.iter().flat_map(|chunk| chunk.iter()), left: self.len }
    }

    /// The record with this id.
    pub fn get<Q: Ord + ?Sized>(&self, id: &Q) -> Option<&T>
    where
        T::Id: Borrow<Q>,
    {
        let (chunk, at) = self.find(id)?;
        Some(&self.chunks[chunk][at].1)
    }

    /// Whether a record has this id.
    pub fn contains<Q: Ord + ?Sized>(&self, id: &Q) -> bool
    where
        T::Id: Borrow<Q>,
    {
        self.find(id).is_some()
    }

    /// The records in file order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator + '_ {
        self.entries().map(|(_, record)| record.as_ref())
    }

    /// The shared records in file order; two versions of an untouched record are the same pointer.
    pub fn shared(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> + ExactSizeIterator + '_ {
        self.entries().map(|(_, record)| record)
    }

    /// The ids in file order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &T::Id> + ExactSizeIterator + '_ {
        self.entries().map(|(id, _)| id)
    }

    /// Whether both are the very same table, without looking inside.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.chunks, &other.chunks)
    }

    /// The records that are not the very same in two versions of a table, in file order: what it is here, what it is
    /// there. What the versions share is stepped over without being looked at.
    pub fn differences<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = Difference<'a, T>> + 'a {
        let (mut here, mut there) = (Cursor::new(self), Cursor::new(other));
        std::iter::from_fn(move || {
            loop {
                while here.at_shared(&there) {
                    here.skip_chunk();
                    there.skip_chunk();
                }
                let (a, b) = match (here.peek(), there.peek()) {
                    (None, None) => return None,
                    (Some(a), Some(b)) => (a.0 <= b.0, b.0 <= a.0),
                    (a, b) => (a.is_some(), b.is_some()),
                };
                match (a.then(|| here.step()).flatten(), b.then(|| there.step()).flatten()) {
                    (Some(a), Some(b)) if Arc::ptr_eq(a, b) => {}
                    differ => return Some(differ),
                }
            }
        })
    }

    /// Adds or replaces a record.
    pub fn insert(&mut self, record: T) -> Option<Arc<T>> {
        let id = record.id().clone();
        let index = self.chunk_of(&id);
        let chunks = Arc::make_mut(&mut self.chunks);
        let Some(chunk) = chunks.get_mut(index) else {
            chunks.push(Arc::new(vec![(id, Arc::new(record))]));
            self.len = 1;
            return None;
        };
        let records = Arc::make_mut(chunk);
        match records.binary_search_by(|(other, _)| other.cmp(&id)) {
            Ok(at) => Some(std::mem::replace(&mut records[at].1, Arc::new(record))),
            Err(at) => {
                records.insert(at, (id, Arc::new(record)));
                self.len += 1;
                if records.len() > NEIGHBOURS {
                    let rest = records.split_off(NEIGHBOURS / 2);
                    chunks.insert(index + 1, Arc::new(rest));
                }
                None
            }
        }
    }

    /// Takes a record out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, id: &Q) -> Option<Arc<T>>
    where
        T::Id: Borrow<Q>,
    {
        let (index, at) = self.find(id)?;
        let chunks = Arc::make_mut(&mut self.chunks);
        let records = Arc::make_mut(&mut chunks[index]);
        let (_, record) = records.remove(at);
        if records.is_empty() {
            chunks.remove(index);
        }
        self.len -= 1;
        Some(record)
    }

    /// The record with this id, ready to be changed in place; copies what other versions share.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, id: &Q) -> Option<&mut T>
    where
        T::Id: Borrow<Q>,
    {
        let (index, at) = self.find(id)?;
        let records = Arc::make_mut(&mut Arc::make_mut(&mut self.chunks)[index]);
        Some(Arc::make_mut(&mut records[at].1))
    }

    /// Changes every record for which `wants` holds, leaving the others shared.
    pub fn change_where(&mut self, wants: impl Fn(&T) -> bool, mut change: impl FnMut(&mut T)) {
        if !self.iter().any(&wants) {
            return;
        }
        for chunk in Arc::make_mut(&mut self.chunks) {
            if chunk.iter().any(|(_, record)| wants(record)) {
                for (_, record) in Arc::make_mut(chunk).iter_mut().filter(|(_, record)| wants(record)) {
                    change(Arc::make_mut(record));
                }
            }
        }
    }

    /// A table of records that stand in order, each id once.
    fn of_ordered(records: impl Iterator<Item = (T::Id, Arc<T>)>) -> Self {
        let mut table = Self::default();
        let chunks = Arc::make_mut(&mut table.chunks);
        let mut chunk = Vec::new();
        for record in records {
            table.len += 1;
            chunk.push(record);
            // Half full, so that what comes later finds room.
            if chunk.len() == NEIGHBOURS / 2 {
                chunks.push(Arc::new(std::mem::take(&mut chunk)));
            }
        }
        if !chunk.is_empty() {
            chunks.push(Arc::new(chunk));
        }
        table
    }
}

/// What a record is in one version of a table and in another; `None` where it is not.
pub type Difference<'a, T> = (Option<&'a Arc<T>>, Option<&'a Arc<T>>);

/// A place in a table.
struct Cursor<'a, T: Record> {
    chunks: &'a [Arc<Chunk<T>>],
    at: usize,
}

impl<'a, T: Record> Cursor<'a, T> {
    fn new(table: &'a Table<T>) -> Self {
        Self { chunks: &table.chunks, at: 0 }
    }

    /// Whether both stand at the start of one chunk.
    fn at_shared(&self, other: &Self) -> bool {
        let start = self.at == 0 && other.at == 0;
        start && self.chunks.first().zip(other.chunks.first()).is_some_and(|(a, b)| Arc::ptr_eq(a, b))
    }

    fn skip_chunk(&mut self) {
        (self.chunks, self.at) = (self.chunks.get(1..).unwrap_or_default(), 0);
    }

    fn peek(&self) -> Option<&'a (T::Id, Arc<T>)> {
        self.chunks.first()?.get(self.at)
    }

    fn step(&mut self) -> Option<&'a Arc<T>> {
        let (_, record) = self.peek()?;
        self.at += 1;
        if self.chunks.first().is_some_and(|chunk| chunk.len() == self.at) {
            self.skip_chunk();
        }
        Some(record)
    }
}

/// An iterator that knows how many are left.
struct Counted<I> {
    inner: I,
    left: usize,
}

impl<I: Iterator> Iterator for Counted<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        self.left = self.left.saturating_sub(1);
        self.inner.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }
}

impl<I: DoubleEndedIterator> DoubleEndedIterator for Counted<I> {
    fn next_back(&mut self) -> Option<I::Item> {
        self.left = self.left.saturating_sub(1);
        self.inner.next_back()
    }
}

impl<I: Iterator> ExactSizeIterator for Counted<I> {}

impl<T: Record> Default for Table<T> {
    fn default() -> Self {
        Self { chunks: Arc::default(), len: 0 }
    }
}

impl<T: Record> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self { chunks: Arc::clone(&self.chunks), len: self.len }
    }
}

impl<T: Record + PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        let same = |(a, b): Difference<'_, T>| a.zip(b).is_some_and(|(a, b)| a == b);
        self.len == other.len && (self.same(other) || self.differences(other).all(same))
    }
}

impl<T: Record + fmt::Debug> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Record> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(records: I) -> Self {
        let records: BTreeMap<_, _> = records.into_iter().map(|r| (r.id().clone(), Arc::new(r))).collect();
        Self::of_ordered(records.into_iter())
    }
}

impl<T: Record + Serialize> Serialize for Table<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.len()))?;
        for record in self.iter() {
            list.serialize_element(record)?;
        }
        list.end()
    }
}

impl<'de, T: Record + Deserialize<'de>> Deserialize<'de> for Table<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List<T>(std::marker::PhantomData<T>);

        impl<'de, T: Record + Deserialize<'de>> de::Visitor<'de> for List<T> {
            type Value = Table<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of records")
            }

            // A second record with the same id would silently replace the first in any map, so it is an error here.
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut list: A) -> Result<Table<T>, A::Error> {
                let mut records = BTreeMap::new();
                while let Some(record) = list.next_element::<T>()? {
                    let id = record.id().clone();
                    if records.contains_key(&id) {
                        return Err(de::Error::custom(format_args!(
                            "`{id}` stands here twice; two records cannot share an id"
                        )));
                    }
                    records.insert(id, Arc::new(record));
                }
                Ok(Table::of_ordered(records.into_iter()))
            }
        }

        deserializer.deserialize_seq(List(std::marker::PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Zone;

    fn zone(number: usize) -> Zone {
        Zone {
            id: format!("z-{number}").parse().unwrap(),
            rank: number as u32,
            name: String::new(),
            parent: None,
            exposure: crate::session::Exposure::default(),
            note: crate::session::Text::default(),
        }
    }

    #[test]
    fn a_table_holds_what_a_map_holds_whatever_comes_and_goes() {
        let (mut table, mut map) = (Table::default(), BTreeMap::new());
        let mut versions = Vec::new();
        for step in 0..2_000_usize {
            let number = step * 7919 % 613;
            let record = zone(number);
            if step % 3 == 2 {
                assert_eq!(table.remove(&record.id).as_deref(), map.remove(&record.id).as_ref());
            } else {
                assert_eq!(table.insert(record.clone()).as_deref(), map.insert(record.id.clone(), record).as_ref());
            }
            assert_eq!(table.len(), map.len());
            if step % 100 == 0 {
                assert!(table.iter().eq(map.values()) && table.keys().eq(map.keys()));
                assert!(table.iter().rev().eq(map.values().rev()) && table.iter().len() == map.len());
                assert!((0..613).all(|n| table.get(&zone(n).id) == map.get(&zone(n).id)));
                versions.push((table.clone(), map.clone()));
            }
        }
        assert!(versions.iter().all(|(table, map)| table.iter().eq(map.values())), "versions share but never change");
        for ((a, x), (b, y)) in versions.iter().zip(versions.iter().skip(1)) {
            let found: Vec<_> =
                a.differences(b).filter(|(a, b)| a != b).map(|(a, b)| a.or(b).unwrap().id.clone()).collect();
            let ids: std::collections::BTreeSet<_> = x.keys().chain(y.keys()).cloned().collect();
            let wanted: Vec<_> = ids.into_iter().filter(|id| x.get(id) != y.get(id)).collect();
            assert_eq!((found, a == b), (wanted, x == y));
        }
    }

    #[test]
    fn changing_one_record_leaves_all_but_its_neighbours_unlooked_at() {
        let before: Table<Zone> = (0..1_000).map(zone).collect();
        let mut after = before.clone();
        after.get_mut("z-500").unwrap().name = "x".into();
        after.insert(zone(5_000));
        after.remove("z-7");
        let differ: Vec<_> = before.differences(&after).map(|(a, b)| (a.is_some(), b.is_some())).collect();
        assert_eq!(differ, [(true, true), (false, true), (true, false)]);
        let copied = after.chunks.iter().filter(|c| !before.chunks.iter().any(|other| Arc::ptr_eq(c, other))).count();
        assert!(copied <= 4, "{copied} chunks were copied");
    }
}
