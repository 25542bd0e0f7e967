//! Flows that start where data rests: somebody fetches, or a copy moves on.

use super::Six;

/// Exports, shared links and downloads.
pub(super) static TO_EXTERNAL: Six = Six {
    s: &[
        "How would {from} tell {to} from anyone else who has the link or the network address?",
        "If a download link for {from} were forwarded, who could use it, and until when?",
        "What shows {to} that a file really came from {from} and was not planted?",
    ],
    t: &[
        "How would {to} notice that {assets} came out of {from} cut short or altered?",
        "Who could swap the content in {from} and make {to} fetch something else under the old name?",
        "How could edits made to a copy at {to} flow back into {from} as the truth?",
    ],
    r: &[
        "Where could we look up what {to} took from {from}, and on which day?",
        "Who agreed to hand {assets} to {to}, and where is that agreement kept?",
        "If {assets} turned up in public, how could we tell whether it came through {to}?",
    ],
    i: &[
        "What lies beside {assets} in {from} that {to} could reach by guessing a name or a path?",
        "Which columns or old versions would leave {from} that {to} could do without?",
        "What happens to the copy at {to} once we delete the original in {from}?",
    ],
    d: &[
        "How many large downloads by {to} would it take to slow {from} down for everyone?",
        "Who would pay if a leaked link to {from} were fetched without end?",
        "If {from} were moved or renamed overnight, what could {to} no longer do?",
    ],
    e: &[
        "Which rights on {from} came to {to} together with reading: change, delete, share further?",
        "How finely is access for {to} cut: all of {from}, one folder, one record?",
        "When we stop working with {to}, who closes the door to {from}, and how soon?",
    ],
};

/// Our code acts on what was stored, perhaps by somebody else.
pub(super) static TO_PROCESS: Six = Six {
    s: &[
        "How would {to} know who first put {assets} into {from}?",
        "What would {to} do if a wrong setting led to a look-alike of {from}?",
        "What must a program show to read {from}, and what besides {to} could show the same?",
    ],
    t: &[
        "What would {to} do with a damaged, half-written or outdated record from {from}?",
        "Who could change an entry in {from} after {to} checked it and before {to} used it?",
        "If an old backup replaced {from}, what might {to} do a second time?",
    ],
    r: &[
        "Where would we see which person looked at which record of {from} through {to}?",
        "How could we show which version of {assets} led to a past decision of {to}?",
        "If entries vanished from {from} before {to} picked them up, what would prove they existed?",
    ],
    i: &[
        "How could {to} be talked into fetching a record of another customer from {from}?",
        "How many records would {to} pull from {from} to answer a question about just one?",
        "Where could {to} leave copies of {assets} after reading: caches, temp files, crash dumps?",
    ],
    d: &[
        "Which entry in {from} could make {to} crash, restart and pick up the same entry again?",
        "What could {to} still offer if {from} were gone for an hour?",
        "How large could an answer from {from} grow, and what would give way first in {to}?",
    ],
    e: &[
        "What stored in {from} would {to} run or load as code: scripts, templates, objects?",
        "With whose rights would {to} carry out work that someone else left in {from}?",
        "Who can edit the roles or settings in {from} behind the decisions of {to}?",
    ],
};

/// Replicas, backups and loads from one place of rest to another.
pub(super) static TO_STORE: Six = Six {
    s: &[
        "Which account carries the copy from {from} to {to}, and who else could borrow it?",
        "Who could point the copy from {from} at a different target than {to}?",
        "How would {to} turn away a feed that only claims to be {from}?",
    ],
    t: &[
        "If {from} and {to} differ, which one counts as the truth, and who would notice?",
        "How fast would a bad change or a deletion in {from} destroy the good copy in {to}?",
        "Which conversion, filter or cut-off between {from} and {to} could bend {assets} unseen?",
    ],
    r: &[
        "How could we prove that everything in {from} arrived in {to}, and nothing extra?",
        "What becomes of the author and the time of an entry that moves from {from} to {to}?",
        "Who can start, skip or repeat the copy into {to}, and where would that be written down?",
    ],
    i: &[
        "Who may open {to} but not {from}, and so gets {assets} through the copy?",
        "What should be masked or left behind on the way from {from} into {to}?",
        "After a person is deleted from {from}, how and when would they vanish from {to}?",
    ],
    d: &[
        "What would users of {from} feel during a full copy to {to}?",
        "How far could {to} fall behind {from} before anyone is alarmed?",
        "If {from} were lost today, how long would rebuilding it out of {to} really take?",
    ],
    e: &[
        "What could the copy account do in {to} besides writing what came from {from}?",
        "Which accounts, roles or triggers would travel from {from} and come alive in {to}?",
        "Who administers both {from} and {to}, so that one stolen login ends both copies?",
    ],
};
