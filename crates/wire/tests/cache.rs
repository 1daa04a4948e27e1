//! The rules of a shared cache (RFC 9111), one table a rule: a failure prints the case.

use std::sync::Arc;
use wire::FieldLines;
use wire::cache::{
    Answer, Asked, Found, Shelf, Stored, Times, Unstorable, Uri, Wish, forgets, lifetime_s, storable, wish,
};

const MENU: Uri<'static> = Uri { scheme: b"http", host: b"cafe.example", target: b"/menu" };
/// Sun, 06 Nov 1994 08:49:37 GMT.
const NOON: u64 = 784_111_777;

fn fields(text: &str) -> FieldLines {
    let mut lines = FieldLines::new();
    for line in text.lines() {
        let (name, value) = line.split_once(':').expect("a field line");
        lines.push(name.as_bytes(), value.as_bytes()).expect("a good field");
    }
    lines
}

fn asked<'a>(method: &'a str, request: &'a FieldLines) -> Asked<'a> {
    Asked { method: method.as_bytes(), uri: MENU, fields: request.as_fields() }
}

fn answer(status: u16, response: &FieldLines) -> Answer<'_> {
    Answer { status, reason: b"", fields: response.as_fields() }
}

fn times(asked_ms: u64, answered_ms: u64) -> Times {
    Times { asked_ms, answered_ms, answered_unix_s: NOON }
}

fn stored(request: &str, response: &str, body: &[u8]) -> Stored {
    let (request, response) = (fields(request), fields(response));
    Stored::new(&asked("GET", &request), &answer(200, &response), body.to_vec(), &times(0, 0)).expect("storable")
}

#[test]
fn what_may_be_kept() {
    use Unstorable::*;
    for (method, request, status, response, expected) in [
        ("GET", "", 200, "Cache-Control: max-age=60", Ok(())),
        ("GET", "", 404, "Cache-Control: max-age=60", Ok(())),
        ("GET", "", 301, "Expires: Sun, 06 Nov 1994 08:50:37 GMT", Ok(())),
        ("GET", "", 200, "Cache-Control: no-cache\nETag: \"1\"", Ok(())),
        ("GET", "", 200, "Cache-Control: max-age=0\nLast-Modified: Sun, 06 Nov 1994 08:49:37 GMT", Ok(())),
        ("HEAD", "", 200, "Cache-Control: max-age=60", Err(Request)),
        ("POST", "", 200, "Cache-Control: max-age=60", Err(Request)),
        ("GET", "Range: bytes=0-1", 206, "Cache-Control: max-age=60", Err(Request)),
        ("GET", "If-None-Match: \"1\"", 200, "Cache-Control: max-age=60", Err(Request)),
        ("GET", "Cache-Control: no-store", 200, "Cache-Control: max-age=60", Err(Request)),
        ("GET", "", 206, "Cache-Control: max-age=60", Err(Status)),
        ("GET", "", 304, "Cache-Control: max-age=60", Err(Status)),
        ("GET", "", 503, "Cache-Control: max-age=60", Err(Status)),
        ("GET", "", 200, "Cache-Control: max-age=60, no-store", Err(NoStore)),
        ("GET", "", 200, "Cache-Control: max-age=60\nCache-Control: Private", Err(Private)),
        ("GET", "", 200, "Cache-Control: private=\"x\", max-age=60", Err(Private)),
        ("GET", "Authorization: Basic eA==", 200, "Cache-Control: max-age=60", Err(Authorization)),
        ("GET", "Authorization: Basic eA==", 200, "Cache-Control: max-age=60, public", Ok(())),
        ("GET", "Authorization: Basic eA==", 200, "Cache-Control: s-maxage=60", Ok(())),
        ("GET", "Authorization: Basic eA==", 200, "Cache-Control: max-age=60, must-revalidate", Ok(())),
        ("GET", "", 200, "Cache-Control: max-age=60\nSet-Cookie: a=b", Err(SetCookie)),
        ("GET", "", 200, "Cache-Control: max-age=60, public\nSet-Cookie: a=b", Ok(())),
        ("GET", "", 200, "Cache-Control: max-age=60\nVary: Accept, *", Err(VaryAny)),
        ("GET", "", 200, "", Err(NoLifetime)),
        ("GET", "", 200, "ETag: \"1\"", Err(NoLifetime)),
        ("GET", "", 200, "Cache-Control: max-age=0", Err(NoLifetime)),
        ("GET", "", 200, "Cache-Control: no-cache, max-age=60", Err(NoLifetime)),
        ("GET", "", 200, "Expires: 0", Err(NoLifetime)),
    ] {
        let (asking, answering) = (fields(request), fields(response));
        let got = storable(&asked(method, &asking), &answer(status, &answering), &times(0, 0));
        assert_eq!(got, expected, "input: {method} with {request:?}, {status} with {response:?}");
    }
}

