//! exercise = "09-analytics"
//! mark = "pieces"
//! misconception = "the search begins behind the last byte that is enough"
//! fails = "step_1_pieces::cuts_as_soon_as_a_piece_is_long_enough"
//! says = "the fourth ends a line"

    while !rest.is_empty() {
        let enough = size.min(rest.len());
        let end = match rest[enough..].iter().position(|byte| *byte == b'\n') {
            Some(at) => enough + at + 1,
            None => rest.len(),
        };
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces
