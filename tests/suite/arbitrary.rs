//! Sessions that nobody would write: for properties that must hold for every session.
//!
//! What is generated is sound where edits keep it sound: ids are unique and references lead somewhere. Everything else is
//! as hostile as the types allow.

use jiff::civil::{Date, date};
use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::*,
    sample::{Index, select, subsequence},
};
use strideboard::session::{
    Acceptance, Answer, Asset, AssetId, Assumption, AssumptionId, AssumptionState, Basis, Cell, Cells, Class,
    Component, ComponentId, Conflict, ConflictId, ConflictKind, Deviation, DeviationReason, Dismissal, Element,
    EntryId, EntryPoint, Exposure, Flow, FlowId, Layer, Letter, Level, Mitigation, MitigationId, MitigationState,
    Moment, Named, Note, NoteId, NoteKind, Person, PersonId, Phase, Place, Rating, Response, Responsibility, Role,
    ServiceClass, Session, Sitting, SittingId, Stop, Table, Text, Threat, ThreatId, Turn, Value, Verdict, Zone, ZoneId,
    id::ALPHABET,
};

/// What breaks encodings and terminals: quotes, backslashes, line breaks, controls, bidirectional marks, joiners, scripts.
#[rustfmt::skip]
pub(crate) const PIECES: &[&str] = &[
    "\"", "\\", "\\\"", "'", "\n", "\r\n", "\r", "\t", "\0", "\u{1b}[2J", "\u{7f}", "\u{85}", "\u{9b}", "(", ")",
    "[", "]", "),", "],", ",", ": ", "//", "/*", "*/", "r#\"", "\"#", "\\u{41}", "\\n", "Some(", "<<<<<<< HEAD",
    "\n=======\n", "\u{202e}", "\u{2066}", "\u{2069}", "\u{200b}", "\u{200d}", "\u{200c}", "\u{feff}", "\u{a0}",
    "\u{ad}", "\u{2028}", "\u{fe0f}", "\u{e0061}", "\u{e0100}", "👩‍💻", "⚠️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "平台", "e\u{301}",
    "\u{301}", "हिन्दी", "ไทย", "שלום", "مرحبا", "\u{10ffff}", "\u{e000}", "\u{fdd0}",
];

/// Text made of what breaks encodings: quotes, backslashes, line breaks, controls, bidirectional marks, joiners, scripts.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z ]{1,8}".boxed(),
        4 => select(PIECES).prop_map(str::to_owned).boxed(),
        1 => any::<char>().prop_map(String::from).boxed(),
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

pub(crate) fn words() -> impl Strategy<Value = String> {
    hostile().prop_map(|text| format!("w{text}"))
}

pub(crate) fn text() -> impl Strategy<Value = Text> {
    vec(hostile(), 0..4).prop_map(|lines| Text::from(lines.join("\n")))
}

fn day() -> impl Strategy<Value = Date> {
    (-9999_i16..=9999, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| date(y, m, d))
}

fn tail() -> impl Strategy<Value = [u8; 3]> {
    proptest::array::uniform3(select(&ALPHABET[..]))
}

/// Numbers with tails: numbers are unique, so ids are.
fn tails(most: usize) -> impl Strategy<Value = Vec<(u32, [u8; 3])>> {
    btree_map(1_u32..2000, tail(), 0..most).prop_map(|map| map.into_iter().collect())
}

fn names(most: usize) -> impl Strategy<Value = Vec<String>> {
    subsequence(vec!["api", "browser", "db-2", "zürich", "平台", "x", "a-very-long-name-of-something"], 0..most)
        .prop_map(|names| names.into_iter().map(str::to_owned).collect())
}

fn slug<T: std::str::FromStr>(name: &str) -> T {
    name.parse().unwrap_or_else(|_| panic!("{name} is a slug"))
}

fn picked<T: Clone>(from: &[T], indices: &[Index]) -> Vec<T> {
    if from.is_empty() { Vec::new() } else { indices.iter().map(|index| index.get(from).clone()).collect() }
}

fn indices() -> impl Strategy<Value = Vec<Index>> {
    vec(any::<Index>(), 0..3)
}

pub(crate) fn letter() -> impl Strategy<Value = Letter> {
    select(&Letter::ALL[..])
}

pub(crate) fn basis() -> impl Strategy<Value = Option<Basis>> {
    option::of(proptest::array::uniform8(select(&ALPHABET[..])).prop_map(Basis))
}