#[test]
fn for_how_long_it_is_fresh() {
    for (response, expected) in [
        ("", None),
        ("Cache-Control: max-age=60", Some(60)),
        ("Cache-Control: max-age=60, s-maxage=9", Some(9)),
        ("Cache-Control: max-age=60\nExpires: Sun, 06 Nov 1994 09:49:37 GMT", Some(60)),
        ("Cache-Control: public\nExpires: Sun, 06 Nov 1994 09:49:37 GMT", Some(3_600)),
        ("Date: Sun, 06 Nov 1994 08:49:07 GMT\nExpires: Sun, 06 Nov 1994 08:49:47 GMT", Some(40)),
        ("Date: soon\nExpires: Sun, 06 Nov 1994 08:49:47 GMT", Some(10)),
        ("Expires: never", Some(0)),
        ("Expires: Sun, 06 Nov 1994 08:49:30 GMT", Some(0)),
    ] {
        assert_eq!(lifetime_s(fields(response).as_fields(), NOON), expected, "input: {response:?}, at {NOON}");
    }
}

#[test]
fn the_age_counts_the_journey_and_the_caches_before_us() {
    for (response, asked_ms, answered_ms, now_ms, expected) in [
        ("", 0, 0, 0, 0),
        ("", 0, 0, 4_999, 4),
        ("", 1_000, 3_000, 3_000, 2),
        ("Age: 30", 1_000, 3_000, 4_000, 33),
        ("Age: 30, 99", 0, 0, 0, 30),
        ("Age: old", 0, 0, 0, 0),
        ("Date: Sun, 06 Nov 1994 08:49:27 GMT", 0, 0, 0, 10),
        ("Date: Sun, 06 Nov 1994 08:49:27 GMT\nAge: 20", 0, 0, 0, 20),
        ("Date: Sun, 06 Nov 1994 08:59:27 GMT", 0, 0, 0, 0),
        ("", 5_000, 4_000, 0, 0),
    ] {
        let (request, lines) = (fields(""), fields(&format!("Cache-Control: max-age=60\n{response}")));
        let times = times(asked_ms, answered_ms);
        let stored = Stored::new(&asked("GET", &request), &answer(200, &lines), Vec::new(), &times).expect("storable");
        assert_eq!(stored.age_s(now_ms), expected, "input: {response:?}, {times:?}, now {now_ms} ms");
    }
}

#[test]
fn what_is_kept_of_the_fields() {
    let response = "A: 1\nConnection: X-Hop, A2\nX-Hop: 1\nKeep-Alive: 5\nTransfer-Encoding: chunked\nTE: a\nAge: 3\n\
                    Cache-Control: max-age=60\nA: 2\nContent-Type: text/plain";
    let kept = stored("", response, b"soup");
    let expected = "A: 1\r\nCache-Control: max-age=60\r\nA: 2\r\nContent-Type: text/plain\r\n\
                    Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    assert_eq!(kept.field_lines().escape_ascii().to_string(), expected.as_bytes().escape_ascii().to_string());
    assert_eq!((kept.status(), kept.reason(), kept.body(), kept.uri()), (200, &b""[..], &b"soup"[..], MENU));
}

#[test]
fn a_body_that_was_cut_short_is_not_kept() {
    for (length, expected) in [("4", None), ("5", Some(Unstorable::Incomplete)), ("3", Some(Unstorable::Incomplete))] {
        let response = fields(&format!("Cache-Control: max-age=60\nContent-Length: {length}"));
        let request = fields("");
        let got = Stored::new(&asked("GET", &request), &answer(200, &response), b"soup".to_vec(), &times(0, 0));
        assert_eq!(got.err(), expected, "input: four bytes, Content-Length: {length}");
    }
}

