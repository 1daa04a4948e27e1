//! exercise = "05-rules/an_error_of_ours"
//! mark = "body"
//! misconception = "any error of the right type will do"
//! fails = "keeps_what_the_library_said"
//! says = "what the library said is kept inside NoNumber"

impl From<ParseIntError> for RateError {
    fn from(_: ParseIntError) -> Self {
        Self::NoNumber("".parse::<u32>().expect_err("nothing is no number"))
    }
}
