//! exercise = "09-analytics"
//! mark = "pieces"
//! misconception = "chunks knows what a line is"
//! fails = "step_1_pieces::cuts_behind_a_line_end_only"
//! says = "half a line"

    pieces.extend(rest.chunks(size.max(1)));
    rest = &[];
    let _ = rest;
    pieces
