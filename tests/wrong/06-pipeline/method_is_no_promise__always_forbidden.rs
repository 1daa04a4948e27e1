//! exercise = "06-pipeline/method_is_no_promise"
//! mark = "body"
//! misconception = "a block always answers 403"
//! fails = "refuses_with_the_status_of_the_rule"
//! says = "the status stands in the filter"

impl Guard for Blocking {
    fn name(&self) -> &'static str {
        "block"
    }

    fn check(&self, request: &Request) -> Option<u16> {
        request.path.starts_with(&self.prefix).then_some(403)
    }
}
