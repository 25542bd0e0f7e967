//! Templates against what they stand for: the worked examples, and a team's own file.

use std::{collections::BTreeSet, fs, path::Path};

use strideboard::{
    app::template::start,
    catalog::{
        Kinds,
        template::{Template, source, template, templates},
    },
    format::{session::decode, team::decode_template},
    session::{AssetId, ComponentId, Session},
};

fn drawn(template: &Template) -> Session {
    start(template, &[].into(), Kinds::builtin(), "New", jiff::civil::date(2026, 11, 20), &mut || 0).unwrap()
}

/// Zones, assets, components and flows by what people call them, without labels and what was said about them.
fn structure(session: &Session) -> BTreeSet<String> {
    let zone = |id: &Option<_>| id.as_ref().and_then(|id| session.zones.get(id)).map(|zone| zone.name.as_str());
    let assets = |ids: &[AssetId]| {
        let names: BTreeSet<&str> = ids.iter().map(|id| session.assets.get(id).unwrap().name.as_str()).collect();
        format!("{names:?}")
    };
    let name = |id: &ComponentId| session.components.get(id).unwrap().name.as_str();
    let zones = session.zones.iter().map(|z| format!("{} in {:?}, {:?}", z.name, zone(&z.parent), z.exposure));
    let listed = session.assets.iter().map(|a| format!("{} {:?}", a.name, a.class));
    let components = session.components.iter().map(|c| {
        format!("{} {} {:?} @{:?} {:?} {}", c.name, c.kind, c.element, zone(&c.zone), c.entry_points, assets(&c.assets))
    });
    let flows = session
        .flows
        .iter()
        .map(|f| format!("{} -> {}: {} {}", name(&f.from), name(&f.to), f.protocol, assets(&f.assets)));
    zones.chain(listed).chain(components).chain(flows).collect()
}

#[test]
fn the_aws_templates_draw_what_the_worked_examples_are_about() {
    for id in ["aws-web-hosting", "aws-microservices"] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions").join(format!("{id}.tm.ron"));
        let example = decode(&fs::read(file).unwrap()).unwrap();
        let (drawn, example) = (structure(&drawn(template(id).unwrap())), structure(&example));
        let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect::<Vec<_>>().join("\n");
        assert_eq!(only(&drawn, &example), "", "{id}: only the template has this");
        assert_eq!(only(&example, &drawn), "", "{id}: only the example has this");
    }
}

#[test]
fn the_file_of_a_template_is_the_form_a_team_writes_its_own_in() {
    for template in templates() {
        let (read, _) = decode_template(source(&template.id).unwrap().as_bytes()).unwrap();
        assert_eq!(read, **template);
    }
}
