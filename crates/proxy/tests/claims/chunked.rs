//! What holds for any bytes that come where a chunked body should be.
//!
//! Owns one claim, a function that panics when the claim is wrong. It is called with inputs from the properties,
//! from the stored corpus and from the fuzzer, each of which has the decoder as its own `crate::chunked`.

use crate::chunked::{ChunkedError, Decoder, LAST_CHUNK, put_chunk};

/// The limits of the decoder here: so small that short inputs reach them.
const LONGEST_LINE: usize = 64;
const LONGEST_TRAILERS: usize = 64;

/// The data, how many bytes of the input were used, and whether the body has ended.
pub(crate) type Decoded = Result<(Vec<u8>, usize, bool), ChunkedError>;

/// Decodes what comes in `pieces`, one after the other.
pub(crate) fn decode<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Decoded {
    let mut decoder = Decoder::new(LONGEST_LINE, LONGEST_TRAILERS);
    let (mut data, mut used) = (Vec::new(), 0);
    for piece in pieces {
        let mut at = 0;
        while at < piece.len() && !decoder.is_done() {
            let step = decoder.next(&piece[at..])?;
            assert!(step.consumed > 0 && step.consumed <= piece.len() - at, "a step goes on, and stays inside");
            assert!(step.data.start <= step.data.end && step.data.end <= step.consumed, "data is used up");
            data.extend_from_slice(&piece[at..][step.data]);
            at += step.consumed;
        }
        used += at;
    }
    Ok((data, used, decoder.is_done()))
}

/// The decoder never panics; its result does not depend on how the input is cut; it stops where the body ends.
pub(crate) fn any_bytes(input: &[u8]) {
    let whole = decode([input]);
    for length in [1, 2, 3, 7] {
        assert_eq!(decode(input.chunks(length)), whole, "in pieces of {length}");
    }
    match whole {
        Ok((data, used, true)) => {
            assert_eq!(decode([&input[..used]]), Ok((data.clone(), used, true)), "what follows has no say");
            let short = decode([&input[..used - 1]]).map(|(_, _, done)| done);
            assert_eq!(short, Ok(false), "the last byte of the body is the last one that is used");
            reads_what_it_writes(&data);
        }
        Ok((data, used, false)) => {
            assert_eq!(used, input.len(), "a body that goes on uses up what came");
            assert!(data.len() <= used, "no byte is invented");
        }
        Err(error) => assert!(error.offset < input.len() as u64, "{error} lies outside of the input"),
    }
}

fn reads_what_it_writes(data: &[u8]) {
    let mut written = Vec::new();
    put_chunk(&mut written, data);
    written.extend_from_slice(LAST_CHUNK);
    assert_eq!(decode([written.as_slice()]), Ok((data.to_vec(), written.len(), true)));
}
