//! What holds for every comparison of two sessions.

use std::collections::BTreeSet;

use proptest::prelude::*;
use strideboard::{
    review::{
        diff::{Section, diff},
        merge::{Names, merge},
    },
    session::EntryId,
};

use crate::merge::{Fork, config, forks};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nothing_is_said_about_the_same_and_something_about_everything_else(forks in forks()) {
        for Fork { base, ours, theirs } in &forks {
            prop_assert!(diff(ours, ours).is_empty());
            for (before, after) in [(base, ours), (ours, base), (ours, theirs)] {
                prop_assert_eq!(diff(before, after).is_empty(), before == after);
            }
        }
    }

    #[test]
    fn every_record_that_changed_is_said_or_counted(forks in forks()) {
        for Fork { base, ours, .. } in &forks {
            let changes = diff(base, ours);
            let said: BTreeSet<Option<&EntryId>> = changes.said.iter().map(|change| change.record.as_ref()).collect();
            let changed = merge(Some(base), base, ours, Names::default()).changed;
            let silent = changed.keys().filter(|id| !said.contains(&id.as_ref())).count();
            for id in changed.keys().filter(|id| said.contains(&id.as_ref())) {
                prop_assert!(changes.about(id.as_ref()).count() > 0);
            }
            prop_assert!(silent <= changes.spelling + changes.order, "{silent} {changes:?}");
        }
    }

    #[test]
    fn the_worst_comes_first_and_sentences_name_their_record(forks in forks()) {
        for Fork { ours, theirs, .. } in &forks {
            let changes = diff(ours, theirs);
            prop_assert!(changes.said.is_sorted_by_key(|change| change.section));
            for change in &changes.said {
                prop_assert!(!change.text.is_empty());
                let there = if change.gone { ours } else { theirs };
                prop_assert!(change.record.as_ref().is_none_or(|id| there.has(id)), "{change:?}");
            }
        }
    }
}

#[test]
fn what_a_reviewer_has_to_decide_about_comes_before_what_is_good_to_know() {
    let asks = Section::ALL.map(Section::asks);
    assert!(asks.is_sorted_by(|a, b| a >= b) && asks.contains(&true) && asks.contains(&false));
    assert!(Section::ALL.is_sorted());
}
