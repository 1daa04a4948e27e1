//! exercise = "06-pipeline/method_is_no_promise"
//! mark = "body"
//! misconception = "a method of the right name will do, whatever it gives"
//! fails = "E0053"
//! says = "with the types that the trait names"

impl Guard for Blocking {
    fn name(&self) -> &'static str {
        "block"
    }

    fn check(&self, request: &Request) -> bool {
        !request.path.starts_with(&self.prefix)
    }
}
