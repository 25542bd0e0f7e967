//! What it costs to type a model: every key counts, names included.

use std::collections::BTreeSet;

use strideboard::{
    app::key::Key,
    session::{ComponentId, Session},
};

use super::driver::Driver;

/// Keys for the model of `sessions/aws-microservices.tm.ron`: names are typed once and completed after that, a component
/// gets zone and kind where it is first named, and flows with the same assets share a line.
const MODEL: &[&str] = &[
    "czone Public edge i<tab><enter>",
    "czone Functions<enter>",
    "czone Identity i<tab><enter>",
    "czone Data is<tab><enter>",
    "czone Upload area i<tab><enter>",
    "czone Log account is<tab><enter>",
    // A captured name has at most three words; longer ones are finished in the form.
    "casset Passwords r<tab><enter>e<enter> and reset codes<enter><esc>",
    "casset tokens r<tab><enter>e<enter><home>Access and refresh <enter><esc>",
    "casset Member profiles c<tab><enter>",
    "casset Agreed terms c<tab><enter>",
    "casset Uploaded photos c<tab><enter>",
    "casset Private feedback c<tab><enter>",
    "casset Audit trail<enter>",
    "cBrowser @Internet -> API Gateway @P<tab> apigw [pr<tab>,m<tab>,p<tab>,ac<tab>] https<enter>",
    "cA<tab> -> Register function @F<tab> lambda -> User pool @I<tab> cognito [m<tab>,p<tab>]<enter>",
    "cA<tab> -> Sign-in function @F<tab> lambda -> Us<tab> [p<tab>,ac<tab>]<enter>",
    "cA<tab> -> Recover function @F<tab> lambda -> Us<tab> [p<tab>]<enter>",
    "cA<tab> -> Upload function @F<tab> lambda [ac<tab>]<enter>",
    "cA<tab> -> Feedback function @F<tab> lambda [pr<tab>,ac<tab>]<enter>",
    "cB<tab> -> Photo inbox @U<tab> s3 [u<tab>] https<enter>",
    "cP<tab> -> Up<tab> [u<tab>]<enter>",
    "cF<tab> -> Feedback table @D<tab> dynamodb [pr<tab>]<enter>",
    "cReg<tab> -> Profile table @D<tab> dynamodb [ag<tab>,m<tab>]<enter>",
    "cS<tab> -> Central logs @L<tab> cloudwatch [au<tab>]<enter>",
];

/// Zones, components, flows and assets by what people call them.
fn model(session: &Session) -> [BTreeSet<String>; 4] {
    let name = |id: &ComponentId| session.components.get(id).unwrap().name.clone();
    let carried = |assets: &[strideboard::session::AssetId]| {
        assets.iter().map(|id| session.assets.get(id).unwrap().name.clone()).collect::<BTreeSet<_>>()
    };
    [
        session.zones.iter().map(|zone| format!("{} {:?}", zone.name, zone.exposure)).collect(),
        session
            .components
            .iter()
            .map(|c| {
                let zone = c.zone.as_ref().and_then(|id| session.zones.get(id)).map(|zone| zone.name.as_str());
                format!("{} {} {:?} {zone:?}", c.name, c.kind, c.element)
            })
            .collect(),
        session
            .flows
            .iter()
            // The line says protocols of one word; `aws api, sigv4` takes the form.
            .map(|f| {
                let protocol = f.protocol.split(',').next().filter(|word| *word == "https").unwrap_or("");
                format!("{} -> {} {protocol} {:?}", name(&f.from), name(&f.to), carried(&f.assets))
            })
            .collect(),
        session.assets.iter().map(|asset| format!("{} {:?}", asset.name, asset.class)).collect(),
    ]
}

#[test]
fn a_model_of_twelve_components_and_fourteen_flows_takes_at_most_900_keys() {
    let driver = MODEL.iter().fold(Driver::empty(), |driver, keys| driver.keys(keys));
    assert_eq!(model(&driver.session()), model(&Driver::open("aws-microservices").session()));
    let keys: usize = MODEL.iter().map(|keys| Key::parse_sequence(keys).unwrap().len()).sum();
    println!("{keys} keys");
    assert!(keys <= 900, "{keys} keys");
}

/// From nothing to a first complete model: a template, its names, every core cell answered, the top risks rated.
///
/// A room that knows its system accepts what is true there, mostly the first suggestion, and rates it at once. One threat
/// is its own: a capture costs its words. Most other cells are clear, and some do not apply.
#[test]
fn a_first_complete_model_from_a_template_takes_at_most_400_keys() {
    let mut keys = "taws-m<enter>Meadow<enter><enter><enter>".to_owned();
    let mut driver = Driver::browser(&[]).keys(&keys);
    let mut press = |driver: &mut Driver, more: &str| {
        driver.press(more);
        keys.push_str(more);
    };
    let (mut walked, mut accepted) = (0, 0);
    loop {
        press(&mut driver, "<space>");
        let session = driver.session();
        if driver.model().document.as_ref().unwrap().outline().total().core.open() == 0 {
            break;
        }
        let (place, letter) = driver.model().cell().unwrap();
        let answer = match walked % 9 {
            _ if walked == 40 => "Iphotos show where people live<enter>r43",
            // Not always the first one says it best.
            1 => "o1r34",
            4 => "o2r25",
            6 => "o1r23",
            // The first reason of the list, where the pair of ends makes it so.
            8 => "n<enter>",
            _ => "x",
        };
        press(&mut driver, answer);
        assert_ne!(driver.session(), session, "{place:?} {letter}");
        accepted += usize::from(answer.starts_with('o'));
        walked += 1;
    }
    let total = *driver.model().document.as_ref().unwrap().outline().total();
    assert_eq!((total.core.open(), total.unrated), (0, 0));
    assert_eq!(driver.session().threats().count(), accepted + 1);
    let count = Key::parse_sequence(&keys).unwrap().len();
    println!("{count} keys for {walked} core cells, {accepted} of them accepted");
    assert!(accepted * 4 >= walked, "{accepted} of {walked}");
    assert!(count <= 400, "{count} keys");
}
