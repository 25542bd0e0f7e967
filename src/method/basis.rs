//! What an answer rested on, as a fingerprint: enough to notice that something changed and to say what kind of thing.
//!
//! A [`Basis`] holds two characters for each [`Aspect`]. The fingerprint of an aspect is fixed for good, because it is
//! stored in files: FNV-1a with 32 bits over the aspect's fields in the order written below, each field as UTF-8 followed
//! by the byte `FF` (which UTF-8 never contains), folded to ten bits as `(h >> 10 ^ h) & 3FF`, upper five bits first,
//! written in [`ALPHABET`]. Lower-casing touches ASCII only, so no Unicode table can change a stored answer.
//!
//! | aspect | of a flow | of a component |
//! |---|---|---|
//! | ends | id, element, kind of the source, then of the target | its id, element, kind |
//! | zones | zone id and exposure of the source, then of the target | its zone id and exposure |
//! | assets | id and class of each, sorted, each once | the same |
//! | protocol | trimmed, in lower case | name and exposure of each entry point, sorted |
//!
//! What does not exist is written as an empty id, or as its id and `missing`.
//!
//! Limitations: ten bits miss one change in 1,024. Names are left out on purpose: renaming changes nothing that an
//! answer rests on.

use crate::session::{
    AssetId, Basis, Class, Component, ComponentId, Element, EntryPoint, Exposure, Place, Session, ZoneId, id::ALPHABET,
};

/// One thing an answer rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// The components at both ends, or the component itself.
    Ends,
    /// The zones they stand in.
    Zones,
    /// What is carried or held.
    Assets,
    /// How it moves; for a component, the ways in.
    Protocol,
    /// An assumption that the reason names. It is in no [`Basis`]: whether it holds is known without one.
    Assumption,
}

impl Aspect {
    /// All aspects in the order of a [`Basis`].
    pub const ALL: [Self; 4] = [Self::Ends, Self::Zones, Self::Assets, Self::Protocol];

    /// What changed, as in "decided before *its assets* changed".
    pub fn words(self, place: &Place) -> &'static str {
        match (self, place) {
            (Self::Ends, Place::Component(_)) => "its kind",
            (Self::Ends, _) => "its ends",
            (Self::Zones, Place::Component(_)) => "its zone",
            (Self::Zones, _) => "a zone",
            (Self::Assets, _) => "its assets",
            (Self::Protocol, Place::Component(_)) => "its entry points",
            (Self::Protocol, _) => "its protocol",
            (Self::Assumption, _) => "an assumption it leans on",
        }
    }
}

/// What an answer given now at `place` rests on; `None` where nothing can be answered.
pub fn basis(session: &Session, place: &Place) -> Option<Basis> {
    match place {
        Place::Flow(id) => {
            let flow = session.flows.get(id)?;
            let mut print = Prints::default();
            for end in [&flow.from, &flow.to] {
                print.end(end, session.components.get(end));
                print.zone(session, session.components.get(end).and_then(|c| c.zone.as_ref()));
            }
            print.assets(session, &flow.assets);
            print.protocol.field(&flow.protocol.trim().to_ascii_lowercase());
            Some(print.finish())
        }
        Place::Component(id) => {
            let component = session.components.get(id)?;
            let mut print = Prints::default();
            print.end(id, Some(component));
            print.zone(session, component.zone.as_ref());
            print.assets(session, &component.assets);
            print.entry_points(&component.entry_points);
            Some(print.finish())
        }
        Place::Unfiled => None,
    }
}

/// Which aspects differ between what was stored and what holds now.
pub fn changed(stored: Basis, now: Basis) -> Vec<Aspect> {
    let pairs = stored.0.chunks(2).zip(now.0.chunks(2));
    Aspect::ALL
        .into_iter()
        .zip(pairs)
        .filter(|(_, (before, after))| before != after)
        .map(|(aspect, _)| aspect)
        .collect()
}

#[derive(Default)]
struct Prints {
    ends: Fnv,
    zones: Fnv,
    assets: Fnv,
    protocol: Fnv,
}

impl Prints {
    fn end(&mut self, id: &ComponentId, component: Option<&Component>) {
        self.ends.field(id.as_str());
        self.ends.field(component.map_or("missing", |c| element(c.element)));
        self.ends.field(component.map_or("", |c| c.kind.as_str()));
    }

    fn zone(&mut self, session: &Session, id: Option<&ZoneId>) {
        self.zones.field(id.map_or("", ZoneId::as_str));
        self.zones.field(id.map_or("", |id| session.zones.get(id).map_or("missing", |z| exposure(z.exposure))));
    }

    fn assets(&mut self, session: &Session, ids: &[AssetId]) {
        let mut ids: Vec<&AssetId> = ids.iter().collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            self.assets.field(id.as_str());
            self.assets.field(session.assets.get(id).map_or("missing", |asset| class(asset.class)));
        }
    }

    fn entry_points(&mut self, points: &[EntryPoint]) {
        let mut points: Vec<_> = points.iter().map(|point| (point.name.as_str(), exposure(point.exposure))).collect();
        points.sort_unstable();
        for (name, exposure) in points {
            self.protocol.field(name);
            self.protocol.field(exposure);
        }
    }

    fn finish(&self) -> Basis {
        let mut characters = [0; 8];
        let prints = [&self.ends, &self.zones, &self.assets, &self.protocol];
        for (two, print) in characters.chunks_mut(2).zip(prints) {
            two.copy_from_slice(&print.two_characters());
        }
        Basis(characters)
    }
}

/// FNV-1a with 32 bits.
struct Fnv(u32);

