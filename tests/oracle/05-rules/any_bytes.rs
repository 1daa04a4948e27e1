//! The drill `any_bytes` before the oracle.

use any_bytes::RangeError;
use oracle_support::{Input, answer_all};

fn main() {
    answer_all(answer);
}

fn answer(call: &str, input: &mut Input<'_>) -> String {
    let length: fn(&[u8]) -> Result<u64, RangeError> = any_bytes::length;
    match call {
        "Length" => match length(&input.bytes()) {
            Ok(length) => format!("{length} bytes"),
            Err(RangeError::NoText) => String::from("NoText"),
            Err(RangeError::NoDash) => String::from("NoDash"),
            Err(RangeError::NoNumber) => String::from("NoNumber"),
            Err(RangeError::Backwards) => String::from("Backwards"),
            Err(RangeError::TooLong) => String::from("TooLong"),
        },
        other => unreachable!("the case maker has no call {other}"),
    }
}