pub(crate) fn rating() -> impl Strategy<Value = Option<Rating>> {
    option::of((option::of(any::<u8>()), option::of(any::<u8>())))
        .prop_map(|rating| rating.map(|(likelihood, impact)| Rating { likelihood, impact }))
}

fn cells() -> impl Strategy<Value = Cells> {
    let answer = select(vec![Answer::Clear, Answer::NotApplicable, Answer::Inherited]);
    vec((letter(), answer, words(), hostile(), basis()), 0..4).prop_map(|cells| {
        let cell = |(letter, state, reason, by, basis)| Cell { letter, state, reason, by, basis };
        cells.into_iter().map(cell).collect()
    })
}

fn service_class() -> impl Strategy<Value = Option<ServiceClass>> {
    option::of(select(vec![ServiceClass::Infrastructure, ServiceClass::Container, ServiceClass::Abstracted]))
}

fn dismissed() -> impl Strategy<Value = Table<Dismissal>> {
    let row = select(vec!["web.T1", "flow.I1", "team.x", ""]);
    vec((row, hostile(), hostile()), 0..3)
        .prop_map(|all| all.into_iter().map(|(id, reason, by)| Dismissal { id: id.to_owned(), reason, by }).collect())
}

/// The ids a record may refer to.
#[derive(Debug, Clone)]
struct Known {
    zones: Vec<ZoneId>,
    assets: Vec<AssetId>,
    components: Vec<ComponentId>,
    people: Vec<PersonId>,
    mitigations: Vec<MitigationId>,
    flows: Vec<FlowId>,
    threats: Vec<ThreatId>,
    rest: Vec<(u32, [u8; 3])>,
}

fn known() -> impl Strategy<Value = Known> {
    (names(4), names(4), names(6), names(4), tails(4), tails(4), tails(6), tails(3)).prop_map(
        |(zones, assets, components, people, mitigations, flows, threats, rest)| Known {
            zones: zones.iter().map(|name| slug(name)).collect(),
            assets: assets.iter().map(|name| slug(name)).collect(),
            people: people.iter().map(|name| slug(name)).collect(),
            mitigations: mitigations.into_iter().map(|(n, t)| MitigationId::new(n, t)).collect(),
            // A flow needs ends.
            flows: if components.is_empty() {
                Vec::new()
            } else {
                flows.into_iter().map(|(n, t)| FlowId::new(n, t)).collect()
            },
            components: components.iter().map(|name| slug(name)).collect(),
            threats: threats.into_iter().map(|(n, t)| ThreatId::new(n, t)).collect(),
            rest,
        },
    )
}

fn place(known: &Known) -> impl Strategy<Value = Option<Place>> + use<> {
    let mut places = vec![None, Some(Place::Unfiled)];
    places.extend(known.flows.iter().map(|id| Some(Place::Flow(*id))));
    places.extend(known.components.iter().map(|id| Some(Place::Component(id.clone()))));
    select(places)
}

fn threat(id: ThreatId, known: Known) -> impl Strategy<Value = Threat> {
    let said = (letter(), vec(letter(), 0..3), words(), hostile(), hostile(), hostile(), hostile(), hostile());
    let judged =
        (option::of(any::<u32>()), rating(), rating(), rating(), option::of(response()), option::of(acceptance()));
    let rest = (hostile(), vec(hostile(), 0..3), option::of(hostile()), basis(), text(), indices(), indices());
    let rest = (rest, option::of(any::<u32>()), vec(hostile(), 0..3));
    (said, judged, rest).prop_map(move |(said, judged, rest)| {
        let (letter, also, statement, source, prerequisites, action, impact, by) = said;
        let (rank, inherent, current, target, response, acceptance) = judged;
        let ((origin, references, withdrawn, basis, note, assets, mitigations), spread, code) = rest;
        Threat {
            assets: picked(&known.assets, &assets),
            mitigations: picked(&known.mitigations, &mitigations),
            rank,
            also,
            source,
            prerequisites,
            action,
            impact,
            by,
            inherent,
            current,
            target,
            response,
            acceptance,
            origin,
            references,
            code,
            withdrawn,
            spread,
            basis,
            note,
            ..Threat::new(id, letter, statement)
        }
    })
}

fn response() -> impl Strategy<Value = Response> {
    select(vec![Response::Mitigate, Response::Eliminate, Response::Transfer, Response::Accept])
}

