//! Blocking, rate limits, a request id, rewriting: each is a filter, and none of them knows the others. A filter that
//! has nothing to do with a request is skipped, and one that answers ends the request's way.
//!
//! The steps: one filter by itself, a list of filters that are skipped or run, the phase that guards, two phases in a
//! row, and the filter that rewrites. The easiest case stands first, and a failure prints the input, what was expected
//! and what your code gave.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use part_pipeline::{Admission, Arrived, Blocking, Filter, Filters, Guard, Phase, Pipeline, Rewriting, Shaper, then};
use wire::FieldLines;
use wire::pipeline::{Answer, Edits, FilterCount, Incoming};
use wire::rules::{Block, FieldEdit, FieldMatch, RateLimit, Rewrite, Rules, Scope};

const CLIENT: &str = "203.0.113.7";

/// A word of a rule file as the type that it becomes.
fn word<T: std::str::FromStr<Err = wire::rules::Wrong>>(text: &str) -> T {
    text.parse().unwrap_or_else(|wrong| panic!("{text}: {wrong}"))
}

fn below(path: &str) -> Scope {
    Scope { path: word(path), ..Scope::default() }
}

fn lines(fields: &[(&str, &str)]) -> FieldLines {
    let mut lines = FieldLines::new();
    for (name, value) in fields {
        lines.push(name.as_bytes(), value.as_bytes()).expect("a good field");
    }
    lines
}

/// What `look` sees of a request, written as `GET /path from address` and with these fields.
fn with<T>(request: &str, fields: &[(&str, &str)], look: impl FnOnce(&Incoming<'_>) -> T) -> T {
    let words: Vec<&str> = request.split(' ').collect();
    let (method, target, client) = (words[0], words[1], words.get(3).copied().unwrap_or(CLIENT));
    let client: IpAddr = client.parse().expect("an address");
    let lines = lines(fields);
    println!("input: {request} {fields:?}"); // shown when a test fails
    look(&Incoming::new(method.as_bytes(), target.as_bytes(), b"cafe.example", client, lines.as_fields()))
}

fn rejects<T: std::fmt::Debug>(got: &Result<T, Answer>, expected: u16, why: &str) {
    let right = matches!(got, Err(Answer::Reject { status, .. }) if *status == expected);
    assert!(right, "{why}\nexpected: Reject with status {expected}\ngot: {got:?}");
}

/// A block of everything below `path`, answered with `status`.
fn block(path: &str, status: u16) -> Block {
    Block { scope: below(path), method: None, client: None, field: None, status }
}

mod step_1_block {
    use super::*;

    /// One case: does the filter apply to `request`, and does it let it pass?
    fn check(blocks: &[Block], request: &str, fields: &[(&str, &str)], expected: Option<u16>, why: &str) {
        let filter = Blocking::new(blocks.to_vec());
        let got = with(request, fields, |request| filter.check(request, 0));
        match expected {
            Some(status) => rejects(&got, status, why),
            None => assert!(got.is_ok(), "{why}\nexpected: it passes\ngot: {got:?}"),
        }
    }

    #[test]
    fn applies_where_a_block_has_its_scope() {
        let filter = Blocking::new(vec![block("/admin", 403), block("/.git", 404)]);
        let cases = [("/admin", true), ("/.git/config", true), ("/", false), ("/administrator", false)];
        for (path, expected) in cases {
            let got = with(&format!("GET {path}"), &[], |request| filter.applies(request));
            assert_eq!(got, expected, "a filter applies where any of its blocks has its scope: {path}");
        }
    }

    #[test]
    fn applies_to_every_spelling_of_a_path() {
        let filter = Blocking::new(vec![block("/admin", 403)]);
        let got = with("GET /menu/../%61dmin?x=1", &[], |request| filter.applies(request));
        assert!(got, "rules see a path in one spelling: request.path()\nexpected: true\ngot: false");
    }

    #[test]
    fn applies_nowhere_without_blocks() {
        let got = with("GET /", &[], |request| Blocking::new(vec![]).applies(request));
        assert!(!got, "a filter without blocks has nothing to do\nexpected: false\ngot: true");
    }

    #[test]
    fn rejects_with_the_status_of_the_block() {
        check(&[block("/admin", 451)], "GET /admin/users", &[], Some(451), "the block says which status");
    }

    #[test]
    fn lets_pass_what_no_block_is_for() {
        check(&[block("/admin", 403)], "GET /menu", &[], None, "/menu is not below /admin");
        check(&[], "GET /menu", &[], None, "no block blocks nothing");
    }

    #[test]
    fn the_first_block_that_is_met_answers() {
        let blocks = [block("/menu", 404), block("/admin", 410), block("/admin/users", 451)];
        check(&blocks, "GET /admin/users", &[], Some(410), "blocks are tried in the order of the file");
    }

    #[test]
    fn every_condition_of_a_block_has_to_be_met() {
        let wanted = FieldMatch { name: word("User-Agent"), contains: Some(word("bot")) };
        let strict = Block {
            method: Some(word("POST")),
            client: Some(word("203.0.113.0/24")),
            field: Some(wanted),
            ..block("/form", 403)
        };
        let bot: &[(&str, &str)] = &[("user-agent", "Mozilla (FormBot/2)")];
        let why = "a block refuses what meets all of its conditions, and nothing else";
        check(std::slice::from_ref(&strict), "POST /form", bot, Some(403), why);
        for (request, fields) in [
            ("GET /form", bot),
            ("post /form", bot),
            ("POST /forms", bot),
            ("POST /form from 198.51.100.1", bot),
            ("POST /form", &[("User-Agent", "Mozilla")]),
            ("POST /form", &[]),
        ] {
            check(std::slice::from_ref(&strict), request, fields, None, why);
        }
    }

    #[test]
    fn no_spelling_of_a_path_walks_around_a_block() {
        for target in ["/%61dmin", "//admin", "/x/../admin", "/./admin?x=1", "/x/%2e%2E/admin", "http://a/admin"] {
            let request = format!("GET {target}");
            check(&[block("/admin", 403)], &request, &[], Some(403), "rules see a path in one spelling");
        }
    }
}

/// A guard of the tests: applies below a path, and answers what it was made with.
struct Gate {
    name: &'static str,
    scope: Scope,
    answer: Option<Answer>,
    asked: Arc<AtomicU64>,
}

impl Gate {
    fn new(name: &'static str, path: &str, answer: Option<Answer>) -> Self {
        Self { name, scope: below(path), answer, asked: Arc::default() }
    }
}

impl Filter for Gate {
    fn name(&self) -> &'static str {
        self.name
    }

    fn applies(&self, request: &Incoming<'_>) -> bool {
        self.scope.matches(request.host, request.path())
    }
}

