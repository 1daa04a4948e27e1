//! exercise = "02-headers/sort_behind_a_loan"
//! mark = "body"
//! misconception = "what is behind a loan can be taken out"
//! fails = "E0507"
//! says = "Nobody may take the routes"

        let mut routes = self.routes;
        routes.sort_by_key(|route| Reverse(route.prefix.len()));
        self.routes.iter().collect()
