//! Lines that draw: what each becomes and what the session knows then.

use super::{check, nowhere, on_a_cell};

#[test]
fn a_line_with_an_arrow_is_a_flow() {
    check(
        nowhere,
        &[
            ("browser -> api: search https", "flow F3 browser → api: search", "browser → api 'search' https"),
            ("browser → api: search", "flow F3 browser → api: search", "browser → api 'search'"),
            (
                "Browser=>API:search [terms, credentials] %basket HTTPS",
                "flow F3 browser → api: search; new asset terms, asset basket",
                "browser → api 'search' %terms %credentials %basket https",
            ),
            ("browser -> api https", "flow F3 browser → api", "browser → api '' https"),
            ("browser -> api https [credentials]", "flow F3 browser → api", "browser → api '' %credentials https"),
            ("browser -> cdn -> api", "flows F3 browser → cdn, F4 cdn → api; new component cdn", "browser → cdn ''"),
            (
                "api <-> redis: session",
                "flows F3 api → redis, F4 redis → api: session; new component redis",
                "api → redis 'session'",
            ),
            (
                "api -> order service: place order grpc",
                "flow F3 api → order service (process): place order; new component order service",
                "api → order-service 'place order' grpc",
            ),
            (
                "worker @App process -> users: nightly clean-up",
                "flow F3 worker → users: nightly clean-up; new zone App, component worker",
                "worker → users 'nightly clean-up'",
            ),
            ("spa -> api: search", "flow F3 browser → api: search", "browser → api 'search'"),
            ("api -> s3", "flow F3 api → s3; new component s3", "api → s3 ''"),
            ("api -> api: retry", "flow F3 api → api: retry", "api → api 'retry'"),
            ("browser -> api: maps x -> y", "flow F3 browser → api: maps x -> y", "browser → api 'maps x -> y'"),
            (
                "browser -> api: 100 %20 [see: x",
                "flow F3 browser → api: 100 %20 [see: x",
                "browser → api '100 %20 [see: x'",
            ),
            (
                "a -> b -> c: copy",
                "flows F3 a (process) → b (process), F4 b (process) → c (process): copy; new component a, component b, component c",
                "a → b 'copy'",
            ),
            (
                "browser --> api [credentials]: search",
                "flow F3 browser → api: search",
                "browser → api 'search' %credentials",
            ),
        ],
    );
}

#[test]
fn a_protocol_may_have_several_words() {
    check(
        nowhere,
        &[
            ("browser -> api: search mutual TLS", "flow F3 browser → api: search", "browser → api 'search' mutual tls"),
            ("api -> users: save sql over tls", "flow F3 api → users: save", "api → users 'save' sql over tls"),
            ("api -> users sql over tls", "flow F3 api → users", "api → users '' sql over tls"),
            ("api -> users: save \"TDS 8\"", "flow F3 api → users: save", "api → users 'save' TDS 8"),
            ("api -> users \"TDS 8\" %terms", "flow F3 api → users; new asset terms", "api → users '' %terms TDS 8"),
            ("api -> users: hand over tls", "flow F3 api → users: hand over", "api → users 'hand over' tls"),
            (
                "api -> users: says \"hello\" twice",
                "flow F3 api → users: says \"hello\" twice",
                "api → users 'says \"hello\" twice'",
            ),
        ],
    );
}

#[test]
fn quotes_hold_names_together() {
    check(
        nowhere,
        &[
            (
                "\"order history: read\" -> \"a -> b\": look",
                "flow F3 order history: read (process) → a -> b (process): look; new component order history: read, component a -> b",
                "order-history-read → a-b 'look'",
            ),
            (
                "web @\"Public edge\" -> api: call",
                "flow F3 web → api: call; new zone Public edge, component web",
                "web → api 'call'",
            ),
            (
                "\"order history read model\" @\"Public edge\" aws.rds",
                "component order history read model in zone Public edge, aws.rds; new zone Public edge",
                "'order history read model' @public-edge Store aws.rds",
            ),
            (
                "browser -> api: search [\"the list of all orders\"]",
                "flow F3 browser → api: search; new asset the list of all orders",
                "browser → api 'search' %the-list-of-all-orders",
            ),
            (
                "zone \"Edge of the public network\" < VPC internet",
                "zone Edge of the public network in VPC, internet; new zone VPC",
                "'Edge of the public network' < vpc Internet",
            ),
            (
                "asset \"keys: old ones too\" restricted",
                "asset keys: old ones too, restricted",
                "'keys: old ones too' Restricted",
            ),
        ],
    );
}

