//! The drill `an_error_of_ours` before the oracle. A `From` is one way among others, so only `rate` is pinned.

use std::num::ParseIntError;

use an_error_of_ours::{Rate, RateError};
use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let rate: fn(&str) -> Result<Rate, RateError> = an_error_of_ours::rate;
    match call {
        "Read" => match rate(&input.text()) {
            Ok(Rate { requests, burst }) => {
                let (requests, burst): (u32, u32) = (requests, burst);
                format!("{requests} a second, {burst} at once")
            }
            Err(RateError::NoSlash) => String::from("NoSlash"),
            Err(RateError::SmallBurst) => String::from("SmallBurst"),
            Err(RateError::NoNumber(error)) => {
                let error: ParseIntError = error;
                format!("NoNumber: {error:?}")
            }
        },
        other => unreachable!("the case maker has no call {other}"),
    }
}