#[test]
fn which_requests_an_entry_answers() {
    for (first, vary, second, expected) in [
        ("", "", "Accept: a", true),
        ("Accept: a", "Vary: accept", "ACCEPT: a", true),
        ("Accept: a", "Vary: Accept", "Accept: b", false),
        ("Accept: a", "Vary: Accept", "", false),
        ("", "Vary: Accept", "", true),
        ("", "Vary: Accept", "Accept: a", false),
        ("Accept: a\nX: 1", "Vary: Accept, X", "Accept: a\nX: 2", false),
        ("Accept: a\nX: 1", "Vary: Accept\nVary: X", "X: 1\nAccept: a", true),
        ("Accept: a\nAccept: b", "Vary: Accept", "Accept: a", false),
        ("", "", "Authorization: Basic eA==", false),
        ("", "Cache-Control: public", "Authorization: Basic eA==", true),
    ] {
        let kept = stored(first, &format!("Cache-Control: max-age=60\n{vary}"), b"");
        let request = fields(second);
        let case = format!("input: stored for {first:?} with {vary:?}, asked with {second:?}");
        assert_eq!(kept.answers(&asked("GET", &request)), expected, "{case}");
    }
    let request = fields("");
    let kept = stored("", "Cache-Control: max-age=60", b"");
    for uri in [
        Uri { scheme: b"https", ..MENU },
        Uri { host: b"cafe.example:80", ..MENU },
        Uri { target: b"/Menu", ..MENU },
        Uri { host: b"cafe.example/", target: b"menu", ..MENU },
    ] {
        assert!(!kept.answers(&Asked { uri, ..asked("GET", &request) }), "stored under {MENU:?}, asked for {uri:?}");
    }
}

#[test]
fn what_a_request_lets_a_cache_do() {
    let plain = Wish { revalidate: false, max_age_s: u64::MAX, min_fresh_s: 0, only_if_cached: false, fills: true };
    for (method, request, expected) in [
        ("GET", "", Some(plain)),
        ("HEAD", "", Some(Wish { fills: false, ..plain })),
        ("GET", "If-Modified-Since: x", Some(Wish { fills: false, ..plain })),
        ("GET", "Cache-Control: no-cache", Some(Wish { revalidate: true, ..plain })),
        ("GET", "Pragma: no-cache", Some(Wish { revalidate: true, ..plain })),
        ("GET", "Pragma: no-cache\nCache-Control: max-age=5", Some(Wish { max_age_s: 5, ..plain })),
        (
            "GET",
            "Cache-Control: min-fresh=5, only-if-cached",
            Some(Wish { min_fresh_s: 5, only_if_cached: true, ..plain }),
        ),
        ("get", "", None),
        ("DELETE", "", None),
        ("GET", "Range: bytes=0-", None),
        ("GET", "If-Match: \"1\"", None),
        ("GET", "Upgrade: websocket", None),
        ("GET", "Content-Length: 3", None),
    ] {
        let lines = fields(request);
        assert_eq!(wish(&asked(method, &lines)), expected, "input: {method} with {request:?}");
    }
}

#[test]
fn whom_an_entry_serves_and_when() {
    for (response, request, now_ms, expected) in [
        ("max-age=60", "", 0, true),
        ("max-age=60", "", 59_999, true),
        ("max-age=60", "", 60_000, false),
        ("max-age=60, no-cache", "", 0, false),
        ("max-age=60", "Cache-Control: max-age=5", 5_999, true),
        ("max-age=60", "Cache-Control: max-age=5", 6_000, false),
        ("max-age=60", "Cache-Control: max-age=0", 0, true),
        ("max-age=60", "Cache-Control: min-fresh=20", 40_000, true),
        ("max-age=60", "Cache-Control: min-fresh=20", 40_001, false),
        ("max-age=60", "Cache-Control: max-stale", 60_000, false),
        ("max-age=60", "Cache-Control: no-cache", 0, false),
    ] {
        let kept = stored("", &format!("ETag: \"1\"\nCache-Control: {response}"), b"");
        let lines = fields(request);
        let wish = wish(&asked("GET", &lines)).expect("a request for the cache");
        assert_eq!(kept.serves(&wish, now_ms), expected, "input: {response}, asked with {request:?} at {now_ms} ms");
    }
}

#[test]
fn when_a_client_gets_a_304() {
    let since = "Sun, 06 Nov 1994 08:49:37 GMT";
    for (request, expected) in [
        ("", false),
        ("If-None-Match: \"1\"", true),
        ("If-None-Match: W/\"1\"", true),
        ("If-None-Match: \"0\", \"1\"", true),
        ("If-None-Match: *", true),
        ("If-None-Match: \"2\"", false),
        ("If-None-Match: 1", false),
        ("If-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", true),
        ("If-Modified-Since: Sun, 06 Nov 1994 08:49:36 GMT", false),
        ("If-Modified-Since: yesterday", false),
        ("If-None-Match: \"2\"\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT", false),
    ] {
        let kept = stored("", &format!("Cache-Control: max-age=60\nETag: \"1\"\nLast-Modified: {since}"), b"");
        assert_eq!(kept.is_not_modified(fields(request).as_fields()), expected, "input: {request:?}");
    }
}

