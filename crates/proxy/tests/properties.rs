//! What the part `request` does with any bytes, however a socket may cut them.
//!
//! The specification of the part names cases. Here a program makes them up, the same ones on every run.

mod claims {
    pub(crate) mod heads;
}

use claims::heads;
use part_request::{cut, parse, recycle};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::RngSeed;
use wire::{Cut, Limits, ParseError};

/// The same inputs on every run; a failure is repeated by running the test again.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 256,
        rng_seed: RngSeed::Fixed(9112),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Words of which heads are made, good and bad: what they are joined to is nearly a head, which is where faults hide.
const WORDS: &[&[u8]] = &[
    b"GET",
    b"GET / HTTP/1.1\r\n",
    b"POST /a?b HTTP/1.0\r\n",
    b"HTTP/1.1 200 OK\r\n",
    b"HTTP/1.1",
    b"HTTP/2.0",
    b"204",
    b"Host: a\r\n",
    b"Host",
    b"A : b",
    b"X-Pad: \t ",
    b"Content-Length: 5",
    b": ",
    b":",
    b" ",
    b"\t",
    b"/",
    b"\r\n",
    b"\r\n\r\n",
    b"\r",
    b"\n",
    b"\n\n",
    b"\0",
    b"\x7f",
    b"\xff",
    b"aaaaaaaaaaaaaaaaaaaaaaaa",
];

fn nearly_a_head() -> impl Strategy<Value = Vec<u8>> {
    vec(select(WORDS), 0..16).prop_map(|words| words.concat())
}

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![3 => nearly_a_head(), 1 => vec(any::<u8>(), 0..200)]
}

/// Several heads behind one another, as on a connection that is kept open.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    let good = select(vec![
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\n".to_vec(),
        b"\r\nGET /b HTTP/1.0\r\n\r\n".to_vec(),
        b"OPTIONS * HTTP/1.1\nHost: a\n\n".to_vec(),
        [b"GET /long HTTP/1.1\r\nX-Pad: ".as_slice(), &[b'a'; 60], b"\r\n\r\n"].concat(),
    ]);
    vec(prop_oneof![4 => good, 1 => nearly_a_head()], 0..6).prop_map(|heads| heads.concat())
}

/// Every head of a stream, then what is left: a partial head, or why there is no more.
type Heads = (Vec<Vec<u8>>, Result<Vec<u8>, ParseError>);

/// Feeds `pieces` to `cut` as a connection does: what came is put behind what is left, and cut until no head is whole.
fn feed<'a>(pieces: impl Iterator<Item = &'a [u8]>, limits: &Limits) -> Heads {
    let (mut heads, mut buffer) = (Vec::new(), Vec::new());
    for piece in pieces {
        buffer.extend_from_slice(piece);
        loop {
            match cut(buffer, limits) {
                Ok(Cut::Complete { head, rest }) => {
                    assert!(head.len() <= limits.head, "{} is longer than {}", head.escape_ascii(), limits.head);
                    heads.push(head);
                    buffer = rest;
                }
                Ok(Cut::Partial(left)) => {
                    buffer = left;
                    break;
                }
                Err(error) => return (heads, Err(error)),
            }
        }
    }
    (heads, Ok(buffer))
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_bytes_break_the_way_of_a_request(input in any_bytes()) {
        heads::request_head(&input);
    }

    #[test]
    fn no_bytes_break_the_head_of_a_response(input in any_bytes()) {
        heads::response_head(&input);
    }

    #[test]
    fn a_stream_gives_the_same_heads_however_it_is_cut(
        stream in stream(),
        cuts in vec(any::<Index>(), 0..8),
        head in 16_usize..120,
    ) {
        let limits = Limits { head, ..Limits::default() };
        let whole = feed([stream.as_slice()].into_iter(), &limits);
        let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
        places.extend([0, stream.len()]);
        places.sort_unstable();
        let pieces = places.windows(2).map(|ends| &stream[ends[0]..ends[1]]);
        prop_assert_eq!(&feed(pieces, &limits), &whole, "cut at {:?}", places);
        prop_assert_eq!(&feed(stream.chunks(1), &limits), &whole, "byte by byte");
    }

    #[test]
    fn recycle_gives_back_every_byte_of_the_rest(rest in vec(any::<u8>(), 0..300), pad in 0_usize..300) {
        let bytes = format!("GET / HTTP/1.1\r\nHost: a\r\nX-Pad: {}\r\n\r\n", "a".repeat(pad)).into_bytes();
        let head = parse(bytes, &Limits::default()).expect("the head is good");
        prop_assert_eq!(recycle(head, rest.clone()), rest);
    }
}
