//! exercise = "02-headers/sort_behind_a_loan"
//! mark = "body"
//! misconception = "a method can ask for `&mut self`, and every caller has one"
//! fails = "E0596"
//! says = "a list of views"
//! [edits]
//! "pub fn most_special_first(&self) -> Vec<&Route> {" = "pub fn most_special_first(&mut self) -> Vec<&Route> {"

        self.routes.sort_by_key(|route| Reverse(route.prefix.len()));
        self.routes.iter().collect()