#[test]
fn a_comma_in_an_entity_tag_divides_nothing() {
    let kept = stored("", "Cache-Control: max-age=60\nETag: \"a,b\"", b"");
    for (request, expected) in [
        ("If-None-Match: \"a,b\"", true),
        ("If-None-Match: \"x\\\" ,W/\"a,b\"", true),
        ("If-None-Match: \"x\"\nIf-None-Match: \"a,b\"", true),
        ("If-None-Match: \"a\", \"b\"", false),
        ("If-None-Match: \"x, \"a,b\", y\"", false),
        ("If-None-Match: ,", false),
    ] {
        assert_eq!(kept.is_not_modified(fields(request).as_fields()), expected, "input: {request:?}");
    }
}

#[test]
fn conditions_mean_nothing_to_an_answer_that_is_no_success() {
    let (request, response) = (fields(""), fields("Cache-Control: max-age=60\nETag: \"1\""));
    let condition = fields("If-None-Match: \"1\"");
    for (status, expected) in [(200, true), (204, true), (301, false), (404, false)] {
        let kept = Stored::new(&asked("GET", &request), &answer(status, &response), Vec::new(), &times(0, 0));
        let got = kept.expect("storable").is_not_modified(condition.as_fields());
        assert_eq!(got, expected, "input: {status}");
    }
}

#[test]
fn a_304_brings_news_and_keeps_the_body() {
    let old = stored("", "Cache-Control: max-age=1\nETag: \"1\"\nContent-Type: text/plain\nX: 1\nY: 1", b"soup");
    let request = fields("");
    let news =
        fields("ETag: W/\"1\"\nCache-Control: max-age=60\nX: 2\nX: 3\nContent-Type: a/b\nContent-Length: 0\nAge: 7");
    let (new, is_kept) =
        old.freshened(&asked("GET", &request), news.as_fields(), &times(9_000, 9_000)).expect("version 1");
    let expected = "Content-Type: text/plain\r\nY: 1\r\nETag: W/\"1\"\r\nCache-Control: max-age=60\r\nX: 2\r\nX: 3\r\n\
                    Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n";
    assert_eq!(String::from_utf8_lossy(new.field_lines()), expected);
    assert_eq!((new.body(), new.age_s(10_000), is_kept), (&b"soup"[..], 8, true));
    let private = fields("Cache-Control: private");
    let kept = old.freshened(&asked("GET", &request), private.as_fields(), &times(0, 0)).map(|(_, is_kept)| is_kept);
    assert_eq!(kept, Some(false), "what becomes private is sent to this client, and not kept");
    let other = fields("ETag: \"2\"");
    assert!(old.freshened(&asked("GET", &request), other.as_fields(), &times(0, 0)).is_none(), "another version");
}

#[test]
fn which_answers_make_a_cache_forget() {
    let lines = fields("");
    for (method, status, expected) in [
        ("POST", 200, true),
        ("DELETE", 204, true),
        ("PURGE", 302, true),
        ("POST", 400, false),
        ("POST", 500, false),
        ("POST", 101, false),
        ("GET", 200, false),
        ("HEAD", 200, false),
        ("OPTIONS", 200, false),
    ] {
        assert_eq!(forgets(&asked(method, &lines), status), expected, "input: {method}, {status}");
    }
}

/// A shelf for three entries of 100 bytes, and what it finds.
struct Room {
    shelf: Shelf,
    cost: usize,
}

impl Room {
    fn of_entries_for(accept: &str) -> Self {
        let cost = Self::entry("/0", accept).cost();
        Self { shelf: Shelf::new(3 * cost, cost), cost }
    }

    fn entry(target: &str, accept: &str) -> Arc<Stored> {
        let (request, response) =
            (fields(&format!("Accept: {accept}")), fields("Cache-Control: max-age=60\nVary: Accept"));
        let uri = Uri { target: target.as_bytes(), ..MENU };
        let asked = Asked { uri, ..asked("GET", &request) };
        Arc::new(Stored::new(&asked, &answer(200, &response), vec![b'x'; 100], &times(0, 0)).expect("storable"))
    }

    /// The hash of a target, for these tests: two targets of the same length share one.
    fn put(&mut self, target: &str, accept: &str) -> bool {
        self.shelf.insert(target.len() as u64, Self::entry(target, accept))
    }

    fn has(&mut self, target: &str, accept: &str) -> bool {
        let request = fields(&format!("Accept: {accept}"));
        let uri = Uri { target: target.as_bytes(), ..MENU };
        let asked = Asked { uri, ..asked("GET", &request) };
        let wish = wish(&asked).expect("a GET");
        matches!(self.shelf.find(target.len() as u64, &asked, &wish, 0), Found::Fresh(_))
    }
}

