//! exercise = "02-headers/sort_behind_a_loan"
//! mark = "body"
//! shape = "each view is put in its place"

        let mut views: Vec<&Route> = Vec::new();
        for route in &self.routes {
            let behind = views.iter().position(|other| other.prefix.len() < route.prefix.len());
            views.insert(behind.unwrap_or(views.len()), route);
        }
        views
