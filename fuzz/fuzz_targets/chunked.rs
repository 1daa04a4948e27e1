//! Any bytes as a chunked body; what has to hold is said in `claims/chunked.rs`.
//!
//! The decoder belongs to the proxy and is not public. It needs `wire` alone, so its file is compiled here once more.
#![no_main]

#[path = "../../crates/proxy/src/chunked.rs"]
mod chunked;
#[path = "../../crates/proxy/tests/claims/chunked.rs"]
mod claims;

libfuzzer_sys::fuzz_target!(|input: &[u8]| claims::any_bytes(input));
