//! exercise = "06-pipeline/order_in_the_types"
//! mark = "body"
//! misconception = "a phase had best be generic over what it takes"
//! fails = "shaping_cannot_stand_first"
//! says = "still takes a request that nobody has admitted"

/// A request that admission let pass.
pub struct Admitted {
    path: String,
}

impl From<Arrived> for Admitted {
    fn from(arrived: Arrived) -> Self {
        Self { path: arrived.path }
    }
}

impl Phase<Arrived> for Admission {
    type Out = Admitted;

    fn run(&self, input: Arrived) -> Result<Admitted, u16> {
        if input.path.starts_with("/admin") { Err(403) } else { Ok(Admitted { path: input.path }) }
    }
}

impl<R: Into<Admitted>> Phase<R> for Shaping {
    type Out = Shaped;

    fn run(&self, input: R) -> Result<Shaped, u16> {
        Ok(Shaped { target: format!("/app{}", input.into().path) })
    }
}
