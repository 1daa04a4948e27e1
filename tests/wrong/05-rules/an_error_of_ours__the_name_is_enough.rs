//! exercise = "05-rules/an_error_of_ours"
//! mark = "body"
//! misconception = "a function named `from` is what `?` calls"
//! fails = "E0277"
//! says = "a function of that name is not enough"

impl RateError {
    pub fn from(error: ParseIntError) -> Self {
        Self::NoNumber(error)
    }
}
