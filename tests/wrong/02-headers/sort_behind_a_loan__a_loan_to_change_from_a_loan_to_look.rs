//! exercise = "02-headers/sort_behind_a_loan"
//! mark = "body"
//! misconception = "`&T` can become `&mut T`"
//! fails = "E0596"
//! says = "a list of views"

        let routes = &mut self.routes;
        routes.sort_by_key(|route| Reverse(route.prefix.len()));
        routes.iter().collect()
