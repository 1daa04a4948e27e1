//! On 18 November 2025 a program wrote a file twice its usual size, a proxy unwrapped the error, and a part of the
//! web answered 5xx. Here the same file comes to your proxy, and the proxy goes on with the rules that it had.
//!
//! The steps: where an error is, a whole file, one word of it, the list of its rules, and the reload. The easiest
//! case stands first, and a failure prints the input, what was expected and what your code gave.

use std::sync::Arc;

use part_rules::{Keeper, load, place, route};
use wire::rules::{FieldEdit, HostPattern, Place, RuleLimits, Rules};

/// A file that is good, with every kind of rule.
const GOOD: &str = r#"
default = "kitchen"

[[route]]
host = "cafe.example"
path = "/menu"
upstream = "menu"
cache = true

[[rewrite]]
path = "/old"
to = "/new"
request.set = { "X-Table" = "7" }
response.remove = ["Server"]

[[block]]
method = "TRACE"

[[limit]]
requests = 10
burst = 20
"#;

fn show(file: &[u8]) -> String {
    file.escape_ascii().to_string().replace("\\n", "\n  | ").replace("\\\"", "\"")
}

fn loaded(file: &str) -> Rules {
    load(file.as_bytes(), &RuleLimits::default())
        .unwrap_or_else(|error| panic!("input: {}\nexpected: rules\ngot: {error}", show(file.as_bytes())))
}

/// One case: `file` is refused at `line` and `column`, with `words` in what the error says.
fn check(file: impl AsRef<[u8]>, limits: &RuleLimits, (line, column): (usize, usize), words: &str) {
    let file = file.as_ref();
    let got = load(file, limits);
    let right =
        matches!(&got, Err(error) if error.place == Place { line, column } && error.to_string().contains(words));
    let got = got.map_or_else(|error| error.to_string(), |rules| format!("no error, but {rules:?}"));
    assert!(
        right,
        "a mistake refuses the whole file, and the error says where it is, and what\ninput: {}\n\
         expected: line {line}, column {column}: … {words} …\ngot: {got}",
        show(file)
    );
}

/// [`check`], with the limits that a proxy has when nobody set others.
fn check_default(file: impl AsRef<[u8]>, place: (usize, usize), words: &str) {
    check(file, &RuleLimits::default(), place, words);
}

mod step_1_place {
    use super::*;

    fn check(file: &[u8], offset: usize, expected: (usize, usize), why: &str) {
        println!("{why}\ninput: {} at byte {offset}", show(file)); // should place panic, this is still shown
        let got = place(file, offset);
        assert!(
            (got.line, got.column) == expected,
            "{why}\ninput: {} at byte {offset}\nexpected: {expected:?}\ngot: {:?}",
            show(file),
            (got.line, got.column)
        );
    }

    #[test]
    fn counts_lines_and_columns_from_one() {
        check(b"host", 0, (1, 1), "an editor calls the first character line 1, column 1");
    }

    #[test]
    fn counts_the_characters_of_the_last_line() {
        check(b"a = 1\nbc = 2", 9, (2, 4), "the column begins anew on each line");
    }

    #[test]
    fn is_still_on_the_line_that_a_newline_ends() {
        check(b"ab\ncd", 2, (1, 3), "the newline is the last character of its line");
        check(b"ab\ncd", 3, (2, 1), "the byte behind it begins the next line");
    }

    #[test]
    fn counts_characters_and_not_bytes() {
        check("café = 1".as_bytes(), 6, (1, 6), "é is two bytes and one character");
    }

    #[test]
    fn counts_in_bytes_that_are_no_text() {
        check(b"\xff\n\xffa", 3, (2, 2), "a file may hold any bytes, and still has lines");
    }

    #[test]
    fn knows_the_end_of_the_file() {
        check(b"a\nb\n", 4, (3, 1), "a file may be wrong because it ends: that place has a line and a column, too");
    }

    #[test]
    fn gives_the_end_when_the_offset_is_beyond_it() {
        check(b"", 7, (1, 1), "an offset beyond the end must not panic: the place is then the end");
        check(b"a\nbc", 99, (2, 3), "an offset beyond the end must not panic: the place is then the end");
    }
}

mod step_2_document {
    use super::*;

    #[test]
    fn takes_a_file_without_rules() {
        let rules = loaded("# no rules yet\n");
        assert!(rules == Rules::default(), "input: a comment\nexpected: no rules\ngot: {rules:?}");
    }

