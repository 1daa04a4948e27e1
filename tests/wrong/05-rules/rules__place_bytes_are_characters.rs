//! exercise = "05-rules"
//! mark = "place"
//! misconception = "a character is a byte"
//! fails = "step_1_place::counts_characters_and_not_bytes"
//! says = "é is two bytes and one character"

    let before = file.get(..offset).unwrap_or(file);
    let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |newline| newline + 1);
    let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
    Place { line, column: 1 + before.len() - line_start }