fn acceptance() -> impl Strategy<Value = Acceptance> {
    (hostile(), hostile(), option::of(day())).prop_map(|(by, reason, until)| Acceptance { by, reason, until })
}

fn exposure() -> impl Strategy<Value = Exposure> {
    select(vec![Exposure::Internal, Exposure::Isolated, Exposure::Partner, Exposure::Internet])
}

fn zone(id: ZoneId, parents: Vec<ZoneId>) -> impl Strategy<Value = Zone> {
    (any::<u32>(), words(), indices(), exposure(), text()).prop_map(move |(rank, name, parent, exposure, note)| Zone {
        id: id.clone(),
        rank,
        name,
        parent: picked(&parents, &parent).pop(),
        exposure,
        note,
    })
}

fn asset(id: AssetId) -> impl Strategy<Value = Asset> {
    let class = select(vec![Class::Public, Class::Internal, Class::Confidential, Class::Restricted]);
    (any::<u32>(), words(), class, text()).prop_map(move |(rank, name, class, note)| Asset {
        id: id.clone(),
        rank,
        name,
        class,
        note,
    })
}

fn component(id: ComponentId, known: Known) -> impl Strategy<Value = Component> {
    let element = select(vec![Element::Actor, Element::Process, Element::Store, Element::External]);
    let ways = vec((words(), exposure()), 0..3);
    let called = (words(), hostile(), element, service_class());
    (
        any::<u32>(),
        called,
        indices(),
        hostile(),
        ways,
        (indices(), (hostile(), basis(), vec(hostile(), 0..3)), deviations()),
        text(),
        cells(),
        dismissed(),
    )
        .prop_map(
            move |(
                rank,
                (name, kind, element, responsibility),
                zone,
                owner,
                ways,
                (assets, (model, taken, code), deviations),
                note,
                cells,
                dismissed,
            )| {
                Component {
                    rank,
                    kind,
                    element,
                    responsibility,
                    zone: picked(&known.zones, &zone).pop(),
                    owner,
                    entry_points: ways.into_iter().map(|(name, exposure)| EntryPoint { name, exposure }).collect(),
                    assets: picked(&known.assets, &assets),
                    model,
                    taken,
                    code,
                    deviations,
                    note,
                    cells,
                    dismissed,
                    ..Component::new(id.clone(), name)
                }
            },
        )
}

fn deviations() -> impl Strategy<Value = Table<Deviation>> {
    let baseline = select(vec!["tls", "mfa", "backup"]);
    let reason = select(DeviationReason::ALL.to_vec());
    let one = (baseline, reason, hostile(), hostile()).prop_map(|(baseline, reason, words, by)| Deviation {
        baseline: baseline.to_owned(),
        reason,
        words,
        by,
    });
    vec(one, 0..3).prop_map(|all| all.into_iter().collect())
}

fn flow(id: FlowId, known: Known) -> impl Strategy<Value = Flow> {
    let ends = (any::<Index>(), any::<Index>());
    (any::<u32>(), ends, hostile(), hostile(), indices(), text(), cells(), dismissed()).prop_map(
        move |(rank, (from, to), label, protocol, assets, note, cells, dismissed)| Flow {
            rank,
            label,
            protocol,
            assets: picked(&known.assets, &assets),
            note,
            cells,
            dismissed,
            ..Flow::new(id, from.get(&known.components).clone(), to.get(&known.components).clone())
        },
    )
}

fn mitigation(id: MitigationId) -> impl Strategy<Value = Mitigation> {
    let layer = option::of(select(vec![Layer::Prevent, Layer::Detect, Layer::Correct]));
    let who =
        select(vec![Responsibility::Us, Responsibility::Platform, Responsibility::Provider, Responsibility::Vendor]);
    let state = select(&MitigationState::ALL[..]);
    let seen = (hostile(), vec(hostile(), 0..3), vec(hostile(), 0..3));
    let verdict = option::of(select(vec![Verdict::Fits, Verdict::TooCostly, Verdict::Rework]));
    let business = (hostile(), verdict, hostile());
    (words(), state, hostile(), option::of(day()), hostile(), layer, who, (business, text()), seen, text()).prop_map(
        move |(title, state, owner, due, ticket, layer, responsibility, said, (origin, evidence, code), note)| {
            Mitigation {
                id,
                effect: said.0.0,
                verdict: said.0.1,
                monitor: said.0.2,
                title,
                state,
                owner,
                due,
                ticket,
                layer,
                responsibility,
                text: said.1,
                origin,
                evidence,
                code,
                note,
            }
        },
    )
}

