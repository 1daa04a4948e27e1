//! exercise = "09-analytics"
//! mark = "pieces"
//! misconception = "a search gives a place"
//! fails = "E0308"
//! says = "`position` gives an Option"

    while !rest.is_empty() {
        let at: usize = rest.iter().position(|byte| *byte == b'\n');
        let (piece, after) = rest.split_at(at + 1);
        pieces.push(piece);
        rest = after;
    }
    pieces
