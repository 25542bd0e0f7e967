//! Place 7: looking, saying, settling and signing.
//!
//! Owns what its keys do. Refuses: changing the session, except to settle a conflict with one of its sides.

use crate::{
    app::{
        document::Document,
        model::Model,
        msg::{Effect, ReadBeside, Reviewed},
        overlay::{
            Overlay,
            ask::{
                self, Ask,
                Question::{Needed, Optional},
            },
            picker::{Item, Picker, Purpose, Value},
        },
        pane::{
            Pane,
            review::{Base, Row},
        },
    },
    review::{
        code,
        comment::{Comment, CommentKind, Said, Thread, threads},
        endorsement::{Decision, Look, Signature, usual_role},
        merge::{Choice, settle},
        print::Print,
    },
    session::{CommentId, ConflictId, EntryId},
};

use super::{apply, forms, selection, sentence};

/// What can be decided, as it is chosen.
const DECISIONS: [(&str, Decision); 3] = [
    ("Endorse it", Decision::Endorsed),
    ("Endorse it with conditions", Decision::WithConditions),
    ("Do not endorse it: the asks are the list of what has to happen", Decision::NotEndorsed),
];

/// Goes to place 7, and has the base read the first time.
pub(super) fn focus(model: &mut Model) -> Vec<Effect> {
    model.focus = Pane::Review;
    let me = model.my_name();
    let another = !me.is_empty() && me != model.review.by;
    if another || matches!(model.review.base, Base::Unread) { read(model, None) } else { Vec::new() }
}

/// Somebody else sits at the keyboard: they endorsed something else last.
pub(super) fn follow_me(model: &mut Model) -> Vec<Effect> {
    if model.focus == Pane::Review { focus(model) } else { Vec::new() }
}

/// Has the files beside the session and a base read.
fn read(model: &mut Model, revision: Option<String>) -> Vec<Effect> {
    let by = model.my_name();
    model.path().cloned().map(|path| Effect::ReadReview { path, by, revision }).into_iter().collect()
}

/// Takes in what was left beside the session.
pub(super) fn on_beside(model: &mut Model, read: ReadBeside) {
    if let Some((_, why)) = read.unread.first() {
        model.warn(sentence(why));
    }
    (model.review.beside, model.review.unread) = (read.beside, read.unread);
    model.review.forget();
}

/// Takes in what there is to compare with.
pub(super) fn on_reviewed(model: &mut Model, reviewed: Reviewed) {
    let Reviewed { by, beside, base, revisions, seen } = reviewed;
    model.review.accepted = seen.into_iter().collect();
    if let Base::Unreadable(why) = &base {
        model.warn(sentence(why));
    }
    on_beside(model, beside);
    (model.review.by, model.review.base, model.review.revisions) = (by, base, revisions);
    model.review.selected = 0;
}

/// Takes in that something was written beside the session, or not.
pub(super) fn on_written(model: &mut Model, written: Result<(ReadBeside, String), String>) -> Vec<Effect> {
    match written {
        Ok((read, said)) => {
            let signed = read.beside.endorsements != model.review.beside.endorsements;
            on_beside(model, read);
            model.say(said);
            if signed {
                // From now on the last endorsement is another one.
                model.review.accepted.clear();
                return remember(model).into_iter().chain(self::read(model, None)).collect();
            }
        }
        Err(why) => model.fail(sentence(&why)),
    }
    Vec::new()
}

/// Looks at the session for place 7, when that is on the screen and something changed.
pub(super) fn look(model: &mut Model) {
    let Some(document) = model.document.as_ref().filter(|_| model.focus == Pane::Review) else { return };
    let session = document.session().clone();
    model.review.look(&session, document.history().revision());
}

/// Goes to the next row that waits to be looked at.
pub(super) fn next(model: &mut Model) {
    match model.review.next_open() {
        Some(at) => model.review.selected = at,
        None => model.say(model.keymap.phrase("Everything was seen: {sign} signs")),
    }
}

