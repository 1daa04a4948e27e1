//! exercise = "02-headers/sort_behind_a_loan"
//! mark = "body"
//! misconception = "the alphabet puts longer prefixes first"
//! fails = "gives_the_longest_prefix_first"
//! says = "and not the alphabet"

        let mut views: Vec<&Route> = self.routes.iter().collect();
        views.sort_by(|one, other| other.prefix.cmp(&one.prefix));
        views
