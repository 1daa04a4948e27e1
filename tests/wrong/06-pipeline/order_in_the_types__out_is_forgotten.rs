//! exercise = "06-pipeline/order_in_the_types"
//! mark = "body"
//! misconception = "rustc finds out what a phase gives"
//! fails = "E0046"
//! says = "`type Out"

/// A request that admission let pass.
pub struct Admitted {
    path: String,
}

impl Phase<Arrived> for Admission {
    fn run(&self, input: Arrived) -> Result<Admitted, u16> {
        if input.path.starts_with("/admin") { Err(403) } else { Ok(Admitted { path: input.path }) }
    }
}

impl Phase<Admitted> for Shaping {
    type Out = Shaped;

    fn run(&self, input: Admitted) -> Result<Shaped, u16> {
        Ok(Shaped { target: format!("/app{}", input.path) })
    }
}
