//! Text of fields into values and back, with errors a person can act on.

use std::fmt::Display;

use jiff::civil::Date;

use crate::{
    app::{
        days,
        overlay::picker::{Item, Value},
        words,
    },
    review::code::CodePath,
    session::{
        Asset, AssetId, Class, Edit, Letter, Meant, MitigationId, Named, Rating, Session, edit::Entry, is_same_name,
    },
};

/// A single line: line ends and runs of white space become one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Who a field names: the id of a person of the session, else the words as they were typed.
pub(super) fn person(session: &Session, text: &str) -> Result<String, String> {
    let said = one_line(text);
    let meant = session.person_meant(&said);
    match (&meant, meant.doubt(&said)) {
        (Meant::OneOf(_), Some(doubt)) => Err(doubt),
        _ => Ok(session.who(&said)),
    }
}

/// Whoever a field holds, as it shows them: by name, by the words that stand there where others go by that name.
pub(super) fn person_name<'a>(session: &'a Session, held: &'a str) -> &'a str {
    let name = words::person(session, held);
    let mut others = session.people.iter().filter(|person| person.id.as_str() != held);
    let shared = others.any(|other| is_same_name(&other.name, name) || is_same_name(other.id.as_str(), name));
    if shared { held } else { name }
}

/// The non-empty lines of a text.
pub(super) fn lines(text: &str) -> Vec<String> {
    text.lines().map(one_line).filter(|line| !line.is_empty()).collect()
}

/// Paths and globs of the repository, one per line.
pub(super) fn paths(text: &str) -> Result<Vec<String>, String> {
    lines(text).iter().map(|line| CodePath::new(line).map(|path| path.to_string())).collect()
}

/// The items of a list separated by commas.
pub(super) fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// Items joined with commas.
pub(super) fn joined<T: Display>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

/// The value whose name was chosen.
pub(super) fn chosen<T: Named>(value: &str) -> Result<T, String> {
    let names = || names::<T>().collect::<Vec<_>>().join(", ");
    T::from_name(value.trim()).ok_or_else(|| format!("`{}` is none of: {}", value.trim(), names()))
}

/// The same where a word says that nothing is chosen.
pub(super) fn chosen_or<T: Named>(none: &str, value: &str) -> Result<Option<T>, String> {
    if value.trim().eq_ignore_ascii_case(none) { Ok(None) } else { chosen(value).map(Some) }
}

/// The names to choose from.
pub(super) fn names<T: Named>() -> impl Iterator<Item = &'static str> {
    T::ALL.iter().map(|value| value.name())
}

/// A day, or none for an empty text.
pub(super) fn date(text: &str, today: Date) -> Result<Option<Date>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    days::day(text, today).map(Some).ok_or_else(|| format!("`{text}` is not a day; write it like {}", days::EXAMPLES))
}

/// A record as a field names it: by its present name, by its slug where the name is not its own alone or would be read
/// as a list.
pub(super) fn called<'a>(records: &[(&'a str, &'a str)], slug: &'a str) -> &'a str {
    let Some(&(_, name)) = records.iter().find(|(other, _)| *other == slug) else { return slug };
    let mut others = records.iter().filter(|(other, _)| *other != slug);
    let shared = others.any(|(other, called)| is_same(called, name) || is_same(other, name));
    if shared || name.contains(',') || name.trim() != name || name.is_empty() { slug } else { name }
}

/// The slug of the record that a field names.
pub(super) fn meant<'a>(records: &[(&'a str, &'a str)], said: &str) -> Option<&'a str> {
    let by_name = records.iter().find(|(_, name)| is_same(name, said));
    by_name.or_else(|| records.iter().find(|(slug, _)| *slug == said)).map(|&(slug, _)| slug)
}

/// Compared where it stands: fields are read anew with every key, and a session can name many.
fn is_same(a: &str, b: &str) -> bool {
    let lower = |text| str::chars(text).flat_map(char::to_lowercase);
    if a.is_ascii() && b.is_ascii() { a.eq_ignore_ascii_case(b) } else { lower(a).eq(lower(b)) }
}

fn known_assets(session: &Session) -> Vec<(&str, &str)> {
    session.assets.iter().map(|asset| (asset.id.as_str(), asset.name.as_str())).collect()
}