#[test]
fn a_long_name_needs_no_quotes_at_the_end_of_a_flow_that_says_what_moves() {
    check(
        nowhere,
        &[
            (
                "customer order history service -> users: reads",
                "flow F3 customer order history service (process) → users: reads; new component customer order history service",
                "customer-order-history-service → users 'reads'",
            ),
            (
                "customer order history service -> users",
                "threat T2 T (letter guessed) in the unfiled tray",
                "unfiled T 'customer order history service -> users' by mo",
            ),
        ],
    );
}

#[test]
fn a_flow_that_is_there_is_not_doubled() {
    check(
        nowhere,
        &[
            (
                "browser -> api: Login",
                "flow F1 browser → api is there already",
                "browser → api 'login' %credentials https",
            ),
            (
                "browser -> api: login %session-key tls",
                "changes flow F1 browser → api: %session-key, tls; new asset session-key",
                "browser → api 'login' %credentials %session-key tls",
            ),
            (
                "browser <-> api: login",
                "flow F3 api → browser: login; flow F1 browser → api is there already",
                "api → browser 'login'",
            ),
        ],
    );
}

#[test]
fn an_arrow_in_a_sentence_is_no_flow() {
    check(
        on_a_cell,
        &[
            (
                "stolen token -> attacker reads all orders and mail",
                "threat T2 S on F1 browser → api",
                "F1 S 'stolen token -> attacker reads all orders and mail' by mo",
            ),
            ("T: header x -> y", "threat T2 T on F1 browser → api", "F1 T 'header x -> y' by mo"),
            ("-> api", "threat T2 S on F1 browser → api", "F1 S '-> api' by mo"),
            ("F3 -> api", "threat T2 S on F1 browser → api", "F1 S 'F3 -> api' by mo"),
            ("api ->", "threat T2 S on F1 browser → api", "F1 S 'api ->' by mo"),
            ("they said: a -> b", "threat T2 S on F1 browser → api", "F1 S 'they said: a -> b' by mo"),
        ],
    );
}

#[test]
fn a_name_in_a_zone_is_a_component() {
    check(
        on_a_cell,
        &[
            (
                "gateway @Edge aws.apigw",
                "component gateway in zone Edge, aws.apigw",
                "'gateway' @edge Process aws.apigw",
            ),
            ("api @DMZ", "changes component api in zone DMZ; new zone DMZ", "'api' @dmz Process api"),
            ("API @edge aws.apigw", "changes component api in zone Edge, aws.apigw", "'api' @edge Process aws.apigw"),
            ("api @Edge", "component api is there already", "'api' @edge Process api"),
            ("redis @App", "component redis in zone App; new zone App", "'redis' @app Store cache"),
            (
                "order service @App",
                "component order service in zone App (process); new zone App",
                "'order service' @app Process",
            ),
            (
                "pay service @Edge AWS.Lambda",
                "component pay service in zone Edge, aws.lambda",
                "'pay service' @edge Process aws.lambda",
            ),
            ("api @Edge aws.apgw", "component api is there already", "'api' @edge Process api"),
            ("api @Edge stolen", "threat T2 S on F1 browser → api", "F1 S 'api @Edge stolen' by mo"),
            ("stolen cookie @api", "threat T2 S (letter guessed) on api", "api S 'stolen cookie' by mo"),
            ("stolen cookie @home", "threat T2 S on F1 browser → api", "F1 S 'stolen cookie @home' by mo"),
            ("mail to ana@example.com", "threat T2 S on F1 browser → api", "F1 S 'mail to ana@example.com' by mo"),
        ],
    );
}

#[test]
fn brackets_behind_a_component_say_what_it_holds() {
    check(
        on_a_cell,
        &[
            (
                "photos @Data aws.s3 [pictures, credentials]",
                "component photos in zone Data, aws.s3; new asset pictures",
                "'photos' @data Store aws.s3 %pictures %credentials",
            ),
            ("users [credentials]", "changes component users in zone Data", "'users' @data Store sqldb %credentials"),
            ("stolen list [see ticket]", "threat T2 S on F1 browser → api", "F1 S 'stolen list [see ticket]' by mo"),
            ("users [x] are read", "threat T2 S on F1 browser → api", "F1 S 'users [x] are read' by mo"),
        ],
    );
}

