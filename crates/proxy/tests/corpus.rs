//! The heads that the fuzzer starts from and those that it found, each judged once: whatever was wrong with
//! one of them stays mended. The chunked bodies are judged in `src/properties.rs`, which can see the decoder.

mod claims {
    pub(crate) mod heads;
}

use claims::heads;
use std::{fs, path::Path};

/// Judges each file of `fuzz/corpus/<target>`.
fn replay(target: &str, claim: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut judged = 0;
    for file in files {
        let path = file.expect("the folder can be read to its end").path();
        let input = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        println!("{}: {}", path.display(), input.escape_ascii()); // shown when the claim fails
        claim(&input);
        judged += 1;
    }
    assert!(judged > 0, "{} is empty", folder.display());
}

#[test]
fn each_stored_request_head_is_judged() {
    replay("request_head", heads::request_head);
}

#[test]
fn each_stored_response_head_is_judged() {
    replay("response_head", heads::response_head);
}