    #[test]
    fn says_where_the_file_stops_being_toml() {
        check_default("# rules\nroute = [1, 2\n", (2, 14), "expected");
        check_default("a = 1\n\n  b =\n", (3, 6), "expected");
    }

    #[test]
    fn says_where_the_file_stops_being_text() {
        check_default(b"# caf\xe9\n", (1, 6), "not UTF-8");
        check_default(b"a = 1\n#\xc3", (2, 2), "not UTF-8");
    }

    #[test]
    fn takes_a_file_that_just_fits() {
        let file = format!("#{}\n", "a".repeat(62));
        let got = load(file.as_bytes(), &RuleLimits { bytes: 64, ..RuleLimits::default() });
        assert!(got.is_ok(), "64 bytes fit into a limit of 64\ninput: a comment of 64 bytes\ngot: {got:?}");
    }

    #[test]
    fn refuses_a_file_that_is_too_long() {
        let file = format!("#{}\n", "a".repeat(63));
        check(&file, &RuleLimits { bytes: 64, ..RuleLimits::default() }, (1, 65), "too many bytes");
    }

    #[test]
    fn asks_for_the_length_before_anything_else() {
        check(b"\xff = [[[", &RuleLimits { bytes: 4, ..RuleLimits::default() }, (1, 5), "too many bytes");
    }
}

mod step_3_parse {
    use super::*;

    #[test]
    fn reads_a_word() {
        let rules = loaded("default = \"kitchen\"");
        let got = rules.default.as_ref().map(|name| name.as_str());
        assert_eq!(got, Some("kitchen"), "input: default = \"kitchen\"");
    }

    #[test]
    fn refuses_what_is_no_text() {
        check_default("default = 7", (1, 11), "`default` is of the type integer");
        check_default("\ndefault = [\"kitchen\"]", (2, 11), "a text in quotes");
    }

    #[test]
    fn refuses_a_word_that_is_none_of_its_kind() {
        check_default("default = \"two words\"", (1, 11), "\"two words\" is no name of an upstream");
        check_default("default = \"\"", (1, 11), "letters, digits");
    }

    #[test]
    fn refuses_a_text_that_is_too_long() {
        let limits = RuleLimits { text: 7, ..RuleLimits::default() };
        let got = load(b"default = \"kitchen\"", &limits);
        assert!(got.is_ok(), "seven bytes fit into a limit of seven\ninput: default = \"kitchen\"\ngot: {got:?}");
        check("default = \"kitchens\"", &limits, (1, 11), "the text has too many bytes");
    }

    #[test]
    fn names_the_upstream_that_was_meant() {
        let limits = RuleLimits { upstreams: Some(vec!["bar".into(), "kitchen".into()]), ..RuleLimits::default() };
        check("default = \"kitchn\"", &limits, (1, 11), "did you mean `kitchen`?");
        check("default = \"zzz\"", &limits, (1, 11), "there are bar, kitchen");
        let got = load(b"default = \"bar\"", &limits);
        assert!(got.is_ok(), "there is an upstream of this name\ninput: default = \"bar\"\ngot: {got:?}");
    }
}

mod step_4_rules {
    use super::*;

    /// A file with `count` routes, three lines each.
    fn file_of(count: usize) -> String {
        (0..count).map(|number| format!("[[route]]\npath = \"/{number}\"\nupstream = \"a\"\n")).collect()
    }

    #[test]
    fn reads_every_kind_of_rule() {
        let rules = loaded(GOOD);
        let got = (rules.routes.len(), rules.rewrites.len(), rules.blocks.len(), rules.rates.len());
        assert_eq!(got, (1, 1, 1, 1), "routes, rewrites, blocks, limits\ninput: {}", show(GOOD.as_bytes()));
        let [only] = rules.routes.as_slice() else { panic!("there is one route") };
        assert_eq!((only.upstream.as_str(), only.cache), ("menu", true));
        assert_eq!(only.scope.host, HostPattern::Exact("cafe.example".into()));
        let [rewrite] = rules.rewrites.as_slice() else { panic!("there is one rewrite") };
        assert!(
            matches!(rewrite.request.as_ref(), [FieldEdit::Set(name, value)] if name.is(b"x-table") && value.as_str() == "7")
        );
        assert!(matches!(rewrite.response.as_ref(), [FieldEdit::Remove(name)] if name.is(b"SERVER")));
        assert_eq!((rules.rates[0].requests.get(), rules.rates[0].burst.get()), (10, 20));
        assert_eq!(rules.blocks[0].status, 403, "a block that names no status answers 403");
        let rates = loaded("[[limit]]\nrequests = 7").rates;
        assert_eq!(rates[0].burst.get(), 7, "a limit that names no burst allows as many at once as in a second");
    }

