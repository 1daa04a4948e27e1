//! exercise = "09-analytics"
//! mark = "pieces"
//! shape = "walk the lines, and cut when a piece has become long enough"

    let mut length = 0;
    for line in log.split_inclusive(|byte| *byte == b'\n') {
        length += line.len();
        if length >= size {
            let (piece, after) = rest.split_at(length);
            pieces.push(piece);
            rest = after;
            length = 0;
        }
    }
    if !rest.is_empty() {
        pieces.push(rest);
    }
    pieces
