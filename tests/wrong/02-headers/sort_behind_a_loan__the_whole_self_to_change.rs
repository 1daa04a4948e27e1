//! exercise = "02-headers/sort_behind_a_loan"
//! mark = "body"
//! misconception = "`&mut *self` turns a loan to look into one to change"
//! fails = "E0596"
//! says = "a list of views"

        let table = &mut *self;
        table.routes.sort_by_key(|route| Reverse(route.prefix.len()));
        table.routes.iter().collect()
