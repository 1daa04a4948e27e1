//! exercise = "02-headers/sort_behind_a_loan"
//! mark = "body"
//! shape = "sort_by compares two at a time"

        let mut views: Vec<&Route> = self.routes.iter().collect();
        views.sort_by(|one, other| other.prefix.len().cmp(&one.prefix.len()));
        views
