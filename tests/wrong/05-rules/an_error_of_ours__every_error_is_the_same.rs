//! exercise = "05-rules/an_error_of_ours"
//! mark = "body"
//! misconception = "an error says that something is wrong, and that is enough"
//! fails = "keeps_what_the_library_said"
//! says = "what the library said is kept inside NoNumber"

impl From<ParseIntError> for RateError {
    fn from(_: ParseIntError) -> Self {
        Self::NoSlash
    }
}
