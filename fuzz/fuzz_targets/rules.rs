//! Any bytes as a rule file; what has to hold is said in `claims/rules.rs`.
#![no_main]

#[path = "../../crates/proxy/tests/claims/rules.rs"]
mod rules;

libfuzzer_sys::fuzz_target!(|input: &[u8]| rules::rule_file(input));
