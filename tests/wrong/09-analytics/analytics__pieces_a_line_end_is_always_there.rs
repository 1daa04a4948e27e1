//! exercise = "09-analytics"
//! mark = "pieces"
//! misconception = "a search always finds something"
//! fails = "step_1_pieces::keeps_a_last_line_without_a_line_end"
//! says = "there is one"

    while !rest.is_empty() {
        let enough = size.clamp(1, rest.len()) - 1;
        let at = rest[enough..].iter().position(|byte| *byte == b'\n').expect("there is one");
        let (piece, after) = rest.split_at(enough + at + 1);
        pieces.push(piece);
        rest = after;
    }
    pieces
