//! exercise = "06-pipeline/method_is_no_promise"
//! mark = "body"
//! misconception = "a type that has all the methods is a guard"
//! fails = "E0277"
//! says = "somebody wrote `impl Guard for"

impl Blocking {
    pub fn name(&self) -> &'static str {
        "block"
    }

    pub fn check(&self, request: &Request) -> Option<u16> {
        request.path.starts_with(&self.prefix).then_some(self.status)
    }
}
