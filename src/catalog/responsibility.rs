//! Who answers for what of a component that a provider runs.
//!
//! Owns the parts that responsibility is divided by, and how each class of service divides them. Refuses: hiding
//! anything. What the provider answers for is still asked about; the answer is its report.

use serde::{Deserialize, Serialize};

use super::Kinds;
use crate::session::{Component, Responsibility, ServiceClass};

/// A part of a component that somebody answers for, from the ground up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// The operating system and the machine below it.
    System,
    /// The engine, such as a database, a runtime or a model, and what it can hold.
    Engine,
    /// The calls made to it.
    Api,
    /// Who may do what, and the data.
    Policy,
}

impl Part {
    /// Every part, from the ground up.
    pub const ALL: [Self; 4] = [Self::System, Self::Engine, Self::Api, Self::Policy];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::System => "OS",
            Self::Engine => "engine",
            Self::Api => "API",
            Self::Policy => "policy",
        }
    }

    /// Who answers for it in a service of this class. Calls and policies are the customer's in every class.
    pub fn answered_by(self, class: ServiceClass) -> Responsibility {
        match (class, self) {
            (ServiceClass::Container | ServiceClass::Abstracted, Self::System)
            | (ServiceClass::Abstracted, Self::Engine) => Responsibility::Provider,
            _ => Responsibility::Us,
        }
    }
}

/// The class of a component: as somebody set it, else as its kind says; none where nobody said.
pub fn class_of(kinds: &Kinds, component: &Component) -> Option<ServiceClass> {
    component.responsibility.or_else(|| kinds.get(&component.kind)?.responsibility)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_share_is_the_customers_in_every_class() {
        for (class, ours) in
            [(ServiceClass::Infrastructure, 4), (ServiceClass::Container, 3), (ServiceClass::Abstracted, 2)]
        {
            let parts = Part::ALL.iter().filter(|part| part.answered_by(class) == Responsibility::Us);
            assert_eq!(parts.count(), ours, "{class:?}");
        }
    }

    #[test]
    fn what_somebody_set_counts_more_than_the_kind() {
        let mut component = Component::new("db".parse().unwrap(), "db");
        assert_eq!(class_of(Kinds::builtin(), &component), None);
        component.kind = "aws.rds".into();
        assert_eq!(class_of(Kinds::builtin(), &component), Some(ServiceClass::Container));
        component.responsibility = Some(ServiceClass::Infrastructure);
        assert_eq!(class_of(Kinds::builtin(), &component), Some(ServiceClass::Infrastructure));
    }
}
