//! exercise = "02-headers/sort_behind_a_loan"
//! mark = "body"
//! misconception = "a list that is sorted and turned round is sorted the other way"
//! fails = "keeps_the_order_of_equals"
//! says = "as in the rule file"

        let mut views: Vec<&Route> = self.routes.iter().collect();
        views.sort_by_key(|route| route.prefix.len());
        views.reverse();
        views
