//! Made-up sessions of any size, the same every time.

use strideboard::{
    method::basis::basis,
    session::{
        Acceptance, Answer, Asset, AssetId, Assumption, AssumptionState, Cell, Class, Component, ComponentId, Element,
        Exposure, Flow, FlowId, Letter, Mitigation, MitigationState, Note, NoteKind, Person, Place, Rating, Response,
        Session, Text, Threat, ThreatId, Zone, ZoneId,
        id::{ALPHABET, slug},
    },
};

/// How many records of the two kinds that a session grows by; the others follow from them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    /// Flows.
    pub(crate) flows: usize,
    /// Threats: most on flows, some on components, a few without a place.
    pub(crate) threats: usize,
}

/// The same numbers for everybody: splitmix64.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % sides.max(1) as u64) as usize
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }

    fn tail(&mut self) -> [u8; 3] {
        [(); 3].map(|()| ALPHABET[self.roll(ALPHABET.len())])
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.pick(WORDS)).collect();
        words.join(" ")
    }
}

const WORDS: &[&str] = &[
    "token", "session", "gateway", "attacker", "replays", "forges", "reads", "log", "queue", "tenant", "key",
    "browser", "without", "limit", "expired", "order", "payment", "guesses", "admin", "backup",
];
const PARTS: &[&str] = &["api", "worker", "store", "portal", "queue", "cache", "ledger", "mailer", "gateway", "search"];
const PROTOCOLS: &[&str] = &["https", "sql", "amqp", "grpc"];

/// A session of this size, with zones, components, answers, ratings, mitigations and notes in proportion.
pub(crate) fn session(size: Size) -> Session {
    let mut dice = Dice(size.flows as u64);
    let mut session = Session::new("Order platform");
    session.workload = "shop".into();
    session.owner = "platform team".into();
    let components = (size.flows / 2).max(4);
    let zones = zones(&mut session, components);
    let assets = assets(&mut session, components);
    let ends: Vec<ComponentId> = (0..components)
        .map(|index| {
            let name = format!("{} {}", PARTS[index % PARTS.len()], index / PARTS.len() + 1);
            let mut component = Component::new(id(&slug(&name)), name);
            component.rank = index as u32 + 1;
            component.zone = Some(zones[index % zones.len()].clone());
            component.element =
                [Element::Process, Element::Process, Element::Store, Element::Actor, Element::External][index % 5];
            component.assets = vec![assets[index % assets.len()].clone()];
            let id = component.id.clone();
            session.components.insert(component);
            id
        })
        .collect();
    let flows: Vec<FlowId> = (0..size.flows)
        .map(|index| {
            let (from, to) = (index % ends.len(), (index * 7 + 3) % ends.len());
            let id = FlowId::new(index as u32 + 1, dice.tail());
            let mut flow = Flow::new(id, ends[from].clone(), ends[to].clone());
            flow.label = dice.words(2);
            flow.protocol = dice.pick(PROTOCOLS).into();
            flow.assets = vec![assets[dice.roll(assets.len())].clone()];
            session.flows.insert(flow);
            id
        })
        .collect();
    people(&mut session);
    let mitigations = mitigations(&mut session, &mut dice, size.threats / 5);
    for index in 0..size.threats {
        // Two in a hundred have no place, eight stand on a component. Of the flows every other one stays without
        // threats, as in a session under way.
        let place = match index % 50 {
            0 => Place::Unfiled,
            1..=4 => Place::Component(ends[dice.roll(ends.len())].clone()),
            _ => Place::Flow(flows[dice.roll(flows.len() / 2) * 2]),
        };
        let mut threat = threat(index, &mut dice, &mitigations);
        threat.basis = basis(&session, &place);
        threat.assets = vec![assets[dice.roll(assets.len())].clone()];
        match &place {
            Place::Flow(id) => session.flows.get_mut(id).map(|flow| flow.threats.insert(threat)),
            Place::Component(id) => session.components.get_mut(id).map(|c| c.threats.insert(threat)),
            Place::Unfiled => Some(session.unfiled.insert(threat)),
        };
    }
    for (index, flow) in flows.iter().enumerate().filter(|(index, _)| index % 3 == 0) {
        let now = basis(&session, &Place::Flow(*flow));
        if let Some(flow) = session.flows.get_mut(flow) {
            for letter in [Letter::ALL[index % 6], Letter::ALL[(index + 2) % 6]] {
                flow.cells.set(Cell { basis: now, by: "ana".into(), ..Cell::new(letter, Answer::Clear) });
            }
        }
    }
    notes(&mut session, &mut dice, &flows);
    session
}

