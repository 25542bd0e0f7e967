//! Components by themselves: what no flow shows, such as admin access, upkeep, insiders and loss.

use super::Six;

/// A person, or a system somebody else runs.
pub(super) static EXTERNAL: Six = Six {
    s: &[
        "How did {self} first get an identity with us, and who checked what stands behind it?",
        "How many people or machines act as {self}, and how could we tell them apart?",
        "What would tell us that somebody else now acts as {self}, and how do we cut them off?",
    ],
    t: &[
        "What on the device or system of {self} could be changed without us seeing it?",
        "Which facts do we take from {self} and never compare with a second source?",
        "How could {self} be tricked or paid into changing {assets}?",
    ],
    r: &[
        "Which acts of {self} might we have to prove in a year, and with what?",
        "Where could {self} look up what was done under that name, and report what looks wrong?",
        "Which terms or instructions did {self} accept, and how would we find that exact version?",
    ],
    i: &[
        "What do we let {self} know about us that an attacker would love to know?",
        "Where might {assets} remain at {self} after use: downloads, screenshots, chats, paper?",
        "With whom could {self} share {assets}, and what was agreed about that?",
    ],
    d: &[
        "What could keep {self} from using us: a lost device, a blocked account, a dead network?",
        "What would we do if {self} went silent for a week or closed for good?",
        "How could careless or hostile use by {self} spoil the service for everybody else?",
    ],
    e: &[
        "Which rights might {self} have gathered over time that today's work does not need?",
        "What can {self} do alone that ought to need a second person?",
        "How could {self} pass rights on to others, and who would see that chain?",
    ],
};

/// Code we run or configure.
pub(super) static PROCESS: Six = Six {
    s: &[
        "Who can sign in to run or repair {self}, and how do they prove who they are?",
        "Where are the secrets of {self} kept, and how would each be replaced after a leak?",
        "How could a fake take the place of {self}: through a name, a route, a package?",
    ],
    t: &[
        "Who could change the code of {self} between review and release, and what would show it?",
        "Which settings of {self} can one person change live and alone, and what could break?",
        "Which borrowed library or build step could bring unwanted code into {self}?",
    ],
    r: &[
        "What would show who deployed, restarted or reconfigured {self}, and when?",
        "Who can switch off the logs of {self}, and how soon would the gap be seen?",
        "How would an emergency fix on {self} at three in the morning be written down?",
    ],
    i: &[
        "What might {self} reveal in logs, crash dumps, metrics or a status page?",
        "Who among those running {self} could look at {assets}, and who would ask them why?",
        "What could another program on the same machine learn from {self}?",
    ],
    d: &[
        "What would {self} run out of first, and who would see the first sign?",
        "Which certificate, service or person must be there before {self} can start again?",
        "Under overload, what would {self} give up first, and who chose that?",
    ],
    e: &[
        "Where could an attacker go next after taking over {self}?",
        "Which rights of {self} serve a rare task but stay open all day?",
        "Which admin, debug or test entrances to {self} stand open, and to whom?",
    ],
};

/// Where data rests.
pub(super) static STORE: Six = Six {
    s: &[
        "Who can open {self} without going through our application, and as whom?",
        "Which default, shared or never-ending accounts would {self} still accept?",
        "What tells the real {self} apart from a clone or a restored copy?",
    ],
    t: &[
        "Who could edit {assets} directly in {self}, and what would reveal it?",
        "What proves, before we need it, that a backup of {self} would be complete and unchanged?",
        "Which clean-up script or migration could damage {self}, and how would we go back?",
    ],
    r: &[
        "Which reads and changes in {self} leave a record, and who could edit that record?",
        "How would we find out who exported or deleted {assets} in {self} last month?",
        "When is the access history of {self} thrown away, and who might still need it then?",
    ],
    i: &[
        "Where else does the content of {self} live: backups, snapshots, test systems, laptops?",
        "Who could open {self} to the world with one setting, and how soon would we know?",
        "Who holds the keys that decrypt {self}, and who handed them out?",
        "What still lies in {self} that was due to be deleted long ago?",
    ],
    d: &[
        "Who could delete {self} for good, and how many steps would that take?",
        "How long did the last full restore of {self} take, and who here has done one?",
        "What could fill {self} up, and what would warn us in time?",
        "If the encryption key of {self} were lost, what would be gone with it?",
    ],
    e: &[
        "Who can grant rights on {self}, and what stops them from serving themselves?",
        "How fine are the rights in {self}: everything, one table, one record, one field?",
        "What code could run inside {self}, such as procedures or triggers, and with whose rights?",
    ],
};
