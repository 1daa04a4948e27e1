//! Any bytes as the head of a request; what has to hold is said in `claims/heads.rs`.
#![no_main]

#[path = "../../crates/proxy/tests/claims/heads.rs"]
#[expect(dead_code, reason = "the other target calls the other claim")]
mod heads;

libfuzzer_sys::fuzz_target!(|input: &[u8]| heads::request_head(input));
