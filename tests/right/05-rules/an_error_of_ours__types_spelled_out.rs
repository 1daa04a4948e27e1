//! exercise = "05-rules/an_error_of_ours"
//! mark = "body"
//! shape = "each type by its full name"

impl std::convert::From<ParseIntError> for RateError {
    fn from(value: ParseIntError) -> RateError {
        RateError::NoNumber(value)
    }
}