/// A session in which every zone stands inside the next.
pub(crate) fn zones_inside_each_other(count: usize) -> Session {
    let mut session = Session::new("Deep");
    session.zones = (0..count)
        .map(|index| Zone {
            id: id(&format!("zone-{index}")),
            rank: 0,
            name: "Zone".into(),
            parent: Some(id(&format!("zone-{}", index + 1))).filter(|_| index + 1 < count),
            exposure: Exposure::default(),
            note: Text::default(),
        })
        .collect();
    session
}

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().expect("made-up ids are ids")
}

fn zones(session: &mut Session, components: usize) -> Vec<ZoneId> {
    let count = (components / 8).max(3);
    (0..count)
        .map(|index| {
            let zone: ZoneId = id(&format!("zone-{}", index + 1));
            session.zones.insert(Zone {
                id: zone.clone(),
                rank: index as u32 + 1,
                name: format!("Zone {}", index + 1),
                parent: (index > 0).then(|| id(&format!("zone-{}", index / 4 + 1))).filter(|p| *p != zone),
                exposure: [Exposure::Internet, Exposure::Internal, Exposure::Isolated][index % 3],
                note: Text::default(),
            });
            zone
        })
        .collect()
}

fn assets(session: &mut Session, components: usize) -> Vec<AssetId> {
    (0..(components / 5).max(3))
        .map(|index| {
            let asset: AssetId = id(&format!("asset-{}", index + 1));
            session.assets.insert(Asset {
                id: asset.clone(),
                rank: index as u32 + 1,
                name: format!("asset {}", index + 1),
                class: Class::default(),
                note: Text::default(),
            });
            asset
        })
        .collect()
}

fn people(session: &mut Session) {
    for name in ["Ana", "Ben", "Chen"] {
        session.people.insert(Person { id: id(&slug(name)), name: name.into(), roles: Vec::new() });
    }
}

fn mitigations(session: &mut Session, dice: &mut Dice, count: usize) -> Vec<strideboard::session::MitigationId> {
    (0..count.max(2))
        .map(|index| {
            let id = strideboard::session::MitigationId::new(index as u32 + 1, dice.tail());
            let mut mitigation = Mitigation::new(id, dice.words(4));
            mitigation.state = MitigationState::ALL[index % MitigationState::ALL.len()];
            mitigation.owner = dice.pick(&["ana", "ben", "chen"]).into();
            mitigation.text = dice.words(20).as_str().into();
            session.mitigations.insert(mitigation);
            id
        })
        .collect()
}

fn threat(index: usize, dice: &mut Dice, mitigations: &[strideboard::session::MitigationId]) -> Threat {
    let id = ThreatId::new(index as u32 + 1, dice.tail());
    let mut threat = Threat::new(id, Letter::ALL[dice.roll(6)], dice.words(7));
    threat.source = dice.words(3);
    threat.action = dice.words(6);
    threat.impact = dice.words(4);
    threat.by = "ana".into();
    let rating = |dice: &mut Dice| {
        Some(Rating { likelihood: Some(dice.roll(5) as u8 + 1), impact: Some(dice.roll(5) as u8 + 1) })
    };
    if !index.is_multiple_of(4) {
        threat.inherent = rating(dice);
        threat.current = rating(dice);
    }
    if !index.is_multiple_of(3) {
        threat.response = Some(Response::Mitigate);
        threat.mitigations = (0..2).map(|_| mitigations[dice.roll(mitigations.len())]).collect();
        threat.mitigations.sort_unstable();
        threat.mitigations.dedup();
    } else if index.is_multiple_of(9) {
        threat.response = Some(Response::Accept);
        threat.acceptance = Some(Acceptance { by: "ben".into(), reason: dice.words(5), until: None });
    }
    if index % 40 == 39 {
        threat.withdrawn = Some("said twice".into());
    }
    threat
}

fn notes(session: &mut Session, dice: &mut Dice, flows: &[FlowId]) {
    for index in 0..flows.len() / 4 {
        let tail = dice.tail();
        let mut note = Note::new(
            strideboard::session::NoteId::new(index as u32 + 1, tail),
            [NoteKind::Question, NoteKind::Action, NoteKind::Quote][index % 3],
            dice.words(6),
        );
        if index % 3 == 0 {
            note.place = Some(Place::Flow(flows[index * 4 + 1]));
            note.letter = Some(Letter::ALL[index % 6]);
        }
        session.notes.insert(note);
    }
    for index in 0..flows.len() / 10 {
        session.assumptions.insert(Assumption {
            id: strideboard::session::AssumptionId::new(index as u32 + 1, dice.tail()),
            text: dice.words(6),
            place: None,
            state: AssumptionState::default(),
            by: "chen".into(),
            tripwires: Vec::new(),
            note: Text::default(),
        });
    }
}