fn person(id: PersonId) -> impl Strategy<Value = Person> {
    let roles = vec![
        Role::Business,
        Role::Developer,
        Role::Adversary,
        Role::Defender,
        Role::AppSec,
        Role::Moderator,
        Role::NoteTaker,
        Role::Owner,
    ];
    (words(), subsequence(roles, 0..8)).prop_map(move |(name, roles)| Person { id: id.clone(), name, roles })
}

fn assumption(id: AssumptionId, known: &Known) -> impl Strategy<Value = Assumption> + use<> {
    let state = select(vec![AssumptionState::Unconfirmed, AssumptionState::Confirmed, AssumptionState::Rejected]);
    let tripwires = subsequence(["exists a b", "lacks src/** \"x\"", "equals a.json b.0 c d"].to_vec(), 0..3);
    let tripwires = tripwires.prop_map(|all| all.iter().map(|one| one.parse().unwrap()).collect());
    let said = (words(), place(known), state, hostile(), tripwires, text());
    said.prop_map(move |(text, place, state, by, tripwires, note)| Assumption {
        id,
        text,
        place,
        state,
        by,
        tripwires,
        note,
    })
}

fn note(id: NoteId, known: &Known) -> impl Strategy<Value = Note> + use<> {
    let kind = select(vec![NoteKind::Question, NoteKind::Action, NoteKind::Quote]);
    (kind, words(), place(known), option::of(letter()), hostile(), hostile(), option::of(day()), text()).prop_map(
        move |(kind, text, place, letter, by, owner, due, answer)| Note {
            place,
            letter,
            by,
            owner,
            due,
            answer,
            ..Note::new(id, kind, text)
        },
    )
}

fn sitting(id: SittingId, people: Vec<PersonId>) -> impl Strategy<Value = Sitting> {
    let stop = option::of(select(&Stop::ALL[..]));
    let said = (hostile(), hostile(), text(), text(), text());
    let moments = vec(moment(people.clone()), 0..4);
    (day(), any::<u32>(), indices(), moments, stop, said, option::of(day())).prop_map(
        move |(date, minutes, present, moments, stop, (agenda, waived_by, summary, keep, change), next)| Sitting {
            id,
            date,
            minutes,
            agenda,
            present: picked(&people, &present),
            moments,
            stop,
            waived_by,
            summary,
            keep,
            change,
            next,
        },
    )
}

fn moment(people: Vec<PersonId>) -> impl Strategy<Value = Moment> {
    let phase = select(&Phase::ALL[..]);
    // The whole range of the clock, to the second.
    (0i64..4_000_000_000, 0..7, phase, any::<u32>(), any::<usize>(), any::<u32>()).prop_map(
        move |(second, turn, phase, minutes, person, decided)| {
            let person = (!people.is_empty()).then(|| people[person % people.len()].clone());
            let what = match (turn, person) {
                (0, _) => Turn::Begin(phase),
                (1, _) => Turn::Pause,
                (2, _) => Turn::Resume,
                (3, _) => Turn::Extend(minutes),
                (4, Some(person)) => Turn::Came(person),
                (5, Some(person)) => Turn::Left(person),
                _ => Turn::End,
            };
            Moment { at: jiff::Timestamp::from_second(second).unwrap(), what, decided }
        },
    )
}

/// Every field above the records.
fn header() -> impl Strategy<Value = Session> {
    let level = || option::of(select(&Level::ALL[..]));
    (hostile(), hostile(), hostile(), (hostile(), text()), hostile(), level(), level(), text(), text()).prop_map(
        |(title, workload, owner, (profile, intake), matrix, appetite, tolerance, scope, note)| Session {
            workload,
            owner,
            profile,
            intake,
            matrix,
            appetite,
            tolerance,
            scope,
            note,
            ..Session::new(title)
        },
    )
}

