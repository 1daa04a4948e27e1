//! What has to hold of any bytes as a rule file. The fuzz target `rules` and the tests beside this folder call it.

use part_rules::{Keeper, load, route};
use wire::rules::{FieldEdit, RuleLimits, plain_path};

/// `file` is read or refused, never a panic; and either way everything that is said of it is true.
pub(crate) fn rule_file(file: &[u8]) {
    for limits in [RuleLimits::default(), RuleLimits { bytes: 200, rules: 2, edits: 1, text: 8, upstreams: None }] {
        judge(file, &limits);
    }
}

fn judge(file: &[u8], limits: &RuleLimits) {
    match load(file, limits) {
        Ok(rules) => {
            let count = rules.routes.len() + rules.rewrites.len() + rules.blocks.len() + rules.rates.len();
            assert!(file.len() <= limits.bytes && count <= limits.rules, "{count} rules in {} bytes", file.len());
            for edits in rules.rewrites.iter().flat_map(|rewrite| [&rewrite.request, &rewrite.response]) {
                assert!(edits.len() <= limits.edits, "{} changes", edits.len());
                edits.iter().for_each(is_one_harmless_line);
            }
            // Any bytes are a host and a path, too.
            let plain = plain_path(file);
            assert_eq!(route(&rules, file, &plain), route(&rules, file, &plain_path(file)));
            assert!(plain.is_empty() || plain.starts_with(b"/") || !file.starts_with(b"/"), "{}", plain.escape_ascii());
        }
        Err(error) => {
            let lines: Vec<&[u8]> = file.split(|&byte| byte == b'\n').collect();
            let line = lines.get(error.place.line.wrapping_sub(1)).unwrap_or_else(|| panic!("no such line: {error}"));
            assert!((1..=line.len() + 1).contains(&error.place.column), "no such column: {error}");
            assert!(!error.what.is_empty() && !error.help.is_empty(), "the error is silent: {error:?}");
            assert!(!error.to_string().contains(char::is_control), "the error is more than a line: {error:?}");
        }
    }
    let keeper = Keeper::new(b"default = \"last-good\"", limits.clone());
    if let Ok(keeper) = keeper {
        let before = keeper.current();
        let kept = keeper.reload(file).is_err();
        assert_eq!(kept, *keeper.current() == *before && keeper.reloads().bad == 1, "a bad file changes nothing");
    }
}

/// What an edit writes is one field line, and none that frames a message.
fn is_one_harmless_line(edit: &FieldEdit) {
    let (name, value) = match edit {
        FieldEdit::Set(name, value) => (name, value.as_str()),
        FieldEdit::Remove(name) => (name, ""),
    };
    assert!(!name.as_str().is_empty() && name.as_str().bytes().all(wire::syntax::is_token_byte), "{name}");
    assert!(value.bytes().all(wire::syntax::is_value_byte), "{value:?}");
    for framing in ["Content-Length", "Transfer-Encoding", "Connection", "Host"] {
        assert!(!name.is(framing.as_bytes()), "a rule changes {name}");
    }
}
