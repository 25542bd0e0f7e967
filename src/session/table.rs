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

/// Records by id. Cloning costs one reference count; changing one record copies the map of pointers, not the records.
pub struct Table<T: Record>(Arc<BTreeMap<T::Id, Arc<T>>>);

impl<T: Record> Table<T> {
    /// Number of records.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no record.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The record with this id.
    pub fn get<Q: Ord + ?Sized>(&self, id: &Q) -> Option<&T>
    where
        T::Id: Borrow<Q>,
    {
        self.0.get(id).map(AsRef::as_ref)
    }

    /// Whether a record has this id.
    pub fn contains<Q: Ord + ?Sized>(&self, id: &Q) -> bool
    where
        T::Id: Borrow<Q>,
    {
        self.0.contains_key(id)
    }

    /// The records in file order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator + '_ {
        self.0.values().map(AsRef::as_ref)
    }

    /// The shared records in file order; two versions of an untouched record are the same pointer.
    pub fn shared(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> + ExactSizeIterator + '_ {
        self.0.values()
    }

    /// The ids in file order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &T::Id> + ExactSizeIterator + '_ {
        self.0.keys()
    }

    /// Whether both are the very same table, without looking inside.
    pub fn same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Adds or replaces a record.
    pub fn insert(&mut self, record: T) -> Option<Arc<T>> {
        Arc::make_mut(&mut self.0).insert(record.id().clone(), Arc::new(record))
    }

    /// Takes a record out.
    pub fn remove<Q: Ord + ?Sized>(&mut self, id: &Q) -> Option<Arc<T>>
    where
        T::Id: Borrow<Q>,
    {
        if self.contains(id) { Arc::make_mut(&mut self.0).remove(id) } else { None }
    }

    /// The record with this id, ready to be changed in place; copies what other versions share.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, id: &Q) -> Option<&mut T>
    where
        T::Id: Borrow<Q>,
    {
        if !self.contains(id) {
            return None;
        }
        Arc::make_mut(&mut self.0).get_mut(id).map(Arc::make_mut)
    }

    /// Changes every record for which `wants` holds, leaving the others shared.
    pub fn change_where(&mut self, wants: impl Fn(&T) -> bool, mut change: impl FnMut(&mut T)) {
        if !self.iter().any(&wants) {
            return;
        }
        for record in Arc::make_mut(&mut self.0).values_mut().filter(|r| wants(r)) {
            change(Arc::make_mut(record));
        }
    }
}

impl<T: Record> Default for Table<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T: Record> Clone for Table<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: Record + PartialEq> PartialEq for Table<T> {
    fn eq(&self, other: &Self) -> bool {
        self.same(other) || self.0 == other.0
    }
}

impl<T: Record + fmt::Debug> fmt::Debug for Table<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Record> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(records: I) -> Self {
        Self(Arc::new(records.into_iter().map(|r| (r.id().clone(), Arc::new(r))).collect()))
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
                Ok(Table(Arc::new(records)))
            }
        }

        deserializer.deserialize_seq(List(std::marker::PhantomData))
    }
}
