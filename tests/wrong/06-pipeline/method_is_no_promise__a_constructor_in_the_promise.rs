//! exercise = "06-pipeline/method_is_no_promise"
//! mark = "body"
//! misconception = "any function may stand in an impl of a trait"
//! fails = "E0407"
//! says = "belongs into an `impl Blocking"

impl Guard for Blocking {
    fn new(prefix: &str) -> Self {
        Self { prefix: String::from(prefix), status: 403 }
    }

    fn name(&self) -> &'static str {
        "block"
    }

    fn check(&self, request: &Request) -> Option<u16> {
        request.path.starts_with(&self.prefix).then_some(self.status)
    }
}
