//! exercise = "06-pipeline/method_is_no_promise"
//! mark = "body"
//! misconception = "a promise for a loan is one for the type"
//! fails = "E0277"
//! says = "somebody wrote `impl Guard for"

impl Guard for &Blocking {
    fn name(&self) -> &'static str {
        "block"
    }

    fn check(&self, request: &Request) -> Option<u16> {
        request.path.starts_with(&self.prefix).then_some(self.status)
    }
}
