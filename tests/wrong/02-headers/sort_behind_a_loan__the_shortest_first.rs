//! exercise = "02-headers/sort_behind_a_loan"
//! mark = "body"
//! misconception = "sorting puts the special one first"
//! fails = "gives_the_longest_prefix_first"
//! says = "the most special"

        let mut views: Vec<&Route> = self.routes.iter().collect();
        views.sort_by_key(|route| route.prefix.len());
        views