#[test]
fn a_shelf_tells_uris_with_the_same_hash_apart() {
    let mut room = Room::of_entries_for("");
    assert!(room.put("/a", "") && room.put("/b", ""));
    assert_eq!([room.has("/a", ""), room.has("/b", ""), room.has("/c", "")], [true, true, false]);
    assert_eq!((room.shelf.len(), room.shelf.bytes()), (2, 2 * room.cost));
}

#[test]
fn what_was_not_used_makes_room_first() {
    let mut room = Room::of_entries_for("");
    _ = ["/a", "/b", "/c"].map(|target| room.put(target, ""));
    assert!(room.has("/a", ""), "used");
    assert!(room.put("/d", ""));
    let left = ["/a", "/b", "/c", "/d"].map(|target| room.has(target, ""));
    assert_eq!(left, [true, false, true, true], "/b was the first of those that nobody used");
    assert_eq!((room.shelf.len(), room.shelf.bytes(), room.shelf.totals()), (3, 3 * room.cost, (4, 1)));
}

#[test]
fn what_is_freshened_keeps_its_second_chance() {
    let mut room = Room::of_entries_for("");
    _ = ["/a", "/b", "/c"].map(|target| room.put(target, ""));
    assert!(room.has("/a", "") && room.put("/a", "") && room.put("/d", ""));
    assert_eq!([room.has("/a", ""), room.has("/b", "")], [true, false], "/a was used before it was replaced");
}

#[test]
fn what_just_came_stays_when_all_others_are_in_use() {
    let mut room = Room::of_entries_for("");
    _ = ["/a", "/b", "/c"].map(|target| (room.put(target, ""), room.has(target, "")));
    assert!(room.put("/d", "") && room.has("/d", ""));
    assert_eq!((room.shelf.len(), room.shelf.totals()), (3, (4, 1)));
}

#[test]
fn a_new_answer_takes_the_place_of_the_same_variant() {
    let mut room = Room::of_entries_for("x");
    for _ in 0..100 {
        assert!(room.put("/a", "x") && room.put("/a", "y"));
    }
    assert_eq!((room.shelf.len(), room.shelf.bytes(), room.shelf.totals()), (2, 2 * room.cost, (200, 0)));
    assert_eq!([room.has("/a", "x"), room.has("/a", "y"), room.has("/a", "z")], [true, true, false]);
}

#[test]
fn what_is_too_big_is_left_out_and_replaces_what_was_there() {
    let mut room = Room::of_entries_for("");
    assert!(room.put("/a", "") && room.put("/b", ""));
    let (request, response) = (fields("Accept: "), fields("Cache-Control: max-age=60\nVary: Accept"));
    let asked = Asked { uri: Uri { target: b"/a", ..MENU }, ..asked("GET", &request) };
    let big = Stored::new(&asked, &answer(200, &response), vec![b'x'; 101], &times(0, 0)).expect("storable");
    assert!(!room.shelf.insert(2, Arc::new(big)), "one byte more than an entry may cost");
    assert_eq!([room.has("/a", ""), room.has("/b", "")], [false, true], "the old answer is not true any more");
    assert_eq!((room.shelf.len(), room.shelf.bytes()), (1, room.cost));
}

#[test]
fn forgetting_a_page_forgets_its_variants_and_no_other_page() {
    let mut room = Room::of_entries_for("x");
    assert!(room.put("/a", "x") && room.put("/a", "y") && room.put("/b", "x"));
    let request = fields("");
    room.shelf.forget(2, &Asked { uri: Uri { target: b"/a", ..MENU }, ..asked("POST", &request) });
    assert_eq!([room.has("/a", "x"), room.has("/a", "y"), room.has("/b", "x")], [false, false, true]);
    assert_eq!((room.shelf.len(), room.shelf.bytes()), (1, room.cost));
    assert!(!room.shelf.is_empty() && room.shelf.newest(2).is_some_and(|entry| entry.uri().target == b"/b"));
}

#[test]
fn one_page_has_a_bounded_number_of_variants() {
    let cost = Room::entry("/a", "00").cost();
    let mut room = Room { shelf: Shelf::new(100 * cost, cost), cost };
    for number in 10..60 {
        assert!(room.put("/a", &number.to_string()));
    }
    assert_eq!((room.shelf.len(), room.shelf.bytes(), room.shelf.totals()), (32, 32 * cost, (50, 18)));
    assert_eq!([room.has("/a", "27"), room.has("/a", "28"), room.has("/a", "59")], [false, true, true]);
}
