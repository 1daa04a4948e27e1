//! exercise = "06-pipeline/order_in_the_types"
//! mark = "body"
//! misconception = "a phase that takes more is the better one"
//! fails = "shaping_cannot_stand_first"
//! says = "still takes a request that nobody has admitted"

/// A request that admission let pass.
pub struct Admitted {
    path: String,
}

impl Phase<Arrived> for Admission {
    type Out = Admitted;

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

impl Phase<Arrived> for Shaping {
    type Out = Shaped;

    fn run(&self, input: Arrived) -> Result<Shaped, u16> {
        Ok(Shaped { target: format!("/app{}", input.path) })
    }
}
