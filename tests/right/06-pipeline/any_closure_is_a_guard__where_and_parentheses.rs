//! exercise = "06-pipeline/any_closure_is_a_guard"
//! mark = "body"
//! shape = "the bound in a where clause, the call through a loan"

impl<F> Guard for F
where
    F: Fn(&Request) -> Option<u16>,
{
    fn check(&self, request: &Request) -> Option<u16> {
        let ask = self;
        ask(request)
    }
}
