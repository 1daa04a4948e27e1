//! exercise = "09-analytics"
//! mark = "pieces"
//! misconception = "every line has a line end"
//! fails = "step_1_pieces::keeps_a_last_line_without_a_line_end"
//! says = "no byte is lost"

    while !rest.is_empty() {
        let enough = size.clamp(1, rest.len()) - 1;
        let Some(at) = rest[enough..].iter().position(|byte| *byte == b'\n') else { break };
        let (piece, after) = rest.split_at(enough + at + 1);
        pieces.push(piece);
        rest = after;
    }
    pieces
