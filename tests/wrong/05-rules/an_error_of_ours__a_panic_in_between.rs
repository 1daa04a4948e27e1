//! exercise = "05-rules/an_error_of_ours"
//! mark = "body"
//! misconception = "an error from the library is the library's bug"
//! fails = "keeps_what_the_library_said"
//! says = "what the library said is kept inside NoNumber"

impl From<ParseIntError> for RateError {
    fn from(error: ParseIntError) -> Self {
        panic!("{error}")
    }
}
