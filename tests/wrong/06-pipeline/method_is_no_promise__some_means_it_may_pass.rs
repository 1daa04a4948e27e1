//! exercise = "06-pipeline/method_is_no_promise"
//! mark = "body"
//! misconception = "`Some` is the good case"
//! fails = "refuses_what_is_blocked"
//! says = "the guard is named block"

impl Guard for Blocking {
    fn name(&self) -> &'static str {
        "block"
    }

    fn check(&self, request: &Request) -> Option<u16> {
        (!request.path.starts_with(&self.prefix)).then_some(self.status)
    }
}
