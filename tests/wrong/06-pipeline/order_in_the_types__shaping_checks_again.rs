//! exercise = "06-pipeline/order_in_the_types"
//! mark = "body"
//! misconception = "a later phase has to look again, to be safe"
//! fails = "shaping_cannot_stand_first"
//! says = "still takes a request that nobody has admitted"

impl Phase<Arrived> for Admission {
    type Out = Arrived;

    fn run(&self, input: Arrived) -> Result<Arrived, u16> {
        if input.path.starts_with("/admin") { Err(403) } else { Ok(input) }
    }
}

impl Phase<Arrived> for Shaping {
    type Out = Shaped;

    fn run(&self, input: Arrived) -> Result<Shaped, u16> {
        if input.path.starts_with("/admin") { Err(403) } else { Ok(Shaped { target: format!("/app{}", input.path) }) }
    }
}
