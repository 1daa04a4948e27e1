//! exercise = "06-pipeline/order_in_the_types"
//! mark = "body"
//! misconception = "a phase finds what it needs in what comes"
//! fails = "E0277"
//! says = "takes what the phase before it gives"

/// A request that admission let pass.
pub struct Admitted {
    path: String,
}

impl Phase<Arrived> for Admission {
    type Out = Arrived;

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
