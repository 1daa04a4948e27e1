//! exercise = "02-headers/sort_behind_a_loan"
//! mark = "body"
//! misconception = "what is one's own may be changed without mut"
//! fails = "E0596"
//! says = "a list of views"

        let views: Vec<&Route> = self.routes.iter().collect();
        views.sort_by_key(|route| Reverse(route.prefix.len()));
        views
