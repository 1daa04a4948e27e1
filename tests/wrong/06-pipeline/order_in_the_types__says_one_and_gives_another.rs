//! exercise = "06-pipeline/order_in_the_types"
//! mark = "body"
//! misconception = "what `Out` says is only for readers"
//! fails = "E0053"
//! says = "`Out`"

/// A request that admission let pass.
pub struct Admitted {
    path: String,
}

impl Phase<Arrived> for Admission {
    type Out = Admitted;

    fn run(&self, input: Arrived) -> Result<Arrived, u16> {
        if input.path.starts_with("/admin") { Err(403) } else { Ok(input) }
    }
}

impl Phase<Admitted> for Shaping {
    type Out = Shaped;

    fn run(&self, input: Admitted) -> Result<Shaped, u16> {
        Ok(Shaped { target: format!("/app{}", input.path) })
    }
}