/// Assets as a field lists them.
pub(super) fn asset_names(session: &Session, ids: &[AssetId]) -> String {
    if ids.is_empty() {
        return String::new();
    }
    let known = known_assets(session);
    joined(ids.iter().map(|id| called(&known, id.as_str())))
}

/// Every asset, those that a field lists marked.
pub(super) fn assets_to_mark(session: &Session, listed: &str) -> Vec<Item> {
    let known = known_assets(session);
    let listed: Vec<&str> = items(listed).collect();
    let item = |asset: &Asset| {
        let name = called(&known, asset.id.as_str());
        Item { marked: listed.contains(&name), ..Item::new(Value::Text, name).with(asset.class.name()) }
    };
    session.assets.iter().map(item).collect()
}

/// Assets by name or slug; others are new, as on the capture line.
pub(super) fn assets(session: &Session, text: &str) -> (Vec<AssetId>, Vec<Asset>) {
    let (mut all, mut new): (Vec<AssetId>, Vec<Asset>) = (Vec::new(), Vec::new());
    let mut after = session.clone();
    for item in items(text) {
        let found = meant(&known_assets(&after), item).and_then(|slug| after.assets.get(slug)).map(|a| a.id.clone());
        let id = found.unwrap_or_else(|| {
            let id = after.fresh_asset(item);
            let rank = Session::next_rank(after.assets.iter(), |asset| asset.rank);
            let asset = Asset {
                id: id.clone(),
                rank,
                name: one_line(item),
                class: Class::default(),
                note: crate::session::Text::default(),
            };
            after.assets.insert(asset.clone());
            new.push(asset);
            id
        });
        if !all.contains(&id) {
            all.push(id);
        }
    }
    (all, new)
}

/// A change of a record, with the assets that come into being for it.
pub(super) fn with_new(session: &Session, new: Vec<Asset>, change: Edit) -> Edit {
    if new.is_empty() {
        return change;
    }
    let label = change.label(session);
    let new = new.into_iter().map(|asset| Edit::Add(Entry::Asset(asset)));
    Edit::Batch { label, edits: new.chain([change]).collect() }
}

/// Mitigations by what people say for them.
pub(super) fn mitigations(session: &Session, text: &str) -> Result<Vec<MitigationId>, String> {
    let mut found = items(text)
        .map(|item| {
            let mut named =
                session.mitigations.keys().filter(|id| id.to_string() == item || id.short().eq_ignore_ascii_case(item));
            match (named.next(), named.next()) {
                (Some(id), None) => Ok(*id),
                (None, _) => Err(format!("there is no mitigation `{item}`")),
                (Some(_), Some(_)) => Err(format!("`{item}` names two mitigations; write the whole id")),
            }
        })
        .collect::<Result<Vec<_>, _>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Letters of STRIDE in any writing: `T, I` or `ti`.
pub(super) fn letters(text: &str) -> Result<Vec<Letter>, String> {
    let found = text.chars().filter(|c| !c.is_whitespace() && *c != ',');
    let mut letters = found
        .map(|c| Letter::from_char(c).ok_or_else(|| format!("`{c}` is no letter of STRIDE")))
        .collect::<Result<Vec<_>, _>>()?;
    letters.sort_unstable();
    letters.dedup();
    Ok(letters)
}

/// A rating written `3x4`, likelihood first; `?` is unknown, nothing is not rated.
pub(super) fn rating(text: &str) -> Result<Option<Rating>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || format!("`{text}` is not a rating; write likelihood x impact like 3x4, ? for unknown");
    let (likelihood, impact) = text.split_once(['x', 'X', '×']).ok_or_else(wrong)?;
    let step = |part: &str| match part.trim() {
        "?" => Ok(None),
        digit => digit.parse::<u8>().ok().filter(|n| (1..=9).contains(n)).map(Some).ok_or_else(wrong),
    };
    Ok(Some(Rating { likelihood: step(likelihood)?, impact: step(impact)? }))
}

/// A rating as text.
pub(super) fn rating_text(rating: Option<Rating>) -> String {
    let step = |value: Option<u8>| value.map_or("?".to_owned(), |v| v.to_string());
    rating.map_or(String::new(), |r| format!("{}x{}", step(r.likelihood), step(r.impact)))
}
