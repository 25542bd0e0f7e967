//! The JSON of `show`.
//!
//! `{ "version": 1, "path", "title", "workload", "owner", "state", "scope", "note", "risk", "coverage", "zones",
//! "assets", "components", "flows", "threats", "mitigations", "assumptions", "notes" }`.
//!
//! Ids are whole (`T31-k7q`); references are ids and may name what does not exist. Texts that were not said are empty,
//! single values that are not there are null. New fields may be added to version 1; none is renamed or taken out.
//!
//! | record | fields |
//! |---|---|
//! | `risk` | `matrix`, `appetite`, `tolerance` |
//! | `coverage` | `core` and `ask` (`decided`, `total`), `parked`, `stale`, `not_applicable`, `threats`, `unrated` |
//! | zone | `id`, `name`, `parent`, `exposure`, `note` |
//! | asset | `id`, `name`, `class`, `note` |
//! | component | `id`, `name`, `element`, `kind`, `responsibility` (`infrastructure`, `container`, `abstracted` or null: what the kind says), `zone`, `owner`, `entry_points` (`name`, `exposure`), `assets`, `model`, `code`, `deviations` (`baseline`, `reason`, `words`, `by`), `cells`, `dismissed`, `note` |
//! | flow | `id`, `from`, `to`, `label`, `protocol`, `assets`, `crosses`, `cells`, `dismissed`, `note` |
//! | dismissed | `id` of the row of the catalogue, `reason`, `by` |
//! | cell | `letter`, `state` (`open`, `clear`, `n/a`, `inherited`, `threats`, `parked`), `weight` (`core`, `ask`, `rare`), `decided`, `stale` (what changed), `reason`, `by` |
//! | threat | `id`, `letter`, `also`, `place` (`flow`, `component`, or null when unfiled), `statement`, `risk`, `inherent`, `current`, `target`, `response`, `acceptance` (`by`, `reason`, `until`), `status`, `mitigations`, `assets`, `by`, `origin`, `code`, `withdrawn`, `note`; worst first |
//! | rating | `likelihood`, `impact` (null when unknown), `risk` |
//! | `risk` of a threat or rating | `level` (`very-low` … `critical`, or null), `words` |
//! | mitigation | `id`, `title`, `state`, `owner`, `due`, `ticket`, `layer`, `responsibility`, `text`, `origin`, `evidence`, `code`, `note` |
//! | assumption | `id`, `text`, `place`, `state`, `by`, `tripwires`, `note` |
//! | note | `id`, `kind` (`question`, `action`, `quote`), `text`, `place`, `letter`, `by`, `owner`, `due`, `answer`, `open` |

mod build;

pub(super) use build::of;

use jiff::civil::Date;
use serde::Serialize;

use crate::cli::words::RiskWords;

#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    version: u32,
    path: String,
    title: &'a str,
    workload: &'a str,
    owner: &'a str,
    state: &'static str,
    scope: &'a str,
    note: &'a str,
    risk: Limits,
    coverage: Covered,
    zones: Vec<Zone<'a>>,
    assets: Vec<Asset<'a>>,
    components: Vec<Component<'a>>,
    flows: Vec<Flow<'a>>,
    threats: Vec<Threat<'a>>,
    mitigations: Vec<Mitigation<'a>>,
    assumptions: Vec<Assumption<'a>>,
    notes: Vec<Note<'a>>,
}

#[derive(Debug, Serialize)]
struct Limits {
    matrix: &'static str,
    appetite: &'static str,
    tolerance: &'static str,
}

#[derive(Debug, Serialize)]
struct Covered {
    core: Decided,
    ask: Decided,
    parked: usize,
    stale: usize,
    not_applicable: usize,
    threats: usize,
    unrated: usize,
}

#[derive(Debug, Serialize)]
struct Decided {
    decided: usize,
    total: usize,
}

#[derive(Debug, Serialize)]
struct Zone<'a> {
    id: String,
    name: &'a str,
    parent: Option<String>,
    exposure: &'static str,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Asset<'a> {
    id: String,
    name: &'a str,
    class: &'static str,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Component<'a> {
    id: String,
    name: &'a str,
    element: &'static str,
    kind: &'a str,
    responsibility: Option<&'static str>,
    zone: Option<String>,
    owner: &'a str,
    entry_points: Vec<EntryPoint<'a>>,
    assets: Vec<String>,
    model: &'a str,
    code: &'a [String],
    deviations: Vec<Deviation<'a>>,
    cells: Vec<Cell<'a>>,
    dismissed: Vec<Dismissal<'a>>,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Deviation<'a> {
    baseline: &'a str,
    reason: &'static str,
    words: &'a str,
    by: &'a str,
}

#[derive(Debug, Serialize)]
struct EntryPoint<'a> {
    name: &'a str,
    exposure: &'static str,
}

#[derive(Debug, Serialize)]
struct Flow<'a> {
    id: String,
    from: String,
    to: String,
    label: &'a str,
    protocol: &'a str,
    assets: Vec<String>,
    crosses: bool,
    cells: Vec<Cell<'a>>,
    dismissed: Vec<Dismissal<'a>>,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Cell<'a> {
    letter: String,
    state: &'static str,
    weight: &'static str,
    decided: bool,
    stale: Vec<&'static str>,
    reason: &'a str,
    by: &'a str,
}

#[derive(Debug, Serialize)]
struct Dismissal<'a> {
    id: &'a str,
    reason: &'a str,
    by: &'a str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Place {
    Flow(String),
    Component(String),
}

#[derive(Debug, Serialize)]
struct Threat<'a> {
    id: String,
    letter: String,
    also: Vec<String>,
    place: Option<Place>,
    statement: &'a str,
    risk: RiskWords,
    inherent: Option<Rating>,
    current: Option<Rating>,
    target: Option<Rating>,
    response: Option<&'static str>,
    acceptance: Option<Acceptance<'a>>,
    status: &'static str,
    mitigations: Vec<String>,
    assets: Vec<String>,
    by: &'a str,
    origin: &'a str,
    code: &'a [String],
    withdrawn: Option<&'a str>,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Rating {
    likelihood: Option<u8>,
    impact: Option<u8>,
    risk: RiskWords,
}

#[derive(Debug, Serialize)]
struct Acceptance<'a> {
    by: &'a str,
    reason: &'a str,
    until: Option<Date>,
}

#[derive(Debug, Serialize)]
struct Mitigation<'a> {
    id: String,
    title: &'a str,
    state: &'static str,
    owner: &'a str,
    due: Option<Date>,
    ticket: &'a str,
    layer: Option<&'static str>,
    responsibility: &'static str,
    effect: &'a str,
    verdict: Option<&'static str>,
    monitor: &'a str,
    text: &'a str,
    origin: &'a str,
    evidence: &'a [String],
    code: &'a [String],
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Assumption<'a> {
    id: String,
    text: &'a str,
    place: Option<Place>,
    state: &'static str,
    by: &'a str,
    tripwires: Vec<String>,
    note: &'a str,
}

#[derive(Debug, Serialize)]
struct Note<'a> {
    id: String,
    kind: &'static str,
    text: &'a str,
    place: Option<Place>,
    letter: Option<String>,
    by: &'a str,
    owner: &'a str,
    due: Option<Date>,
    answer: &'a str,
    open: bool,
}
