//! exercise = "09-analytics"
//! mark = "pieces"
//! misconception = "a log can be cut at any byte"
//! fails = "step_1_pieces::cuts_behind_a_line_end_only"
//! says = "half a line"

    while !rest.is_empty() {
        let (piece, after) = rest.split_at(size.clamp(1, rest.len()));
        pieces.push(piece);
        rest = after;
    }
    pieces
