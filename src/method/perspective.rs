//! The five perspectives a threat model wants: who keeps it useful, who built it, who attacks it, who runs it and who
//! knows the method. One person may bring several.

use crate::session::{Person, Role};

/// The perspectives without which a meeting misses something.
pub const WANTED: [Role; 5] = [Role::Business, Role::Developer, Role::Adversary, Role::Defender, Role::AppSec];

/// The wanted perspectives that nobody of these brings.
pub fn missing<'a>(people: impl IntoIterator<Item = &'a Person>) -> Vec<Role> {
    let people: Vec<&Person> = people.into_iter().collect();
    WANTED.into_iter().filter(|role| !people.iter().any(|person| person.roles.contains(role))).collect()
}

/// The wanted perspectives that were at no meeting of the session.
pub fn never_heard(session: &crate::session::Session) -> Vec<Role> {
    let came = |person: &&Person| session.sittings.iter().any(|sitting| sitting.present.contains(&person.id));
    missing(session.people.iter().filter(came))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_with_three_roles_brings_three_perspectives() {
        let roles = vec![Role::Business, Role::Developer, Role::Defender, Role::Moderator];
        let ana = Person { id: "ana".parse().unwrap(), name: "Ana".to_owned(), roles };
        assert_eq!(missing([&ana]), [Role::Adversary, Role::AppSec]);
        assert_eq!(missing([]), WANTED);
    }
}
