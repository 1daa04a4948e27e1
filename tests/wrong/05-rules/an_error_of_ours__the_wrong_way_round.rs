//! exercise = "05-rules/an_error_of_ours"
//! mark = "body"
//! misconception = "From is written for the type that goes in"
//! fails = "E0277"
//! says = "From<ParseIntError> for RateError"

impl From<RateError> for ParseIntError {
    fn from(error: RateError) -> Self {
        match error {
            RateError::NoNumber(error) => error,
            RateError::NoSlash | RateError::SmallBurst => panic!("this is no ParseIntError"),
        }
    }
}
