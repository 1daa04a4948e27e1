//! exercise = "06-pipeline/order_in_the_types"
//! mark = "body"
//! misconception = "the type is the check"
//! fails = "refuses_what_is_closed"
//! says = "admission refuses it"

/// A request that admission let pass.
pub struct Admitted {
    path: String,
}

impl Phase<Arrived> for Admission {
    type Out = Admitted;

    fn run(&self, input: Arrived) -> Result<Admitted, u16> {
        Ok(Admitted { path: input.path })
    }
}

impl Phase<Admitted> for Shaping {
    type Out = Shaped;

    fn run(&self, input: Admitted) -> Result<Shaped, u16> {
        Ok(Shaped { target: format!("/app{}", input.path) })
    }
}