    #[test]
    fn caches_only_where_a_route_says_so() {
        let routes = [("", false), ("cache = false", false), ("cache = true", true)];
        for (line, expected) in routes {
            let file = format!("[[route]]\nupstream = \"a\"\n{line}");
            assert_eq!(loaded(&file).routes[0].cache, expected, "input: {}", show(file.as_bytes()));
        }
    }

    #[test]
    fn one_change_is_enough_for_a_rewrite() {
        for line in ["to = \"/new\"", "request.remove = [\"X-A\"]", "response.set = { \"X-A\" = \"1\" }"] {
            let rewrites = loaded(&format!("[[rewrite]]\npath = \"/old\"\n{line}")).rewrites;
            let [only] = rewrites.as_slice() else { panic!("input: {line}\nexpected: one rewrite\ngot: {rewrites:?}") };
            let got = [only.to.is_some(), !only.request.is_empty(), !only.response.is_empty()];
            let expected = ["to", "request", "response"].map(|side| line.starts_with(side));
            assert_eq!(got, expected, "(to, request, response)\ninput: {line}");
        }
    }

    #[test]
    fn keeps_the_order_of_the_file() {
        let rules = loaded("[[block]]\nmethod = \"A\"\n[[block]]\nmethod = \"B\"\n[[block]]\nmethod = \"C\"\n");
        let got: Vec<_> = rules.blocks.iter().flat_map(|block| &block.method).map(|method| method.as_str()).collect();
        assert_eq!(got, ["A", "B", "C"], "blocks are tried in the order of the file");
    }

    #[test]
    fn one_bad_rule_refuses_the_whole_file() {
        let file = "[[route]]\nupstream = \"a\"\n[[route]]\nupstream = 7\n[[route]]\nupstream = \"c\"\n";
        check_default(file, (4, 12), "`upstream` is of the type integer");
    }

    #[test]
    fn takes_as_many_rules_as_the_limit_allows() {
        let rules = loaded(&file_of(200));
        assert_eq!(rules.routes.len(), 200, "200 rules fit into a limit of 200");
    }

    #[test]
    fn refuses_one_rule_too_many() {
        check_default(file_of(201), (601, 1), "the file has too many rules; the limit is 200");
    }

    #[test]
    fn counts_rules_of_all_kinds_together() {
        let file = format!("{}[[block]]\nmethod = \"TRACE\"\n", file_of(200));
        check_default(file, (601, 1), "the file has too many rules");
    }

    #[test]
    fn a_limit_of_none_is_no_panic() {
        let limits = RuleLimits { rules: 0, ..RuleLimits::default() };
        check(file_of(1), &limits, (1, 1), "the limit is 0");
    }

    #[test]
    fn says_which_key_was_meant() {
        check_default("[[rout]]\nupstream = \"a\"", (1, 3), "did you mean `route`?");
        check_default("[[route]]\nupsteam = \"a\"", (2, 1), "`route` has no key `upsteam`; did you mean `upstream`?");
        check_default("[[route]]\ncolour = 1\nupstream = \"a\"", (2, 1), "its keys are host, path, upstream, cache");
        check_default("[[block]]\nstatuss = 1\nmetod = \"A\"", (2, 1), "did you mean `status`?");
        check_default("[[limit]]\nburts = 1\nrequests = 1", (2, 1), "did you mean `burst`?");
        check_default("[[rewrite]]\nrespons = 1", (2, 1), "did you mean `response`?");
        check_default("[[rewrite]]\nrequest.sett = 1", (2, 9), "did you mean `set`?");
    }

    #[test]
    fn says_what_a_rule_lacks() {
        check_default("[[route]]\nhost = \"a\"", (1, 1), "this `route` has no `upstream`");
        check_default("[[limit]]\nburst = 1", (1, 1), "this `limit` has no `requests`");
        check_default("\n[[block]]\nstatus = 451", (2, 1), "would refuse everything");
        check_default("[[block]]\npath = \"/\"\ncontains = \"a\"", (1, 1), "say which field");
        check_default("[[rewrite]]\nto = \"/new\"", (1, 1), "`to` stands without `path`");
        check_default("[[rewrite]]\npath = \"/a\"", (1, 1), "changes nothing");
    }

