//! A small web shop, written down line by line as it would be in a meeting.

use super::{Context, capture_all, nowhere};
use crate::session::{Class, Element, Exposure, Letter, NoteKind, Place, Session};

const DRAWING: &str = "
# in: browse, log in, order
# out: batch export
person Ana Ruiz developer, owner
person Ben defender

zone Cloud
zone Edge < Cloud internet
zone App < Cloud
zone Data < Cloud isolated
asset credentials restricted
asset orders confidential

- customer @Internet human
- web @Edge
- shop api @App aws.apigw
- orders db @Data aws.rds
- customer -> web: open shop https
- web -> shop api: log in [credentials] https
- shop api -> orders db: place order [orders] sql
- shop api <-> redis: session [session keys]
entry web: pages
entry shop api: REST routes partner
";

const FINDING: &str = "
1. F2 S: stolen cookie replayed !4x4 ~ana %credentials
2. F2 I: error page shows stack trace
3. orders db T: backup changed by an insider
4. ? limit per account @F2 :D
5. + rotate session keys @T1
6. = TLS ends at the load balancer @web
7. > ben: ask for the restore test by friday
8. \" nobody owns the cache
9. cache poisoned
";

#[test]
fn a_web_shop_is_drawn_and_discussed_by_lines_alone() {
    let empty = Session::new("Shop");
    let (drawn, session) = capture_all(DRAWING, &nowhere(&empty), &mut || 0);
    assert_eq!(drawn.len(), 20);
    assert_eq!((drawn[0].line, drawn[2].line), (2, 4));
    let warnings: Vec<&String> = drawn.iter().flat_map(|captured| &captured.warnings).collect();
    assert!(warnings.is_empty(), "{warnings:?}");
    assert_eq!((session.zones.len(), session.components.len(), session.flows.len()), (5, 5, 5));
    assert_eq!(session.scope.lines().count(), 2);
    assert_eq!(session.zones.get("edge").unwrap().exposure, Exposure::Internet);
    assert_eq!(session.zones.get("internet").unwrap().exposure, Exposure::Internet);
    assert_eq!(session.zones.get("data").unwrap().parent.as_ref().unwrap().as_str(), "cloud");
    let redis = session.components.get("redis").unwrap();
    assert_eq!((redis.kind.as_str(), redis.element), ("cache", Element::Store));
    assert_eq!(session.components.get("customer").unwrap().element, Element::Actor);
    assert_eq!(session.components.get("web").unwrap().entry_points[0].exposure, Exposure::Internet);
    assert_eq!(session.components.get("shop-api").unwrap().entry_points[0].exposure, Exposure::Partner);
    assert_eq!(session.assets.get("session-keys").unwrap().class, Class::Internal);
    let mut ranks: Vec<u32> = session.components.iter().map(|c| c.rank).collect();
    ranks.sort_unstable();
    assert_eq!(ranks, [1, 2, 3, 4, 5]);

    let flow = session.flows.iter().find(|f| f.id.number() == 3).map(|f| Place::Flow(f.id));
    let ctx = Context { place: flow.clone(), letter: Some(Letter::T), ..nowhere(&session) };
    let (found, after) = capture_all(FINDING, &ctx, &mut || 0);
    let became: Vec<&str> = found.iter().map(|captured| captured.became.as_str()).collect();
    assert_eq!(
        became,
        [
            "threat T1 S on F2 web → shop api, likelihood 4, impact 4, %credentials",
            "threat T2 I on F2 web → shop api",
            "threat T3 T on orders db",
            "question N1 parks D on F2 web → shop api",
            "mitigation M1 for T1",
            "assumption A1 on web",
            "action N2 for Ben by 2026-05-08",
            "quote N3",
            "threat T4 T on F3 shop api → orders db",
        ]
    );
    let f2 = after.flows.iter().find(|f| f.id.number() == 2).map(|f| Place::Flow(f.id)).unwrap();
    assert_eq!(after.open_questions(&f2, Letter::D).count(), 1);
    assert_eq!(after.threats_at(&f2).unwrap().len(), 2);
    assert!(after.notes.iter().any(|n| n.kind == NoteKind::Quote && n.place.is_none()));
    assert!(after.unfiled.is_empty());
}
