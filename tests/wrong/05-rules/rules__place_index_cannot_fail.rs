//! exercise = "05-rules"
//! mark = "place"
//! misconception = "an index in range today is in range always"
//! fails = "step_1_place::gives_the_end_when_the_offset_is_beyond_it"
//! says = "must not panic"

    let before = &file[..offset];
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
    let column = 1 + before.iter().skip(line_start).filter(|&&byte| begins_a_character(byte)).count();
    Place { line, column }