    #[test]
    fn refuses_a_number_that_does_not_fit() {
        for digits in ["0", "-1", "1_000_001", "99999999999999999999999999", "-99999999999999999999"] {
            check_default(format!("[[limit]]\nrequests = {digits}"), (2, 12), "a whole number from 1 to 1000000");
        }
        check_default("[[limit]]\nrequests = 1.5", (2, 12), "of the type float");
        check_default("[[block]]\npath = \"/\"\nstatus = 200", (3, 10), "from 400 to 599");
    }

    #[test]
    fn refuses_fields_that_frame_a_message() {
        for name in ["Content-Length", "transfer-encoding", "CONNECTION", "Host", "TE", "Upgrade"] {
            let set = format!("[[rewrite]]\nrequest.set = {{ \"{name}\" = \"1\" }}");
            check_default(set, (2, 17), "the proxy decides it itself");
            let remove = format!("[[rewrite]]\nresponse.remove = [ \"{name}\" ]");
            check_default(remove, (2, 21), "the proxy decides it itself");
        }
    }

    #[test]
    fn refuses_a_value_that_would_become_a_second_line() {
        let set = |value: &str| format!("[[rewrite]]\nrequest.set = {{ \"X-A\" = \"{value}\" }}");
        check_default(set("a\\r\\nX-Admin: yes"), (2, 25), "may not hold the byte 0x0D");
        check_default(set("a\\u0000"), (2, 25), "0x00");
        check_default(set(" a"), (2, 25), "white space");
        check_default("[[rewrite]]\nrequest.set = { \"X A\" = \"1\" }", (2, 17), "\"X A\" is no field name");
    }

    #[test]
    fn refuses_a_field_that_is_changed_twice() {
        let file = "[[rewrite]]\nrequest.set = { \"X-A\" = \"1\" }\nrequest.remove = [\"x-a\"]";
        check_default(file, (3, 19), "changes the field x-a twice");
    }

    #[test]
    fn refuses_too_many_changes_in_one_rewrite() {
        let limits = RuleLimits { edits: 1, ..RuleLimits::default() };
        check("[[rewrite]]\nrequest.remove = [\"A\", \"B\"]", &limits, (2, 24), "too many changes; the limit is 1");
        let limits = RuleLimits { text: 7, ..RuleLimits::default() };
        check("[[rewrite]]\nrequest.set = { \"X-Longer\" = \"b\" }", &limits, (2, 17), "the text has too many bytes");
    }

    #[test]
    fn refuses_a_path_that_no_request_would_match() {
        check_default("[[block]]\npath = \"admin\"", (2, 8), "a path begins with `/`");
        check_default("[[block]]\npath = \"/a/../b\"", (2, 8), "write \"/b\"");
        check_default("[[block]]\npath = \"/%61dmin\"", (2, 8), "write \"/admin\"");
        check_default("[[block]]\nhost = \"cafe.example:80\"", (2, 8), "leave the port out");
        check_default("[[block]]\nclient = \"10.0.0.0/33\"", (2, 10), "at most 32");
    }

    #[test]
    fn the_narrowest_route_wins_wherever_it_stands() {
        let file = ["/", "/menu", "/menu/today", "/menus"]
            .map(|path| format!("[[route]]\npath = \"{path}\"\nupstream = \"any{}\"\n", path.replace('/', "-")))
            .join("")
            + "[[route]]\nhost = \"*.example\"\npath = \"/menu\"\nupstream = \"below\"\n\
               [[route]]\nhost = \"cafe.example\"\nupstream = \"cafe\"\n";
        let rules = loaded(&file);
        let cases = [
            ("other", "/", "any-"),
            ("other", "/menu", "any-menu"),
            ("other", "/menu/tomorrow", "any-menu"),
            ("other", "/menu/today/soup", "any-menu-today"),
            ("other", "/menus", "any-menus"),
            ("bar.example", "/menu/today", "below"),
            ("bar.example", "/", "any-"),
            ("Cafe.Example:8080", "/menu", "cafe"),
            ("example", "/menu", "any-menu"),
        ];
        for (host, path, expected) in cases {
            let got = route(&rules, host.as_bytes(), path.as_bytes()).map(|route| route.upstream.as_str());
            assert_eq!(got, Some(expected), "the most specific host wins, then the longest path\ninput: {host} {path}");
        }
    }