/// Says that the selected change was seen, or was not, and goes on.
pub(super) fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.review.row().cloned() else { return Vec::new() };
    let Some(text) = model.review.change(&row).map(|change| change.text.clone()) else {
        let words = match row {
            Row::Conflict(_) => {
                "A conflict is settled, not seen: {take-ours}, {take-theirs}, {take-base} or {take-present}"
            }
            _ => "{settle-comment} settles a comment, {reply} answers it",
        };
        model.say(model.keymap.phrase(words));
        return Vec::new();
    };
    let seen = Print::of_words(&text);
    if model.review.accepted.remove(&seen) {
        model.say("Not seen any more");
    } else {
        model.review.accepted.insert(seen);
        next(model);
    }
    remember(model)
}

/// Has it remembered what was seen, for whoever goes on another day.
fn remember(model: &Model) -> Vec<Effect> {
    let seen = model.review.accepted.iter().copied().collect();
    model.path().cloned().map(|path| Effect::RememberSeen { path, seen }).into_iter().collect()
}

/// Settles the selected conflict.
pub(super) fn settle_with(model: &mut Model, choice: Choice) {
    let Some(Row::Conflict(id)) = model.review.row().cloned() else { return };
    let Some(session) = model.session() else { return };
    match settle(session, &id, choice) {
        Ok(edit) => drop(apply(model, &edit)),
        Err(error) => model.fail(sentence(&error.to_string())),
    }
}

/// Opens the record of the selected row, at the field it is about.
pub(super) fn open(model: &mut Model) {
    let about = model.review.about();
    if let Some((place, letter)) = about.as_ref().and_then(ConflictId::cell) {
        selection::show_place(model, &place);
        selection::select_cell(model, letter);
        model.focus = Pane::Checklist;
        return;
    }
    match (model.review.record(), about) {
        (Some(record @ EntryId::Mitigation(_)), _) => forms::open(model, record),
        (Some(record), Some(about)) => forms::open_field(model, record, &about.field),
        _ => model.say("The record is gone; there is nothing to open"),
    }
}

/// Asks what to say about the selected row.
pub(super) fn ask_comment(model: &mut Model, kind: CommentKind) {
    let Some(about) = model.review.about() else { return };
    let (title, question) = match kind {
        CommentKind::Ask => ("Ask", "What has to happen before you sign?"),
        _ => ("Comment", "What do you want to say?"),
    };
    let purpose = ask::Purpose::Comment(kind, about);
    model.overlay = Some(Overlay::Ask(Ask::new(title, purpose, vec![Needed(question)])));
}

/// Asks what to answer to the selected thread.
pub(super) fn ask_reply(model: &mut Model, kind: CommentKind) {
    let Some(Row::Thread(id)) = model.review.row().cloned() else { return };
    let (title, question) = match kind {
        CommentKind::Resolve => ("Settle", Optional("Anything to say about it?")),
        _ => ("Answer", Needed("What do you answer?")),
    };
    model.overlay = Some(Overlay::Ask(Ask::new(title, ask::Purpose::Reply(kind, id), vec![question])));
}

/// Writes a comment.
pub(super) fn comment(model: &mut Model, kind: CommentKind, about: ConflictId, text: &str) -> Vec<Effect> {
    let said = said(model, kind, text);
    let Some((document, path)) = model.document.as_ref().map(|d| (d, d.path.clone())) else { return Vec::new() };
    let comment = Comment::new(document.session(), &model.review.beside.comments, said, about, &mut model.random);
    vec![Effect::Comment { path, comment }]
}

/// Writes an answer.
pub(super) fn reply(model: &mut Model, kind: CommentKind, to: CommentId, text: &str) -> Vec<Effect> {
    let said = said(model, kind, text);
    let Some(path) = model.path().cloned() else { return Vec::new() };
    let comment = Comment::answer(&model.review.beside.comments, said, to, &mut model.random);
    vec![Effect::Comment { path, comment }]
}

fn said(model: &Model, kind: CommentKind, text: &str) -> Said {
    Said { kind, by: model.review.by.clone(), on: model.environment.today, text: text.into() }
}

/// Offers the revisions to compare with.
pub(super) fn pick_base(model: &mut Model) {
    let usual = Item::new(Value::Text, "my last endorsement").with("what you have not signed for");
    let items = model.review.revisions.iter().map(|(id, about)| {
        let short: String = id.chars().take(12).collect();
        Item::new(Value::Word(id.clone()), about).with(short)
    });
    let items = std::iter::once(usual).chain(items).collect();
    let picker = Picker::new("What changed since", Purpose::Base, items).or_new("another revision");
    model.overlay = Some(Overlay::Picker(picker));
}

