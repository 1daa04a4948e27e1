//! Which requests a rule is for, and what a new path prefix makes of a target: one table a question.

use std::net::IpAddr;

use wire::FieldLines;
use wire::pipeline::Incoming;
use wire::rules::{HostPattern, Network, PathPrefix, Wrong, bare_host};

fn word<T: std::str::FromStr<Err = Wrong>>(text: &str) -> T {
    text.parse().unwrap_or_else(|wrong| panic!("{text}: {wrong}"))
}

#[test]
fn a_host_matches_without_its_port_and_in_any_case() {
    let cases = [
        ("cafe.example", "cafe.example", true),
        ("Cafe.Example", "CAFE.example:8080", true),
        ("cafe.example", "cafe.example.", true),
        ("cafe.example", "a.cafe.example", false),
        ("cafe.example", "cafe.example.org", false),
        ("*.cafe.example", "a.cafe.example", true),
        ("*.Cafe.example", "a.b.CAFE.example:80", true),
        ("*.cafe.example", "cafe.example", false),
        ("*.cafe.example", ".cafe.example", false),
        ("*.cafe.example", "thecafe.example", false),
        ("[::1]", "[::1]", true),
        ("[::1]", "[::1]:8080", true),
        ("[::1]", "[::2]", false),
    ];
    for (pattern, host, expected) in cases {
        let got = word::<HostPattern>(pattern).matches(host.as_bytes());
        assert_eq!(got, expected, "pattern {pattern}, host {host}");
    }
    assert!(HostPattern::Any.matches(b""), "a client of HTTP/1.0 may name no host");
    assert_eq!(bare_host(b"[::1]"), b"[::1]", "the colons of an address are no port");
}

#[test]
fn a_narrow_host_goes_before_a_wide_one() {
    let narrowness = |pattern: &str| word::<HostPattern>(pattern).narrowness();
    assert!(narrowness("a.example") > narrowness("*.kitchen.cafe.example"));
    assert!(narrowness("*.cafe.example") > narrowness("*.example"));
    assert!(narrowness("*.example") > HostPattern::Any.narrowness());
}

#[test]
fn a_prefix_ends_where_a_segment_does() {
    let cases = [
        ("/menu", "/menu", true),
        ("/menu", "/menu/today", true),
        ("/menu", "/menus", false),
        ("/menu", "/Menu", false),
        ("/menu/", "/menu/today", true),
        ("/menu/", "/menu", false),
        ("/", "/menu", true),
        ("/", "*", true),
    ];
    for (prefix, path, expected) in cases {
        assert_eq!(word::<PathPrefix>(prefix).matches(path.as_bytes()), expected, "prefix {prefix}, path {path}");
    }
}

#[test]
fn a_network_is_for_the_addresses_that_begin_alike() {
    let cases = [
        ("203.0.113.7", "203.0.113.7", true),
        ("203.0.113.7", "203.0.113.6", false),
        ("203.0.113.0/24", "203.0.113.255", true),
        ("203.0.113.0/24", "203.0.114.0", false),
        ("203.0.113.0/24", "::ffff:203.0.113.9", true),
        ("0.0.0.0/0", "198.51.100.1", true),
        ("0.0.0.0/0", "2001:db8::1", false),
        ("2001:db8::/32", "2001:db8:ffff::1", true),
        ("2001:db8::/32", "2001:db9::1", false),
    ];
    for (network, client, expected) in cases {
        let client: IpAddr = client.parse().expect("an address");
        assert_eq!(word::<Network>(network).contains(client), expected, "network {network}, client {client}");
    }
    for bad in ["10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/", "10.0.0", "cafe.example"] {
        assert!(bad.parse::<Network>().is_err(), "{bad}");
    }
}

#[test]
fn only_the_path_of_a_target_is_looked_at_and_only_its_prefix_changes() {
    let fields = FieldLines::new();
    let cases = [
        ("/old/menu?a=/old", "/old", "/old/menu", "/new/menu?a=/old"),
        ("/old#top", "/old", "/old", "/new#top"),
        ("/old/../old/menu", "/old", "/old/menu", "/new/menu"),
        ("/old/a%2Fb/%41", "/old", "/old/a/b/A", "/new/a%2Fb/%41"),
        ("//old/a%20b%7C", "/old", "/old/a b|", "/new/a%20b%7C"),
        ("http://cafe.example/old?x", "/old", "/old", "/new?x"),
        ("http://cafe.example", "/", "/", "/new/"),
        ("http://cafe.example?x", "/", "/", "/new/?x"),
        ("*", "/", "*", "*"),
    ];
    for (target, from, path, expected) in cases {
        let client = IpAddr::from([203, 0, 113, 7]);
        let incoming = Incoming::new(b"GET", target.as_bytes(), b"", client, fields.as_fields());
        assert!(incoming.target() == b"*" || incoming.target().starts_with(b"/") || target.ends_with("?x"), "{target}");
        assert_eq!(incoming.path().escape_ascii().to_string(), path, "the path of {target}");
        let got = incoming.with_prefix(&word(from), &word("/new"));
        assert_eq!(got.escape_ascii().to_string(), expected, "{target}, with /new in the place of {from}");
    }
}