impl Guard for Gate {
    fn check(&self, _: &Incoming<'_>, now_ms: u64) -> Result<(), Answer> {
        self.asked.fetch_add(1 + now_ms, Ordering::Relaxed);
        self.answer.clone().map_or(Ok(()), Err)
    }
}

fn gates(gates: impl IntoIterator<Item = Gate>) -> Filters<dyn Guard> {
    Filters::new(gates.into_iter().map(|gate| Box::new(gate) as Box<dyn Guard>).collect())
}

fn teapot() -> Answer {
    Answer::Reject { status: 418, why: "no coffee", retry_after_s: None }
}

fn health() -> Answer {
    Answer::Respond { status: 200, fields: lines(&[("Content-Type", "text/plain")]), body: b"well".to_vec() }
}

mod step_2_applying {
    use super::*;

    fn names(filters: &Filters<dyn Guard>, request: &str) -> Vec<&'static str> {
        with(request, &[], |request| filters.applying(request).map(|filter| filter.name()).collect())
    }

    fn check(filters: &Filters<dyn Guard>, expected: &[(&'static str, u64, u64)], why: &str) {
        let got: Vec<_> = filters.counts().map(|count| (count.name, count.ran, count.skipped)).collect();
        assert!(got == expected, "{why}\nexpected: {expected:?} (name, ran, skipped)\ngot: {got:?}");
    }

    #[test]
    fn gives_the_filters_that_apply_in_order() {
        let filters =
            gates([("a", "/menu"), ("b", "/admin"), ("c", "/")].map(|(name, path)| Gate::new(name, path, None)));
        assert_eq!(names(&filters, "GET /menu"), ["a", "c"], "b has nothing to do with /menu");
        assert_eq!(names(&filters, "GET /"), ["c"], "only c is for /");
    }

    #[test]
    fn counts_what_ran_and_what_was_skipped() {
        let filters = gates([Gate::new("a", "/menu", None), Gate::new("b", "/admin", None)]);
        for request in ["GET /menu", "GET /menu/today", "GET /admin", "GET /"] {
            names(&filters, request);
        }
        check(&filters, &[("a", 2, 2), ("b", 1, 3)], "each filter is counted once a request, on one side or the other");
    }

    #[test]
    fn counts_only_the_filters_that_were_reached() {
        let filters = gates([Gate::new("a", "/", None), Gate::new("b", "/", None)]);
        let first = with("GET /", &[], |request| filters.applying(request).next().map(|filter| filter.name()));
        assert_eq!(first, Some("a"));
        check(
            &filters,
            &[("a", 1, 0), ("b", 0, 0)],
            "nobody asked for the second filter: it neither ran nor was skipped",
        );
    }
}

mod step_3_admit {
    use super::*;

    /// What the phase with these gates says of `request`.
    fn check(list: impl IntoIterator<Item = Gate>, request: &str) -> Result<(), Answer> {
        let phase = Admission(gates(list));
        with(request, &[], |request| phase.run(Arrived { request, now_ms: 41 }).map(drop))
    }

    #[test]
    fn admits_what_every_guard_lets_pass() {
        let got = check([Gate::new("a", "/", None), Gate::new("b", "/", None)], "GET /");
        assert!(got.is_ok(), "both guards let it pass\nexpected: Ok\ngot: {got:?}");
        let got = check([], "GET /");
        assert!(got.is_ok(), "without a guard everything passes\nexpected: Ok\ngot: {got:?}");
    }

    #[test]
    fn hands_up_the_answer_of_a_guard() {
        let got = check([Gate::new("a", "/", None), Gate::new("b", "/", Some(teapot()))], "GET /");
        rejects(&got, 418, "the second guard answers");
        let got = check([Gate::new("health", "/health", Some(health()))], "GET /health");
        assert_eq!(got, Err(health()), "a guard may respond, too: the answer goes up as it is");
    }

    #[test]
    fn does_not_ask_a_guard_that_does_not_apply() {
        let got = check([Gate::new("a", "/admin", Some(teapot()))], "GET /menu");
        assert!(got.is_ok(), "the guard is for /admin, so it is skipped\nexpected: Ok\ngot: {got:?}");
    }

    #[test]
    fn asks_each_guard_once_and_tells_it_the_time() {
        let gate = Gate::new("a", "/", None);
        let asked = Arc::clone(&gate.asked);
        let got = check([gate], "GET /");
        assert!(got.is_ok(), "expected: Ok\ngot: {got:?}");
        assert_eq!(
            asked.load(Ordering::Relaxed),
            1 + 41,
            "it is asked once, at 41 ms (1 for the call and 41 for the time)"
        );
    }

    #[test]
    fn asks_nobody_after_the_first_answer() {
        let last = Gate::new("last", "/", None);
        let asked = Arc::clone(&last.asked);
        let got = check([Gate::new("first", "/", Some(teapot())), last], "GET /");
        rejects(&got, 418, "the first guard answers");
        assert_eq!(asked.load(Ordering::Relaxed), 0, "the request is answered: the last guard is not asked any more");
    }
}

mod step_4_then {
    use super::*;

    struct Length;

    impl Phase<&'static str> for Length {
        type Out = usize;

        fn run(&self, input: &'static str) -> Result<usize, Answer> {
            if input.is_empty() { Err(teapot()) } else { Ok(input.len()) }
        }
    }

    /// Refuses odd numbers, and notes how often it was asked.
    #[derive(Default)]
    struct Half(Arc<AtomicU64>);

    impl Phase<usize> for Half {
        type Out = usize;

        fn run(&self, input: usize) -> Result<usize, Answer> {
            self.0.fetch_add(1, Ordering::Relaxed);
            if input % 2 == 1 { Err(health()) } else { Ok(input / 2) }
        }
    }

    fn check(input: &'static str, expected: Result<usize, Answer>, why: &str) {
        let got = then(Length, Half::default()).run(input);
        assert!(got == expected, "{why}\ninput: {input:?}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn the_second_phase_takes_what_the_first_gives() {
        check("menu", Ok(2), "four letters, and the half of it");
    }

    #[test]
    fn an_answer_of_the_first_phase_goes_up() {
        check("", Err(teapot()), "the first phase answers");
    }

    #[test]
    fn an_answer_of_the_second_phase_goes_up() {
        check("tea", Err(health()), "the second phase answers");
    }

    #[test]
    fn the_second_phase_does_not_see_what_the_first_answered() {
        let half = Half::default();
        let asked = Arc::clone(&half.0);
        let got = then(Length, half).run("");
        assert!(got.is_err(), "input: \"\"\nexpected: the first phase's answer\ngot: {got:?}");
        assert_eq!(asked.load(Ordering::Relaxed), 0, "the request is answered: the second phase does not run");
    }

    #[test]
    fn three_phases_are_two_of_which_one_is_two() {
        let got = then(then(Length, Half::default()), Half::default()).run("menucard");
        assert_eq!(got, Ok(2), "eight letters, halved twice");
    }
}

mod step_5_rewrite {
    use super::*;

    fn set(name: &str, value: &str) -> FieldEdit {
        FieldEdit::Set(word(name), word(value))
    }

    fn rewrite(path: &str, to: Option<&str>, request: &[FieldEdit], response: &[FieldEdit]) -> Rewrite {
        Rewrite { scope: below(path), to: to.map(word), request: request.into(), response: response.into() }
    }

    fn shaped(rewrites: Vec<Rewrite>, request: &str) -> Edits {
        let mut edits = Edits::default();
        let filter = Rewriting::new(rewrites);
        with(request, &[], |request| filter.shape(request, &mut edits));
        edits
    }

    /// One case: where a request goes with these prefixes and what they become.
    fn check(prefixes: &[(&str, &str)], request: &str, expected: Option<&str>, why: &str) {
        let rewrites = prefixes.iter().map(|(from, to)| rewrite(from, Some(to), &[], &[])).collect();
        let got = shaped(rewrites, request).target.map(|target| target.escape_ascii().to_string());
        assert!(got.as_deref() == expected, "{why}\nexpected: {expected:?}\ngot: {got:?}");
    }

    #[test]
    fn puts_a_new_prefix_in_the_place_of_the_old() {
        check(&[("/old", "/new")], "GET /old/menu?day=1", Some("/new/menu?day=1"), "rest and query stay");
        check(&[("/old", "/new")], "GET /old", Some("/new"), "the prefix alone is a path, too");
        check(&[("/old", "/")], "GET /old/menu", Some("/menu"), "no slash comes twice");
        check(&[("/", "/app/")], "GET /menu/", Some("/app/menu/"), "no slash comes twice");
        check(&[("/old", "/")], "GET /old", Some("/"), "a path is never empty");
        check(&[("/old", "/new")], "GET /old/caf%C3%A9", Some("/new/caf%C3%A9"), "the rest keeps its spelling");
        check(&[("/old", "/new")], "GET /x/../%6Fld/a%20b", Some("/new/a%20b"), "a crooked path comes out straight");
    }

    #[test]
    fn leaves_a_target_alone_that_no_rewrite_is_for() {
        check(&[("/old", "/new")], "GET /older", None, "/older is not below /old");
        let got = shaped(vec![rewrite("/", None, &[set("X-A", "1")], &[])], "GET /old").target;
        assert_eq!(got, None, "a rewrite without a new prefix leaves the target alone");
    }

    #[test]
    fn the_first_rewrite_that_fits_gives_the_target() {
        let prefixes = [("/x", "/y"), ("/old", "/first"), ("/old/menu", "/second")];
        check(&prefixes, "GET /old/menu", Some("/first/menu"), "the target is set once, by the first that fits");
    }

    #[test]
    fn every_rewrite_that_fits_changes_fields() {
        let rewrites = vec![
            rewrite("/", None, &[set("X-A", "1")], &[]),
            rewrite("/other", None, &[set("X-B", "2")], &[]),
            rewrite("/menu", None, &[set("X-A", "3"), FieldEdit::Remove(word("Cookie"))], &[]),
        ];
        let edits = shaped(rewrites, "GET /menu");
        let fields: [(&[u8], &[u8]); 3] = [(b"cookie", b"a"), (b"x-a", b"0"), (b"Accept", b"*/*")];
        let got: Vec<_> = edits.request_lines(fields.into_iter()).collect();
        let expected: [(&[u8], &[u8]); 2] = [(b"Accept", b"*/*"), (b"X-A", b"3")];
        assert_eq!(got, expected, "of two changes to one field the later one has its way\ninput: {fields:?}");
    }

    #[test]
    fn shares_the_changes_with_the_rule() {
        let rule = rewrite("/", None, &[set("X-A", "1")], &[]);
        let edits = shaped(vec![rule.clone()], "GET /");
        let [changes] = edits.request.as_slice() else { panic!("expected: one list of changes\ngot: {edits:?}") };
        assert!(Arc::ptr_eq(changes, &rule.request), "the changes were copied: Arc::clone shares them with the rule");
    }

    #[test]
    fn a_rewrite_of_responses_leaves_the_request_alone() {
        let edits = shaped(vec![rewrite("/", None, &[], &[set("X-A", "1")])], "GET /");
        assert_eq!(edits, Edits::default(), "what is for responses is the work of another filter, in a later phase");
    }

    #[test]
    fn a_rewrite_that_changes_nothing_here_is_skipped() {
        let rewrites = [
            rewrite("/target", Some("/new"), &[], &[]),
            rewrite("/request", None, &[set("X-A", "1")], &[]),
            rewrite("/response", None, &[], &[set("X-A", "1")]),
            rewrite("/response", None, &[set("X-A", "1")], &[]),
        ];
        let pipeline = Pipeline::new(&Rules { rewrites: rewrites.to_vec(), ..Rules::default() });
        for path in ["/target", "/request", "/response", "/"] {
            let edits = with(&format!("GET {path}"), &[], |request| pipeline.run(request, 0)).expect("it may pass");
            let got = (edits.target.is_some(), edits.request.len(), edits.response.len());
            let expected = (path == "/target", usize::from(path.starts_with("/re")), usize::from(path == "/response"));
            assert_eq!(got, expected, "a rewrite does what it says, and nothing else (target, request, response)");
        }
        let counts: Vec<_> = pipeline.counts().iter().map(|count| (count.name, count.ran, count.skipped)).collect();
        let expected = [("block", 0, 4), ("request-id", 4, 0), ("rewrite", 3, 1), ("rewrite-response", 1, 3)];
        assert_eq!(counts, expected, "a filter runs where it has something to do (name, ran, skipped)");
    }

    #[test]
    fn a_limit_counts_the_requests_of_its_scope_only() {
        let one = 1.try_into().expect("not zero");
        let rates = vec![RateLimit { scope: below("/login"), requests: one, burst: one }];
        let rewrites = vec![rewrite("/", Some("/new"), &[], &[])];
        let pipeline = Pipeline::new(&Rules { rates: rates.clone(), rewrites, ..Rules::default() });
        let ask = |path: &str| with(&format!("GET {path}"), &[], |request| pipeline.run(request, 0));
        for _ in 0..3 {
            let got = ask("/");
            assert!(got.is_ok(), "the limit is for /login\nexpected: Ok\ngot: {got:?}");
        }
        assert!(ask("/login").is_ok(), "nobody asked for /login before");
        rejects(&ask("/login"), 429, "one a second");
        let count = &pipeline.counts()[1];
        assert_eq!((count.name, count.ran, count.skipped), ("rate-limit", 2, 3), "(name, ran, skipped)");
        let twice = [rates.clone(), vec![RateLimit { scope: below("/menu"), ..rates[0].clone() }]].concat();
        let both = Pipeline::new(&Rules { rates: twice, ..Rules::default() });
        let got =
            ["/login", "/menu"].map(|path| with(&format!("GET {path}"), &[], |request| both.run(request, 0).is_ok()));
        assert_eq!(got, [true, true], "each limit has buckets of its own, and only for what it is for");
    }

    #[test]
    fn the_whole_pipeline_admits_names_and_shapes() {
        let rules = Rules {
            blocks: vec![block("/admin", 403)],
            rewrites: vec![rewrite("/old", Some("/new"), &[set("X-A", "1")], &[FieldEdit::Remove(word("Server"))])],
            ..Rules::default()
        };
        let pipeline = Pipeline::new(&rules);
        rejects(&with("GET /admin", &[], |request| pipeline.run(request, 0)), 403, "a block answers");
        let edits = with("GET /old/menu", &[("Host", "h")], |request| pipeline.run(request, 0)).expect("it may pass");
        assert_eq!(edits.target.as_deref(), Some(b"/new/menu".as_slice()));
        let response: [(&[u8], &[u8]); 2] = [(b"SERVER", b"x"), (b"Age", b"1")];
        let id = edits.id.expect("a request without an id gets one");
        let expected: [(&[u8], &[u8]); 2] = [(b"Age", b"1"), (b"X-Request-Id", id.as_str().as_bytes())];
        assert_eq!(edits.response_lines(response.into_iter()).collect::<Vec<_>>(), expected);
        let counts: Vec<_> =
            pipeline.counts().into_iter().map(|FilterCount { name, ran, skipped }| (name, ran, skipped)).collect();
        let expected = [("block", 1, 1), ("request-id", 1, 0), ("rewrite", 1, 0), ("rewrite-response", 1, 0)];
        assert_eq!(counts, expected, "a request that was answered reaches no later phase (name, ran, skipped)");
    }

    #[test]
    fn a_guard_of_your_own_joins_the_pipeline() {
        let pipeline = Pipeline::new(&Rules::default()).with_guard(Gate::new("health", "/health", Some(health())));
        assert_eq!(with("GET /health", &[], |request| pipeline.run(request, 0)), Err(health()));
        let passed = with("GET /", &[], |request| pipeline.run(request, 0));
        assert!(passed.is_ok(), "the guard is for /health\nexpected: Ok\ngot: {passed:?}");
        assert_eq!(pipeline.counts()[1], FilterCount { name: "health", ran: 1, skipped: 1 });
    }

    #[test]
    fn a_client_that_asks_too_often_waits() {
        let number = |number: u32| number.try_into().expect("not zero");
        let rules = Rules {
            rates: vec![RateLimit { scope: below("/"), requests: number(2), burst: number(3) }],
            rewrites: vec![rewrite("/", Some("/new"), &[], &[])],
            ..Rules::default()
        };
        let pipeline = Pipeline::new(&rules);
        let ask =
            |client: &str, now_ms| with(&format!("GET / from {client}"), &[], |request| pipeline.run(request, now_ms));
        for _ in 0..3 {
            let got = ask(CLIENT, 1000);
            assert!(got.is_ok(), "three at once are allowed\nexpected: Ok\ngot: {got:?}");
        }
        let got = ask(CLIENT, 1000);
        assert!(
            matches!(got, Err(Answer::Reject { status: 429, retry_after_s: Some(1), .. })),
            "the fourth has to wait\nexpected: 429, to be tried again after 1 s\ngot: {got:?}"
        );
        assert!(ask("198.51.100.1", 1000).is_ok(), "another client has a bucket of its own");
        assert!(ask(CLIENT, 1499).is_err(), "half a second brings the next one, and not a millisecond earlier");
        assert!(ask(CLIENT, 1500).is_ok(), "half a second brings the next one");
        let next = pipeline.renewed(&rules);
        let got = with("GET /", &[], |request| next.run(request, 1500));
        assert!(got.is_err(), "new rules are no reason to forget who asked how much\nexpected: 429\ngot: {got:?}");
    }

    #[test]
    fn keeps_a_good_request_id_and_replaces_any_other() {
        let pipeline = Pipeline::new(&Rules { rewrites: vec![rewrite("/", Some("/n"), &[], &[])], ..Rules::default() });
        let long = "a".repeat(65);
        let cases: [(&[(&str, &str)], bool); 6] = [
            (&[("X-REQUEST-ID", "a1-B2_c3.d4")], true),
            (&[("X-Request-Id", &long[1..])], true),
            (&[("X-Request-Id", &long)], false),
            (&[("X-Request-Id", "a b")], false),
            (&[("X-Request-Id", "")], false),
            (&[("X-Request-Id", "a"), ("x-request-id", "b")], false),
        ];
        for (fields, kept) in cases {
            let edits = with("GET /", fields, |request| pipeline.run(request, 0)).expect("nothing is blocked");
            assert_eq!(edits.id.is_none(), kept, "a good id stays, and no other\ninput: {fields:?}\ngot: {edits:?}");
        }
    }

    #[test]
    fn every_request_gets_an_id_of_its_own() {
        let rules = Rules { rewrites: vec![rewrite("/", Some("/n"), &[], &[])], ..Rules::default() };
        let pipelines = [Pipeline::new(&rules), Pipeline::new(&rules)];
        let ids: std::collections::HashSet<_> = (0..2000)
            .map(|round| with("GET /", &[], |request| pipelines[round % 2].run(request, 0)).expect("it passes").id)
            .collect();
        assert_eq!(ids.len(), 2000, "2,000 requests in two pipelines have 2,000 ids");
    }

    #[test]
    fn workers_share_a_pipeline() {
        fn shared<T: Send + Sync + 'static>(_: &T) {}
        let pipeline = Pipeline::new(&Rules::default()).with_guard(Blocking::new(vec![block("/", 403)]));
        shared(&pipeline);
        rejects(&with("GET /", &[], |request| pipeline.run(request, 0)), 403, "the pipeline runs");
    }
}
