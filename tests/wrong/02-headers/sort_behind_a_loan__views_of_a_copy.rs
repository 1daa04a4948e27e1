//! exercise = "02-headers/sort_behind_a_loan"
//! mark = "body"
//! misconception = "a sorted copy can be lent to the caller"
//! fails = "E0515"
//! says = "belongs to this function"
//! [edits]
//! "#[derive(Debug)]\npub struct Route" = "#[derive(Clone, Debug)]\npub struct Route"

        let mut routes = self.routes.clone();
        routes.sort_by_key(|route| Reverse(route.prefix.len()));
        routes.iter().collect()
