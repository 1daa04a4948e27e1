//! The part `rules` with any bytes for a file: inputs that a program makes up, and those that are stored in `fuzz/`.

mod claims {
    pub(crate) mod rules;
}

use std::fs;
use std::path::Path;

use claims::rules::rule_file;
use part_rules::load;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use wire::rules::{RuleLimits, plain_path};

/// Words of which rule files are made, good and bad: what they are joined to is nearly a file.
const WORDS: &[&str] = &[
    "[[route]]\n",
    "[[rewrite]]\n",
    "[[block]]\n",
    "[[limit]]\n",
    "upstream = ",
    "default = ",
    "host = ",
    "path = ",
    "to = ",
    "requests = ",
    "burst = ",
    "status = ",
    "method = ",
    "client = ",
    "header = ",
    "contains = ",
    "cache = true\n",
    "request.set = { \"X-A\" = \"b\" }\n",
    "response.remove = [\"Server\"]\n",
    "request.set = { ",
    " }\n",
    "\"kitchen\"\n",
    "\"/menu\"\n",
    "\"/a/../b\"\n",
    "\"*.cafe.example\"\n",
    "\"[::1]\"\n",
    "\"10.0.0.0/8\"\n",
    "\"/%2e%2E/\"\n",
    "\"Content-Length\" = \"1\"",
    "\"a\\r\\nb\"\n",
    "7\n",
    "-1\n",
    "403\n",
    "1e9\n",
    "0x7f\n",
    "99999999999999999999\n",
    "[",
    "]",
    "{",
    "\"",
    "\"\"\"",
    "'",
    "=",
    "#",
    ".",
    "\n",
    "\r",
    "é",
    "\u{feff}",
    "\0",
];

/// The same inputs on every run; a failure is repeated by running the test again.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 512,
        rng_seed: RngSeed::Fixed(9110),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nearly_a_rule_file_is_read_or_refused(words in vec(select(WORDS), 0..24)) {
        rule_file(words.concat().as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused(file in vec(any::<u8>(), 0..300)) {
        rule_file(&file);
    }

    #[test]
    fn a_path_has_one_spelling(path in "/([a-c.%/2eE]|%2[eEfF]|%[46]1){0,20}") {
        let once = plain_path(path.as_bytes()).into_owned();
        prop_assert!(once.starts_with(b"/"), "{}", once.escape_ascii());
        let dots = once.split(|&byte| byte == b'/').any(|segment| matches!(segment, b"." | b".."));
        prop_assert!(!dots, "{} became {}", path, once.escape_ascii());
    }
}

#[test]
fn the_example_is_a_good_file_and_stays_one_with_every_line_in_force() {
    let example = include_str!("../rules.toml");
    // A comment that shows a rule becomes one; other comments are sentences, and keep their mark.
    let shows =
        |line: &str| line.starts_with("[[") || line.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '));
    let uncommented: Vec<&str> =
        example.lines().map(|line| line.strip_prefix("# ").filter(|bare| shows(bare)).unwrap_or(line)).collect();
    // `default` is the one key above all tables, and stands there before any of them.
    for file in [example.to_owned(), uncommented.join("\n")] {
        let got = load(file.as_bytes(), &RuleLimits::default());
        assert!(got.is_ok(), "input: {file}\nexpected: rules\ngot: {}", got.unwrap_err());
    }
    let all = load(uncommented.join("\n").as_bytes(), &RuleLimits::default()).expect("it was loaded above");
    let counts = (all.routes.len(), all.rewrites.len(), all.blocks.len(), all.rates.len(), all.default.is_some());
    assert_eq!(counts, (1, 2, 3, 1, true), "every rule that the example shows is one");
}

#[test]
fn each_stored_rule_file_is_judged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/rules");
    let files = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut judged = 0;
    for file in files {
        let path = file.expect("the folder can be read to its end").path();
        let input = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        println!("{}: {}", path.display(), input.escape_ascii()); // shown when the claim fails
        rule_file(&input);
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        if name.ends_with(".toml") {
            // What a run of the fuzzer leaves here has no such name.
            let good = load(&input, &RuleLimits::default()).is_ok();
            assert_eq!(good, name.starts_with("good-"), "only what is called good- is good");
        }
        judged += 1;
    }
    assert!(judged > 0, "{} is empty", folder.display());
}