impl Default for Fnv {
    fn default() -> Self {
        Self(0x811c_9dc5)
    }
}

impl Fnv {
    fn field(&mut self, text: &str) {
        for byte in text.bytes().chain([0xff]) {
            self.0 = (self.0 ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    }

    fn two_characters(&self) -> [u8; 2] {
        let folded = (self.0 >> 10) ^ self.0;
        [folded >> 5, folded].map(|bits| ALPHABET[(bits & 31) as usize])
    }
}

// Words of their own rather than variant names: renaming a variant must not make every stored answer stale.

fn element(element: Element) -> &'static str {
    match element {
        Element::Actor => "actor",
        Element::Process => "process",
        Element::Store => "store",
        Element::External => "external",
    }
}

fn exposure(exposure: Exposure) -> &'static str {
    match exposure {
        Exposure::Isolated => "isolated",
        Exposure::Internal => "internal",
        Exposure::Partner => "partner",
        Exposure::Internet => "internet",
    }
}

fn class(class: Class) -> &'static str {
    match class {
        Class::Public => "public",
        Class::Internal => "internal",
        Class::Confidential => "confidential",
        Class::Restricted => "restricted",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::fixture::{component, flow, flow_id, login, web};

    type Change = fn(&mut Session);

    fn api() -> Place {
        Place::Component("api".parse().unwrap())
    }

    #[test]
    fn fingerprints_never_change_between_builds_because_files_hold_them() {
        let session = web();
        let at = |place: &Place| basis(&session, place).unwrap().to_string();
        assert_eq!(
            [at(&login()), at(&Place::Flow(flow_id("F2-b00"))), at(&api())],
            ["69b1dq8e", "bg4ddqts", "8m7zq2bf"]
        );
    }

    #[test]
    fn each_change_shows_in_its_own_aspect_and_in_no_other() {
        let table: [(&str, Change, Place, &[Aspect]); 12] = [
            ("nothing", |_| (), login(), &[]),
            ("a name", |s| s.components.get_mut("api").unwrap().name = "Gateway".into(), login(), &[]),
            ("a label", |s| s.flows.get_mut(&flow_id("F1-a00")).unwrap().label = "log in".into(), login(), &[]),
            (
                "case and spaces",
                |s| s.flows.get_mut(&flow_id("F1-a00")).unwrap().protocol = " HTTPS ".into(),
                login(),
                &[],
            ),
            (
                "an element",
                |s| s.components.get_mut("api").unwrap().element = Element::External,
                login(),
                &[Aspect::Ends],
            ),
            ("a kind", |s| s.components.get_mut("api").unwrap().kind = "aws.apigw".into(), login(), &[Aspect::Ends]),
            (
                "an exposure",
                |s| s.zones.get_mut("edge").unwrap().exposure = Exposure::Partner,
                login(),
                &[Aspect::Zones],
            ),
            ("a zone", |s| s.components.get_mut("api").unwrap().zone = None, login(), &[Aspect::Zones]),
            (
                "a class",
                |s| s.assets.get_mut("credentials").unwrap().class = Class::Restricted,
                login(),
                &[Aspect::Assets],
            ),
            (
                "a protocol",
                |s| s.flows.get_mut(&flow_id("F1-a00")).unwrap().protocol = "http".into(),
                login(),
                &[Aspect::Protocol],
            ),
            (
                "an entry point",
                |s| s.components.get_mut("api").unwrap().entry_points.clear(),
                api(),
                &[Aspect::Protocol],
            ),
            (
                "another end's protocol",
                |s| s.flows.get_mut(&flow_id("F1-a00")).unwrap().protocol = "http".into(),
                api(),
                &[],
            ),
        ];
        for (what, change, place, expected) in table {
            let (before, mut after) = (web(), web());
            change(&mut after);
            let found = changed(basis(&before, &place).unwrap(), basis(&after, &place).unwrap());
            assert_eq!(found, expected, "{what}");
        }
    }

    #[test]
    fn the_order_in_which_assets_were_named_does_not_matter() {
        let mut sessions = [web(), web()];
        for (session, order) in sessions.iter_mut().zip([["credentials", "cookie"], ["cookie", "credentials"]]) {
            let assets = order.map(|id| id.parse().unwrap()).to_vec();
            session.flows.get_mut(&flow_id("F1-a00")).unwrap().assets = assets;
        }
        let [a, b] = sessions.map(|session| basis(&session, &login()));
        assert_eq!(a, b);
    }

    #[test]
    fn a_removed_end_zone_or_asset_is_a_change_and_not_a_failure() {
        let before = basis(&web(), &login()).unwrap();
        let mut session = web();
        session.components.remove("api");
        session.assets.remove("credentials");
        let found = changed(before, basis(&session, &login()).unwrap());
        assert_eq!(found, [Aspect::Ends, Aspect::Zones, Aspect::Assets]);
        assert_eq!(basis(&session, &api()), None);
        assert_eq!(basis(&session, &Place::Unfiled), None);
    }

    #[test]
    fn fields_that_run_into_each_other_are_told_apart() {
        let print = |ends: [&str; 2]| {
            let mut session = Session::new("ends");
            session.components = ends.map(|id| component(id, Element::Process, None)).into_iter().collect();
            session.flows.insert(flow("F1-000", ends[0], ends[1]));
            basis(&session, &Place::Flow(flow_id("F1-000")))
        };
        assert_ne!(print(["ab", "c"]), print(["a", "bc"]));
        assert_ne!(print(["a", "b"]), print(["b", "a"]));
    }
}