#[test]
fn a_component_goes_into_the_middle_of_a_flow() {
    check(
        on_a_cell,
        &[
            (
                "F1 via lb",
                "changes flow F1 browser → lb; new flow F3 lb → api; new component lb",
                "browser → lb 'login' %credentials https",
            ),
            (
                "F2 via query proxy @Data",
                "changes flow F2 api → query proxy; new flow F3 query proxy → users; new component query proxy (process)",
                "api → query-proxy 'look up' sql",
            ),
            (
                "f1 via users",
                "changes flow F1 browser → users; new flow F3 users → api",
                "browser → users 'login' %credentials https",
            ),
            ("F1 via api", "flow F1 browser → api stays as it is", "browser → api 'login' %credentials https"),
            ("F1 via the admin port", "threat T2 S on F1 browser → api", "F1 S 'via the admin port' by mo"),
            ("F9 via lb", "threat T2 S on F1 browser → api", "F1 S 'F9 via lb' by mo"),
        ],
    );
}

#[test]
fn a_number_makes_several_of_a_component() {
    check(
        on_a_cell,
        &[
            ("api x3", "new components api-2, api-3 like api, 4 flows", "'api 2' @edge Process api"),
            ("users x2", "new component users-2 like users, 1 flow", "'users 2' @data Store sqldb"),
            ("api x1", "threat T2 S on F1 browser → api", "F1 S 'api x1' by mo"),
            ("cookie x3", "threat T2 S on F1 browser → api", "F1 S 'cookie x3' by mo"),
        ],
    );
}

#[test]
fn keywords_make_records() {
    check(
        on_a_cell,
        &[
            ("zone VPC", "zone VPC, internal", "'VPC' < - Internal"),
            ("zone Edge < VPC", "changes zone Edge in VPC, internal; new zone VPC", "'Edge' < vpc Internal"),
            ("zone Lake < Data isolated", "zone Lake in Data, isolated", "'Lake' < data Isolated"),
            ("zone Edge internet", "changes zone Edge, internet", "'Edge' < - Internet"),
            ("zone Edge", "zone Edge is there already", "'Edge' < - Internal"),
            ("zone Edge < Edge", "zone Edge is there already", "'Edge' < - Internal"),
            ("zone Partner", "zone Partner, partner", "'Partner' < - Partner"),
            (
                "zone transfer open to the whole world",
                "threat T2 S on F1 browser → api",
                "F1 S 'zone transfer open to the whole world' by mo",
            ),
            ("zone", "threat T2 S on F1 browser → api", "F1 S 'zone' by mo"),
            ("asset orders", "asset orders, internal", "'orders' Internal"),
            ("asset credentials restricted", "changes asset credentials, restricted", "'credentials' Restricted"),
            ("asset client secret: restricted", "asset client secret, restricted", "'client secret' Restricted"),
            ("asset session keys secret", "asset session keys, restricted", "'session keys' Restricted"),
            (
                "asset list can be read by anyone",
                "threat T2 S on F1 browser → api",
                "F1 S 'asset list can be read by anyone' by mo",
            ),
            ("person Cleo", "person Cleo", "'Cleo' []"),
            (
                "person Cleo Marsh developer, defender",
                "person Cleo Marsh, developer, defender",
                "'Cleo Marsh' [Developer, Defender]",
            ),
            (
                "person cleo marsh appsec and moderator",
                "person cleo marsh, appsec, moderator",
                "'cleo marsh' [AppSec, Moderator]",
            ),
            (
                "person ana: moderator",
                "changes person Ana Ruiz, developer, moderator",
                "'Ana Ruiz' [Developer, Moderator]",
            ),
            ("person in the middle", "threat T2 S on F1 browser → api", "F1 S 'person in the middle' by mo"),
            (
                "entry api: REST routes internet",
                "entry point of api: REST routes, internet",
                "'api' @edge Process api <REST routes Internet>",
            ),
            (
                "entry users: SQL port",
                "entry point of users: SQL port, internal",
                "'users' @data Store sqldb <SQL port Internal>",
            ),
            (
                "entry \"users\": SQL port",
                "entry point of users: SQL port, internal",
                "'users' @data Store sqldb <SQL port Internal>",
            ),
            ("entry badge: cloned", "threat T2 S on F1 browser → api", "F1 S 'entry badge: cloned' by mo"),
        ],
    );
}