/// Compares with another base.
pub(super) fn take_base(model: &mut Model, revision: Option<String>) -> Vec<Effect> {
    model.review.base = Base::Unread;
    model.review.forget();
    read(model, revision)
}

/// Offers what can be decided, once everything was shown.
pub(super) fn sign(model: &mut Model) {
    let (done, all) = model.review.progress();
    let conflicts = model.session().map_or(0, |session| session.conflicts.len());
    let why = match () {
        () if model.review.by.trim().is_empty() => Some("Say who you are first: {who-am-i}".to_owned()),
        () if !model.review.unread.is_empty() => Some(sentence(&model.review.unread[0].1)),
        () if conflicts > 0 => Some("Settle the conflicts first; they are the first rows".to_owned()),
        () if !model.review.shows_all() => {
            Some("A signature is about everything since your last one: {review-base} shows that".to_owned())
        }
        () if model.document.as_ref().is_some_and(Document::is_unsaved) => {
            Some("Save first, so that what you sign is in the file: {save}".to_owned())
        }
        () => None,
    };
    if let Some(why) = why {
        return model.warn(model.keymap.phrase(&why));
    }
    let items = DECISIONS.iter().map(|(words, decision)| {
        let mut item = Item::new(Value::Text, *words);
        // Whoever says no need not have read to the end.
        item.disabled = (done < all && *decision != Decision::NotEndorsed).then(|| {
            model.keymap.phrase(&format!("{} of {all} changes are not seen yet: {{seen}} marks one", all - done))
        });
        item
    });
    model.overlay = Some(Overlay::Picker(Picker::new("Your decision", Purpose::Decision, items.collect())));
}

/// Asks what goes with the decision.
pub(super) fn decided(model: &mut Model, words: &str) {
    let Some((_, decision)) = DECISIONS.iter().find(|(known, _)| *known == words) else { return };
    let role = Optional("In which role do you sign, such as AppSec?");
    let questions = match decision {
        Decision::Endorsed => vec![role],
        Decision::WithConditions => vec![role, Needed("What has to happen? Several things with ; between them")],
        Decision::NotEndorsed => vec![role, Optional("Why not? Your open asks go along")],
    };
    let review = &model.review;
    let usual = model.session().map(|session| usual_role(session, &review.beside.endorsements, &review.by));
    let ask = Ask::new(words, ask::Purpose::Sign(*decision), questions).answered(&usual.unwrap_or_default());
    model.overlay = Some(Overlay::Ask(ask));
}

/// Signs, if what was shown is what is there.
pub(super) fn signed(model: &mut Model, decision: Decision, answers: Vec<String>) -> Vec<Effect> {
    let mut answers = answers.into_iter();
    let (role, typed) = (answers.next().unwrap_or_default(), answers.next().unwrap_or_default());
    let Some(document) = &model.document else { return Vec::new() };
    let (session, path) = (document.session().clone(), document.path.clone());
    let mut conditions: Vec<String> = typed.split(';').map(|line| line.trim().to_owned()).collect();
    if decision == Decision::NotEndorsed {
        let asks = threads(&session, &model.review.beside.comments).into_iter().filter(Thread::asks);
        conditions.extend(asks.map(|thread| thread.words(&session)));
    }
    let (by, on) = (model.review.by.clone(), model.environment.today);
    let signature = Signature { by, role, on, decision, conditions };
    let Some(shown) = model.review.seen.as_ref().map(|seen| seen.look.shown()) else { return Vec::new() };
    let all = &model.review.beside.endorsements;
    let look = Look::of(&session, all, &model.review.by);
    match look.sign(&session, all, shown, signature, &mut model.random) {
        Ok(endorsement) => {
            let code = code::named(&session).into_keys().map(str::to_owned).collect();
            vec![Effect::Endorse { path, endorsement: Box::new(endorsement), code }]
        }
        Err(error) => {
            model.fail(format!("Nothing was signed: {error}"));
            Vec::new()
        }
    }
}