    #[test]
    fn no_route_is_an_answer_too() {
        let rules = loaded("[[route]]\nhost = \"cafe.example\"\nupstream = \"a\"\n");
        assert_eq!(route(&rules, b"bar.example", b"/"), None, "input: bar.example /");
    }
}

mod step_5_reload {
    use super::*;

    fn keeper(file: &str) -> Keeper {
        Keeper::new(file.as_bytes(), RuleLimits::default()).expect("the first file is good")
    }

    fn default_of(rules: &Rules) -> &str {
        rules.default.as_ref().map_or("none", |name| name.as_str())
    }

    /// One reload, and which rules are in force after it.
    fn check(keeper: &Keeper, file: &str, expected: &str, why: &str) {
        let answer = keeper.reload(file.as_bytes()).map(|rules| default_of(&rules).to_owned());
        let current = keeper.current();
        let got = default_of(&current);
        assert!(got == expected, "{why}\ninput: {}\nexpected: {expected}\ngot: {got}", show(file.as_bytes()));
        if let Ok(given) = answer {
            assert_eq!(given, expected, "reload gives back the rules that are now in force");
        }
    }

    #[test]
    fn puts_good_rules_in_force() {
        let keeper = keeper("default = \"one\"");
        check(&keeper, "default = \"two\"", "two", "a good file takes the place of the old rules");
        assert_eq!(keeper.reloads().good, 1, "a good file is counted");
    }

    #[test]
    fn keeps_the_last_good_rules_when_a_file_is_bad() {
        let keeper = keeper("default = \"one\"");
        let twice = "[[route]]\nupstream = \"a\"\n".repeat(201);
        for bad in ["default = ", "default = 7", "defualt = \"two\"", &twice] {
            check(&keeper, bad, "one", "a bad file changes nothing: requests go on as before");
        }
        assert_eq!((keeper.reloads().good, keeper.reloads().bad), (0, 4), "good and bad files are counted");
    }

    #[test]
    fn gives_the_error_back_and_keeps_it() {
        let keeper = keeper("default = \"one\"");
        let error = keeper.reload(b"default = 7").expect_err("7 is no name");
        assert_eq!(keeper.reloads().error, Some(error), "whoever asks later wants to know why, too");
    }

    #[test]
    fn forgets_the_error_when_a_good_file_comes() {
        let keeper = keeper("default = \"one\"");
        check(&keeper, "default = 7", "one", "a bad file changes nothing: requests go on as before");
        check(&keeper, "default = \"two\"", "two", "a good file after a bad one counts");
        assert_eq!(keeper.reloads().error, None, "the newest file is good: nothing is wrong any more");
    }

    #[test]
    fn survives_a_file_that_flaps_between_good_and_bad() {
        let keeper = keeper("default = \"start\"");
        for round in 0..50 {
            check(&keeper, &format!("default = \"r{round}\""), &format!("r{round}"), "a good file counts");
            check(&keeper, "[[route]", &format!("r{round}"), "a bad file changes nothing: requests go on as before");
        }
        let reloads = keeper.reloads();
        assert_eq!((reloads.good, reloads.bad), (50, 50), "fifty good files and fifty bad ones were counted");
    }

    #[test]
    fn a_request_keeps_the_rules_that_it_began_with() {
        let keeper = keeper("default = \"one\"");
        let held = keeper.current();
        check(&keeper, "default = \"two\"", "two", "a good file takes the place of the old rules");
        assert_eq!(default_of(&held), "one", "who holds rules keeps them");
    }

    #[test]
    fn gives_back_the_very_rules_that_are_in_force() {
        let keeper = keeper("default = \"one\"");
        let given = keeper.reload(b"default = \"two\"").expect("the file is good");
        assert!(Arc::ptr_eq(&given, &keeper.current()), "an Arc is copied, and the rules in it are not");
    }

    #[test]
    fn without_a_first_good_file_there_is_nothing_to_keep() {
        let got = Keeper::new(b"default = 7", RuleLimits::default()).map(|_| "a keeper").map_err(|error| error.place);
        assert_eq!(got, Err(Place { line: 1, column: 11 }), "input: default = 7");
        // Only here, so that an untouched stub fails: a good first file is taken and then replaced.
        check(&keeper("default = \"one\""), "default = \"two\"", "two", "a good file counts");
    }
}
