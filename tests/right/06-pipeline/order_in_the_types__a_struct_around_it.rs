//! exercise = "06-pipeline/order_in_the_types"
//! mark = "body"
//! shape = "the request itself stands in the new type"

/// A request that admission let pass.
pub struct Admitted(Arrived);

impl Phase<Arrived> for Admission {
    type Out = Admitted;

    fn run(&self, input: Arrived) -> Result<Self::Out, u16> {
        if input.path.starts_with("/admin") {
            return Err(403);
        }
        Ok(Admitted(input))
    }
}

impl Phase<Admitted> for Shaping {
    type Out = Shaped;

    fn run(&self, Admitted(arrived): Admitted) -> Result<Self::Out, u16> {
        Ok(Shaped { target: format!("/app{}", arrived.path) })
    }
}