/// One side of a conflict: a few of each form a value can have.
fn side() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Nothing),
        Just(Value::Gone),
        hostile().prop_map(Value::Words),
        text().prop_map(Value::Lines),
        vec(hostile(), 0..3).prop_map(Value::Changed),
        (option::of(any::<u8>()), option::of(any::<u8>()))
            .prop_map(|(likelihood, impact)| Value::Rating { likelihood, impact }),
        (option::of(response()), option::of(acceptance()))
            .prop_map(|(response, acceptance)| Value::Response { response, acceptance }),
        (words(), hostile(), basis()).prop_map(|(reason, by, basis)| Value::Cell {
            state: Answer::NotApplicable,
            reason,
            by,
            basis
        }),
        vec((words(), exposure()), 0..3).prop_map(|ways| {
            Value::EntryPoints(ways.into_iter().map(|(name, exposure)| EntryPoint { name, exposure }).collect())
        }),
        deviations().prop_map(Value::Deviations),
        exposure().prop_map(Value::Exposure),
        day().prop_map(Value::Day),
    ]
}

/// What a merge may have left undecided about records that are there.
fn conflicts(session: &Session) -> impl Strategy<Value = Vec<Conflict>> + use<> {
    let records = session.components.keys().cloned().map(EntryId::Component);
    let records: Vec<Option<EntryId>> =
        records.chain(session.threat_ids().map(EntryId::Threat)).map(Some).chain([None]).collect();
    let field = select(vec!["current", "note", "S", "record", "entry_points", "deviations"]);
    let kind = select(vec![ConflictKind::Differ, ConflictKind::Removed, ConflictKind::Needed, ConflictKind::Together]);
    let one = (select(records), field, kind, (side(), side(), side()), hostile(), hostile());
    vec(
        one.prop_map(|(record, field, kind, (base, ours, theirs), ours_from, theirs_from)| Conflict {
            id: ConflictId::new(record, field),
            kind,
            base,
            ours,
            theirs,
            ours_from,
            theirs_from,
        }),
        0..3,
    )
}

/// Any sound session, now and then with something undecided.
pub(crate) fn session() -> impl Strategy<Value = Session> {
    let undecided = |session: Session| {
        let conflicts = conflicts(&session);
        conflicts.prop_map(move |conflicts| Session { conflicts: conflicts.into_iter().collect(), ..session.clone() })
    };
    prop_oneof![3 => decided(), 1 => decided().prop_flat_map(undecided)]
}

/// Any sound session without conflicts.
pub(crate) fn decided() -> impl Strategy<Value = Session> {
    known().prop_flat_map(|known| {
        let all = known.clone();
        let zones: Vec<_> =
            all.zones.iter().enumerate().map(|(n, id)| zone(id.clone(), all.zones[..n].to_vec())).collect();
        let assets: Vec<_> = all.assets.iter().cloned().map(asset).collect();
        let components: Vec<_> = all.components.iter().map(|id| component(id.clone(), known.clone())).collect();
        let flows: Vec<_> = all.flows.iter().map(|id| flow(*id, known.clone())).collect();
        let threats: Vec<_> = all.threats.iter().map(|id| (threat(*id, known.clone()), any::<Index>())).collect();
        let mitigations: Vec<_> = all.mitigations.iter().copied().map(mitigation).collect();
        let people: Vec<_> = all.people.iter().cloned().map(person).collect();
        let said: Vec<_> = all
            .rest
            .iter()
            .map(|(n, t)| {
                let people = known.people.clone();
                (
                    assumption(AssumptionId::new(*n, *t), &known),
                    note(NoteId::new(*n, *t), &known),
                    sitting(SittingId::new(*n, *t), people),
                )
            })
            .collect();
        (header(), people, zones, assets, (components, flows, threats), mitigations, said).prop_map(
            |(session, people, zones, assets, (components, flows, threats), mitigations, said)| {
                let mut session = Session {
                    people: people.into_iter().collect(),
                    zones: zones.into_iter().collect(),
                    assets: assets.into_iter().collect(),
                    components: components.into_iter().collect(),
                    flows: flows.into_iter().collect(),
                    mitigations: mitigations.into_iter().collect(),
                    assumptions: said.iter().map(|(assumption, ..)| assumption.clone()).collect(),
                    notes: said.iter().map(|(_, note, _)| note.clone()).collect(),
                    sittings: said.into_iter().map(|(.., sitting)| sitting).collect(),
                    ..session
                };
                let places: Vec<Place> = session.places().collect();
                for (threat, place) in threats {
                    let there = match place.get(&places) {
                        Place::Flow(id) => session.flows.get_mut(id).map(|flow| &mut flow.threats),
                        Place::Component(id) => session.components.get_mut(id.as_str()).map(|c| &mut c.threats),
                        Place::Unfiled => Some(&mut session.unfiled),
                    };
                    there.expect("the place was listed").insert(threat);
                }
                session
            },
        )
    })
}
